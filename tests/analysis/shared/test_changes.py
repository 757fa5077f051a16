"""What separates two runs, said of fields of indicators."""

from __future__ import annotations

import pytest

import softpower
from helpers.explain_folder import made
from softpower.analysis.shared.changes import changes_between


@pytest.fixture(scope="module")
def lands(tmp_path_factory):
    """Return a function that loads an index whose indicator y alone has a treatment of its own."""
    name = made(
        tmp_path_factory.mktemp("indices"),
        "lands",
        indicators="id,treat\nx,\ny,winsorise\n",
        figures="unit,x,y\nAtlantis,9,1\nThule,8,2\nOphir,5,4\nMu,2,7\n",
    ).identifier
    return lambda **settings: softpower.load(name, set=settings or None)


def told(first, second):
    return [str(change) for change in changes_between(first, second)]


def test_emptying_what_was_empty_is_no_change(lands):
    first, second = lands(), lands(**{"indicators.x.treat": "", "normalise": "minmax"})
    assert told(first, second) == ["normalise: none → minmax"]


def test_an_indicator_without_its_own_treatment_follows_the_general_one(lands):
    second = lands(**{"indicators.y.treat": ""})
    assert told(lands(), second) == ["indicators.y.treat: as declared → the general treat"]
