"""Names from right to left turn nothing round that stands beside them."""

import io
import json
from importlib.metadata import version

import numpy as np
import pytest

import softpower
from helpers import playable
from softpower.answer import Answer, Column, Table
from softpower.charts import BarChart
from softpower.render.direction import isolated
from softpower.render.explore import to_page
from softpower.render.figures import svg_of
from softpower.render.figures.plot import plot
from softpower.render.figures.scene import Group, Scene, Text
from softpower.render.figures.theme import LIGHT
from softpower.render.html import to_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Atlantis (2) leads", "Atlantis (2) leads"),
        ("Évora", "Évora"),
        ("עמק השקט, 5 places up", "[עמק השקט], 5 places up"),
        (
            "followed by בחר and هضبة (الشمال) (63.62)",
            "followed by [בחר] and [هضبة (الشمال)] (63.62)",
        ),
        ("وادي-النور, קט: 1", "[وادي-النور, קט: 1]"),
        ("גבעה 2", "[גבעה 2]"),
        ("ים (sea)", "[ים] (sea)"),
    ],
)
def test_what_runs_from_right_to_left_is_set_apart(text, expected):
    assert isolated(text, ("[", "]")) == expected


def test_a_page_and_a_picture_set_it_apart():
    name = "עמק השקט"
    table = Table("ranks", "", (Column("unit", "Unit"),), ((name,),))
    chart = BarChart("bars", f"{name}: 1", (name, "B"), (2.0, 1.0), "Score")
    page = to_html(Answer("Ranks", (table,), notes=(f"{name} (1) & others",)))
    assert f"<bdi>{name}</bdi> (1) &amp; others" in page
    assert f"<bdi>{name}</bdi></td>" in page
    drawn = svg_of(chart)
    assert f">\u2068{name}\u2069</text>" in drawn
    assert f"<title>\u2068{name}: 1\u2069</title>" in drawn


def left_part(text):
    """Return the first tenth of an inch of what is drawn of a text."""
    from matplotlib.image import imread

    scene = Scene(200, 30, (Group((Text(5, 15, text, 10),)),), "", "")
    image = imread(io.BytesIO(plot(scene, LIGHT, "png")))
    return image[:, : round(300 * (5 / 72 + 0.1))]


def test_a_sentence_in_pixels_begins_with_its_first_name():
    if tuple(map(int, version("matplotlib").split(".")[:2])) < (3, 11):
        pytest.skip("it sets all from left to right")
    assert np.array_equal(left_part("שששששששש leads B"), left_part("שששששששש"))
    assert not np.array_equal(left_part("B follows שששששששש"), left_part("שששששששש"))


def test_the_page_to_play_with_sets_names_in_its_sentences_apart(opened, tmp_path):
    found = softpower.explore(playable.write(tmp_path, ""))
    data = json.loads(json.dumps(found.data).replace('"name": "Ys"', '"name": "עמק השקט"'))
    (tmp_path / "page.html").write_text(to_page(found.title, data), encoding="utf-8")
    page = opened(tmp_path / "page.html")
    assert page.locator("#status").inner_text().startswith("First: \u2068עמק השקט\u2069. ")
    assert page.get_by_role("button", name="עמק השקט", exact=True).count() == 1
    page.evaluate("page.change((setting) => setting.pinned.push('Ys'))")
    page.wait_for_selector("#bump text")
    assert "\u2068עמק השקט\u2069 1" in page.locator("#bump text").all_text_contents()
