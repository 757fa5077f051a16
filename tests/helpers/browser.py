"""Pages in headless Chromium: no network, no complaint on its console, no barrier to a reader."""

import contextlib
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OWN = ("file:", "data:", "blob:", "about:")
"""What a self-contained page may ask for: itself, and what is written in it."""


@pytest.fixture(scope="session")
def chromium():
    """Start one browser for all tests of a process; skip where there is none."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed, so that no page opens: apt-get install chromium")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no page is opened without playwright: pip install playwright"
    )
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """Open files as ``opened(path, fragment="", width=1280, height=800, **context)``.

    ``context`` is handed to Playwright: ``color_scheme="dark"``, ``reduced_motion="reduce"``. When
    the test is over, it fails if a page asked anyone for anything, wrote an error on its console
    (what a content security policy forbids is written there), or threw one.
    """
    trouble = []
    with contextlib.ExitStack() as stack:

        def open_page(path, fragment="", width=1280, height=800, **context):
            size = {"width": width, "height": height}
            made = chromium.new_context(viewport=size, offline=True, **context)
            stack.callback(made.close)
            made.on("request", lambda request: trouble.extend(foreign(request.url)))
            page = made.new_page()
            page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
            page.on("console", lambda message: trouble.extend(complaint(message)))
            page.goto(path.as_uri() + fragment)
            return page

        yield open_page
    assert not trouble, "\n".join(trouble)


def foreign(url):
    """Return the address if it is not the page's own."""
    return [] if url.startswith(OWN) else [f"asked for: {url}"]


def complaint(message):
    """Return what the browser says of an error or a warning."""
    return [f"console: {message.text}"] if message.type in {"error", "warning"} else []


def barriers(page):
    """Return what axe-core finds in the page that is serious or critical, with the places."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


def sideways(page):
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def misspelt(html):
    """Return what a parser of HTML5 objects to in a document."""
    html5lib = pytest.importorskip("html5lib")
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [f"line {line}, column {at}: {code} {more}" for (line, at), code, more in parser.errors]
