"""Pages about methods and settings, as their classes say it."""

from __future__ import annotations

from collections.abc import Iterator

from softpower.analysis.methods import STEPS, list_methods, methods_by_step
from softpower.answer import Table
from softpower.guide.page import Page
from softpower.guide.proofs import Proof, proofs_of
from softpower.methods.documentation import documented, parameters
from softpower.methods.model import Method

HOW_TO_WRITE = ("index.toml", "indicators.csv", "Command line")
LANGUAGE = {"index.toml": "toml", "indicators.csv": "text", "Command line": "sh"}


def method_pages() -> list[Page]:
    """Return a page for each step, with a section for each of its methods."""
    return [_page(step, methods) for step, methods in methods_by_step().items()]


def settings_page() -> Page:
    """Return the page on settings that choose no method."""
    (table,) = (each for each in list_methods().tables if each.name == "settings")
    text = ["# Other settings", "What a methodology says besides the method of each step."]
    for name, *_ in table.rows:
        (about,) = (each for each in list_methods(str(name)).tables if each.title == name)
        text += [f"## `{name}`", *_facts(about, {})]
    return Page("reference/settings", "\n\n".join(text) + "\n", topics=True)


def _page(step: str, methods: tuple[type[Method], ...]) -> Page:
    text = [f"# {STEPS[step].partition(' (')[0]}", f"The step `{step}`: {len(methods)} methods."]
    for method in methods:
        (about,) = list_methods(step, method.name()).tables
        said = documented(method, quotation="``")
        marked = {"What it does": said.summary}
        marked |= {label: paragraph for label, paragraph in said.more if label}
        plain = [paragraph for label, paragraph in said.more if not label]
        kept = {name: f"`{name}`" for name in parameters(method)}
        text += [f"## `{method.name()}`", *_facts(about, marked, plain, kept)]
        text += ["**Held against**", "\n".join(_held(proofs_of(method)))]
    return Page(f"reference/methods/{step}", "\n\n".join(text) + "\n", topics=True)


def _facts(
    about: Table,
    marked: dict[str, str],
    plain: list[str] | None = None,
    parameters: dict[str, str] | None = None,
) -> list[str]:
    """Return a table of facts as paragraphs.

    Parameters
    ----------
    about
        Labels and what is said; none for a paragraph that has no label.
    marked, plain
        Paragraphs with and without a label in which formulas are marked.
    parameters
        The names of parameters, as they are shown in a list.
    """
    paragraphs, listed, written = [], [], []
    unlabelled = iter(plain or ())
    for label, said in about.rows:
        name, words = str(label or ""), str(said or "")
        if not words:
            continue
        if name in HOW_TO_WRITE:
            written.append(f"```{LANGUAGE[name]}\n{words}\n```")
        elif name in (parameters or {}):
            listed.append(f"- `{name}`: {words}")
        elif name in {"What it does", "What it sets"}:
            paragraphs.append(marked.get(name, words))
        elif name:
            paragraphs.append(f"**{name}:** {marked.get(name, words)}")
        else:
            paragraphs.append(next(unlabelled, words))
    if listed:
        paragraphs += ["**Parameters**", "\n".join(listed)]
    return [*paragraphs, "**Example**", *written]


def _held(held: list[Proof]) -> Iterator[str]:
    """Yield a line for each source: its figures, and how many more of its kind there are."""
    by_source: dict[str, list[Proof]] = {}
    for each in held:
        by_source.setdefault(each.source, []).append(each)
    for source, (first, *others) in by_source.items():
        more = f"; {len(others)} more of its kind" if others else ""
        yield f"- {source}: {first.figures}, within {first.tolerance}{more}"
