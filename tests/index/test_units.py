"""A group named on the command line is one group of one grouping."""

import pytest
from click.testing import CliRunner

import softpower
from helpers.whole_folder import DECLARATION, write_index
from softpower.cli import main
from softpower.errors import UsageError
from softpower.index.reading.folder import inspect, read
from softpower.index.units import Unit, find_unit, group_remark, in_group

WORLD = DECLARATION.partition("[pillars.land]")[0].replace('units = "other"\n', "")
FIGURES = "country,gold,fish\nJapan,1,4\nRussia,2,2\nFrance,3,7\nBrazil,4,5\n"


INDICATORS = "id,source\ngold,Atlas\nfish,Atlas\n"


def folder_of(tmp_path, units):
    tables = {"indicators": INDICATORS, "figures": FIGURES, "units": units}
    return write_index(tmp_path, declaration=WORLD, **tables)


@pytest.fixture
def folder(tmp_path):
    return folder_of(tmp_path, "id,bloc\nRUS,Asia\nBRA,BRICS\n")


def members(folder, text):
    return sorted(in_group(read(folder).figures.units, text))


def test_groups_of_several_groupings_are_never_put_together(folder):
    with pytest.raises(
        UsageError, match="2 groupings have a group 'Asia': region and bloc"
    ) as caught:
        members(folder, "Asia")
    assert caught.value.mend == "Write region=Asia or bloc=Asia."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("region=Asia", ["JPN"]), ("bloc=Asia", ["RUS"]), ("BLOC=asia", ["RUS"]),
        ("bloc=BRICS", ["BRA"]), ("Europe", ["FRA", "RUS"]),
    ],
)  # fmt: skip
def test_the_grouping_says_which_group_is_meant(folder, text, expected):
    assert members(folder, text) == expected


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("bloc=Asai", "Did you mean Asia?"),
        (
            "bloc=Europe",
            "Known: Asia, BRICS. Groupings: region, subregion, income, bloc, membership.",
        ),
        ("block=Asia", "Groupings: region, subregion, income, bloc, membership."),
        ("Asai", "Did you mean Asia or ASEAN?"),
    ],
)
def test_a_group_that_there_is_not_is_refused_with_those_that_there_are(folder, text, mend):
    with pytest.raises(UsageError, match="There is no group") as caught:
        members(folder, text)
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    "command",
    [
        ["score"],
        ["compare", "--set", "normalise=rank", "--why", "all"],
        ["robustness", "--draws", "50"],
    ],
    ids=["score", "compare", "robustness"],
)
def test_every_command_refuses_a_name_of_several_groups(folder, command):
    done = CliRunner().invoke(main, [command[0], str(folder), *command[1:], "--region", "Asia"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Write region=Asia or bloc=Asia." in done.stderr


def test_units_without_groups_say_how_to_have_some(tmp_path):
    with pytest.raises(UsageError, match="There is no group 'Asia'") as caught:
        members(write_index(tmp_path), "Asia")
    assert caught.value.mend.startswith("Add a column to units.csv")


def test_an_empty_cell_leaves_a_country_in_the_group_it_is_in(tmp_path):
    folder = folder_of(tmp_path, "id,region\nRUS,\n")
    assert members(folder, "Europe") == ["FRA", "RUS"]
    assert inspect(folder)[1] == []


def test_a_country_in_another_group_of_the_same_grouping_is_told_with_every_answer(tmp_path):
    folder = folder_of(tmp_path, "id,region\nRUS,Asia\n")
    assert members(folder, "Asia") == ["JPN", "RUS"]
    [warning] = inspect(folder)[1]
    assert str(warning).startswith("lost-lands/units.csv, line 2: The column region puts countries")
    assert read(folder).figures.doubts == (str(warning),)


ALIKE = [Unit(name, name, {"rating": rating}) for name, rating in
         (("C++", "A+"), ("C#", "A-"), ("C", "A"), ("Java", "B"), ("+", "B"))]  # fmt: skip


@pytest.mark.parametrize("name", ["C++", "C#", "C", "Java", "+"])
def test_the_very_name_counts_before_names_that_fold_alike(name):
    assert find_unit(ALIKE, name).id == name
    assert find_unit(ALIKE[::-1], name).id == name


def test_a_name_that_could_be_several_or_folds_to_nothing_names_none():
    with pytest.raises(UsageError, match=r"'c' could be any of C\+\+, C#, C"):
        find_unit(ALIKE, "c")
    assert find_unit(ALIKE, "java").id == "Java"
    for text in ("-", "!!!"):
        with pytest.raises(UsageError, match="not a unit"):
            find_unit(ALIKE, text)


def test_groups_that_fold_alike_are_not_joined():
    assert in_group(ALIKE, "A-") == {"C#"}
    assert in_group(ALIKE, "rating=A") == {"C"}
    with pytest.raises(UsageError, match=r"'a' could be any of the groups A, A\+, A-"):
        in_group(ALIKE, "a")
    assert in_group(ALIKE, "b") == {"Java", "+"}


FIPS = "id,bloc\nAU,Core\nCH,Core\nSP,Core\nGM,Core\n"


def test_ids_of_another_scheme_are_not_read_by_iso(tmp_path):
    errors = [str(problem) for problem in inspect(folder_of(tmp_path, FIPS))[1]]
    assert errors[0] == (
        'lost-lands/units.csv, line 2: "AU" is Australia in ISO 3166 but Austria as a code of '
        "FIPS 10-4, which the column fits better. Write AUS for Australia, AUT for Austria, or "
        "the name."
    )


@pytest.mark.parametrize(
    "units",
    [
        "id,bloc\nAU,Core\nCH,Core\nES,Core\nGM,Core\n",
        "id,name\nAU,Australia\nKOS,Kosovo\nFR,\n",
    ],
)
def test_ids_that_iso_knows_are_read_by_it(tmp_path, units):
    assert [
        problem for problem in inspect(folder_of(tmp_path, units))[1] if problem.level == "error"
    ] == []


def test_a_group_that_countries_join_holds_those_of_its_members_that_are_units():
    units = softpower.load("open-soft-power").index.figures.units
    assert len(in_group(units, "EU")) == 27
    assert in_group(units, "membership=BRICS@2010") == {"BRA", "CHN", "IND", "RUS"}
    assert group_remark(units, "Commonwealth").startswith(
        "Commonwealth: its 56 members as of 2025-10-31 (thecommonwealth.org)."
    )
    few = [unit for unit in units if unit.id in {"FRA", "JPN"}]
    assert in_group(few, "EU") == {"FRA"}
    assert "its 27 members at the end of 2024" in group_remark(few, "EU@2024")
    assert "; 1 of them are among the units" in group_remark(few, "EU@2024")
    assert group_remark(units, "Asia") == ""
    with pytest.raises(UsageError, match="No member of Mercosur is among the units"):
        in_group(few, "Mercosur")


def test_a_year_after_a_blank_is_mended_and_an_unknown_group_told_those_there_are():
    units = softpower.load("open-soft-power").index.figures.units
    with pytest.raises(UsageError, match="write 'African Union@2010'"):
        in_group(units, "African Union 2010")
    with pytest.raises(UsageError, match=r"Did you mean BRICS\?"):
        in_group(units, "BRICKS")
    with pytest.raises(UsageError, match=r"Known: Africa, .*, EU, ASEAN, BRICS, G7"):
        in_group(units, "Neverland")


def test_a_group_of_ones_own_and_one_that_countries_join_are_told_apart(tmp_path):
    folder = folder_of(tmp_path, "id,bloc\nJPN,EU\nFRA,\n")
    with pytest.raises(UsageError, match="2 groupings have a group 'EU': bloc and membership"):
        members(folder, "EU")
    assert members(folder, "bloc=EU") == ["JPN"]
    assert members(folder, "membership=EU") == ["FRA"]


def test_a_column_that_is_called_membership_stands_in_place_of_the_table(tmp_path):
    folder = folder_of(tmp_path, "id,membership\nJPN,EU\nFRA,\n")
    assert members(folder, "EU") == ["JPN"]


def test_units_that_are_no_countries_are_in_no_group_that_countries_join():
    with pytest.raises(UsageError, match="There is no group 'EU'"):
        in_group(ALIKE, "EU")
