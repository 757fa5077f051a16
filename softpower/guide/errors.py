"""Under which address the guide says more about what went wrong, in ``reference/errors``."""

from __future__ import annotations

import re

from softpower.errors import FolderError, MissingExtraError, SoftpowerError

SAID = {
    "published-only": r"published, not|cannot be recomputed|are not public|is partial",
    "there-already": r"there already|part of the index|workbook is an index|comes with softpower",
    "twice": r"\btwice\b",
    "unreadable-table": r"^It cannot be read: ",
    "no-effect": r"\bno effect\b",
    "all-the-same": r"indicator is constant|figures are the same|scores are the same",
    "no-ranking": r"leads to a ranking|draws fails|no ranking",
}
"""What messages of a kind say, wherever they are raised, by its address."""

RAISED = {
    "analysis": "no-answer",
    "analysis.claim": "no-claim",
    "analysis.compare": "nothing-to-compare",
    "analysis.export": "not-written",
    "analysis.importing": "not-imported",
    "analysis.methods": "unknown-topic",
    "analysis.robustness.view": "wrong-choices",
    "analysis.sensitivity": "wrong-choices",
    "analysis.shared.admissible": "wrong-weights",
    "analysis.shared.agreement": "nothing-to-compare",
    "analysis.shared.confidence": "errors-of-figures",
    "analysis.shared.given": "wrong-weights",
    "analysis.shared.levels": "wrong-weights",
    "analysis.shared.lists": "nothing-to-compare",
    "analysis.shared.multinomial": "errors-of-figures",
    "analysis.shared.propagation": "errors-of-figures",
    "analysis.shared.selection": "unknown-name",
    "analysis.shared.study": "wrong-choices",
    "analysis.study": "broken-study",
    "analysis.study.archive": "broken-package",
    "analysis.study.manifest": "broken-package",
    "answer": "unknown-name",
    "api": "wrong-form",
    "api.claims": "no-claim",
    "api.comparison": "nothing-to-compare",
    "api.importing": "not-imported",
    "api.instead": "errors-of-figures",
    "api.sensitivity": "errors-of-figures",
    "api.space": "wrong-weights",
    "api.uncertainty": "errors-of-figures",
    "api.varying": "wrong-choices",
    "api.weighing": "wrong-weights",
    "cli": "wrong-form",
    "cli.asking": "broken-study",
    "cli.streams": "not-written",
    "countries": "unknown-name",
    "document": "unknown-name",
    "engine": "no-ranking",
    "engine.adhoc": "unknown-setting",
    "engine.aggregation": "method-refuses",
    "engine.asked": "unknown-setting",
    "engine.context": "method-refuses",
    "engine.entries": "methods-apart",
    "engine.exact": "no-proof",
    "engine.incompatible": "methods-apart",
    "engine.loading": "unknown-index",
    "engine.ranking": "unknown-name",
    "engine.run": "unknown-index",
    "engine.sampling.grid": "wrong-choices",
    "engine.sampling.perturb": "errors-of-figures",
    "engine.sampling.points": "errors-of-figures",
    "frames": "unreadable-frame",
    "given": "wrong-form",
    "guide": "unknown-topic",
    "index": "broken-index",
    "index.find": "unknown-index",
    "index.importing": "not-imported",
    "index.layouts": "unknown-layout",
    "index.name": "unknown-index",
    "index.own": "there-already",
    "index.patch": "unknown-setting",
    "index.people": "wrong-weights",
    "index.reading.afresh": "unreadable-table",
    "index.reading.columnar": "unreadable-frame",
    "index.reading.covariance": "errors-of-figures",
    "index.reading.frame": "unreadable-frame",
    "index.reading.misread": "unreadable-table",
    "index.reading.numerals": "unreadable-table",
    "index.reading.package": "unreadable-table",
    "index.reading.people": "wrong-weights",
    "index.reading.tables": "unreadable-table",
    "index.reading.workbook": "unreadable-table",
    "index.request": "wrong-form",
    "index.respell": "unknown-setting",
    "index.reweighting": "wrong-weights",
    "index.settings": "unknown-setting",
    "index.stacked": "unknown-setting",
    "index.study": "broken-study",
    "index.units": "unknown-name",
    "index.writing": "not-written",
    "methods": "method-refuses",
    "methods.space": "wrong-weights",
    "render": "not-written",
}
"""What goes wrong in a module or package, by its name; one of another name is of its package."""


def address_of(error: SoftpowerError) -> str:
    """Return the address of the kind of an error: by its class, what it says or who raised it."""
    if isinstance(error, MissingExtraError):
        return "not-installed"
    if isinstance(error, FolderError):
        of_study = raised_by(_innermost(error)) == "broken-study"
        return "broken-study" if of_study else "broken-index"
    said = (address for address, words in SAID.items() if re.search(words, error.what))
    return next(said, raised_by(_innermost(error)))


def raised_by(module: str) -> str:
    """Return the address for what a module raises, or nothing if it is none of ours."""
    while module not in RAISED and "." in module:
        module = module.rpartition(".")[0]
    return RAISED.get(module, "")


def _innermost(error: SoftpowerError) -> str:
    """Return the module that raised an error, without the name of the package."""
    modules = []
    trace = error.__traceback__
    while trace is not None:
        modules.append(str(trace.tb_frame.f_globals.get("__name__", "")))
        trace = trace.tb_next
    ours = [each.removeprefix("softpower.") for each in modules if each.startswith("softpower.")]
    return ours[-1] if ours else ""
