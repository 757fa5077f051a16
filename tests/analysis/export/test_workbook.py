"""The formulas of an exported workbook compute what the engine does, to 1e-9, and more follows.

Every workbook is written with zeros in place of the values of its formulas, so that what
LibreOffice says of them is computed from the figures, the directions and the weights alone.
"""

import math
from dataclasses import fields

import pandas as pd
import pytest

import softpower
from helpers.office import cells, recalculated
from softpower.analysis.export import formulas, pillars, stages
from softpower.analysis.export.sheets import Fixed, Formula
from softpower.analysis.export.workbook import sheets_of
from softpower.analysis.export.xlsx import to_bytes
from softpower.engine.run import Run
from softpower.index.methodology import Methodology
from softpower.index.skeleton import create
from softpower.index.tree import Pillar

UNITS = ("Atlantis", "Avalon", "Hyperborea", "Lemuria", "Mu", "Thule", "Ys")
FIGURES = pd.DataFrame(
    {
        "music": [90, 48, 20, None, 61, 5, 48],
        "ships": [10.5, 48, 70, 12, None, 30, 9],
        "books": [3, 800, 45, 12000, 70, 150, None],
        "wars": [4, 0, 2, 7, 2, None, 1],
        "trade": [400, 120, None, 900, 45, 77, 310],
        "trust": [0.5, 0.25, 0.9, 0.1, None, None, 0.7],
        "people": [10, 4, 7, 30, 2, 5, 0],
    },
    index=UNITS,
)
INDICATORS = {
    "music": {"title": "Music", "pillar": "arts", "weight": 2, "goalposts": "10..80", "target": 85},
    "ships": {"title": "Ships", "pillar": "sea", "weight": 1, "goalposts": "0..60", "target": 100},
    "books": {
        "title": "Books",
        "pillar": "arts",
        "weight": 1,
        "transform": "log",
        "goalposts": "2..9000",
        "target": 20000,
    },
    "wars": {
        "title": "Wars",
        "pillar": "peace",
        "weight": 3,
        "direction": "lower",
        "zero_fill": "true",
        "goalposts": "0..6",
        "target": -1,
    },
    "trade": {
        "title": "Trade",
        "pillar": "sea",
        "weight": 2,
        "denominator": "people/10",
        "goalposts": "50..2000",
        "target": 5000,
    },
    "trust": {"title": "Trust", "weight": 30, "goalposts": "0..1", "target": 1},
    "people": {"title": "People", "pillar": "-"},
}
PILLARS = {
    "arts": {"title": "Arts", "weight": 50},
    "sea": {"title": "Sea", "weight": 40},
    "peace": {"title": "Peace", "weight": 15, "parent": "sea", "aggregate": "harmonic:floor=1"},
}
OTHER = """
[frameworks.flat]
title = "Flat"
[frameworks.flat.pillars.all]
title = "All"
[variants.other]
title = "Otherwise"
framework = "flat"
methodology = { "coverage.pillar" = 0.1, normalise = { method = "zscore", centre = "median" } }
weights = { internet_users = 40 }
omit = { indicators = ["unemployment_rate"], countries = ["Laos"] }
indicators.visa_free_access.direction = "lower"
"""
LOOSE = {"coverage": {"country": 0.5, "pillar": 0.3}}

COMPUTED = {
    "minmax": {"normalise": "minmax:1:100", "aggregate": "geometric/arithmetic"},
    "zscore": {
        "normalise": "zscore:100:10:clip=1.5",
        "ties": "dense",
        "weight": "equal",
        "missing": "missing-if-any",
        "coverage": {"country": 0.1, "pillar": 0.1},
    },
    "median": {"normalise": "zscore:centre=median:ddof=0", "scale": "minmax", "ties": "modified"},
    "rank": {"normalise": "rank", "round": 0, "ties": "average", "aggregate": "power:0.5"},
    "borda": {
        "normalise": "borda:min",
        "weight": "equal-per-pillar",
        "coverage": {"country": 0.4, "pillar": 0.6, "below": "missing"},
    },
    "percentile": {
        "normalise": "percentile",
        "scale": "rank",
        "ties": "ordinal",
        "impute": "mean:stage=raw",
    },
    "goalposts": {"normalise": "goalposts", "missing": "zero", "round": 2, "scale": "zscore"},
    "target": {
        "normalise": "distance-to-target:10:20",
        "aggregate": "harmonic",
        "treat": "winsorise:force=1",
        "impute": "median:stage=treated",
    },
}
"""Settings that have every formula among them; so few, for LibreOffice takes its time."""

