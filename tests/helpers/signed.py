"""Answers without the line that made them, which other words may give too."""

from __future__ import annotations

import json
from typing import Any


def unsigned(text: str) -> dict[str, Any]:
    """Return the JSON of an answer without the command in its provenance."""
    answer: dict[str, Any] = json.loads(text)
    del answer["provenance"]["command"]
    return answer
