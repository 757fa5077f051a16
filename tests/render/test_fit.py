from softpower.render.fit import ColumnLayout, fit, total


def number(heading: str, *cells: str) -> ColumnLayout:
    return ColumnLayout(heading, list(cells), True, list(cells), False)


def text(heading: str, *cells: str, prose: bool = False) -> ColumnLayout:
    return ColumnLayout(heading, list(cells), False, [], prose)


def test_a_table_that_fits_is_left_alone():
    slots = [text("Country", "Ruritania"), number("Score", "71.2")]
    assert fit(slots, 80) == [slots]
    assert [slot.width for slot in slots] == [9, 5]


def test_headings_are_wrapped_before_they_are_abbreviated():
    slots = [text("Country", "Ruritania"), number("Digital diplomacy", "71.2")]
    assert fit(slots, 24) == [slots]
    assert slots[1].title_lines() == ["Digital", "diplomacy"]
    assert not slots[1].abbreviated


def test_headings_are_abbreviated_before_texts_are_cut():
    slots = [text("Country", "Ruritania"), number("Government", "71.2")]
    fit(slots, 17)
    assert slots[1].title == "Gov."
    assert slots[0].width == 9


def test_two_headings_never_get_the_same_abbreviation():
    slots = [text("Country", "Ruritania"), number("Government", "1"), number("Governance", "2")]
    fit(slots, 26)
    first, second = slots[1].title, slots[2].title
    assert first != second
    assert total(slots) <= 26


def test_texts_are_cut_but_not_numbers():
    slots = [text("Country", "Lower Ruritania"), number("Score", "1,234,567.8")]
    fit(slots, 26)
    assert slots[0].lines(0, "…") == ["Lower Rurita…"]
    assert slots[1].lines(0, "…") == ["1,234,567.8"]


def test_a_long_text_is_wrapped_and_not_cut():
    slots = [text("Country", "Ruritania"), text("Reason", "never " * 12, prose=True)]
    fit(slots, 40)
    assert len(slots[1].lines(0, "…")) > 1
    assert not any("…" in line for line in slots[1].lines(0, "…"))


def test_a_table_that_cannot_fit_is_split_and_repeats_its_first_columns():
    slots = [number("Rank", "1"), text("Country", "Ruritania")]
    slots += [number(f"D{at}", "100.0") for at in range(12)]
    parts = fit(slots, 50)
    assert len(parts) > 1
    assert all(part[:2] == slots[:2] for part in parts)
    assert [slot for part in parts for slot in part[2:]] == slots[2:]
    assert all(total(part) <= 50 for part in parts)


def test_columns_that_do_not_fit_beside_any_other_stand_alone():
    slots = [number(name, "123456789012345678") for name in "ABC"]
    assert [len(part) for part in fit(slots, 24)] == [1, 1, 1]


def test_one_column_is_never_split():
    slots = [number("A", "123456789012345678")]
    assert fit(slots, 10) == [slots]


def test_the_heading_of_a_text_is_abbreviated_if_the_text_is_cut():
    slots = [text("Constitutional-form", "a constitutional monarchy"), number("Score", "1234567.8")]
    fit(slots, 24)
    assert slots[0].title == "Cons."
    assert total(slots) <= 24
