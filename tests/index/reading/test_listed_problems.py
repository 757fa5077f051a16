"""The list of what is wrong with a folder: how long it gets, and what it points to."""

import pytest

from helpers.whole_folder import FIGURES, write_index
from softpower.errors import FolderError
from softpower.index.reading.folder import read


def refused(tmp_path, **tables):
    with pytest.raises(FolderError) as caught:
        read(write_index(tmp_path, **tables))
    return [str(problem) for problem in caught.value.problems]


def test_what_is_not_listed_is_counted(tmp_path):
    wrong = "".join(f"Atlantis,gold{n},1,2001,\n" for n in range(80))
    *listed, last = refused(tmp_path, figures=FIGURES + wrong)
    assert len(listed) == 50
    assert "line 60: There are more problems, which are not listed: at least 50 in all." in last


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        (
            "Source,Atlas\nland,gold,2001,2002\nAtlantis,1,2,3\n",
            "has 4 cells where the header has 2",
        ),
        ("place,gold,towers,fish\nAtlantis,1,2,3\n", "No column names the country or unit"),
    ],
)
def test_a_file_as_its_publisher_gives_it_is_pointed_to_the_import(tmp_path, figures, message):
    (problem,) = refused(tmp_path, figures=figures)
    assert message in problem
    assert "softpower import FILE reads it" in problem
