"""A page to play with an index: one file with its data, its style and its script.

The modules of the script are plain scripts that share one scope; they are put one after another.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from softpower.render.cells import line
from softpower.render.page import STYLE

MODULES = (
    "numbers",
    "tree",
    "prepare",
    "aggregate",
    "score",
    "state",
    "why",
    "elements",
    "table",
    "controls",
    "beside",
    "main",
)
"""The modules of the script, each after those that it needs as it is read."""


def to_page(title: str, data: Mapping[str, Any]) -> str:
    """Return a page that computes what a reader changes; it asks nobody for anything."""
    script = "\n".join(_part(f"{name}.js") for name in MODULES)
    style = STYLE + _part("style.css")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    name = escape(line(title).strip()) or "softpower"
    return _part("page.html").format(
        policy=policy, title=name, style=style, data=_embedded(data), script=script
    )


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(data: Mapping[str, Any]) -> str:
    """Return data as JSON that ends no element and opens none."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