CASES = {
    **COMPUTED,
    "imputed": {"impute": "mean", "aggregate": "geometric", "normalise": "minmax:1:100"},
    "late": {"impute": "mean:stage=normalised", "normalise": "none"},
    "values": {"normalise": "logistic", "weight": "given/entropy"},
    "borda of pillars": {"aggregate": "borda:gaps=pairs/arithmetic"},
}


@pytest.fixture(scope="module")
def index():
    return softpower.index_from(
        FIGURES, id="lands", units="other", indicators=INDICATORS, pillars=PILLARS
    )


@pytest.fixture(scope="module")
def made(index):
    """The sheets of each case, by its name."""
    found = {}
    for name, settings in CASES.items():
        run = softpower.load(index, set={**LOOSE, **settings})
        found[name] = sheets_of(run, run.setup)
    return found


def blanked(sheets):
    """Return sheets with a zero in place of what each formula gave."""
    for sheet in sheets:
        sheet.rows = [
            [cell._replace(value=0) if isinstance(cell, Formula) else cell for cell in row]
            for row in sheet.rows
        ]
    return sheets


def written(index, name, folder):
    """Write the workbook of a case, or an edited one, with nothing computed, and return it."""
    run = softpower.load(index, set={**LOOSE, **CASES.get(name, CASES["minmax"])})
    sheets, _ = sheets_of(run, run.setup)
    if name == "edited":
        _edit({sheet.name: sheet.rows for sheet in sheets})
    path = folder / f"{name}.xlsx"
    path.write_bytes(to_bytes(blanked(sheets), "Lands"))
    return path


def _edit(rows):
    """Change a figure, a direction, and weights of an indicator and a pillar, as a person would."""
    at = {row[0]: row for row in rows["figures"]}
    at["Thule"][rows["figures"][0].index("music")] = 77
    head = rows["indicators"][0]
    at = {row[0]: row for row in rows["indicators"]}
    at["ships"][head.index("direction")] = "lower"
    at["books"][head.index("weight")] = 5
    next(row for row in rows["methodology"] if row[0] == "pillars.sea.weight")[1] = 10


def differences(sheet, found):
    """Yield the cells of a sheet whose formulas give another value than they should."""
    for i, row in enumerate(sheet.rows):
        for j, cell in enumerate(row):
            if not isinstance(cell, Formula):
                continue
            value = found[i][j] if i < len(found) and j < len(found[i]) else ""
            same = value == cell.value
            if isinstance(cell.value, float) and isinstance(value, float):
                same = math.isclose(value, cell.value, rel_tol=1e-9, abs_tol=1e-9)
            if not same:
                yield sheet.name, i, j, cell, value


def test_every_formula_computes_what_the_engine_does(index, made, tmp_path):
    """One test, for it takes LibreOffice seconds; what a person edits is followed as well."""
    computed = recalculated(
        [written(index, name, tmp_path) for name in (*COMPUTED, "edited")], tmp_path
    )
    for case in COMPUTED:
        for sheet in made[case][0]:
            assert list(differences(sheet, cells(computed[case], sheet.name))) == [], case

    def scores(name):
        head, *rows = cells(computed[name], "ranking")
        return {row[0]: row[head.index("score")] for row in rows}

    edited = {each.id: each.score or "" for each in softpower.load(computed["edited"]).score()}
    assert scores("edited") == pytest.approx(edited, abs=1e-9)
    assert scores("edited") != scores("minmax")


@pytest.mark.parametrize("case", CASES)
def test_the_ranking_is_that_of_the_engine(case, index, made):
    sheets, _ = made[case]
    rows = {row[0]: row for row in next(s for s in sheets if s.name == "ranking").rows}
    head = rows.pop("code")
    for standing in softpower.load(index, set={**LOOSE, **CASES[case]}).score():
        row = rows[standing.id]
        found = {key: getattr(row[head.index(key)], "value", None) for key in ("score", "rank")}
        assert found == {
            "score": standing.score if standing.score is not None else found["score"],
            "rank": standing.rank if standing.rank is not None else found["rank"],
        }


@pytest.mark.parametrize("case", ["minmax", "median", "percentile", "borda", "target"])
def test_the_workbook_is_the_index_that_was_exported(case, index, made, tmp_path):
    path = tmp_path / "lands.xlsx"
    path.write_bytes(to_bytes(made[case][0], "Lands"))
    again = {each.id: (each.rank, each.score) for each in softpower.load(path).score()}
    first = softpower.load(index, set={**LOOSE, **CASES[case]}).score()
    assert again.keys() == {each.id for each in first}
    for each in first:
        rank, score = again[each.id]
        assert rank == each.rank
        assert (score or 0.0) == pytest.approx(each.score or 0.0, rel=1e-12)


