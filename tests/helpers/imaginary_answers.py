"""Small answers about places that do not exist, and strategies that make worse ones."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.charts import BarChart, IntervalChart, Line, OrderChart, RankChart, StackedBars

calm = settings(deadline=None, max_examples=60)

RANKING = Table(
    name="ranking",
    title="Ranking of imaginary places",
    columns=(
        Column("rank", "Rank", "integer"),
        Column("country", "Country"),
        Column("score", "Score", "number", bar=True),
        Column("change", "Change", "change"),
        Column("movement", "Places", "movement"),
        Column("share", "Weight", "percent", unit="%"),
    ),
    rows=(
        (1, "Ruritania", 80.123456789, 1.25, 3, 0.167),
        (2, "  Côte d’Atlantis", 1 / 3, -0.4, -12, 0.5),
        (3, "El Dorado", None, None, None, None),
        (4, "Freedonia", 12345.6, 0.0, 0, 1.0),
    ),
    notes=("El Dorado was not found.",),
)
METHOD = facts(
    "method",
    "Methodology",
    [
        ("Index", "imaginary"),
        ("Normalisation", "the smallest and the largest figure of " + "very " * 20 + "many places"),
        ("Places", 4),
    ],
)
CHART = BarChart(
    name="scores",
    title="Scores of imaginary places",
    labels=("Ruritania", "Atlantis"),
    values=(80.0, -12.5),
    axis="Score",
    caption="Made up.",
)
BUMP = RankChart(
    name="places",
    title="Places of imaginary places",
    runs=("published", "equal-weights", "per head"),
    lines=(
        Line("Ruritania", (1.0, 2.0, 4.0)),
        Line("Atlantis", (2.0, 1.0, 2.0), chosen=True),
        Line("El Dorado", (3.0, 4.0, 1.0), chosen=True),
        Line("Freedonia", (4.0, 3.0, 3.0)),
    ),
    caption="Made up.",
)
PARTS = StackedBars(
    name="parts",
    title="Parts of imaginary scores",
    labels=("Ruritania", "Atlantis"),
    parts=("Culture", "Digital", "Trade"),
    values=((30.0, 20.0, 10.0), (12.0, -4.0, 0.01)),
    axis="Points",
    caption="Made up.",
)
SPANS = IntervalChart(
    name="spans",
    title="Intervals of imaginary ranks",
    labels=("Ruritania", "Atlantis", "Freedonia"),
    lows=(1.0, 2.0, 9.0),
    middles=(1.0, 4.0, 9.5),
    highs=(1.0, 8.0, 10.0),
    marks=(1.0, 3.0, 5.0),
    terms=("5-95 %", "median", "rank"),
    axis="Rank",
    caption="Made up.",
)
ANSWER = Answer(
    title="Ranking of imaginary places",
    tables=(RANKING, METHOD),
    charts=(CHART,),
    notes=("All figures are made up.",),
    provenance={"version": "0.0", "steps": [{"name": "mean", "by": None}], "strict": True},
)


def one(*rows: tuple[Cell, ...], columns: tuple[Column, ...], **more: object) -> Answer:
    """Return an answer with one table."""
    return Answer("", (Table("table", "", columns, rows, **more),))  # type: ignore[arg-type]


def dimensions(count: int, *words: str) -> Answer:
    """Return an answer with a rank, a name and many columns of numbers."""
    titles = words or ("Government", "Digital", "Culture", "Enterprise", "Engagement", "Education")
    columns = (
        Column("rank", "Rank", "integer"),
        Column("country", "Country"),
        *(Column(f"d{at}", titles[at % len(titles)], "number") for at in range(count)),
    )
    names = ("Ruritania", "United Provinces of Lower Atlantis", "El Dorado")
    rows = tuple(
        (at + 1, name, *(100.0 - 7 * at - part for part in range(count)))
        for at, name in enumerate(names)
    )
    return Answer("Dimensions", (Table("dimensions", "Dimensions", columns, rows),))


texts = st.one_of(
    st.text(max_size=12),
    st.text(st.characters(), max_size=90),
    st.sampled_from(
        ["", " ", "[red]", ":smile:", "<script>alert(1)</script>", "a|b", "=1+1", "\x1b[31m", "$x$"]
    ),
)
numbers = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
)
kinds = st.sampled_from(["text", "integer", "number", "percent", "change", "movement"])
keys = st.text("abcdefghij", min_size=1, max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return any table at all."""
    names = draw(st.lists(keys, min_size=1, max_size=9, unique=True))
    columns = tuple(
        Column(
            name,
            draw(texts),
            draw(kinds),
            draw(st.integers(0, 4)),
            draw(texts),
            draw(st.booleans()),
        )
        for name in names
    )
    cell = st.one_of(st.none(), texts, numbers)
    row = st.tuples(*[cell] * len(columns))
    return Table(
        name=draw(texts),
        title=draw(texts),
        columns=columns,
        rows=tuple(draw(st.lists(row, max_size=4))),
        notes=tuple(draw(st.lists(texts, max_size=2))),
        headed=draw(st.booleans()),
    )


