"""The pictures of the gallery: the commands that draw them, and what is seen in each."""

from __future__ import annotations

from typing import NamedTuple


class Picture(NamedTuple):
    """A picture of the gallery."""

    title: str
    command: str
    seen: str
    """What is to be seen, for those who cannot."""


GALLERY = (
    Picture(
        "A ranking",
        "softpower score gspi-2026 --top 20 --width column -o ranking.svg",
        "Bars of the scores of the first twenty, the United States first.",
    ),
    Picture(
        "Pillars",
        "softpower score open-soft-power --pillars --top 20 -o pillars.svg",
        "The scores of twenty countries and of their seven pillars, shaded from low to high.",
    ),
    Picture(
        "A map",
        "softpower score open-soft-power --map -o map.svg",
        "A map of the world with countries shaded by their scores.",
    ),
    Picture(
        "Two rankings against each other",
        "softpower score open-soft-power --against gspi-2026 -o scatter.svg",
        "A dot for each country by its two ranks; the twelve farthest from the diagonal are named.",
    ),
    Picture(
        "Under other methods",
        "softpower compare open-soft-power @equal-indicators @geometric --top 20 -o shift.svg",
        "Lines from rank to rank of twenty countries under three methods.",
    ),
    Picture(
        "One country among all",
        "softpower compare open-soft-power @per-head @absolute --region Europe --country Norway "
        "--theme dark -o one.svg",
        "The line of Norway in colour before grey lines of the other countries of Europe.",
    ),
    Picture(
        "What moved a country",
        "softpower compare open-soft-power --set normalise=zscore -w culture=40 --why China "
        "-o why.svg",
        "A bar for each choice with the places that it brought China or cost it.",
    ),
    Picture(
        "Editions",
        "softpower compare 'gspi-20*' --keep-ranks -o editions.svg",
        "Lines of the places of seven countries from 2020 to 2026.",
    ),
    Picture(
        "One choice at a time",
        "softpower compare hdi-2022 --each --country Norway -o each.svg",
        "The rank of Norway under each single choice made otherwise.",
    ),
    Picture(
        "How certain ranks are",
        "softpower robustness open-soft-power --top 30 --draws 2000 --width column "
        "-o intervals.svg",
        "A line for each country from the rank that is nearly the best to nearly the worst, with "
        "the median and the nominal rank.",
    ),
    Picture(
        "The chances of each rank",
        "softpower robustness open-soft-power --top 12 --draws 2000 --acceptability -o chances.svg",
        "Intervals of ranks, and below them the share of draws with each rank in shaded cells.",
    ),
    Picture(
        "A curve of specifications",
        "softpower robustness open-soft-power --vary normalise=minmax,zscore,rank "
        "--vary aggregate=arithmetic,geometric --curve China -o curve.svg",
        "The rank of China under each combination, from best to worst, with the choices below.",
    ),
    Picture(
        "Two countries",
        "softpower explain open-soft-power China --versus Japan -o china-japan.svg",
        "The scores of China and Japan in parts, and what each pillar has in their difference.",
    ),
    Picture(
        "What an index is made of",
        "softpower show open-soft-power -o tree.svg",
        "The tree of pillars and indicators with a bar for the weight of each.",
    ),
    Picture(
        "Ranks within reach",
        "softpower reach hdi-2022 Norway Germany Japan --set round=none -o reach.svg",
        "The best and the worst rank that weights can give three countries.",
    ),
    Picture(
        "Who is above whom whatever the weights",
        "softpower reach open-soft-power --pairs --top 8 --within 50% -o pairs.svg",
        "Countries in tiers with lines to those that are below them under all weights.",
    ),
)
"""All pictures, in the order of the gallery."""
