"""COINr's iData and iMeta, and the workbook of the COIN Tool.

All figures are invented.
"""

import pytest

from helpers.imports import figures, imported, saved, table, workbook
from softpower.api.ranking import check, score

DATA = """\
uName,uCode,Pop_group,Pop,Ships,Storms
Austria,AUT,Large,9,4,1
Belgium,BEL,Large,11,2,3
Bulgaria,BGR,Small,7,3,2
"""

META = """\
Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type
1,Ships,Ships at sea,1,1,no,NA,Pop,Sea,Indicator
1,Storms,Storms met,-1,3,no,NA,NA,Sky,Indicator
2,Sea,The sea,1,2,,NA,NA,Index,Aggregate
2,Sky,The sky,1,1,,NA,NA,Index,Aggregate
3,Index,Everything,1,1,,NA,NA,NA,Aggregate
NA,Pop,People,NA,NA,millions,NA,NA,NA,Denominator
NA,Pop_group,Size,NA,NA,,NA,NA,NA,Group
"""


def test_imeta_says_directions_weights_denominators_and_pillars(tmp_path):
    files = [saved(tmp_path, "iData.csv", DATA), saved(tmp_path, "iMeta.csv", META)]
    index = imported(tmp_path, files)
    rows = {row["id"]: row for row in table(index / "indicators.csv")}
    assert {name: (row["direction"], row["weight"], row["pillar"], row["denominator"])
            for name, row in rows.items()} == {
        "ships": ("higher", "1", "sea", "pop"),
        "storms": ("lower", "3", "sky", ""),
        "pop": ("higher", "", "-", ""),
    }  # fmt: skip
    assert check(index).holds
    # Ships per head: 4/9, 2/11, 3/7; scaled 100, 0, 93.96. Storms turned: 100, 0, 50. Sea 2, sky 1.
    ranking = {row["id"]: row["score"] for row in score(str(index)).table("ranking").records()}
    assert ranking == pytest.approx({"AUT": 100, "BEL": 0, "BGR": (2 * 93.9560439560 + 50) / 3})


def test_without_imeta_every_column_of_numbers_is_a_series(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "iData.csv", DATA))
    assert {key[1] for key in figures(index)} == {"pop", "ships", "storms"}
    assert "Pop_group" in (index / "README.md").read_text()


def test_the_coin_tool_has_its_structure_above_the_figures(tmp_path):
    rows = [[None] * 6 for _ in range(6)]
    rows += [
        [None, None, None, "Weight", 1, 3],
        [None, None, None, "Direction", 1, -1],
        [None, None, None, "Lower", 0, 0],
        [None, None, None, "Upper", 10, 5],
        [None, None, None, "Index", "Index", "Index"],
        [None, None, None, "Sub-index", "si.01", "si.01"],
        [None, None, None, "Pillar", "p.01", "p.02"],
        [None, None, None, "Sub-pillar", "sp.01", "sp.01"],
        [None, None, None, "Name", "Ships at sea", "Storms met"],
        [None, "Unit", "Code", None, "Ind.01", "Ind.02"],
        [None, "Austria", "AUT", None, 4, 1],
        [None, "Belgium", "BEL", None, 2, 3],
        [None, "Bulgaria", "BGR", None, 3, "n/a"],
    ]
    framework = [[None] * 8 for _ in range(3)]
    framework += [
        [None, None, "Dimension/indicator", None, "Weight", None, None, "Name"],
        [None, None, "p.01", None, 0.5, None, None, "The sea"],
        [None, None, "p.02", None, 1, None, None, "The sky"],
    ]
    path = workbook(tmp_path / "tool.xlsx", {"Database": rows, "Framework": framework})
    index = imported(tmp_path, path)
    assert figures(index) == {
        ("AUT", "ind_01", ""): "4", ("BEL", "ind_01", ""): "2", ("AUT", "ind_02", ""): "1",
        ("BEL", "ind_02", ""): "3", ("BGR", "ind_01", ""): "3",
    }  # fmt: skip
    ships, storms = table(index / "indicators.csv")
    assert (ships["title"], ships["direction"], ships["weight"]) == ("Ships at sea", "higher", "1")
    assert (storms["direction"], storms["pillar"], storms["goalposts"]) == ("lower", "p_02", "0..5")
    text = (index / "index.toml").read_text()
    assert '[pillars.p_01]\ntitle = "The sea"\nweight = 0.5' in text
    assert check(index).holds
