"""The colours of figures by their roles, on light and on dark ground.

Hues are those of Okabe & Ito (2008), *Color Universal Design*, which people with any of the common
colour deficiencies tell apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HUES = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#8c8c8c",
)  # fmt: skip
"""Blue, vermillion, bluish green, reddish purple, orange, sky blue, yellow, and grey for black."""

LINES = 6
"""So many of them are seen as thin lines too."""

_DARK = {"#0072b2": "#3d9bd6", "#d55e00": "#ee7733"}
"""Hues that would be hard to see on dark ground, and what stands for them there."""

_RAMP = ("#fde9a0", "#fdd04b", "#c9b45e", "#8f8f7a", "#5f6a76", "#34486a", "#00224e")
"""From low to high: cividis of Nuñez, Anderton & Renslow (2018), begun lighter."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of all roles.

    Parameters
    ----------
    name
        How it is called.
    roles
        The colour of each role; for a page a variable of its style sheet.
    """

    name: str
    roles: Mapping[str, str]

    def colour(self, role: str) -> str:
        """Return the colour of a role; a colour stands for itself."""
        return self.roles.get(role, role)


def hue(number: int) -> str:
    """Return the role of a hue; after the last one they begin again, lighter."""
    again = ", light" if number >= len(HUES) else ""
    return f"hue {number % len(HUES)}{again}"


def on(role: str) -> str:
    """Return the role of what is written on a hue or a shade."""
    return f"on {role}"


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two, with a share of the second."""
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (one, other)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _letters(ground: str) -> str:
    """Return black or white, whichever is read better on a ground."""
    return "#ffffff" if luminance(ground) < 0.179 else "#000000"


SHADES = 7
"""How many steps there are from low to high."""


def shade(share: float) -> str:
    """Return the role of a share from 0 to 1 on the scale from low to high."""
    return f"shade {min(int(share * SHADES), SHADES - 1)}"


def _theme(name: str, base: Mapping[str, str]) -> Theme:
    roles = dict(base)
    dark = luminance(base["page"]) < 0.5
    for at, colour in enumerate(HUES):
        plain = _DARK.get(colour, colour) if dark else colour
        roles[f"hue {at}"] = plain
        roles[f"hue {at}, light"] = mixed(plain, base["page"], 0.45)
    for at, colour in enumerate(reversed(_RAMP) if dark else _RAMP):
        roles[f"shade {at}"] = colour
    grounds = [role for role in roles if role.startswith(("hue", "shade"))]
    return Theme(name, roles | {on(role): _letters(roles[role]) for role in grounds})


LIGHT = _theme(
    "light",
    {
        "page": "#ffffff", "ink": "#1a1c20", "quiet": "#5f6672", "line": "#d9dce2",
        "faint": "#c3c8d0", "missing": "#e6e8ec",
    },
)  # fmt: skip
DARK = _theme(
    "dark",
    {
        "page": "#16181c", "ink": "#e6e8ec", "quiet": "#a3aab5", "line": "#343840",
        "faint": "#4c525c", "missing": "#2b2f36",
    },
)  # fmt: skip
PAGE = Theme(
    "page", {role: f"var(--{role.replace(', ', '-').replace(' ', '-')})" for role in LIGHT.roles}
)
"""The colours of whatever page a figure stands in, which its style sheet gives."""

THEMES = {theme.name: theme for theme in (LIGHT, DARK, PAGE)}


def variables(theme: Theme) -> str:
    """Return the colours of a theme as declarations of variables for the style sheet of a page."""
    return " ".join(f"{PAGE.roles[role][4:-1]}: {colour};" for role, colour in theme.roles.items())
