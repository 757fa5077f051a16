"""A workbook with a sheet for each table is an index as a folder is."""

import pytest
from click.testing import CliRunner

import softpower
from helpers.books import FIGURES, INDICATORS, METHODOLOGY, write
from softpower.cli import main
from softpower.errors import FolderError, UsageError

NAME = "my work.xlsx"


@pytest.fixture
def path(tmp_path):
    return tmp_path / NAME


def problems(path):
    """Return what is said to be wrong with a workbook, place and words."""
    answer = softpower.check(str(path))
    return [" ".join(row) for row in answer.table("errors").rows]


def test_a_workbook_is_scored_by_the_weights_and_methods_of_its_sheet(path):
    ranking = softpower.load(write(path)).score()
    assert {each.id: round(each.score, 9) for each in ranking} == {
        "NOR": 100.0,
        "SWE": round(0.6 * (1 + 99 * 28 / 70) + 0.4 * (1 + 99 * 22 / 60), 9),
        "DNK": 1.0,
    }


def test_a_workbook_is_the_index_that_its_tables_are_as_a_folder(path, tmp_path):
    folder = tmp_path / "north"
    folder.mkdir()
    for name, rows in (("figures", FIGURES), ("indicators", INDICATORS)):
        text = "\n".join(",".join(map(str, row)) for row in rows)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    quoted = "\n".join(
        f"{key.replace('normalise', 'methodology.normalise')} = {value!r}"
        for key, value, _ in METHODOLOGY[1:]
    )
    head = 'id = "north"\npublisher = "nobody"\n'
    (folder / "index.toml").write_text(head + quoted, encoding="utf-8")
    one, other = softpower.load(write(path)), softpower.load(folder)
    assert one.setup == other.setup
    assert softpower.check(folder).holds
    assert softpower.check(path).holds


def test_variants_and_parameters_are_keys_with_points(path):
    rows = [
        *METHODOLOGY,
        ["variants.ranks.title", "Ranks", None],
        ["variants.ranks.methodology.normalise", "rank", None],
        ["variants.ranks.weights.arts", 100, None],
        ["variants.low.title", 2024, None],
        ["variants.low.methodology.normalise.low", 50, None],
        ["aggregate", '["geometric", "arithmetic"]', None],
    ]
    write(path, methodology=rows)
    ranks = softpower.load(f"{path}@ranks").score()
    assert [each.score for each in ranks] == pytest.approx([3.0, 2.0, 1.0])
    low = softpower.load(f"{path}@low").score()
    assert low["Denmark"].score == pytest.approx(50.0)


def test_other_sheets_of_the_workbook_are_tables_of_the_index_too(path):
    published = [["country", "score", "rank"], ["Norway", 100, 1], ["Denmark", 1, 3]]
    history = [["country", "indicator", "year", "value"], ["Norway", "music", 1999, 180]]
    history = [*history, ["Norway", "ships", 1999, 20]]
    rows = [*METHODOLOGY, ["normalise.method", "minmax", None]]
    rows = [*rows, ["normalise.over", "all-periods", None]]
    rows = [row for row in rows if row[0] != "normalise"]
    write(path, published=published, history=history, methodology=rows, remarks=[["mine"]])
    run = softpower.load(path)
    assert run.index.published is not None
    ranking = run.score()
    assert ranking.stages["normalised"].values[0, 0] == pytest.approx(100 * 70 / 160)


def test_units_that_are_no_countries_have_a_sheet(path):
    write(
        path,
        units=[["id", "name"], ["a", "Atlantis"], ["t", "Thule"]],
        figures=[["unit", "music", "ships"], ["a", 1, 2], ["t", 2, 1]],
        methodology=[*METHODOLOGY, ["units", "other", None]],
    )
    assert [each.name for each in softpower.load(path).score()] == ["Thule", "Atlantis"]


