"""All pages as files for a browser, which need no network."""

from __future__ import annotations

import posixpath
import re
import warnings
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from softpower.errors import MissingExtraError, SoftpowerError, UsageError
from softpower.guide.contents import find
from softpower.guide.formulas import FENCED, typeset_all
from softpower.guide.page import KINDS, Page, attached
from softpower.index.writing import refuse_taken, write_folder
from softpower.version import __version__

SETTINGS: dict[str, Any] = {
    "project": "softpower",
    "release": __version__,
    "copyright": "The softpower developers",
    "extensions": ["myst_parser"],
    "html_theme": "furo",
    "html_title": f"softpower {__version__}",
    "html_copy_source": False,
    "html_use_index": False,
    "html_show_sphinx": False,
    "html_show_search_summary": False,  # a browser reads no other page of a disk
    "html_static_path": ["_own"],
    "html_css_files": ["guide.css"],
    "myst_heading_anchors": 4,
    "language": "en-GB",
    "smartquotes": False,  # what is typed in an example stays as it is
    "html_last_updated_fmt": None,
}

_OPTION = re.compile(rb'<span class="pre">(-[\w-]{1,24})</span>')
"""An option in a line of text, which is not to be broken behind its dashes."""

_SAID = re.compile(r"(?<!\[)`softpower guide ([a-z][\w./#-]*)`")
"""What a page says of another that is not stored, so that no link on a code host leads nowhere."""


def build(pages: list[Page], folder: Path) -> None:
    """Write the guide as a new folder of files for a browser.

    Raises
    ------
    UsageError
        If something is there already.
    MissingExtraError
        If what builds it is not installed.
    """
    refuse_taken(folder)
    with TemporaryDirectory() as scratch:
        source, built = Path(scratch) / "source", Path(scratch) / "built"
        _write_sources(pages, source)
        _run_sphinx(source, built)
        kept = [path for path in built.rglob("*") if path.is_file() and path.name[0] != "."]
        write_folder(folder, {str(path.relative_to(built)): _finished(path) for path in kept})


def _finished(path: Path) -> bytes:
    """Return a file of the site, its pages with what a keyboard and a screen reader need."""
    data = path.read_bytes()
    if path.suffix != ".html":
        return data
    data = _OPTION.sub(rb'<span class="pre whole">\1</span>', data)
    data = data.replace(b"<pre>", b'<pre tabindex="0">')
    return data.replace(b'role="heading"', b'role="heading" aria-level="2"')


def cached(pages: list[Page]) -> Path:
    """Return the folder, in the cache of the user, that has these pages once they are built."""
    sphinx_is_there()
    from platformdirs import user_cache_path

    text = "".join(page.address + page.text for page in pages)
    digest = blake2b(text.encode(), digest_size=6).hexdigest()
    return user_cache_path("softpower", appauthor=False) / f"guide-{__version__}-{digest}"


def page_address(folder: Path, topic: str) -> str:
    """Return the address by which a browser finds a topic in the folder of a site."""
    page, hash_, anchor = topic.partition("#")
    return f"{(folder / page).as_uri()}.html{hash_}{anchor}"


def linked(text: str, address: str, pages: list[Page]) -> str:
    """Return a page with a link from each topic that it says to read by ``softpower guide``."""

    def link(said: re.Match[str]) -> str:
        try:
            page, hash_, anchor = find(said[1], pages)[0].address.partition("#")
        except UsageError:
            return said[0]
        to = posixpath.relpath(page, posixpath.dirname(address) or ".")
        return f"[{said[0]}]({to}.md{hash_}{anchor})"

    parts = FENCED.split(text)
    parts[::2] = [_SAID.sub(link, part) for part in parts[::2]]
    return "".join(parts)


def _write_sources(pages: list[Page], source: Path) -> None:
    for page in pages:
        path = source / f"{page.address}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = typeset_all(linked(page.text, page.address, pages))
        path.write_text(text + (_trees(pages) if page.address == "index" else ""), encoding="utf-8")
    for name, data in attached().items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    own = source / "_own"
    own.mkdir()
    (own / "guide.css").write_bytes(Path(__file__).with_name("guide.css").read_bytes())


def _trees(pages: list[Page]) -> str:
    """Return the lists of pages that make the menu of the site."""
    parts = []
    for kind, title in KINDS.items():
        names = [p.address for p in pages if p.kind == kind and p.address != "index"]
        lines = "\n".join(names)
        parts.append(
            f"\n```{{toctree}}\n:caption: {title}\n:maxdepth: 1\n:titlesonly:\n\n{lines}\n```\n"
        )
    return "".join(parts)


def sphinx_is_there() -> None:
    """Refuse to build without what builds it.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    for name in ("furo", "myst_parser", "platformdirs", "sphinx"):
        if find_spec(name) is None:
            raise MissingExtraError("softpower[guide]")


def _run_sphinx(source: Path, built: Path) -> None:
    sphinx_is_there()
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own parts, on versions to come
            site = Sphinx(
                source,
                None,
                built,
                built.with_name("doctrees"),
                "html",
                confoverrides=SETTINGS,
                status=None,
                warning=None,
                exception_on_warning=True,
            )
            site.build()
    except SphinxError as error:
        raise SoftpowerError(f"The guide cannot be built: {error}.") from error
