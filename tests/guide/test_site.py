"""The guide as files for a browser: whole, linked, and on its own."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from helpers.browser import sideways
from helpers.pages import PAGES
from softpower.errors import MissingExtraError, UsageError
from softpower.guide import site


class Links(HTMLParser):
    """Collects the ids of a page and what it refers to."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loaded = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.ids |= {said["id"]} if "id" in said else set()
        if tag == "a" and said.get("href"):
            self.links.append(said["href"])
        elif tag in {"img", "script", "link", "iframe", "source"}:
            self.loaded += [said[key] for key in ("src", "href") if said.get(key)]


def test_the_site_is_whole_and_linked_and_can_be_read_and_searched_from_a_disk(tmp_path, opened):
    built = tmp_path / "site"
    site.build(PAGES, built)  # once, for it takes long; a warning would keep it from being built
    linked_and_whole(built)
    for address in ("index", "reference/methods/aggregate", "gallery"):
        page = opened(built / f"{address}.html", width=360, color_scheme="dark")
        assert sideways(page) == 0
    hits = typed(opened(built / "how-to" / "score.html"), "winsorise")
    assert any(each.startswith("reference/methods/treat.html") for each in hits)


def typed(page, word):
    """Return where the results lead of a word that is typed into the search of a page."""
    page.locator("input[name=q]").first.fill(word)
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a")
    found.first.wait_for()
    return [each.get_attribute("href") for each in found.all()]


def linked_and_whole(built):
    texts = {path: path.read_text("utf-8") for path in built.rglob("*.html")}
    read = {path: Links(text) for path, text in texts.items()}
    for page in PAGES:
        heading = re.search(r"<h1>(.*?)<a", texts[built / f"{page.address}.html"])[1]
        assert unescape(re.sub(r"<.*?>", "", heading)) == page.title
    for path, page in read.items():
        for link in (each for each in page.links + page.loaded if "://" not in each):
            name, _, anchor = link.partition("#")
            to = (path.parent / name.partition("?")[0]).resolve() if name else path
            assert to.exists(), (path, link)
            assert not anchor or to.suffix != ".html" or anchor in read[to].ids, (path, link)
    assert not [each for page in read.values() for each in page.loaded if "//" in each]
    styles = "".join(path.read_text("utf-8") for path in built.rglob("*.css"))
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", styles)
    assert "prod_j" not in texts[built / "reference/methods/aggregate.html"]


def test_what_is_to_be_typed_for_a_topic_is_a_link_too():
    said = site.linked("`softpower guide zscore`, `softpower guide WORD`\n", "how-to/x", PAGES)
    to = "../reference/methods/normalise.md#zscore"
    assert said == f"[`softpower guide zscore`]({to}), `softpower guide WORD`\n"
    example = "```sh\n`softpower guide zscore`\n```\n"
    assert site.linked(example, "index", PAGES) == example


def test_nothing_is_written_over(tmp_path):
    with pytest.raises(UsageError, match="there already"):
        site.build(PAGES, tmp_path)


def test_what_builds_it_may_not_be_installed(monkeypatch):
    monkeypatch.setattr(site, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install .*softpower\[guide\]"):
        site.sphinx_is_there()


def test_the_cache_is_of_these_pages(monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    assert site.cached(PAGES) == site.cached(list(PAGES))
    assert site.cached(PAGES) != site.cached(PAGES[:-1])
    assert site.page_address(tmp_path, "how-to/x#y") == f"{tmp_path.as_uri()}/how-to/x.html#y"


def test_an_option_in_a_line_is_kept_whole(tmp_path):
    path = tmp_path / "x.html"
    path.write_text('<code><span class="pre">--width</span> <span class="pre">a-b</span></code>')
    whole = '<span class="pre whole">--width</span> <span class="pre">a-b</span>'
    assert whole in site._finished(path).decode()
