"""What ``import softpower`` offers, as the guide lists it."""

import softpower
from softpower.guide.library import library_page

PAGE = library_page()


def test_every_name_has_a_section():
    names = [each.names[0].removeprefix("softpower.") for each in PAGE.sections]
    assert names == [name for name in softpower.__all__ if name != "__version__"]


def test_a_function_is_shown_with_its_defaults_parameters_and_example():
    (score,) = (each.text for each in PAGE.sections if each.names == ["softpower.score"])
    assert "```python\nsoftpower.score(run, " in score
    assert "- `run`: A run, an index, or the name of a run." in score
    assert "```pycon\n>>> import softpower\n" in score


def test_the_page_is_the_same_each_time():
    assert " at 0x" not in PAGE.text
    assert library_page() == PAGE
