"""The scores and the ranks as a sheet of formulas."""

from __future__ import annotations

import numpy as np

from softpower.analysis.export.formulas import Column, normal
from softpower.analysis.export.pillars import TOTAL
from softpower.analysis.export.sheets import Grid, grid
from softpower.analysis.export.stages import Stages, cell, given, passed
from softpower.analysis.export.xlsx import PLACES
from softpower.methods.model import Floats
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import SIGNIFICANT_DIGITS, significant

SCALED, SCORE, COMPARED, RANK = "scaled", "score", "compared", PLACES


def add_ranking(stages: Stages, at: Grid) -> None:
    """Add the sheet with the scores and the ranks; ``at`` is where the totals stand."""
    ranking, methodology = stages.ranking, stages.methodology
    plain = isinstance(methodology.scale, NoNormalisation)
    names = [RANK, SCORE, TOTAL, *([] if plain else [SCALED]), COMPARED]
    made, here = stages.sheet("ranking", names), grid("ranking", names, 1)
    parts = ranking.contributions
    size = 0.0 if parts is None else float(np.nanmax(np.abs(parts).sum(axis=1)))
    noise = size if plain else 0.0
    scaled = ranking.scores if methodology.round is None else _scaled_values(stages, size)
    values = {
        TOTAL: ranking.totals,
        SCALED: scaled,
        SCORE: ranking.scores,
        COMPARED: significant(ranking.scores, magnitude=noise),
        RANK: ranking.ranks,
    }
    for i, row in enumerate(made.rows[1:]):
        score, key = here.cell(i, SCORE), here.cell(i, COMPARED)
        before = here.cell(i, TOTAL if plain else SCALED)
        texts = {
            TOTAL: passed(at.cell(i, TOTAL)),
            SCALED: None if plain else _scaled(stages, here, i),
            SCORE: given(before, _rounded(before, methodology.round)),
            COMPARED: given(score, _digits(score, noise)),
            RANK: given(key, _place(stages, here, i)),
        }
        for name in names:
            broken = name == RANK and bool(methodology.tiebreak)
            text = None if stages.strange or broken else texts[name]
            array = name == RANK and methodology.ties == "dense"
            row.append(cell(text, float(values[name][i]), array=array))
    if methodology.tiebreak:
        stages.values_of("ranking", "tiebreak", RANK)
    if stages.strange:
        stages.values_of("ranking", ", ".join(stages.strange))
    elif not plain and _scaled(stages, here, 0) is None:
        stages.values_of("ranking", methodology.scale.name(), SCALED)


def _scaled(stages: Stages, here: Grid, row: int) -> str | None:
    """Return the formula of a total that is put on another scale, if it has one."""
    method, total = stages.methodology.scale, here.cell(row, TOTAL)
    totals = here.column(TOTAL, len(stages.ranking.units))
    known = normal(method, Column(totals, "1", "", ""), None)
    if known is None:
        return None
    column = Column(totals, "1", f"({known.first})", f"({known.second})")
    written = normal(method, column, None)
    return None if written is None else given(total, written.figure(total))


def _scaled_values(stages: Stages, size: float) -> Floats:
    """Return the totals on the scale of the scores, before these are rounded."""
    return stages.methodology.scale(significant(stages.ranking.totals, magnitude=size))


def _digits(x: str, size: float = 0.0) -> str:
    """Return the formula of a score without the noise of rounding, as `significant` has it."""
    exponent = f"INT(LOG10(ABS({x})))"
    if size:
        exponent = f"MAX({exponent},{int(np.floor(np.log10(size))) - 2})"
    return f"IF({x}=0,0,ROUND({x},{SIGNIFICANT_DIGITS - 1}-{exponent}))"


def _rounded(x: str, decimals: int | None) -> str:
    """Return the formula of a score to so many decimals, halves to the even digit."""
    if decimals is None:
        return x
    many = f"({_digits(x)})*{10**decimals}"
    half = f"({many})-INT({many})=0.5"
    return f"IF({half},2*ROUND({many}/2,0),ROUND({many},0))/{10**decimals}"


def _place(stages: Stages, here: Grid, row: int) -> str:
    """Return the formula of a rank."""
    keys, key = here.column(COMPARED, len(stages.ranking.units)), here.cell(row, COMPARED)
    first = f"RANK({key},{keys},0)"
    match stages.methodology.ties:
        case "modified":
            return f"{first}+COUNTIF({keys},{key})-1"
        case "average":
            return f"{first}+(COUNTIF({keys},{key})-1)/2"
        case "ordinal":
            above = here.column(COMPARED, row + 1)
            return f"{first}+COUNTIF({above},{key})-1"
        case "dense":
            return f"1+SUM(IF(ISNUMBER({keys}),IF({keys}>{key},1/COUNTIF({keys},{keys}),0),0))"
    return first
