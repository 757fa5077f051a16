"""A folder that files are taken into: whole from the start, added to, and never half-written."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.imports import directed, figures, saved, table
from softpower.api.importing import import_files
from softpower.api.ranking import check, score
from softpower.errors import FolderError, InputError, UsageError
from softpower.index.importing import writing
from softpower.index.importing.files import read_files
from softpower.index.importing.options import Options
from softpower.index.importing.plan import plan
from softpower.index.importing.record import FEW
from softpower.index.importing.writing import write

SHIPS = "country,2022,2023\nPeru,3,4\nChile,5,\nFrance,7,8\n"
DOCKS = "country,2023\nPeru,3\nChile,5\nItaly,6\n"
"""Ships and docks are invented."""


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def ships(tmp_path):
    return saved(tmp_path, "ships.csv", SHIPS)


@pytest.fixture
def index(tmp_path, ships):
    import_files(ships, into=tmp_path / "fleet")
    return tmp_path / "fleet"


def test_looking_at_a_file_writes_nothing(tmp_path, ships):
    answer = import_files(ships)
    assert answer.table("series").records() == [
        {"id": "ships", "title": "ships", "code": "", "unit": "", "countries": 3,
         "years": "2022-2023", "direction": ""},
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == [ships]


def test_check_asks_for_the_direction_and_accepts_the_folder_once_it_is_stated(index):
    [row] = check(index).table("errors").records()
    assert row["what"] == "One indicator has no direction yet: ships."
    assert row["place"] == "fleet/indicators.csv, line 2, column direction"
    with pytest.raises(FolderError, match="no direction yet"):
        score(str(index))
    assert check(directed(index)).holds
    [said] = check(index).table("warnings").records()
    assert said["what"].startswith("It still says under publisher, summary and citation what")
    ranking = score(str(index)).table("ranking").records()
    assert [row["id"] for row in ranking] == ["FRA", "CHL", "PER"]


def test_words_of_a_title_suggest_a_direction_in_a_comment_only(tmp_path):
    file = saved(
        tmp_path, "a.csv", "country,Infant mortality,Literacy,Ships\nPeru,1,2,3\nChile,2,3,4\n"
    )
    import_files(file, into=tmp_path / "fleet")
    text = (tmp_path / "fleet" / "index.toml").read_text()
    for line in (
        "#   infant_mortality: lower   (Infant mortality)",
        "#   literacy: higher   (Literacy)",
        "#   ships: no suggestion   (Ships)",
    ):
        assert line in text.splitlines()
    assert [row["direction"] for row in table(tmp_path / "fleet" / "indicators.csv")] == ["?"] * 3


@pytest.mark.parametrize(
    ("said", "expected", "history"),
    [
        ({}, {"PER": "4", "CHL": "5", "FRA": "8"}, 0),
        ({"latest": True}, {"PER": "4", "CHL": "5", "FRA": "8"}, 0),
        ({"year": 2022}, {"PER": "3", "CHL": "5", "FRA": "7"}, 0),
        ({"not_before": "2023"}, {"PER": "4", "FRA": "8"}, 0),
        ({"all_years": True}, {"PER": "4", "CHL": "5", "FRA": "8"}, 2),
        ({"all_years": True, "not_before": 2023}, {"PER": "4", "FRA": "8"}, 0),
    ],
)
def test_the_years_that_are_asked_for_are_taken(tmp_path, ships, said, expected, history):
    import_files(ships, into=tmp_path / "fleet", **said)
    found = figures(tmp_path / "fleet")
    assert {key[0]: value for key, value in found.items()} == expected
    assert len(figures(tmp_path / "fleet", "history.csv")) == history
    assert check(directed(tmp_path / "fleet")).holds


def test_countries_whose_figures_are_of_other_years_are_counted(ships):
    answer = import_files(ships, not_before=2023)
    assert "Countries with figures of other years only: ships 1." in answer.notes


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"latest": True, "year": 2022}, "`latest` and `year` contradict"),
        ({"year": 2022, "not_before": 2020}, "`not_before` has no effect beside `year`"),
        ({"year": 2031}, r"has no figure of 2031. It has figures of 2022 to 2023"),
        ({"series": "shps"}, "has no series 'shps'"),
        ({"as_": "Big Fleet"}, "`as_` is 'Big Fleet', which is no id"),
        ({"decimal": ";"}, "`decimal` is ';'"),
        ({"date": "yesterday"}, "`date` is 'yesterday'. Write it as in 2025-03-01"),
        ({"omit": "Perru"}, "has no figure of 'Perru'. Did you mean Peru"),
        ({"codes": "ioc"}, "has no codes of countries"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(tmp_path, ships, said, what):
    with pytest.raises(UsageError, match=what):
        import_files(ships, into=tmp_path / "fleet", **said)
    assert list(tmp_path.iterdir()) == [ships]


def test_what_is_about_one_file_is_refused_of_two(tmp_path, ships):
    docks = saved(tmp_path, "docks.csv", DOCKS)
    with pytest.raises(UsageError, match="`as_` is about one file, and 2 are given"):
        import_files([ships, docks], into=tmp_path / "fleet", as_="ships")
    with pytest.raises(UsageError, match="owid is a layout and no file"):
        import_files(["owid", ships])


def test_it_is_written_down_where_the_figures_are_from(index, ships):
    digest = hashlib.sha256(ships.read_bytes()).hexdigest()
    text = (index / "README.md").read_text()
    assert f"- SHA-256: {digest}" in text
    assert "- Taken: The newest figure of each country is taken" in text
    assert "| `ships` | ships |  |  | 3 | 2022-2023 |" in text
    [row] = table(index / "indicators.csv")
    assert row["source"] == f"series ships; ships.csv, sha256 {digest[:12]}"
    assert row["year"] == "2022-2023"


def test_a_second_file_adds_to_a_folder_and_leaves_the_rest_as_it_is(tmp_path, index):
    directed(index)
    before = contents(index)
    docks = saved(tmp_path, "docks.csv", DOCKS)
    answer = import_files(docks, into=index, date="2025-03-01", as_="quays")
    assert answer.title.endswith("fleet: 1 indicator, 3 figures")
    assert contents(index)["index.toml"] == before["index.toml"]
    assert contents(index)["figures.csv"].startswith(before["figures.csv"])
    rows = table(index / "indicators.csv")
    assert [(row["id"], row["direction"]) for row in rows] == [("ships", "higher"), ("quays", "?")]
    assert rows[1]["source"].endswith("; downloaded 2025-03-01")
    text = (index / "README.md").read_text()
    assert text.index("### From ships.csv") < text.index("### From docks.csv")


def test_a_newer_file_updates_figures_and_keeps_what_a_person_wrote(tmp_path, index):
    path = index / "indicators.csv"
    path.write_text(
        path.read_text()
        .replace("id,title,direction", "weight,id,title,direction")
        .replace("ships,ships,?,", "2.5,ships,All ships,lower,")
        .replace(",,,\n", ",,,Counted at noon\n")
        .replace("licence,note,Counted at noon", "licence,note")
    )
    newer = saved(tmp_path, "ships-2.csv", "country,2023,2024\nPeru,4,\nChile,,6\nItaly,1,\n")
    answer = import_files(newer, into=index, as_="ships")
    [row] = answer.table("indicators").records()
    assert {key: row[key] for key in ("state", "added", "changed", "removed", "direction")} == {
        "state": "updated", "added": 1, "changed": 1, "removed": 1, "direction": "lower"
    }  # fmt: skip
    assert answer.table("changes").records() == [
        {"indicator": "ships", "code": "FRA", "country": "France", "before": "8", "after": None},
        {"indicator": "ships", "code": "CHL", "country": "Chile", "before": "5", "after": "6"},
    ]
    [kept] = table(path)
    assert (kept["weight"], kept["title"], kept["direction"]) == ("2.5", "All ships", "lower")
    assert kept["note"] == "Counted at noon"
    assert "ships-2.csv" in kept["source"]
    assert figures(index) == {
        ("PER", "ships", "2023"): "4", ("CHL", "ships", "2024"): "6", ("ITA", "ships", "2023"): "1",
    }  # fmt: skip
    text = (index / "README.md").read_text()
    assert "### From ships.csv" not in text
    assert check(index).holds


def test_a_series_with_a_code_is_found_again_under_the_id_that_it_has(tmp_path):
    text = "country,indicator code,year,value\nPeru,IS.SHP,2020,3\nChile,IS.SHP,2020,{}\n"
    old, new = (saved(tmp_path, f"{n}.csv", text.format(n)) for n in (4, 5))
    import_files(old, into=tmp_path / "fleet", as_="fleet_size")
    import_files(new, into=tmp_path / "fleet")
    assert figures(tmp_path / "fleet")["CHL", "fleet_size", "2020"] == "5"
    assert len(table(tmp_path / "fleet" / "indicators.csv")) == 1


def test_the_same_file_again_changes_no_byte(index, ships):
    before = contents(index)
    answer = import_files(ships, into=index)
    assert contents(index) == before
    assert answer.table("changes").rows == ()


def test_what_becomes_of_figures_of_other_years_is_said(tmp_path, ships):
    import_files(ships, into=tmp_path / "fleet", all_years=True)
    again = import_files(ships, into=tmp_path / "fleet", all_years=True)
    assert not any(note.startswith("Of the ") for note in again.notes)
    ships.write_text("country,2022,2023\nPeru,9,4\nChile,5,\nFrance,,8\n")
    answer = import_files(ships, into=tmp_path / "fleet", all_years=True)
    said = "Of the 2 figures of ships in history.csv, 1 changed and 1 are no longer there."
    assert said in answer.notes
    assert figures(tmp_path / "fleet", "history.csv") == {("PER", "ships", "2022"): "9"}


def test_other_years_of_an_updated_indicator_do_not_contradict_its_figures(tmp_path, ships):
    import_files(ships, into=tmp_path / "fleet", all_years=True)
    import_files(ships, into=tmp_path / "fleet", year=2022)
    assert figures(tmp_path / "fleet", "history.csv") == {}
    assert check(directed(tmp_path / "fleet")).holds


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("figures.csv", "country,ships\nPeru,1\n", "no column indicator and no column value"),
        ("figures.csv", "country;indicator;value\nPeru;a;1\n", "not parted by commas"),
        ("figures.csv", 'country,indicator,value\nPeru,a,"1\n', "not closed"),
        ("indicators.csv", "id,colour\na,red\n", '"colour" is not known'),
    ],
)
def test_a_folder_that_cannot_be_added_to_stays_as_it_is(tmp_path, index, name, text, what):
    (index / name).write_text(text)
    before = contents(index)
    with pytest.raises(InputError) as caught:
        import_files(saved(tmp_path, "docks.csv", DOCKS), into=index)
    assert what in str(caught.value)
    assert contents(index) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docks.csv", "fleet", "ships.csv"]


def test_a_failure_in_the_middle_puts_everything_back(tmp_path, index, monkeypatch):
    before = contents(index)
    replace, done = Path.replace, []

    def failing(path, target):
        done.append(target)
        if len(done) == 2:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(InputError, match="No space left on device"):
        import_files(saved(tmp_path, "docks.csv", DOCKS), into=index)
    assert contents(index) == before


@pytest.mark.parametrize("name", ["My Fleet", "hdi-2022"])
def test_a_new_folder_has_the_name_of_an_index_of_ones_own(tmp_path, ships, name):
    with pytest.raises(UsageError):
        import_files(ships, into=tmp_path / name)
    assert list(tmp_path.iterdir()) == [ships]


def test_what_is_there_and_no_index_is_not_written_into(tmp_path, ships):
    (tmp_path / "fleet").mkdir()
    (tmp_path / "fleet" / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match="is there already, and is no index"):
        import_files(ships, into=tmp_path / "fleet")
    assert contents(tmp_path / "fleet") == {"diary.txt": b"mine"}


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.csv: It cannot be read: No such file"):
        import_files(tmp_path / "nowhere.csv")
    with pytest.raises(UsageError, match="names no file"):
        import_files([])


def test_titles_that_look_like_markup_are_written_as_text(tmp_path):
    file = saved(tmp_path, "a.csv", 'country,"Ships <b>|</b> [red]"\nPeru,1\nChile,2\n')
    import_files(file, into=tmp_path / "fleet")
    assert check(directed(tmp_path / "fleet")).holds
    assert "Ships &lt;b>\\|&lt;/b> [red]" in (tmp_path / "fleet" / "README.md").read_text()


def test_a_unit_or_series_that_is_another_one_now_is_said_and_what_the_folder_says_stays(tmp_path):
    text = "country,indicator code,unit,year,value\nPeru,{0},{1},2020,3\nChile,{0},{1},2020,4\n"
    old = saved(tmp_path, "old.csv", text.format("IS.SHP", "tons"))
    new = saved(tmp_path, "new.csv", text.format("IS.BOAT", "kg"))
    import_files(old, into=tmp_path / "fleet", as_="ships")
    notes = import_files(new, into=tmp_path / "fleet", as_="ships").notes
    assert "ships was the series IS.SHP; it is the series IS.BOAT now." in notes
    assert "ships is in tons in indicators.csv, which stays so, and in kg in new.csv." in notes
    assert table(tmp_path / "fleet" / "indicators.csv")[0]["unit"] == "tons"


def test_a_file_that_says_no_year_is_taken_and_that_is_said(tmp_path):
    file = saved(tmp_path, "a.csv", "country,ships\nPeru,1\nChile,2\n")
    answer = import_files(file, into=tmp_path / "fleet")
    assert "a.csv says no year of ships." in answer.notes


def test_years_are_years_as_fractions_too(tmp_path):
    text = "country,year,ships\nPeru,2019.0,1\nPeru,2020.0,2\nChile,2020,3\n"
    file = saved(tmp_path, "a.csv", text)
    import_files(file, into=tmp_path / "fleet", year=2020)
    assert figures(tmp_path / "fleet") == {
        ("PER", "ships", "2020"): "2", ("CHL", "ships", "2020"): "3",
    }  # fmt: skip


def test_an_answer_says_of_which_files_it_is(ships):
    digest = hashlib.sha256(ships.read_bytes()).hexdigest()
    said = import_files(ships).provenance
    assert said["files"] == [{"file": "ships.csv", "sha256": digest}]


def test_figures_go_into_the_file_that_the_index_has_them_in(tmp_path, index):
    (index / "figures.csv").rename(index / "counted.csv")
    path = index / "index.toml"
    path.write_text(f'{path.read_text()}\n[figures]\nfile = "counted.csv"\n')
    import_files(saved(tmp_path, "docks.csv", DOCKS), into=index)
    assert ("ITA", "docks", "2023") in figures(index, "counted.csv")
    assert not (index / "figures.csv").exists()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ('[figures]\nfrom = "hdi-2022"\n', "Its figures are those of hdi-2022"),
        ('[files.figures]\ndecimal = ","\n', "The comma is decimal in its figures"),
        ("[figures]\nfrom = 3\n", "figures.from"),
    ],
)
def test_an_index_whose_figures_are_not_to_be_added_to_stays_as_it_is(tmp_path, index, said, what):
    path = index / "index.toml"
    path.write_text(f"{path.read_text()}\n{said}")
    before = contents(index)
    with pytest.raises(InputError) as caught:
        import_files(saved(tmp_path, "docks.csv", DOCKS), into=index)
    assert what in str(caught.value)
    assert contents(index) == before


LANDS = {"PER": "Peru", "CHL": "Chile", "KOR": "Korea, Rep.", "XKX": "Kosovo"}


def in_a_column_for_each_year(known):
    years = sorted({year for _, year in known})
    lines = [",".join(["Country Name,Country Code,Indicator Name,Indicator Code", *years])]
    lines += [
        ",".join([f'"{name}",{iso3},Ships,SHIPS', *(known.get((iso3, y), "") for y in years)])
        for iso3, name in LANDS.items()
    ]
    return "\n".join(lines)


def in_a_row_for_each_country_and_year(known):
    rows = [f'"{LANDS[iso3]}",{iso3},{year},{text}' for (iso3, year), text in known.items()]
    return "\n".join(["Entity,Code,Year,Ships", *rows])


def in_a_row_for_each_figure(known):
    rows = [f'"{LANDS[iso3]}";ships;{year};{text}' for (iso3, year), text in known.items()]
    return "\n".join(["country;indicator;year;value", *rows]).replace(".", ",")


FIGURE = st.floats(1e-6, 1e12).map(lambda number: f"{number:.17g}")
KEY = st.tuples(st.sampled_from(sorted(LANDS)), st.integers(1990, 2024).map(str))


@pytest.mark.parametrize(
    "laid_out",
    [in_a_column_for_each_year, in_a_row_for_each_country_and_year, in_a_row_for_each_figure],
)
@settings(max_examples=10, deadline=None)
@given(known=st.dictionaries(KEY, FIGURE, min_size=2, max_size=12))
def test_every_figure_comes_through_to_the_last_digit(tmp_path_factory, laid_out, known):
    folder = tmp_path_factory.mktemp("any")
    file = saved(folder, "ships.csv", laid_out(known))
    decimal = "," if laid_out is in_a_row_for_each_figure else "."
    import_files(file, into=folder / "fleet", as_="ships", all_years=True, decimal=decimal)
    found = {**figures(folder / "fleet"), **figures(folder / "fleet", "history.csv")}
    assert {(iso3, year): float(text) for (iso3, _, year), text in found.items()} == {
        key: float(text) for key, text in known.items()
    }
    newest = {iso3: max(year for other, year in known if other == iso3) for iso3, _ in known}
    assert {(iso3, year) for iso3, _, year in figures(folder / "fleet")} == set(newest.items())


def test_an_id_is_found_in_the_folder_however_it_is_spelled(tmp_path, ships):
    import_files(ships, into=tmp_path / "fleet", as_="SHIPS.Sea")
    import_files(ships, into=tmp_path / "fleet", as_="ships.sea", year=2022)
    assert set(figures(tmp_path / "fleet")) == {
        ("PER", "SHIPS.Sea", "2022"), ("CHL", "SHIPS.Sea", "2022"), ("FRA", "SHIPS.Sea", "2022"),
    }  # fmt: skip
    assert len(table(tmp_path / "fleet" / "indicators.csv")) == 1


def test_a_series_of_the_same_name_from_another_file_replaces_nothing_unasked(tmp_path):
    first = saved(tmp_path, "first.csv", "country,ships,docks\nChile,1,2\n")
    other = saved(tmp_path, "other.csv", "country,ships,docks\nChile,11,12\n")
    import_files(first, into=tmp_path / "fleet")
    before = (tmp_path / "fleet" / "figures.csv").read_bytes()
    with pytest.raises(
        UsageError, match=r"ships is in the folder already.*other\.csv: .*first\.csv"
    ):
        import_files(other, into=tmp_path / "fleet")
    assert (tmp_path / "fleet" / "figures.csv").read_bytes() == before
    import_files(other, into=tmp_path / "fleet", series="ships", as_="ships")
    assert set(figures(tmp_path / "fleet").values()) == {"11", "2"}


def test_files_with_series_of_the_same_name_are_each_found_again(tmp_path):
    first = saved(tmp_path, "first.csv", "country,ships,docks\nChile,1,2\n")
    other = saved(tmp_path, "other.csv", "country,ships,docks\nChile,11,12\n")
    import_files([first, other], into=tmp_path / "fleet")
    saved(tmp_path, "first.csv", "country,ships,docks\nChile,5,2\n")
    import_files(first, into=tmp_path / "fleet")
    assert list(figures(tmp_path / "fleet").values()) == ["5", "2", "11", "12"]


def test_the_command_that_is_proposed_repeats_what_was_said(tmp_path):
    file = saved(tmp_path, "my ships.csv", "country;2023;2024\nChile;1,234;2,5\nPeru;1;2\n")
    note = import_files(file, decimal=",", not_before=2023, omit="Chile").notes[-1]
    assert note.endswith("my ships.csv' --decimal , --omit Chile --not-before 2023 --into FOLDER")


def test_a_folder_without_a_declaration_is_added_to_once_its_indicators_are_listed(tmp_path, ships):
    fleet = tmp_path / "Fleet"
    fleet.mkdir()
    saved(fleet, "figures.csv", "country,indicator,value,year\nPeru,docks,3,2020\n")
    with pytest.raises(InputError, match=r"Fleet/indicators\.csv.*Write it, with id,direction"):
        import_files(ships, into=fleet, as_="ships")
    saved(fleet, "indicators.csv", "id,direction\ndocks,higher\n")
    import_files(ships, into=fleet, as_="ships")
    assert [row["id"] for row in table(fleet / "indicators.csv")] == ["docks", "ships"]
    assert not (fleet / "index.toml").exists()
    assert check(fleet).table("errors").records()[0]["what"].endswith("no direction yet: ships.")


def test_the_provenance_of_an_import_repeats_it(tmp_path, ships):
    said = {"not_before": "2022", "all_years": True, "as_": "ships", "omit": "Peru"}
    answer = import_files(ships, into=tmp_path / "fleet", **said)
    assert answer.provenance["into"] == str(tmp_path / "fleet")
    assert answer.provenance["options"] == {**said, "omit": ["Peru"]}
    import_files(ships, into=tmp_path / "again", **answer.provenance["options"])
    names = ("figures.csv", "history.csv")
    assert [(tmp_path / "fleet" / name).read_bytes() for name in names] == [
        (tmp_path / "again" / name).read_bytes() for name in names
    ]


def test_figures_some_of_which_have_no_year_are_taken_and_that_is_said(tmp_path):
    file = saved(tmp_path, "a.csv", "country,year,ships\nPeru,2020,1\nChile,,2\nGhana,2021,3\n")
    assert import_files(file).table("series").records()[0]["years"] == "2020-2021"
    notes = import_files(file, into=tmp_path / "fleet").notes
    assert "a.csv says no year of ships for 1 of 3 figures." in notes


@pytest.mark.parametrize("all_years", [False, True])
def test_a_figure_without_a_year_is_none_of_another_year(tmp_path, all_years):
    rows = "Peru,2020,1\nPeru,2019,4\nPeru,,2\nChile,,3\nGhana,2021,3\nGhana,,5\n"
    file = saved(tmp_path, "a.csv", f"country,year,ships\n{rows}")
    notes = import_files(file, into=tmp_path / "fleet", all_years=all_years).notes
    assert "2 figures without a year have another with a year beside, which counts." in notes
    assert figures(tmp_path / "fleet") == {
        ("PER", "ships", "2020"): "1", ("CHL", "ships", ""): "3", ("GHA", "ships", "2021"): "3",
    }  # fmt: skip
    history = {("PER", "ships", "2019"): "4"} if all_years else {}
    assert figures(tmp_path / "fleet", "history.csv") == history


def test_series_without_a_year_are_told_of_together(tmp_path):
    names = [f"x{number}" for number in range(1, 10)]
    one = saved(tmp_path, "a.csv", f"country,{','.join(names)}\nPeru{',1' * 9}\nChile{',2' * 9}\n")
    two = saved(tmp_path, "b.csv", "country,ships,docks\nPeru,1,2\nChile,2,4\n")
    notes = import_files([one, two], into=tmp_path / "fleet").notes
    assert [note for note in notes if "no year" in note] == [
        f"a.csv says no year of {', '.join(names[:FEW])} and {9 - FEW} more.",
        "b.csv says no year of ships, docks.",
    ]


def test_a_file_that_is_given_twice_is_refused(tmp_path, ships):
    copy = saved(tmp_path, "copy.csv", ships.read_text())
    for files in ([ships, ships], [ships, copy]):
        with pytest.raises(UsageError, match="is given twice"):
            import_files(files, into=tmp_path / "fleet")


def test_years_of_which_there_is_no_figure_are_refused_with_those_there_are(tmp_path, ships):
    for into in (None, tmp_path / "fleet"):
        with pytest.raises(UsageError, match=r"no figure of 2030 or later.*It has figures of 20"):
            import_files(ships, into=into, not_before=2030)


def test_what_another_import_wrote_meanwhile_is_not_written_over(tmp_path, index, ships):
    plans = []
    for name in ("boats", "rafts"):
        file = saved(tmp_path, f"{name}.csv", f"country,{name}\nPeru,4\n")
        plans.append(plan(index, read_files([file], Options()), Options()))
    write(plans[0])
    before = contents(index)
    with pytest.raises(InputError, match=r"changed meanwhile.* Import again"):
        write(plans[1])
    assert contents(index) == before
    new = [plan(tmp_path / "new", read_files([ships], Options()), Options()) for _ in range(2)]
    write(new[0])
    with pytest.raises(InputError, match="changed meanwhile"):
        write(new[1])


def test_no_two_imports_write_at_once(tmp_path, ships, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    handle = os.open(tmp_path, os.O_RDONLY)

    def refuse_errors(folder):
        assert folder.is_dir()
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        looked.append(folder.name)

    looked = []
    monkeypatch.setattr(writing, "_refuse_errors", refuse_errors)
    import_files(ships, into=tmp_path / "fleet")
    assert looked == ["fleet"]
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
