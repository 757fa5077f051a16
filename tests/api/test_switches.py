"""What is on or off is refused where it is neither."""

import inspect

import pytest

import softpower

SWITCHES = [
    (name, parameter.name)
    for name in softpower.__all__
    if inspect.isfunction(getattr(softpower, name))
    for parameter in inspect.signature(getattr(softpower, name)).parameters.values()
    if isinstance(parameter.default, bool)
]


@pytest.mark.parametrize(("name", "word"), SWITCHES)
def test_a_switch_is_on_or_off(name, word):
    needed = {"claim": ("Norway > Chad",), "explain": ("Norway",)}
    question = getattr(softpower, name)
    with pytest.raises(softpower.UsageError, match=f"`{word}` is 'yes', and a switch. Give True"):
        question("hdi-2022", *needed.get(name, ()), **{word: "yes"})


def test_weights_given_to_the_score_are_led_to_the_run():
    with pytest.raises(softpower.UsageError, match=r"load\(\.\.\., weights=\{'culture': 40\}\)"):
        softpower.score("open-soft-power", weights={"culture": 40}, top=2)
