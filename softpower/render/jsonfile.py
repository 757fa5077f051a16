"""An answer as JSON, whole and at full precision."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from softpower.answer import Answer, Table
from softpower.charts import BarChart, Chart, IntervalChart, OrderChart, RankChart, StackedBars
from softpower.render.cells import unique

_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")


def to_json(answer: Answer) -> str:
    """Return an answer as a JSON object.

    Its keys are ``title``, ``tables`` and ``charts`` by name, ``notes`` and ``provenance``.
    Characters that could steer a terminal are escaped, so nothing is lost.
    """
    tables = unique([table.name for table in answer.tables])
    charts = unique([chart.name for chart in answer.charts])
    value: dict[str, Any] = {
        "title": answer.title,
        "tables": dict(zip(tables, map(_table, answer.tables), strict=True)),
    }
    if charts:
        value["charts"] = dict(zip(charts, map(_chart, answer.charts), strict=True))
    value["notes"] = list(answer.whole_notes or answer.notes)
    value["provenance"] = dict(answer.provenance)
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [
            {
                "key": column.key,
                "title": column.title,
                "kind": column.kind,
                "unit": column.unit,
            }
            for column in table.columns
        ],
        "rows": table.records(),
        "notes": list(table.notes),
    }


_KEYS: dict[type, tuple[str, ...]] = {
    BarChart: ("axis", "labels", "values"),
    RankChart: ("runs", "lines"),
    StackedBars: ("axis", "labels", "parts", "values"),
    IntervalChart: ("axis", "terms", "labels", "lows", "middles", "highs", "marks"),
    OrderChart: ("axis", "labels", "tiers", "covers"),
}
"""What is said of each kind of chart, in this order; others draw only what a table holds."""


def _chart(chart: Chart) -> dict[str, Any]:
    held = asdict(chart)
    return {key: held[key] for key in ("title", *_KEYS.get(type(chart), ()), "caption")}
