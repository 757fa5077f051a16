"""What a person can cause, carried from one process to another."""

import copy
import pickle
from importlib import import_module
from pkgutil import walk_packages

import pytest

import softpower
from softpower.countries.recognition import CountryError
from softpower.errors import (
    FolderError,
    Location,
    MethodError,
    MissingExtraError,
    Problem,
    SoftpowerError,
    pip_install,
)
from softpower.index.importing.numbers import CellsError
from softpower.methods.aggregate.base import RefusedDrawsError

PROBLEM = Problem("No title.", Location("index.toml", 3, "title"), "Add one.")
MADE = {
    FolderError: lambda: FolderError("lands", [PROBLEM]),
    CellsError: lambda: CellsError("lands.csv", [PROBLEM], ["ships"], 2),
    RefusedDrawsError: lambda: RefusedDrawsError(3, {1: MethodError("It is wrong.")}),
    MissingExtraError: lambda: MissingExtraError("pandas"),
    CountryError: lambda: CountryError(
        "Niger", "Two are meant.", mend="Say which.", reason="ambiguous", candidates=["Niger NER"]
    ),
}


def kinds(base):
    return [base, *(kind for each in base.__subclasses__() for kind in kinds(each))]


def every_kind():
    for module in walk_packages(softpower.__path__, "softpower."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return kinds(SoftpowerError)


@pytest.mark.parametrize("kind", every_kind())
def test_every_error_survives_pickling_and_deep_copies(kind):
    plain = lambda: kind("It is wrong.", location=PROBLEM.location, mend="Right it.")  # noqa: E731
    error = MADE.get(kind, plain)()
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        dumped = pickle.dumps(error, protocol)
        for again in (pickle.loads(dumped), copy.deepcopy(error), copy.copy(error)):  # noqa: S301
            assert type(again) is kind
            assert str(again) == str(error)
            assert again.args == error.args
            assert repr(vars(again)) == repr(vars(error))


def test_a_missing_library_is_installed_where_the_running_interpreter_finds_it(monkeypatch):
    monkeypatch.setattr("sys.executable", "/opt/my lands/bin/python3")
    message = str(MissingExtraError("matplotlib"))
    assert message.endswith("with: '/opt/my lands/bin/python3' -m pip install matplotlib")


def test_on_windows_it_is_written_as_windows_takes_it(monkeypatch):
    monkeypatch.setattr("sys.executable", r"C:\My Lands\python.exe")
    monkeypatch.setattr("os.name", "nt")
    line = pip_install("matplotlib")
    monkeypatch.undo()
    assert line == r'"C:\My Lands\python.exe" -m pip install matplotlib'