@st.composite
def charts(draw: st.DrawFn) -> BarChart:
    """Return any bar chart at all, of values that can be drawn."""
    labels = draw(st.lists(texts, min_size=1, max_size=4))
    value = st.floats(-1e6, 1e6)
    values = draw(st.lists(value, min_size=len(labels), max_size=len(labels)))
    return BarChart(
        draw(texts), draw(texts), tuple(labels), tuple(values), draw(texts), caption=draw(texts)
    )


@st.composite
def rank_charts(draw: st.DrawFn) -> RankChart:
    """Return any rank chart at all, with ties, gaps and any number of runs and lines."""
    runs = draw(st.lists(texts, max_size=6))
    place = st.one_of(st.none(), st.integers(1, 40).map(float), st.sampled_from([1.5, 7.5]))
    line = st.builds(
        Line,
        texts,
        st.lists(place, min_size=len(runs), max_size=len(runs)).map(tuple),
        st.booleans(),
    )
    lines = draw(st.lists(line, max_size=10)) * draw(st.sampled_from([1, 1, 1, 4]))
    return RankChart(draw(texts), draw(texts), tuple(runs), tuple(lines), caption=draw(texts))


@st.composite
def stacked_bars(draw: st.DrawFn) -> StackedBars:
    """Return any bars made of parts, of values that can be drawn."""
    labels = draw(st.lists(texts, max_size=4))
    parts = draw(st.lists(texts, max_size=10))
    value = st.one_of(st.just(0.0), st.floats(-1e6, 1e6))
    row = st.lists(value, min_size=len(parts), max_size=len(parts)).map(tuple)
    values = draw(st.lists(row, min_size=len(labels), max_size=len(labels)))
    return StackedBars(
        draw(texts),
        draw(texts),
        tuple(labels),
        tuple(parts),
        tuple(values),
        draw(texts),
        caption=draw(texts),
    )


@st.composite
def interval_charts(draw: st.DrawFn) -> IntervalChart:
    """Return any intervals at all, with marks inside and outside of them."""
    labels = draw(st.lists(texts, max_size=5))
    place = st.integers(1, 300).map(float) | st.sampled_from([1.5, 7.5])
    spans = [sorted(draw(st.tuples(place, place, place))) for _ in labels]
    lows, middles, highs = (tuple(span[at] for span in spans) for at in range(3))
    return IntervalChart(
        draw(texts),
        draw(texts),
        tuple(labels),
        lows,
        middles,
        highs,
        tuple(draw(place) for _ in labels),
        draw(st.tuples(texts, texts, texts)),
        draw(texts),
        caption=draw(texts),
    )


@st.composite
def order_charts(draw: st.DrawFn) -> OrderChart:
    """Return a diagram of any labels, each in a tier below those that are next above it."""
    labels = tuple(draw(st.lists(texts, max_size=6)))
    tiers = tuple(draw(st.integers(1, 4)) for _ in labels)
    possible = [(a, b) for a, up in enumerate(tiers) for b, low in enumerate(tiers) if up < low]
    covers = draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    words = [draw(texts) for _ in range(4)]
    name, title, axis, caption = words
    return OrderChart(name, title, labels, tiers, tuple(covers), axis, caption=caption)


any_charts = st.one_of(charts(), rank_charts(), stacked_bars(), interval_charts(), order_charts())


answers = st.builds(
    Answer,
    title=texts,
    tables=st.lists(tables(), min_size=1, max_size=2).map(tuple),
    charts=st.lists(any_charts, max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
    provenance=st.dictionaries(keys, st.one_of(texts, st.none(), st.lists(texts, max_size=2))),
)