def test_a_workbook_of_a_whole_index_has_its_variants_and_frameworks(tmp_path):
    folder = tmp_path / "my-index"
    create(folder)
    with (folder / "index.toml").open("a") as file:
        file.write(OTHER)
    table = (folder / "indicators.csv").read_text().splitlines()
    placed = [f"{line},{'pillar:flat' if at == 0 else 'all'}" for at, line in enumerate(table)]
    (folder / "indicators.csv").write_text("\n".join(placed))
    path = tmp_path / "mine.xlsx"
    softpower.export(folder, to="xlsx", output=path)
    for name in ("", "@geometric", "@other", "@geometric+other"):
        one, other = softpower.load(f"{path}{name}"), softpower.load(f"{folder}{name}")
        assert one.setup.methodology == other.setup.methodology
        assert one.setup.framework.root == other.setup.framework.root
        assert [each.id for each in one.score()] == [each.id for each in other.score()]


@pytest.mark.parametrize(
    "settings",
    [
        {"renormalise": "minmax"},
        {"direction": "lower"},
        {"tiebreak": "arts"},
        {"indicators.music.normalise": "zscore", "normalise": "rank"},
        {"aggregate": "sum", "missing": "redistribute"},
    ],
)
def test_settings_without_a_formula_leave_values_that_are_right(settings, index, tmp_path):
    run = softpower.load(index, set={**LOOSE, **settings})
    path = tmp_path / "lands.xlsx"
    softpower.export(run, to="xlsx", output=path)
    head, *rows = cells(path, "ranking")
    found = {row[0]: row[head.index("rank")] for row in rows}
    assert found == {each.id: each.rank or "" for each in run.score()}
    again = softpower.load(path).score()
    assert found == {each.id: each.rank or "" for each in again}


@pytest.mark.parametrize("case", [*CASES, "open-soft-power"])
def test_who_is_ranked_has_the_least_shares_that_the_sheet_of_coverage_states(case, made):
    if case in made:
        sheets, _ = made[case]
    else:
        run = softpower.load(case)
        sheets, _ = sheets_of(run, run.setup)
    rows = next(sheet.rows for sheet in sheets if sheet.name == "coverage")
    least = rows[stages.FIRST - 1][4:]
    below = case == "borda"  # there, a unit short in a pillar has that pillar missing
    for _, _, ranked, found, *shares in rows[7:]:
        pairs = zip(shares, least, strict=True)
        enough = [share.value >= bound - 1e-12 for share, bound in pairs]
        assert ranked.value == (found.value > 0 and all(enough[:1] if below else enough))


def fixed(sheets):
    return {s.name for s in sheets for row in s.rows for cell in row if isinstance(cell, Fixed)}


@pytest.mark.parametrize(
    ("case", "where", "said"),
    [
        ("values", {"normalised", "pillars"}, "on sheet normalised, by logistic: music"),
        ("borda of pillars", {"pillars"}, "on sheet pillars, by borda: whole index."),
        ("imputed", {"imputed"}, "on sheet imputed, by mean: 6 gaps."),
        ("target", {"treated", "imputed"}, "on sheet treated, by winsorise: "),
        ("minmax", set(), "Not in the workbook: "),
        ("percentile", {"imputed", "coverage"}, "on sheet coverage, by mean."),
    ],
)
def test_values_in_place_of_formulas_are_said_in_the_sheet_and_in_a_note(case, where, said, made):
    sheets, notes = made[case]
    assert fixed(sheets) <= where | {"normalised"}
    assert fixed(sheets) or not where
    assert any(said in note for note in notes), notes
    about = [row[1] for row in sheets[0].rows if row[0] == "note"]
    assert about == notes


def test_formulas_know_every_setting_and_every_thing_that_a_pillar_says():
    """A setting that is added has no formula until it is named here, and values until then."""
    values = {"renormalise", "direction"}
    assert {*stages.KNOWN, *values} == set(Methodology.model_fields)
    assert {each.name for each in fields(Pillar)} == {*pillars.KNOWN, "direction"}


def test_a_parameter_that_is_not_known_leaves_no_formula():
    method = Methodology(normalise="minmax:over=all-periods").normalise
    column = formulas.Column("A1:A9", "B1", "B2", "B3")
    assert formulas.normal(method, column, None) is None


def test_the_same_run_is_the_same_bytes(index):
    run = softpower.load(index)
    assert isinstance(run, Run)
    first, second = (to_bytes(sheets_of(run, run.setup)[0], "Lands") for _ in range(2))
    assert first == second
