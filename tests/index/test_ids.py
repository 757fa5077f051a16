"""Ids are spelled as an index likes, and matched whatever their case, in files and commands."""

import pytest

from helpers.whole_folder import write_index
from softpower import robustness, score
from softpower.engine.loading import load
from softpower.errors import UsageError
from softpower.index.reading.folder import inspect, read

DECLARATION = """\
id = "lost-lands"
title = "Lost Lands"
units = "other"
publisher = "The Cartographers"

[methodology]
coverage = { country = 0, pillar = 0 }

[pillars.Econ]
title = "Economy"
[pillars.Soft.Power]
title = "Soft power"
parent = "ECON"
[frameworks.Flat.pillars.All]
title = "All"
[frameworks.Flat]
title = "Flat"

[variants.Rich]
title = "Rich"
weights = { ny.gdp.pcap.cd = 70 }
[variants.Rich.indicators.lpi]
direction = "lower"
"""

INDICATORS = """\
ID,title,Pillar,denominator,pillar:flat
NY.GDP.PCAP.CD,GDP,econ,POP,all
LPI,Logistics,soft.power,,
Pop,People,-,,-
"""

FIGURES = """\
unit,ny.gdp.pcap.cd,LPI,pop
A,10,1,1
B,40,3,2
C,90,2,3
"""

UNITS = "id,name,EurAsia_group\nA,Aland,x\nB,Beland,y\nC,Celand,x\n"


@pytest.fixture
def folder(tmp_path):
    return write_index(
        tmp_path, declaration=DECLARATION, indicators=INDICATORS, figures=FIGURES, units=UNITS
    )


def test_a_folder_may_write_an_id_in_any_case_and_prints_it_as_it_is_declared(folder):
    index = read(folder)
    root = index.main.root
    assert [node.id for _, node in root.walk()] == [
        "",
        "Econ",
        "Soft.Power",
        "LPI",
        "NY.GDP.PCAP.CD",
    ]
    assert index.figures.ids == ("NY.GDP.PCAP.CD", "LPI", "Pop")
    assert load(str(folder)).score().stages["denominated"].values[:, 1].tolist() == [10, 20, 30]


def test_an_empty_cell_puts_an_indicator_directly_under_a_framework_as_under_the_index(folder):
    root = read(folder).frameworks["Flat"].root
    assert [(node.id, depth) for depth, node in root.walk()] == [
        ("", 0),
        ("All", 1),
        ("NY.GDP.PCAP.CD", 2),
        ("LPI", 1),
    ]


def test_variants_weights_and_fields_are_named_in_any_case(folder):
    run = load(f"{folder}@rich")
    assert run.variants == ("Rich",)
    ranking = run.score()
    assert ranking.local_weights["NY.GDP.PCAP.CD"] == pytest.approx(0.7)
    assert [item.direction for item in ranking.framework.indicators()] == [-1, 1]


def test_what_is_asked_is_written_as_the_index_spells_it(folder):
    run = load(
        str(folder),
        set={"framework": "flat", "indicators.ny.gdp.pcap.cd.goalposts": "0..40"},
        weights={"lpi": 25},
        omit=["beland"],
    )
    assert score(run).provenance["changes"] == {
        "set": {"framework": "Flat", "indicators.NY.GDP.PCAP.CD.goalposts": "0..40"},
        "weights": {"LPI": 25.0},
        "omit": ["B"],
    }


def test_what_is_left_out_is_named_in_any_case(folder):
    assert load(str(folder), omit=["lpi"]).asked.omit.indicators == ("LPI",)
    assert load(str(folder), omit=["SOFT.POWER"]).asked.omit.pillars == ("Soft.Power",)


def test_a_grouping_is_named_in_any_case(folder):
    (folder / "figures.csv").write_text(FIGURES.replace("C,90,2", "C,90,"))
    stages = load(str(folder), set={"impute": "group-mean:EURASIA_group"}).score().stages
    assert stages["imputed"].values[2, 0] == 1


