"""What `softpower list` counts is what the whole index holds."""

import pytest

from softpower.index.find import locate, shipped
from softpower.index.glance import Glance, glance
from softpower.index.reading.folder import read


@pytest.mark.parametrize("name", shipped())
def test_a_glance_at_a_shipped_index_tells_what_the_whole_reading_finds(name):
    index = read(locate(name))
    published = index.published
    held = index.figures or published
    assert glance(name) == Glance(
        id=index.id,
        title=index.declared.title,
        publisher=index.declared.publisher,
        edition=index.declared.edition,
        units=len(held.units),
        indicators=len(index.main.indicators()) if index.frameworks else None,
        recomputable=index.recomputable,
        published=published is not None,
        partial=published is not None and bool(published.partial),
        reproduced=index.declared.published.reproduced,
    )
