"""softpower: a calculator and open workbench for soft power indices.

Every question of the command line is a function of the same name and the same words.

>>> import softpower
>>> run = softpower.load("hdi-2022", set={"aggregate": "arithmetic"})
>>> run.score()["Norway"].rank
2
>>> softpower.score(run, top=3).to_frame()["country"].to_list()
['Switzerland', 'Norway', 'Iceland']
"""

from __future__ import annotations

from softpower.version import __version__

TYPE_CHECKING = False  # typing would double the time before anything can catch Ctrl-C
if TYPE_CHECKING:
    from softpower.answer import Answer, Table
    from softpower.api.auditing import audit
    from softpower.api.claims import claim
    from softpower.api.comparison import compare, explain
    from softpower.api.exploring import explore
    from softpower.api.exporting import export
    from softpower.api.importing import import_files
    from softpower.api.indices import indices
    from softpower.api.inference import infer
    from softpower.api.ranking import check, reproduce, score, show
    from softpower.api.reporting.ask import report
    from softpower.api.sensitivity import sensitivity
    from softpower.api.uncertainty import robustness
    from softpower.api.weighing import flip, reach
    from softpower.countries import Country
    from softpower.document import Document
    from softpower.engine.loading import load
    from softpower.engine.ranking import Ranking, Standing
    from softpower.engine.run import Run
    from softpower.errors import (
        DoubtWarning,
        FolderError,
        InputError,
        MethodError,
        MissingExtraError,
        OutputError,
        SoftpowerError,
        UsageError,
    )
    from softpower.index.index import Index
    from softpower.index.methodology import Methodology
    from softpower.index.reading.frame import index_from
    from softpower.index.variant import Variant

__all__ = [
    "Answer",
    "Country",
    "Document",
    "DoubtWarning",
    "FolderError",
    "Index",
    "InputError",
    "MethodError",
    "Methodology",
    "MissingExtraError",
    "OutputError",
    "Ranking",
    "Run",
    "SoftpowerError",
    "Standing",
    "Table",
    "UsageError",
    "Variant",
    "__version__",
    "audit",
    "check",
    "claim",
    "compare",
    "explain",
    "explore",
    "export",
    "flip",
    "import_files",
    "index_from",
    "indices",
    "infer",
    "load",
    "reach",
    "report",
    "reproduce",
    "robustness",
    "score",
    "sensitivity",
    "show",
]

_HOMES = {
    "answer": ("Answer", "Table"),
    "api.auditing": ("audit",),
    "api.claims": ("claim",),
    "api.comparison": ("compare", "explain"),
    "api.exploring": ("explore",),
    "api.exporting": ("export",),
    "api.importing": ("import_files",),
    "api.indices": ("indices",),
    "api.inference": ("infer",),
    "api.ranking": ("check", "reproduce", "score", "show"),
    "api.reporting.ask": ("report",),
    "api.sensitivity": ("sensitivity",),
    "api.uncertainty": ("robustness",),
    "api.weighing": ("flip", "reach"),
    "countries": ("Country",),
    "document": ("Document",),
    "engine.ranking": ("Ranking", "Standing"),
    "engine.loading": ("load",),
    "engine.run": ("Run",),
    "errors": (
        "DoubtWarning",
        "FolderError",
        "InputError",
        "MethodError",
        "MissingExtraError",
        "OutputError",
        "SoftpowerError",
        "UsageError",
    ),
    "index.index": ("Index",),
    "index.methodology": ("Methodology",),
    "index.reading.frame": ("index_from",),
    "index.variant": ("Variant",),
}
"""The module of each public name, which is imported when the name is used first."""


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            found: object = getattr(import_module(f"softpower.{home}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
