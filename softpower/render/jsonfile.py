"""An answer as JSON, whole and at full precision."""

from __future__ import annotations

import json
import re
from typing import Any

from softpower.answer import (
    Answer,
    BarChart,
    Chart,
    IntervalChart,
    OrderChart,
    RankChart,
    StackedBars,
    Table,
)
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


def _chart(chart: Chart) -> dict[str, Any]:
    value: dict[str, Any] = {"title": chart.title}
    match chart:
        case BarChart():
            value |= {
                "axis": chart.axis,
                "labels": list(chart.labels),
                "values": list(chart.values),
            }
        case RankChart():
            value |= {
                "runs": list(chart.runs),
                "lines": [
                    {"label": each.label, "places": list(each.places), "chosen": each.chosen}
                    for each in chart.lines
                ],
            }
        case StackedBars():
            value |= {
                "axis": chart.axis,
                "labels": list(chart.labels),
                "parts": list(chart.parts),
                "values": [list(row) for row in chart.values],
            }
        case IntervalChart():
            value |= {
                "axis": chart.axis,
                "terms": list(chart.terms),
                "labels": list(chart.labels),
                "lows": list(chart.lows),
                "middles": list(chart.middles),
                "highs": list(chart.highs),
                "marks": list(chart.marks),
            }
        case OrderChart():
            value |= {
                "axis": chart.axis,
                "labels": list(chart.labels),
                "tiers": list(chart.tiers),
                "covers": list(map(list, chart.covers)),
            }
    return value | {"caption": chart.caption}
