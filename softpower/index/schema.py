"""The JSON Schema of ``index.toml``, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from softpower.index.declared import IndexFile


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``index.toml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **IndexFile.model_json_schema(by_alias=True, mode="validation"),
    }
