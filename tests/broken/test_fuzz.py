"""Whatever a file or a command line says: an exit status, words that can be read, no traceback."""

import csv
import io
import unicodedata

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.breaking import FIGURES, INDEX, INDICATORS, PUBLISHED, UNITS, WIDE, make_whole
from softpower.cli import main

FUZZ = settings(
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
RUN = CliRunner(env={"COLUMNS": "100"})

HISTORY = """\
unit,indicator,year,value,note
Atlantis,gold,0,70,
Lemuria,gold,0,25,
Thule,fish,0,6000,
Thule,people,0,250,
"""

TABLES = {
    "indicators.csv": INDICATORS,
    "figures.csv": FIGURES,
    "wide": WIDE,
    "published.csv": PUBLISHED,
    "units.csv": UNITS,
    "history.csv": HISTORY,
}


def survives(*words):
    """Run a command; it may refuse, but must say so in words that can be read."""
    result = RUN.invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"{words} raised {result.exception!r}") from result.exception
    assert result.exit_code in {0, 1, 2, 3}
    assert "Traceback" not in result.output
    hidden = {c for c in result.output if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
    assert not hidden
    if result.exit_code in {1, 2}:
        assert result.output.strip()
    return result


def survives_with(folder, file, data):
    """Run the commands on a folder with one file in place of its own."""
    path = folder / ("figures.csv" if file == "wide" else file)
    before = path.read_bytes()
    names = sorted(path.name for path in folder.iterdir())
    path.write_bytes(data)
    try:
        scored = survives("score", folder)
        checked = survives("check", folder)
        assert scored.exit_code in {0, 1}
        assert checked.exit_code >= scored.exit_code
    finally:
        path.write_bytes(before)
    assert sorted(path.name for path in folder.iterdir()) == names


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    whole = make_whole(tmp_path_factory.mktemp("fuzz"))
    (whole / "history.csv").write_text(HISTORY, encoding="utf-8")
    return whole


@FUZZ
@given(
    file=st.sampled_from(
        ["index.toml", "indicators.csv", "figures.csv", "units.csv", "history.csv"]
    ),
    data=st.binary(max_size=400),
    keep=st.booleans(),
)
def test_any_bytes_for_a_file(folder, file, data, keep):
    own = (folder / file).read_bytes() if keep else b""
    survives_with(folder, file, own[: len(own) // 2] + data + own[len(own) // 2 :])


WORDS = st.one_of(
    st.sampled_from(INDEX.replace("=", " = ").split()),
    st.sampled_from(["[", "]", "{", "}", "=", ",", ".", '"', "'", '"""', "#", "\n", "\n\n", "[["]),
    st.sampled_from(["nan", "-inf", "1e400", "0x_", "9" * 30, "true", "2024-01-31", "[[]]", "{}"]),
    st.text(max_size=8),
)


@FUZZ
@given(words=st.lists(WORDS, max_size=40), at=st.integers(0, INDEX.count("\n")))
@example(words=["[pillars.a]\ntitle='A'\nparent='b'\n[pillars.b]\ntitle='B'\nparent='a'"], at=0)
def test_any_words_in_the_declaration(folder, words, at):
    lines = INDEX.splitlines()
    text = "\n".join([*lines[:at], " ".join(words), *lines[at:]])
    survives_with(folder, "index.toml", text.encode("utf-8", "replace"))


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**6), 10**6),
        st.floats(),
        st.text(max_size=6),
        st.sampled_from(["zscore", "geometric", "minmax:1:2", "cap:3", "land", "gold", "people/2"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["method", "low", "p", "title", "weight", "methodology", "omit", "pillars"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def as_toml(value):
    """Write a value as TOML does."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {as_toml(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, str):
        plain = "".join(c if c.isprintable() and c not in '\\"' else f"\\u{ord(c):04X}"
                        for c in value if ord(c) < 0xD800)  # fmt: skip
        return f'"{plain}"'
    return "''" if value is None else str(value)


@FUZZ
@given(line=st.sampled_from([row for row in INDEX.splitlines() if " = " in row]), value=VALUES)
def test_any_value_for_a_key_of_the_declaration(folder, line, value):
    key = line.partition(" = ")[0]
    text = INDEX.replace(line, f"{key} = {as_toml(value)}", 1)
    survives_with(folder, "index.toml", text.encode())


CELLS = st.one_of(
    st.text(max_size=10),
    st.floats().map(repr),
    st.integers().map(str),
    st.sampled_from(
        ["", "-", "n/a", "1,5", "1e308", "-1e304", "1e-304", "0", "Atlantis", "ATL",
         "gold", "people", "land", "sea", "log", "cap", "cap:1", "log1p", "people/0.5", "0..1",
         "lower", "FRA",
         "id", "unit", "value", "score", "rank", "pillar:elements", "weight:elements", "weight"]
    ),
)  # fmt: skip


@FUZZ
@given(
    file=st.sampled_from(list(TABLES)),
    changes=st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 11), CELLS), min_size=1, max_size=4
    ),
)
def test_any_text_in_the_cells_of_a_table(folder, file, changes):
    rows = list(csv.reader(io.StringIO(TABLES[file])))
    for row, column, text in changes:
        cells = rows[row % len(rows)]
        cells[column % len(cells)] = text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    survives_with(folder, file, out.getvalue().encode("utf-8", "replace"))


@FUZZ
@given(numbers=st.lists(
    st.floats(-1e305, 1e305), min_size=15, max_size=15), method=st.sampled_from(
    ["minmax", "zscore", "rank", "percentile", "share-of-max", "goalposts", "none", "log-minmax",
     "ratio:THU", "relative-difference", "distance-to-target", "distance-to-reference:Thule",
     "robust", "robust:spread=iqr", "logistic", "logistic:normal:steepness=1e300", "borda",
     "quantile-band", "oecd-band", "above-below", "mazziotta-pareto-adjusted",
     "minmax:over=all-periods"]))  # fmt: skip
def test_any_numbers_as_figures(folder, numbers, method):
    rows = FIGURES.splitlines()
    text = [rows[0]] + [
        ",".join([*row.split(",")[:2], repr(number), "", ""])
        for row, number in zip(rows[1:], numbers, strict=True)
    ]
    before = (folder / "figures.csv").read_bytes()
    (folder / "figures.csv").write_text("\n".join(text))
    try:
        survives("score", folder, "--set", f"normalise={method}", "--set", "treat=winsorise")
        survives("check", folder)
    finally:
        (folder / "figures.csv").write_bytes(before)


KEYS = st.sampled_from(
    ["normalise", "normalize", "aggregate", "aggregate.1", "aggregate.top.p", "weight", "treat",
     "impute", "impute.by", "coverage", "coverage.country", "scale", "round", "ties", "constant",
     "normalise.low", "", ".", "nonsense", "methodology.ties", "indicators", "indicators..treat",
     "indicators.life_expectancy.treat", "indicators.life_expectancy.goalposts"]
) | st.text(max_size=6)  # fmt: skip
SETTINGS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        ["minmax", "zscore:100:10", "power:-3", "power:1e300", "geometric/arithmetic", "median",
         "none", "equal", "mean", "group-mean:region", "winsorise", "log", "rank",
         "percentile:ecdf", "share-of-max", "goalposts", "ratio:Germany", "ratio:THU", "ratio:[b]x",
         "relative-difference:target", "distance-to-reference", "distance-to-reference:Ger\x1bmany",
         "robust:0", "oecd-band:cuts=3", "quantile-band:0", "mazziotta-pareto-adjusted:leader",
         "zscore:over=all-periods", "{method = 'oecd-band', cuts = [9, 1]}", "nan",
         "1e400", "-1", "12", "[]", "{}",
         "em:region", "nearest-neighbour:3", "regression:stochastic=true", "regression:x+y",
         "constant:1e300:raw", "box-cox:only=all", "fences", "percentile-winsorise:0:100",
         "{method = 'minmax', low = 5, high = 1}", "1:2:3", "minmax:nan", "minmax:1e300:-1e300"]
    ),
)  # fmt: skip
NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["China", "USA", "Korea", "brunei", "thailand", "", "@", "World", "x" * 300]),
)


@settings(FUZZ, max_examples=200)
@given(
    run=st.sampled_from(["sea-survey-2024", "hdi-2022", "gspi-2024", "hdi-2022@", "hdi-2022@x+y"])
    | st.text(max_size=8),
    sets=st.lists(st.tuples(KEYS, SETTINGS), max_size=2),
    weights=st.lists(st.tuples(NAMES, SETTINGS | st.integers().map(str)), max_size=2),
    omitted=st.lists(NAMES, max_size=2),
    shown=st.lists(NAMES, max_size=2),
    command=st.sampled_from(["score", "show"]),
)  # fmt: skip
def test_any_words_on_the_command_line(run, sets, weights, omitted, shown, command):
    words = [command]
    for key, value in sets:
        words += ["--set", f"{key}={value}"]
    for key, value in weights:
        words += ["-w", f"{key}={value}"]
    for name in omitted:
        words += ["--omit", name]
    if command == "score":
        for name in shown:
            words += ["--country", name]
    survives(*words, "--", run)