@pytest.mark.parametrize(
    "settings",
    [
        {"weight": {"method": "drivers", "outcome": "POP"}},
        {"impute": "regression:ny.gdp.pcap.cd"},
        {"weight": {"method": "ahp", "judgements": {"soft.power/ny.gdp.pcap.cd": 3}}},
    ],
)
def test_methods_name_ids_in_any_case(folder, settings):
    (folder / "figures.csv").write_text(FIGURES + "D,88,1,2\nE,10,4,1\nF,12,1,7\n")
    (folder / "units.csv").unlink()
    exact = {
        key: value | {"outcome": "Pop"} if "outcome" in value else value
        for key, value in settings.items()
    }
    if "ahp" in str(settings):
        weights = load(str(folder), set=settings).score().local_weights
        assert weights["Soft.Power"] == pytest.approx(0.75)
    else:
        ours, theirs = (load(str(folder), set=s).score().scores.tolist() for s in (settings, exact))
        assert ours == theirs


def test_rounding_and_levels_are_named_in_any_case(folder):
    ours, theirs = (
        robustness(str(folder), rounding={name: 0.5}, weights="bounds:10", levels=level, draws=100)
        for name, level in (("lpi", "econ"), ("LPI", "Econ"))
    )
    assert ours.tables[0] == theirs.tables[0]


@pytest.mark.parametrize("weights", [{"lpi": 20, "LPI": 30}])
def test_one_id_in_two_spellings_is_refused_in_a_command(folder, weights):
    with pytest.raises(UsageError, match="LPI has two weights, as 'lpi' and 'LPI'"):
        load(str(folder), weights=weights)


@pytest.mark.parametrize(
    ("declaration", "indicators", "said"),
    [
        (DECLARATION, INDICATORS + "lpi,Again,econ,,\n", '"LPI" and "lpi" differ only in the case'),
        (
            DECLARATION + '[pillars.econ]\ntitle = "Again"\n',
            INDICATORS,
            '"Econ" and "econ" differ only in the case of letters.',
        ),
        (
            DECLARATION + '[variants.rich]\ntitle = "Again"\n',
            INDICATORS,
            '"Rich" and "rich" differ only in the case of letters.',
        ),
        (
            DECLARATION + '[pillars.lpi]\ntitle = "Again"\n',
            INDICATORS.replace("econ,POP", "lpi,POP"),
            "An indicator has the same id.",
        ),
        (
            DECLARATION.replace("= 70 }", "= 70, NY.gdp.pcap.cd = 60 }"),
            INDICATORS,
            "NY.GDP.PCAP.CD has two weights, as 'ny.gdp.pcap.cd' and 'NY.gdp.pcap.cd'.",
        ),
    ],
)
def test_two_ids_that_differ_only_in_case_are_refused(tmp_path, declaration, indicators, said):
    folder = write_index(tmp_path, declaration=declaration, indicators=indicators, figures=FIGURES)
    assert said in "\n".join(str(problem) for problem in inspect(folder)[1])


def test_a_name_in_another_case_that_may_be_a_unit_is_refused(folder):
    (folder / "units.csv").write_text(UNITS.replace("A,Aland", "A,lpi"))
    with pytest.raises(UsageError, match="'Lpi' could be LPI or lpi"):
        load(str(folder), omit=["Lpi"])


def test_an_id_has_so_many_parts_at_most(tmp_path):
    more = f'[variants.v]\ntitle = "V"\nweights.a{".b" * 900} = 3\n'
    problems = inspect(write_index(tmp_path, more=more))[1]
    assert "It should be a number, but it is a table." in "\n".join(map(str, problems))


def test_pillars_and_what_settles_ties_are_named_in_any_case(folder):
    run = load(str(folder), set={"pillars.econ.aggregate": "geometric", "tiebreak": "soft.power"})
    assert list(run.asked.pillars) == ["Econ"]
    assert run.setup.methodology.tiebreak == ("Soft.Power",)


def test_ranks_in_pillars_are_published_in_any_case(folder):
    (folder / "published.csv").write_text(
        "unit,rank,ECON,Rank:Econ\nA,2,10,3\nB,1,50,1\nC,3,20,2\n"
    )
    published = read(folder).published
    assert published.pillars["Econ"].tolist() == [10, 50, 20]
    assert published.pillar_ranks["Econ"].tolist() == [3, 1, 2]
