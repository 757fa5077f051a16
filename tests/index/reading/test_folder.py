"""Whole folders are read as they are meant: units, trees, denominators, published results."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import softpower
from helpers.whole_folder import DECLARATION, FIGURES, INDICATORS, WIDE, write_index
from softpower.analysis.check import check
from softpower.engine.loading import load
from softpower.errors import FolderError
from softpower.index.reading.folder import inspect, read
from softpower.index.reading.tables import read_table
from softpower.index.tree import Pillar

UNITS = "id,name,region,coast\nATL,Atlantis,West,long\nLEM,Lemuria,South,short\nTHU,Thule,West,\n"


def errors_of(folder):
    return [str(problem) for problem in inspect(folder)[1] if problem.level == "error"]


def warnings_of(folder):
    return [str(problem) for problem in inspect(folder)[1] if problem.level == "warning"]


# Units


def test_units_that_are_no_countries_have_the_names_that_the_figures_give(tmp_path):
    units = read(write_index(tmp_path)).figures.units
    assert [(unit.id, unit.name, dict(unit.groups)) for unit in units] == [
        ("Atlantis", "Atlantis", {}),
        ("Lemuria", "Lemuria", {}),
        ("Thule", "Thule", {}),
    ]


def test_listed_units_have_ids_names_and_groups_of_their_own(tmp_path):
    units = read(write_index(tmp_path, units=UNITS)).figures.units
    assert [(unit.id, unit.name) for unit in units] == [
        ("ATL", "Atlantis"),
        ("LEM", "Lemuria"),
        ("THU", "Thule"),
    ]
    assert dict(units[0].groups) == {"region": "West", "coast": "long"}


def test_figures_may_name_listed_units_by_id_or_name_in_any_case(tmp_path):
    figures = WIDE.replace("Atlantis", "ATL").replace("Lemuria", "LEMURIA")
    units = read(write_index(tmp_path, units=UNITS, figures=figures)).figures.units
    assert [unit.id for unit in units] == ["ATL", "LEM", "THU"]


def test_units_whose_names_fold_alike_stay_apart(tmp_path):
    units = "id,name\nplus,C++\nsharp,C#\nplain,C\n"
    figures = "unit,gold,towers,fish\nC++,1,1,1\nC#,2,2,2\nC,3,3,3\n"
    index = read(write_index(tmp_path, units=units, figures=figures))
    assert [unit.id for unit in index.figures.units] == ["plus", "sharp", "plain"]


def test_a_grouping_of_units_csv_can_fill_gaps(tmp_path):
    folder = write_index(tmp_path, units=UNITS, figures=WIDE)
    run = load(str(folder), set={"impute": "group-mean:region"})
    stages = run.score().stages
    assert stages["imputed"].values[2, 2] == 9000.5


def test_countries_are_known_by_code_and_name_and_have_their_groups(tmp_path):
    figures = WIDE.replace("Atlantis", "FRA").replace("Lemuria", "Deutschland")
    figures = figures.replace("Thule", "Viet Nam").replace("unit", "country")
    declaration = DECLARATION.replace('units = "other"\n', "")
    units = read(write_index(tmp_path, declaration=declaration, figures=figures)).figures.units
    assert [unit.id for unit in units] == ["FRA", "DEU", "VNM"]
    assert units[2].groups["region"] == "Asia"


def test_countries_may_have_other_units_and_groupings_beside_them(tmp_path):
    figures = WIDE.replace("Atlantis", "FRA").replace("Lemuria", "EU").replace("Thule", "VNM")
    declaration = DECLARATION.replace('units = "other"\n', "")
    units = "id,name,club\nEU,European Union,big\nFRA,,small\n"
    folder = write_index(tmp_path, declaration=declaration, figures=figures, units=units)
    found = {unit.id: unit for unit in read(folder).figures.units}
    assert found["EU"].name == "European Union"
    assert found["FRA"].name == "France"
    assert found["FRA"].groups["club"] == "small"
    assert found["FRA"].groups["region"] == "Europe"
    assert "club" not in found["VNM"].groups


# Trees


def test_weights_within_a_parent_are_divided_by_their_sum(tmp_path):
    ranking = load(str(write_index(tmp_path))).score()
    assert ranking.weights["land"] == 0.6
    assert ranking.local_weights["gold"] == 0.25
    assert ranking.weights["gold"] == pytest.approx(0.15)
    assert ranking.local_weights["fish"] == 1


def test_the_scores_are_those_worked_out_by_hand(tmp_path):
    folder = write_index(tmp_path, figures=WIDE.replace("2,\n", "2,6000\n"))
    ranking = load(str(folder)).score()
    gold = [100, 0, 100 * 25 / 65]
    towers = [100, 50, 0]
    fish = [100, 0, 100 * (6000 - 5000.25) / 4000.25]
    land = 0.25 * np.array(gold) + 0.75 * np.array(towers)
    np.testing.assert_allclose(ranking.pillars["land"], land)
    np.testing.assert_allclose(ranking.scores, 0.6 * land + 0.4 * np.array(fish))


def test_an_index_may_be_flat(tmp_path):
    declaration = DECLARATION.partition("[pillars.land]")[0]
    indicators = "id\ngold\ntowers\nfish\n"
    index = read(write_index(tmp_path, declaration=declaration, indicators=indicators))
    assert [child.id for child in index.main.root.children] == ["gold", "towers", "fish"]
    assert {item.title for item in index.main.indicators()} == {"gold", "towers", "fish"}
    assert index.main.root.depth() == 1


def test_branches_may_be_of_unequal_depth(tmp_path):
    more = """
