import pytest

from softpower.errors import UsageError
from softpower.render.figures.look import Look, centimetres


@pytest.mark.parametrize(
    ("typed", "wide"),
    [("column", 8.5), ("Text", 16.5), ("slide", 25.4), ("12", 12), ("12,5 cm", 12.5), (9.0, 9)],
)
def test_a_width_has_a_name_or_is_in_centimetres(typed, wide):
    assert centimetres(typed) == wide


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("colunm", "Write column, text, slide, or centimetres"),
        ("huge", "Write column, text, slide, or centimetres"),
        ("5", "from 6 to 120 cm"),
        ("nan", "from 6 to 120 cm"),
        ("1e9", "from 6 to 120 cm"),
        ("-9", "from 6 to 120 cm"),
    ],
)
def test_another_width_is_refused(typed, says):
    with pytest.raises(UsageError, match=says):
        centimetres(typed)


@pytest.mark.parametrize(
    ("width", "points", "body"), [("column", 240.9, 7), ("text", 467.7, 8), ("slide", 720.0, 9)]
)
def test_letters_have_seven_to_nine_points_at_each_width(width, points, body):
    room = Look(width).room
    assert room.width == pytest.approx(points, abs=0.1)
    assert room.body == body
    assert 7 <= room.small <= 9


def test_a_figure_is_no_taller_than_a_page_or_a_slide_unless_it_may_be():
    heights = [Look(width).room.height for width in ("column", 25.4, "slide")]
    assert heights == pytest.approx([680.3, 680.3, 402.5], abs=0.1)
    assert Look(tall=True).room.height == float("inf")
