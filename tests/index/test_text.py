"""What cannot be seen is refused in a name, unless a script needs it to be written."""

import re

import pytest

from helpers.whole_folder import DECLARATION, write_index
from softpower.errors import FolderError
from softpower.index.reading.folder import read
from softpower.index.text import invisible, shown

NEEDED = ["کتاب‌خانه", "ශ්‍රී ලංකාව", "र‍्याक", "র‍্যাব", "ന്‍റെ", "می‌خوانم"]
NOT_NEEDED = [
    ("At\u200dlantis", "U+200D"),
    ("Atlantis\u200c", "U+200C"),
    ("\u200dAtlantis", "U+200D"),
    ("کتاب\u200c", "U+200C"),
    ("\u200cکتاب", "U+200C"),
    ("کتاب\u200c خانه", "U+200C"),
    ("کتاب\u200c\u200cخانه", "U+200C"),
    ("کa\u200cخ", "U+200C"),
    ("کتاب\u200bخانه", "U+200B"),
    ("کتاب\u200fخانه", "U+200F"),
    ("کتاب\ufeffخانه", "U+FEFF"),
    ("Mu\u00ad", "U+00AD"),
]


@pytest.mark.parametrize("name", NEEDED)
def test_a_joiner_between_letters_that_need_it_is_a_part_of_the_name(tmp_path, name):
    assert any(joiner in name for joiner in "\u200c\u200d")
    assert invisible(name) == ""
    assert shown(name) == f'"{name}"'
    folder = write_index(
        tmp_path,
        declaration=DECLARATION.replace("Lost Lands", name),
        figures=f"unit,gold,towers,fish\n{name},1,2,3\nMu,2,3,4\n",
    )
    index = read(folder)
    assert index.declared.title == name
    assert [unit.name for unit in index.figures.units] == [name, "Mu"]


@pytest.mark.parametrize(("name", "character"), NOT_NEEDED)
def test_a_mark_that_cannot_be_seen_is_refused(tmp_path, name, character):
    assert invisible(name) == f"the invisible character {character}"
    assert not any(hidden in shown(name) for hidden in "\u200c\u200d\u200b\u200f\ufeff\u00ad")
    folder = write_index(tmp_path, figures=f"unit,gold,towers,fish\n{name},1,2,3\nMu,2,3,4\n")
    said = re.escape(f"holds the invisible character {character}")
    with pytest.raises(FolderError, match=said):
        read(folder)