[pillars.ports]
title = "Ports"
parent = "sea"
[pillars.quays]
title = "Quays"
parent = "ports"
"""
    indicators = (
        INDICATORS.replace("Fish,sea,,", "Fish,quays,,")
        .replace("land,75", ",40")
        .replace("land,25", "land,")
    )
    declaration = DECLARATION.replace("weight = 60", "weight = 30").replace("= 40", "= 30")
    folder = write_index(tmp_path, declaration=declaration, more=more, indicators=indicators)
    root = read(folder).main.root
    assert [(depth, node.id) for depth, node in root.walk()] == [
        (0, ""), (1, "land"), (2, "gold"), (1, "sea"), (2, "ports"), (3, "quays"), (4, "fish"),
        (1, "towers"),
    ]  # fmt: skip
    assert load(str(folder)).score().weights["fish"] == 0.3


def test_pillars_stand_in_the_order_of_the_declaration(tmp_path):
    index = read(write_index(tmp_path))
    assert [pillar.id for pillar in index.main.top()] == ["land", "sea"]
    assert all(isinstance(child, Pillar) for child in index.main.root.children)


def test_a_dash_carries_an_indicator_without_scoring_it(tmp_path):
    index = read(write_index(tmp_path, indicators=INDICATORS.replace("Gold,land,25", "Gold,-,")))
    assert list(index.carried) == ["gold"]
    assert [item.id for item in index.main.indicators()] == ["towers", "fish"]


def test_two_frameworks_arrange_the_same_indicators(tmp_path):
    more = """
