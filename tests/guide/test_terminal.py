"""A page as a terminal shows it."""

from rich.text import Text

from helpers.pages import PAGES
from softpower.guide.terminal import shown

PAGE = """\
# A title

Some `words` that are [linked](../tutorials/class.md#a-part) and ``sum_j w_j``, and
a [site](https://example.org).

```console
$ softpower score a-very-long-line-that-is-an-example-and-stays-on-one-line-however-narrow
  1  GBR
```

<details>
<summary>Solutions</summary>

It is so.

</details>
"""


def text(*, width=40):
    return Text.from_ansi(shown(PAGE, "how-to/x", width)).plain


def test_prose_is_wrapped_and_an_example_is_not():
    lines = text().splitlines()
    assert lines[0] == "A title"
    long = [line for line in lines if len(line) > 40]
    assert long == [line for line in PAGE.splitlines() if line.startswith("$")]
    assert "  1  GBR" in lines


def test_a_link_says_what_to_type_behind_softpower_guide():
    assert "linked (tutorials/class#a-part)" in text(width=80)
    assert "site (https://example.org)" in text(width=100)


def test_what_is_folded_on_a_web_page_is_shown():
    assert text().endswith("Solutions\n\nIt is so.\n")
    assert "<" not in text()


def test_every_page_can_be_shown():
    for page in PAGES:
        assert shown(page.text, page.address, 80).strip()
