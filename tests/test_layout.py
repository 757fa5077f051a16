"""The tests stand where the package does."""

from pathlib import Path

import pytest

import softpower

TESTS, PACKAGE = Path(__file__).parent, Path(softpower.__file__).parent
MODULES = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
FILES = sorted(path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))
OWN = {Path(), Path("broken"), Path("indices")}
"""Folders of tests that are about no one package."""


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_test_that_bears_the_name_of_a_module_stands_where_the_module_does(file):
    name = file.name.removeprefix("test_")
    homes = {module.parent for module in MODULES if module.name == name}
    assert not homes or file.parent in homes


def test_every_package_has_a_folder_of_tests():
    packages = {module.parent for module in MODULES if module.parent != Path()}
    assert packages == {file.parent for file in FILES} - OWN