[frameworks.elements]
title = "Elements"
source = "Empedocles"
[frameworks.elements.pillars.water]
title = "Water"
[frameworks.elements.pillars.earth]
title = "Earth"
"""
    indicators = "\n".join(
        row + cells
        for row, cells in zip(
            INDICATORS.splitlines(),
            (",pillar:elements,weight:elements", ",earth,", ",water,3", ",water,1"),
            strict=True,
        )
    )
    folder = write_index(tmp_path, more=more, indicators=indicators)
    index = read(folder)
    assert list(index.frameworks) == ["main", "elements"]
    elements = index.frameworks["elements"]
    assert (elements.title, elements.source) == ("Elements", "Empedocles")
    assert [item.id for item in elements.indicators()] == ["towers", "fish", "gold"]
    ranking = load(str(folder), set={"framework": "elements"}).score()
    assert ranking.weights["towers"] == 0.375
    assert ranking.weights["gold"] == 0.5


def test_a_framework_without_any_indicator_is_refused(tmp_path):
    more = '\n[frameworks.elements]\ntitle = "Elements"\n'
    indicators = INDICATORS.replace("source\n", "source,pillar:elements,weight:elements\n", 1)
    indicators = indicators.replace("Atlas\n", "Atlas,-,\n", 2).replace("Atlas\n", "Atlas,-,\n")
    folder = write_index(tmp_path, more=more, indicators=indicators)
    [error] = errors_of(folder)
    assert error.startswith("lost-lands/indicators.csv, column pillar:elements: No indicator is")


def test_a_pillar_may_say_how_its_own_children_add_up(tmp_path):
    declaration = DECLARATION.replace("weight = 60", 'weight = 60\naggregate = "geometric"')
    declaration = declaration.replace("[methodology]", '[methodology]\nnormalise = "minmax:1:100"')
    ranking = load(str(write_index(tmp_path, declaration=declaration))).score()
    assert ranking.pillars["land"][0] == pytest.approx(100)
    assert ranking.pillars["land"][1] == pytest.approx(1**0.25 * 50.5**0.75)


# Figures


def test_a_denominator_divides_in_units_of_so_many(tmp_path):
    indicators = INDICATORS.replace("source\n", "source,denominator\n", 1).replace(
        "Atlas\n", "Atlas,\n"
    )
    indicators = indicators.replace("towers,Atlas,", "towers,Atlas,people/1000")
    indicators += "people,People,-,,,persons,Atlas,\n"
    people = "".join(f"{land},people,{n},,\n" for land, n in
                     (("Atlantis", 4000), ("Lemuria", 500), ("Thule", 0)))  # fmt: skip
    folder = write_index(tmp_path, indicators=indicators, figures=FIGURES + people)
    ranking = load(str(folder)).score()
    denominated = ranking.stages["denominated"].values[:, 1]
    np.testing.assert_allclose(denominated, [3, 14, np.nan])
    assert any("people/1000" in str(note) and "Thule" in str(note) for note in ranking.notes)


def test_goalposts_are_transformed_with_their_figures(tmp_path):
    indicators = "id,transform,goalposts,direction\ngold,log,10..1000,higher\ntowers,,0..20,lower\n"
    declaration = (
        DECLARATION.partition("[methodology]")[0] + '[methodology]\nnormalise = "goalposts"\n'
    )
    figures = "unit,gold,towers\nAtlantis,100,5\nLemuria,10,30\n"
    folder = write_index(tmp_path, declaration=declaration, indicators=indicators, figures=figures)
    normalised = load(str(folder)).score().stages["normalised"].values
    share = (math.log(100) - math.log(10)) / (math.log(1000) - math.log(10))
    np.testing.assert_allclose(normalised, [[100 * share, 75], [0, 0]])


def test_a_target_is_read_with_a_decimal_comma_too(tmp_path):
    indicators = "id;target;source\ngold;12,5;Atlas\ntowers;;Atlas\nfish;-3;Atlas\n"
    declaration = DECLARATION.partition("[pillars.land]")[0]
    index = read(write_index(tmp_path, declaration=declaration, indicators=indicators))
    assert [item.target for item in index.main.indicators()] == [12.5, None, -3]


# Other periods

HISTORY = """\
unit,indicator,year,value,note
Atlantis,gold,1990,100,
Mu,gold,1990,160,sank since
Lemuria,towers,1991,,
"""
ROLL = "id\nAtlantis\nLemuria\nThule\nMu\n"


def test_figures_of_other_periods_are_read_whoever_they_are_of(tmp_path):
    history = read(write_index(tmp_path, history=HISTORY, units=ROLL)).figures.history
    assert history.rows == (("Atlantis", "1990"), ("Mu", "1990"), ("Lemuria", "1991"))
    np.testing.assert_array_equal(history.columns(["gold"])[:, 0], [100, 160, np.nan])
    assert np.isnan(history.columns(["towers", "fish"])).all()


def test_a_unit_of_other_periods_that_is_nowhere_else_is_taken_for_misspelt(tmp_path):
    history = "unit,indicator,year,value\nAtlantas,gold,1990,100\nMu,gold,1990,160\n"
    misspelt, unknown = errors_of(write_index(tmp_path, history=history))
    assert "line 2, column unit: Atlantas has no figures in the period" in misspelt
    assert misspelt.endswith("Did you mean Atlantis?")
    assert unknown.endswith("or list all units in units.csv.")


def test_countries_may_have_figures_of_other_periods_alone(tmp_path):
    figures = "country,gold,towers,fish\nFRA,80,12,3\nDEU,70,12,4\n"
    folder = write_index(
        tmp_path, figures=figures, history="country,indicator,year,value\nITA,gold,1990,100\n",
        declaration=DECLARATION.replace('units = "other"\n', ""),
    )  # fmt: skip
    assert read(folder).figures.history.rows == (("ITA", "1990"),)


def test_many_names_that_are_no_countries_hint_at_units_of_another_kind(tmp_path):
    declaration = DECLARATION.replace('units = "other"\n', "")
    errors = errors_of(write_index(tmp_path, declaration=declaration))
    assert errors[0].endswith('write units = "other" in index.toml.')
    few = FIGURES.replace("Atlantis", "France").replace("Lemuria", "Germany")
    folder = write_index(tmp_path, name="lands", declaration=declaration, figures=few)
    assert not any('"other"' in error for error in errors_of(folder))


def test_figures_of_other_periods_change_a_score_only_if_they_are_asked_for(tmp_path):
    indicators = "id,source\ngold,Atlas\n"
    declaration = DECLARATION.partition("[pillars.land]")[0]
    figures = "unit,gold\nAtlantis,80\nLemuria,20\n"
    folder = write_index(
        tmp_path, declaration=declaration, indicators=indicators, figures=figures,
        history="unit,indicator,year,value\nMu,gold,1990,140\n", units=ROLL,
    )  # fmt: skip
    assert load(str(folder)).score().scores.tolist() == [100, 0]
    over = {"normalise": {"method": "minmax", "over": "all-periods"}}
    assert load(str(folder), set=over).score().scores.tolist() == [50, 0]


def test_who_takes_figures_of_another_index_takes_those_of_other_periods_too(tmp_path):
    write_index(tmp_path, name="old-lands", history=HISTORY, units=ROLL)
    declaration = DECLARATION.partition("[pillars.land]")[0] + '[figures]\nfrom = "old-lands"\n'
    folder = write_index(tmp_path, declaration=declaration, indicators="id\ngold\n", figures=None)
    assert len(read(folder).figures.history.rows) == 3


@pytest.mark.parametrize("word", ["lower", "Lower", "low", "negative", "-1", "-"])
def test_the_direction_may_be_said_in_several_words(tmp_path, word):
    folder = write_index(tmp_path, indicators=INDICATORS.replace("higher", word, 1))
    assert read(folder).main.indicators()[0].direction == -1


def with_a_list(folder, word):
    header, first, *others = INDICATORS.splitlines()
    lines = [f"{header},zero_fill", f"{first},{word}", *(f"{line}," for line in others)]
    return write_index(folder, indicators="\n".join(lines) + "\n")


@pytest.mark.parametrize(("word", "said"), [("yes", True), ("1", True), ("no", False), ("", False)])
def test_an_indicator_may_be_a_list_of_which_a_zero_proves_nothing(tmp_path, word, said):
    items = read(with_a_list(tmp_path, word)).main.indicators()
    assert [item.zero_fill for item in items] == [said, False, False]


def test_whether_zeros_prove_nothing_is_told_by_yes_or_no(tmp_path):
    with pytest.raises(FolderError, match=r"line 2, column zero_fill: .*true or false"):
        read(with_a_list(tmp_path, "maybe"))


def test_another_index_may_lend_its_figures_and_its_columns(tmp_path):
    lender = write_index(tmp_path, name="old-lands")
    declaration = DECLARATION.partition("[pillars.land]")[0] + '[figures]\nfrom = "old-lands"\n'
    folder = write_index(
        tmp_path,
        declaration=declaration,
        indicators="id,direction\ngold,lower\nfish,\n",
        figures=None,
    )
    index = read(folder)
    gold, fish = index.main.indicators()
    assert (gold.title, gold.source, gold.unit) == ("Gold", "Atlas", "tonnes")
    assert gold.direction == -1
    assert (fish.title, fish.direction, fish.weight) == ("Fish", 1, 1.0)
    assert index.figures is not None
    before = index.hash
    (lender / "figures.csv").write_text(FIGURES.replace(",80,", ",81,"))
    assert read(folder).hash != before


def test_shipped_figures_can_be_taken(tmp_path):
    declaration = DECLARATION.partition("units =")[0] + '[figures]\nfrom = "open-soft-power"\n'
    folder = write_index(
        tmp_path, declaration=declaration, indicators="id\ninternet_users\nunemployment_rate\n",
        figures=None,
    )  # fmt: skip
    items = read(folder).main.indicators()
    assert [item.direction for item in items] == [1, -1]
    assert len(load(str(folder)).score().units) == 193


# Published results


PUBLISHED = "unit,score,rank,land,note\nAtlantis,90.1,1,80,first\nThule,,2,,\nLemuria,20,3,1.5,\n"


def test_published_scores_ranks_and_pillars_are_read(tmp_path):
    more = "\n[published]\nunits = 5\ndecimals = 1\n"
    published = read(write_index(tmp_path, more=more, published=PUBLISHED)).published
    np.testing.assert_array_equal(published.scores, [90.1, np.nan, 20])
    np.testing.assert_array_equal(published.ranks, [1, 2, 3])
    np.testing.assert_array_equal(published.pillars["land"], [80, np.nan, 1.5])
    assert published.notes == ("first", "", "")
    assert (published.known_scores, published.known_ranks, published.ranked) == (2, 3, 5)
    assert (published.tolerance, published.pillar_tolerance) == (0.05, 0.05)
    assert published.partial == "partial: 2 of 5 scores and 3 of 5 ranks are known"


def test_pillars_may_have_a_tolerance_of_their_own(tmp_path):
    more = "\n[published]\ndecimals = 1\npillar_tolerance = 0.3\n"
    published = read(write_index(tmp_path, more=more, published=PUBLISHED)).published
    assert (published.tolerance, published.pillar_tolerance) == (0.05, 0.3)


def test_a_rank_beyond_the_rows_shows_that_the_list_goes_on(tmp_path):
    rows = PUBLISHED.replace("20,3", "20,7")
    published = read(write_index(tmp_path, published=rows)).published
    assert (published.ranked, published.open_ended) == (7, True)
    assert published.partial == (
        "partial: 2 of at least 7 scores and 3 of at least 7 ranks are known"
    )


def test_a_row_of_which_nothing_is_told_is_none_that_the_publisher_ranks(tmp_path):
    rows = "unit,score,rank\nAtlantis,90.1,1\nThule,,\nLemuria,20,2\n"
    published = read(write_index(tmp_path, published=rows)).published
    assert (published.ranked, published.open_ended, published.partial) == (2, False, "")


def test_an_index_may_be_published_only(tmp_path):
    declaration = DECLARATION.partition("[methodology]")[0]
    folder = write_index(
        tmp_path, declaration=declaration, indicators=None, figures=None,
        published="unit,rank\nThule,1\nLemuria,2\n",
    )  # fmt: skip
    index = read(folder)
    assert not index.recomputable
    assert index.frameworks == {}
    ranking = softpower.load(str(folder)).score()
    np.testing.assert_array_equal(ranking.ranks, [1, 2])


# Warnings, and the hash


def test_an_id_that_is_not_the_name_of_the_folder_is_a_warning(tmp_path):
    folder = write_index(tmp_path)
    folder = folder.rename(tmp_path / "found-lands")
    assert errors_of(folder) == []
    assert any(
        "The id lost-lands is not the name of the folder." in text for text in warnings_of(folder)
    )


def test_an_indicator_without_source_is_a_warning(tmp_path):
    folder = write_index(tmp_path, indicators=INDICATORS.replace("towers,Atlas", "towers,"))
    assert any("The indicator towers names no source." in text for text in warnings_of(folder))


def test_indicators_without_source_are_one_warning(tmp_path):
    folder = write_index(tmp_path, indicators=INDICATORS.replace("Atlas", ""))
    (text,) = warnings_of(folder)
    assert "3 indicators name no source: gold, towers, fish." in text


def test_units_that_will_not_be_ranked_are_one_warning_of_check(tmp_path):
    figures = FIGURES.replace("Thule,towers", "Thole,towers")
    declaration = DECLARATION.replace("country = 0", "country = 0.5")
    answer = check(str(write_index(tmp_path, figures=figures, declaration=declaration)))
    said = [row["what"] for table in answer.tables for row in table.records()]
    assert answer.holds
    assert (
        "2 of 4 units will not be ranked: Thule (has figures for 1 of 3 indicators) and Thole "
        "(has figures for 1 of 3 indicators)."
    ) in said


def test_what_is_declared_nowhere_is_one_warning_of_check(tmp_path):
    declaration = DECLARATION.replace('licence = "Nobody\'s"\n', "")
    declaration = declaration.replace('citation = "The Cartographers."\n', "")
    answer = check(str(write_index(tmp_path, declaration=declaration)))
    said = [row["what"] for table in answer.tables for row in table.records()]
    assert "It says nothing under citation and licence." in said


def test_weights_that_sum_to_neither_one_nor_a_hundred_are_a_warning(tmp_path):
    folder = write_index(tmp_path, indicators=INDICATORS.replace("25", "24"))
    assert any("sum to 99, neither 1 nor 100" in text for text in warnings_of(folder))


def test_weights_of_a_sum_may_sum_to_anything(tmp_path):
    declaration = DECLARATION.replace("[methodology]\n", '[methodology]\naggregate = "sum"\n')
    tables = {"indicators": INDICATORS.replace("25", "24"), "declaration": declaration}
    folder = write_index(tmp_path, **tables)
    assert not any("neither 1 nor 100" in text for text in warnings_of(folder))


def test_the_hash_follows_every_file_that_is_read(tmp_path):
    history = "unit,indicator,year,value\nATL,gold,1990,3\n"
    folder = write_index(tmp_path, units=UNITS, published=PUBLISHED, history=history)
    seen = {read(folder).hash}
    tables = ("indicators", "figures", "published", "units", "history")
    for name in ("index.toml", *(f"{table}.csv" for table in tables)):
        path = folder / name
        path.write_text(path.read_text() + "\n")
        seen.add(read(folder).hash)
    assert len(seen) == 7
    (folder / "README.md").write_text("# Lost lands\n")
    assert read(folder).hash in seen


def test_reading_raises_one_error_with_all_problems(tmp_path):
    folder = write_index(tmp_path, figures=FIGURES.replace("80", "x").replace("12", "y"))
    with pytest.raises(FolderError, match="has 2 problems") as caught:
        read(folder)
    assert len(caught.value.problems) == 2
    assert '"x" is not a number' in str(caught.value)
    assert caught.value.exit_status == 1


def deep(levels):
    """Return pillars one within the other; all indicators are in the lowest."""
    text = DECLARATION.partition("[pillars.land]")[0] + '[pillars.p1]\ntitle = "P"\n'
    return text + "".join(
        f'[pillars.p{n}]\ntitle = "P"\nparent = "p{n - 1}"\n' for n in range(2, levels + 1)
    )


def test_pillars_may_lie_twenty_deep_and_no_deeper(tmp_path):
    for levels in (20, 21):
        indicators = INDICATORS.replace(",land,25", f",p{levels},")
        indicators = indicators.replace(",land,75", f",p{levels},").replace(",sea,", f",p{levels},")
        folder = write_index(
            tmp_path, name=f"deep-{levels}", declaration=deep(levels), indicators=indicators
        )
        if levels == 20:
            assert read(folder).main.root.depth() == 21
            assert load(str(folder)).score().ranks[0] == 1
        else:
            with pytest.raises(FolderError, match=r"pillars deep"):
                read(folder)


@pytest.mark.parametrize("many", [20, 21, 500])
def test_of_many_units_that_will_not_be_ranked_some_are_named_and_the_others_counted(
    tmp_path, many
):
    figures = FIGURES + "".join(f"Islet{n},gold,1,2001,\n" for n in range(many - 1))
    declaration = DECLARATION.replace("country = 0", "country = 0.9")
    folder = write_index(tmp_path, figures=figures, declaration=declaration)
    answer = check(str(folder))
    what = [row["what"] for table in answer.tables for row in table.records()]
    (said,) = (text for text in what if "not be ranked" in text)
    assert said.startswith(f"{many} of {many + 2} units will not be ranked: Thule (")
    assert said.count("(has figures for") == 20
    assert said.endswith(f"and {many - 20} more." if many > 20 else "of 3 indicators).")


def test_of_many_indicators_without_a_source_some_are_named_and_the_others_counted(tmp_path):
    more = "".join(f"more{n},More,sea,,higher,,\n" for n in range(30))
    rows = "".join(f"Atlantis,more{n},{n},,\nThule,more{n},1,,\n" for n in range(30))
    folder = write_index(tmp_path, indicators=INDICATORS + more, figures=FIGURES + rows)
    (said,) = warnings_of(folder)
    assert "30 indicators name no source: more0, more1, " in said
    assert ", more19 and 10 more." in said
    assert "more20" not in said


def test_each_file_is_read_once_and_the_hash_is_of_what_was_read(tmp_path, monkeypatch):
    folder = write_index(tmp_path)
    opened = Counter()
    read_bytes = Path.read_bytes

    def counted(path):
        opened[path.name] += 1
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    check(str(folder))
    assert opened == dict.fromkeys(["index.toml", "indicators.csv", "figures.csv"], 1)


def test_check_reads_each_table_once_however_many_variants_there_are(tmp_path, monkeypatch):
    variants = "".join(
        f'[variants.v{n}]\ntitle = "V"\nmethodology = {{ aggregate = "geometric" }}\n'
        for n in range(5)
    )
    folder = write_index(tmp_path, more=variants)
    read_tables = []

    def counted(*words):
        read_tables.append(words[2])
        return read_table(*words)

    monkeypatch.setattr("softpower.index.reading.store_folder.read_table", counted)
    check(str(folder))
    assert sorted(read_tables) == ["figures", "indicators"]
