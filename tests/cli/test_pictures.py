"""Options that say how a picture looks, as a person types them."""

import pytest
from click.testing import CliRunner

from helpers.drawn import parsed
from helpers.imaginary_index import write
from softpower.cli import main


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("pictures")))


def ask(*words):
    return CliRunner().invoke(main, words)


def picture(tmp_path, *words):
    """Return the drawn file and what was said beside it."""
    file = tmp_path / "picture.svg"
    found = ask(*words, "-o", str(file))
    assert found.exit_code == 0, found.output
    return parsed(file.read_bytes()), found.stderr


def test_a_picture_has_the_width_title_and_theme_that_are_typed(places, tmp_path):
    look = ["--width", "column", "--title", "My own", "--theme", "dark"]
    root, _ = picture(tmp_path, "score", places, *look)
    texts = [each.text for each in root.iter() if each.tag.endswith("}text")]
    assert root.get("width") == "240.94pt"
    assert texts[0] == "My own"
    assert next(each for each in root if each.tag.endswith("rect")).get("fill") == "#16181c"
    assert any("softpower" in text for text in texts[-3:])


def test_what_is_left_out_is_said_with_the_option_that_draws_it(tmp_path):
    words = ["score", "open-soft-power", "--width", "slide"]
    _, said = picture(tmp_path, *words)
    assert "bars are drawn. More have room with --tall" in said
    _, said = picture(tmp_path, *words, "--tall")
    assert "--tall" not in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--width", "wide", "-o", "x.svg"], "'wide' is not a width. Write column, text, slide"),
        (["--width", "500", "-o", "x.pdf"], "from 6 to 120 cm"),
        (["--theme", "pink", "-o", "x.png"], "'pink' is not one of"),
        (["--width", "column"], "goes with -o FILE.svg, .png or .pdf"),
        (["--tall", "-o", "x.csv"], "--tall says how a picture looks"),
    ],
)
def test_a_look_that_cannot_be_is_refused(places, tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    found = ask("score", places, *words)
    assert found.exit_code == 2
    assert says in " ".join(found.stderr.split())
    assert not list(tmp_path.iterdir())
