"""The publisher's own result is read as it is printed, and what contradicts itself is told."""

import pytest

from helpers.whole_folder import write_index
from softpower.index.reading.folder import read

ROWS = "Atlantis,{},1\nLemuria,{},2\nThule,{},3\n"


@pytest.mark.parametrize(
    "scores",
    [(9, 7, 5), (5, 7, 9), (9, 9, 5), (9, "", 5), (7, 7, 7)],
    ids=["high first", "low first", "tied", "unknown", "all tied"],
)
def test_scores_in_the_order_of_their_ranks_are_taken_as_they_are(scores, tmp_path):
    table = "unit,score,rank\n" + ROWS.format(*scores)
    assert read(write_index(tmp_path, published=table)).figures.doubts == ()


def test_a_rank_that_goes_against_the_scores_is_told(tmp_path):
    table = "unit,score,rank\n" + ROWS.format(7, 9, 5)
    (said,) = read(write_index(tmp_path, published=table)).figures.doubts
    assert (
        "line 3, column rank: Lemuria has rank 2 and the score 9, and Atlantis rank 1 and" in said
    )
    assert "Correct the one that is wrong" in said