def test_a_sheet_of_another_name_may_hold_the_figures(path):
    rows = [*METHODOLOGY, ["files.figures.sheet", "Data 2024", None]]
    write(path, methodology=rows, figures=None, **{"Data 2024": FIGURES})
    assert softpower.load(path).score()["Norway"].rank == 1


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            {"figures": [["country", "music", "ships"], ["Norway", "many", 1], ["Sweden", 2, 3]]},
            "my work.xlsx, sheet figures, line 2, column B (music)",
        ),
        (
            {"indicators": [[*INDICATORS[0][:3], "direction"], ["music", "M", "arts", "sideways"]]},
            "my work.xlsx, sheet indicators, line 2, column D (direction)",
        ),
        ({"indicators": None}, "sheet indicators There is no such sheet"),
        ({"figures": None}, "my work.xlsx, sheet figures There is no such sheet."),
        ({"methodology": None}, "sheet methodology There is no such sheet."),
        ({"methodology": None, "figures": None}, "my work.xlsx It has no sheet methodology."),
        ({"methodology": [["name", "what"], ["title", "T"]]}, "It has no columns key and value."),
        (
            {"methodology": [*METHODOLOGY, ["normalise.low", 2, None]]},
            "sheet methodology, line 8, methodology.normalise.low It is stated twice",
        ),
        (
            {"methodology": [*METHODOLOGY, ["titel", "x", None]]},
            'sheet methodology, line 8, titel The key "titel" is not known.',
        ),
        (
            {"methodology": [*METHODOLOGY, ["aggregate", "geometrc", None]]},
            "sheet methodology, line 8, methodology.aggregate",
        ),
        ({"methodology": [*METHODOLOGY, [None, "x", None]]}, 'line 8 "x" has no key.'),
        ({"methodology": [*METHODOLOGY, ["a b", "x", None]]}, 'line 8 "a b" is not a key.'),
        (
            {"methodology": [*METHODOLOGY, ["figures.file", "f.xls", None]]},
            'figures.file "f.xls" is a file, and the figures of a workbook are in a sheet of it',
        ),
        ({"Figures ": FIGURES}, "There is both a sheet"),
    ],
)
def test_what_is_wrong_is_said_with_its_sheet_and_cell(path, sheets, said):
    write(path, **sheets)
    found = problems(path)
    assert any(said in each for each in found), found
    assert not any("index.toml" in each or ".csv" in each for each in found), found
    with pytest.raises(FolderError):
        softpower.load(path)


def test_a_workbook_with_figures_alone_is_ranked_and_says_what_is_assumed(path):
    write(path, indicators=None, methodology=None)
    index = softpower.load(path).index
    assert index.id == "my-work"
    assert "Assumed, as the workbook does not say: " in " ".join(index.remarks)


def test_a_workbook_that_is_not_there_is_said_to_be_none(tmp_path):
    with pytest.raises(UsageError, match="There is no workbook"):
        softpower.load(str(tmp_path / "none.xlsx"))


def test_a_file_that_is_no_workbook_is_told(path):
    path.write_text("country,music", encoding="utf-8")
    assert "cannot be read as a spreadsheet" in problems(path)[0]


def test_a_workbook_may_have_an_at_in_its_name(tmp_path):
    path = write(tmp_path / "me@work.xlsx")
    assert softpower.load(str(path)).variants == ()


def test_no_answer_is_written_over_a_workbook_that_is_an_index(path):
    before = write(path).read_bytes()
    result = CliRunner().invoke(main, ["score", str(path), "-o", str(path)])
    assert result.exit_code == 1
    assert "This workbook is an index." in result.stderr
    assert path.read_bytes() == before


def test_explain_takes_a_workbook_for_the_index_that_it_is(path):
    result = CliRunner().invoke(main, ["explain", str(write(path)), "Norway"])
    assert result.exit_code == 0, result.stderr
    assert "rank 1 of 3" in result.stdout
