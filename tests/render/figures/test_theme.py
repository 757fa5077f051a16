import pytest

from softpower.render.figures.theme import (
    DARK,
    HUES,
    LIGHT,
    PAGE,
    hue,
    luminance,
    on,
    shade,
    variables,
)


def contrast(one, other):
    """Return the contrast of two colours, as WCAG 2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_and_white_have_the_contrast_that_the_guidelines_give():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_all_that_is_written_can_be_read(theme):
    page = theme.colour("page")
    assert all(contrast(theme.colour(role), page) >= 4.5 for role in ("ink", "quiet"))
    grounds = [hue(at) for at in range(2 * len(HUES))] + [shade(at / 7) for at in range(7)]
    assert all(contrast(theme.colour(role), theme.colour(on(role))) >= 4.5 for role in grounds)


def test_hues_are_those_of_okabe_and_ito():
    blue, vermillion, green, purple, orange, sky, yellow, _ = HUES
    assert (blue, vermillion, green) == ("#0072b2", "#d55e00", "#009e73")
    assert (purple, orange, sky, yellow) == ("#cc79a7", "#e69f00", "#56b4e9", "#f0e442")


def test_a_shade_gets_darker_from_low_to_high_on_light_ground_and_lighter_on_dark():
    for theme, sign in ((LIGHT, -1), (DARK, 1)):
        steps = [sign * luminance(theme.colour(shade(at / 6.99))) for at in range(7)]
        assert steps == sorted(set(steps))
    assert shade(1.0) == shade(0.99)


def test_a_page_gives_every_colour_that_a_figure_asks_it_for():
    assert PAGE.colour("hue 0, light") == "var(--hue-0-light)"
    for theme in (LIGHT, DARK):
        assert variables(theme).count(":") == len(PAGE.roles)
        assert f"--ink: {theme.colour('ink')};" in variables(theme)
