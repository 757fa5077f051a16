"""What differs is told by kind, by how much and where; rounding is no difference."""

import json

import pytest

from softpower.analysis.study.differences import (
    Difference,
    Verdict,
    between_answers,
    between_files,
)


def answer(*scores, title="A", rank=1):
    rows = [{"rank": rank, "score": score} for score in scores]
    return {"title": title, "tables": {"ranking": {"rows": rows}}}


@pytest.mark.parametrize(
    ("before", "after", "verdict", "count", "largest", "place"),
    [
        (answer(2.5), answer(2.5), Verdict.SAME, 0, None, ""),
        (answer(2.5), answer(2.5 + 1e-12), Verdict.ROUNDING, 0, 1e-12, "rows[1].score"),
        (answer(2.5, 4.0), answer(2.75, 4.5), Verdict.NUMBERS, 2, 0.5, "rows[2].score"),
        (answer(2.5), answer(2.5, rank=2), Verdict.NUMBERS, 1, 1, "rows[1].rank"),
        (answer(2.5), answer(2.5, title="B"), Verdict.WORDS, 1, None, "title"),
        (answer(2.5), answer(None), Verdict.NUMBERS, 1, None, "rows[1].score"),
        (answer(2.5), answer(2.5, 3.5), Verdict.WORDS, 1, None, "rows[2]"),
        (answer(0.0), answer(1e-15), Verdict.ROUNDING, 0, 1e-15, "rows[1].score"),
        (answer(1e6), answer(1e6 + 1e-2), Verdict.NUMBERS, 1, 1e-2, "rows[1].score"),
    ],
)
def test_answers_differ_in_numbers_beyond_rounding_or_in_words(
    before, after, verdict, count, largest, place
):
    found = between_answers(*(json.dumps(each).encode() for each in (before, after)))
    assert (found.verdict, found.count) == (verdict, count)
    assert found.largest == (None if largest is None else pytest.approx(largest, rel=1e-3))
    assert found.place.endswith(place)


@pytest.mark.parametrize(
    ("before", "after", "verdict", "place"),
    [
        ("Chad & 2.45 \\\\", "Chad & 2.45 \\\\", Verdict.SAME, ""),
        ("a\nChad & 2.45 \\\\", "a\nChad & 2.46 \\\\", Verdict.ROUNDING, "line 2"),
        ("Chad & 2.45 \\\\", "Chad & 2.47 \\\\", Verdict.NUMBERS, "line 1"),
        ("Chad 3 places", "Chad 4 places", Verdict.NUMBERS, "line 1"),
        ("Chad −2.4", "Chad 2.4", Verdict.NUMBERS, "line 1"),
        ("Chad 2.45", "Mali 2.45", Verdict.WORDS, "line 1"),
        ("Chad 2.45", "Chad 2.45\nMali 3", Verdict.WORDS, "line 2"),
    ],
)
def test_printed_numbers_may_differ_by_one_in_the_last_digit_where_those_behind_agree(
    before, after, verdict, place
):
    behind = Difference(Verdict.ROUNDING, 0, 1e-12, "tables")
    found = between_files("t.tex", before.encode(), after.encode(), behind)
    assert (found.verdict, found.place) == (verdict, place)


@pytest.mark.parametrize("broken", [b"", b"[1]", b"{", b"\xff", b"[" * 100_000])
def test_an_answer_that_nobody_can_read_differs(broken):
    whole = json.dumps(answer(2.5)).encode()
    assert between_answers(broken, whole).verdict > Verdict.ROUNDING
    assert between_files("t.json", broken, whole, Difference()).verdict > Verdict.ROUNDING


def test_numbers_beyond_all_measure_are_compared():
    for one, other in ((b"1e999", b"2e999"), (b"1e-999", b"2.5"), (b"\xff 1", b"\xff 2")):
        assert between_files("t.txt", one, other, Difference()).verdict > Verdict.ROUNDING


def test_what_differs_behind_a_file_differs_in_it():
    behind = Difference(Verdict.NUMBERS, 3, 0.5, "tables")
    assert between_files("t.png", b"1", b"2", behind) == behind
    assert between_files("t.png", b"1", b"2", Difference()).verdict == Verdict.ROUNDING


def test_json_and_pages_may_tell_another_version():
    one, other = ({**answer(2.5), "provenance": {"softpower": v}} for v in ("1.0.0", "1.1.0"))
    files = (json.dumps(each).encode() for each in (one, other))
    assert between_files("t.json", *files, Difference()).verdict == Verdict.ROUNDING
    page = "<p>2.5</p><details><summary>Provenance</summary>\n{}</details>"
    pages = (page.format(v).encode() for v in ("1.0.0", "1.1.0"))
    assert between_files("t.html", *pages, Difference()).verdict == Verdict.ROUNDING
