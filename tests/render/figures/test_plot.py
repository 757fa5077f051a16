import builtins

import pytest

from softpower.errors import MissingExtraError
from softpower.render.figures.plot import plot
from softpower.render.figures.scene import Box, Disc, Group, Path, Scene, Text
from softpower.render.figures.theme import DARK, LIGHT

MARKS = (
    Path((((10, 10), (90, 40)),), "ink", dash=(2, 1), curved=True),
    Path((((10, 10), (20, 10), (20, 20)),), fill="hue 2"),
    Box(30, 10, 20, 10, "hue 0"),
    Box(30, 30, 20, 10, "hue 1", rounding=4),
    Disc(70, 20, 5, stroke="hue 1"),
    Text(5, 45, "$x$ 日本 ᚠᚢᚦ", 8, bold=True),
)
SCENE = Scene(100, 50, (Group(MARKS),), r"$\frac", "")


@pytest.mark.parametrize(("picture", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_all_marks_are_drawn_and_always_the_same(picture, start):
    first, second = (plot(SCENE, LIGHT, picture) for _ in range(2))
    assert first.startswith(start)
    assert first == second


def test_a_picture_has_three_hundred_dots_an_inch_and_the_colours_of_its_theme():
    import io

    from matplotlib.image import imread

    image = imread(io.BytesIO(plot(SCENE, DARK, "png")))
    assert image.shape[:2] == (208, 416)
    colours = [tuple(round(255 * part) for part in image[y, x][:3]) for y, x in ((2, 2), (62, 166))]
    assert colours == [(0x16, 0x18, 0x1C), (0x3D, 0x9B, 0xD6)]


def test_text_stays_text_in_a_pdf():
    data = plot(SCENE, LIGHT, "pdf")
    assert b"/Subtype /Type42" in data or b"/FontFile2" in data


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def fake(name, *args, **more):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", fake)
    with pytest.raises(MissingExtraError, match="-m pip install matplotlib"):
        plot(SCENE, LIGHT, "png")
