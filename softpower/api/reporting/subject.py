"""What a report is about: a run, and the answers about it that several sections need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from shlex import quote
from typing import Any

from softpower.analysis.shared.formatting import titled, unit_noun
from softpower.answer import Answer, Table
from softpower.api.comparison import compare, explain
from softpower.api.ranking import score, show
from softpower.api.uncertainty import robustness
from softpower.document import Credit
from softpower.engine.run import Run
from softpower.index.request import write_value
from softpower.index.stacked import settings_of
from softpower.methods.short_form import as_word

CHARTED = 20
"""So many rows are drawn, and shown of a long table before it is unfolded."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a report was asked to do otherwise than usual."""

    top: int | None = None
    region: tuple[str, ...] = ()
    drawing: Mapping[str, Any] = field(default_factory=dict)
    """How weights are drawn, by the parameters of :func:`robustness`; what is usual is left out."""

    @property
    def draw_words(self) -> list[str]:
        """How weights are drawn, as it is typed; threads change no figure."""
        return [
            f"--{name} {quote(text)}"
            for name, value in self.drawing.items()
            if name != "threads"
            for text in _typed(value)
        ]


class Subject:
    """A run with what is asked of it, each question once."""

    def __init__(self, run: Run, yardsticks: Sequence[Run], choices: Choices) -> None:
        self.run = run
        self.yardsticks = tuple(yardsticks)
        self.choices = choices
        self._explained: dict[str, Answer] = {}

    @property
    def title(self) -> str:
        """The title of the run."""
        return titled(self.run)

    @property
    def nouns(self) -> str:
        """What is ranked, in the plural."""
        return unit_noun(self.run, plural=True)

    @property
    def noun(self) -> str:
        """What is ranked."""
        return unit_noun(self.run)

    @cached_property
    def ranked(self) -> int:
        """How many have a rank, shown or not."""
        return sum(rank > 0 for rank in self.run.score().ranks)

    @property
    def computed(self) -> bool:
        """Whether there is something behind the scores."""
        return self.run.setup is not None

    @property
    def costly(self) -> str:
        """Weights that take so long that the run is not scored many times; empty if none do."""
        setup = self.run.setup
        slow = [] if setup is None else [each for each in setup.methodology.weight if each.costly]
        return slow[0].name() if slow else ""

    @property
    def first(self) -> int:
        """How many rows are drawn and shown at first."""
        return self.choices.top or CHARTED

    @cached_property
    def shown(self) -> Answer:
        """What the index is made of."""
        return show(self.run)

    @cached_property
    def ranking(self) -> Answer:
        """The ranking, with the pillars if there are any."""
        return score(self.run, region=self.choices.region, pillars=self.has_pillars)

    @cached_property
    def variants(self) -> Answer | None:
        """The ranks under every variant, if the index declares any."""
        if not self.run.index.variants or not self.computed:
            return None
        return compare(self.run, all=True, region=self.choices.region)

    @cached_property
    def robustness(self) -> Answer:
        """The ranks under other weights."""
        return robustness(self.run, region=self.choices.region, **self.choices.drawing)

    def explained(self, country: str) -> Answer:
        """Return where the score of a country comes from."""
        if country not in self._explained:
            answer = explain(self.run, country)
            self._explained[country] = self._explained[answer.provenance["country"]] = answer
        return self._explained[country]

    @property
    def has_pillars(self) -> bool:
        """Whether there is a level between the index and its indicators."""
        setup = self.run.setup
        return setup is not None and setup.framework.root.depth() > 1

    @cached_property
    def years(self) -> str:
        """The years of the figures, such as ``2010–2026``; the edition if they are not known."""
        known: set[str] = set()
        if self.computed:
            for row in self.shown.table("sources").records():
                known.update(str(row["years"] or "").split("-"))
        years = sorted(known - {""})
        span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""
        edition = str(self.run.index.declared.edition)
        said = [f"edition {edition}" if edition else "", f"figures of {span}" if span else ""]
        return ", ".join(filter(None, said)) or "not stated"

    def command(self, name: str, *words: str, of: Run | None = None) -> str:
        """Return a question about the run as it is typed."""
        return " ".join(["softpower", name, *run_words(of or self.run), *words])

    def credit(self, name: str, *words: str) -> Credit:
        """Return what stands beneath something that a question answered."""
        declared = self.run.index.declared
        source = ", ".join(filter(None, (declared.publisher, titled(self.run))))
        return Credit(
            source=source,
            date=self.years,
            licence=declared.licence or "not stated",
            command=self.command(name, *words),
        )

    def region_words(self) -> list[str]:
        """Return which groups are shown, as it is typed."""
        return [f"--region {quote(name)}" for name in self.choices.region]


def run_words(run: Run) -> list[str]:
    """Return a run as it is typed: its name, and an option for each change."""
    settings = settings_of(run.asked).items()
    changes = run.provenance()["changes"]
    weights = changes.get("weights", {})
    return [
        quote(run.name),
        *(f"--set {quote(f'{key}={write_value(value, key)}')}" for key, value in settings),
        *(f"-w {quote(f'{key}={as_word(value)}')}" for key, value in weights.items()),
        *(f"--omit {quote(name)}" for name in changes.get("omit", ())),
    ]


def _typed(value: object) -> Iterator[str]:
    """Yield the values that an option is given for what a parameter is."""
    if isinstance(value, Mapping):
        for name, ends in value.items():
            pair = ends if isinstance(ends, str) else "..".join(f"{end:.12g}" for end in ends)
            yield f"{name}={pair}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield from map(str, value)
    else:
        yield f"{value:.12g}" if isinstance(value, float) else str(value)


def said(table: Table, key: str, value: object) -> str:
    """Return a figure as a sentence has it, with the decimals of its column."""
    if not isinstance(value, int | float):
        return str(value)
    column = next(column for column in table.columns if column.key == key)
    if column.kind == "percent":
        return f"{100 * value:.{column.digits}f} %"
    digits = 0 if column.kind in ("integer", "movement") else column.digits
    whole = digits == 0 and not float(value).is_integer()
    return f"{value:,.{1 if whole else digits}f}".replace("-", "−")
