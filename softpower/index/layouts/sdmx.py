"""SDMX-CSV, in which the OECD, Eurostat, the IMF and UNESCO give out figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import PurePath
from typing import Self

from softpower.index.layouts.base import Figure, Head, Layout, Series, beneath, first_of
from softpower.index.reading.tables import Row

AREAS = ("ref_area", "ref_area.label", "geo", "country", "location", "area")
TIMES = ("time_period", "time")
VALUES = ("obs_value", "value")
FLOWS = ("dataflow", "structure_id", "dataset", "structure")
UNITS = ("unit_measure", "unit")
WHAT = ("indicator", "indicator.label", "measure", "series", "subject")
STATUS = ("obs_status", "obs_flag", "flag codes")
ATTRIBUTES = {
    *FLOWS, *STATUS, *TIMES, *VALUES, *AREAS, "structure_name", "action", "last update",
    "decimals", "conf_status",
    "obs_conf", "obs_comment", "base_per", "pre_break_value", "time_format", "powercode code",
    "reference period code", "series_code", "full_description", "source", "source.label",
    "note_source", "note_indicator", "note_classif", "obs_status.label", "note_source.label",
    "note_indicator.label", "note_classif.label",
}  # fmt: skip
"""What says nothing of which series a figure is of, folded."""

_FLOW = re.compile(r"^(?:[^:]*:)?(.*?)(?:\([0-9.]*\))?$")
"""The name of a data set between who keeps it and its version, as in ``ESTAT:SDG_08_10(1.0)``."""

_IDENTIFIER = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")
"""What a heading is that is a code; another one beside it is its label."""


class Sdmx(Layout):
    """A file in SDMX-CSV.

    It is told by its headings: OBS_VALUE, TIME_PERIOD, and one of REF_AREA, geo, COUNTRY and
    LOCATION. The other columns of codes say which series a figure is of; those in which all rows
    are alike say nothing. OBS_STATUS, or OBS_FLAG, is kept as a note.
    """

    id = "sdmx"
    title = "SDMX-CSV (OECD, Eurostat, IMF, UNESCO)"

    def __init__(self, row: Row, found: dict[str, int], stem: str) -> None:
        super().__init__()
        self.stem = stem
        self.line = row.line
        area = first_of(found, *AREAS)
        self.area = area if area is not None else 0
        time, value = first_of(found, *TIMES), first_of(found, *VALUES)
        self.time, self.value = time or 0, value or 0
        self.status, self.flow = first_of(found, *STATUS), first_of(found, *FLOWS)
        self.updated = first_of(found, "last update")
        self.titled = first_of(found, "structure_name")
        self.flow_title = ""
        self.headings = row.cells
        labels = {
            at + 1: at
            for at, text in enumerate(row.cells[:-1])
            if _IDENTIFIER.fullmatch(text) and not _IDENTIFIER.fullmatch(row.cells[at + 1])
            and row.cells[at + 1].casefold() not in ATTRIBUTES
        }  # fmt: skip
        self.label = {code: label for label, code in labels.items()}
        self.dimensions = [
            at
            for at, text in enumerate(row.cells)
            if text and text.casefold() not in ATTRIBUTES and at not in labels
        ]
        self._said: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        place = head.headings("obs_value") or head.headings("location", "time", "value")
        if place is None:
            return None
        at, found = place
        if first_of(found, *AREAS) is None or first_of(found, *TIMES) is None:
            return None
        return cls(head.rows[at], found, PurePath(head.file).stem)

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures; afterwards the series are known by what tells them apart."""
        width = len(self.headings)
        label_at = self.label.get(self.area, width)
        which = itemgetter(*self.dimensions, width, width + 1)
        status = self.status if self.status is not None else width
        flagged = f"{self.headings[status]} " if status < width else ""
        area, time, value = self.area, self.time, self.value
        for line, cells in beneath(rows, self.line, width + 2):
            key = which(cells)
            known = self._said.get(key)
            if known is None:
                known = self._new(cells, key)
            code, colon, name = cells[area].partition(":")
            flag = cells[status]
            note = f"{flagged}{flag}" if flag else ""
            label = name.strip() if colon else cells[label_at]
            yield line, code, label, known[0], cells[time], cells[value], note
        self._name()

    def _new(self, cells: Sequence[str], key: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        if not self._said:
            flow, updated = (
                cells[at] if at is not None else "" for at in (self.flow, self.updated)
            )
            self.say(dataset=flow, updated=updated)
            self.flow_title = cells[self.titled] if self.titled is not None else ""
        labels = tuple(cells[self.label.get(at, at)] or cells[at] for at in self.dimensions)
        known = self._said[key] = ("|".join(key[:-2]), labels)
        self.series[known[0]] = Series(known[0])
        return known

    def _name(self) -> None:
        """Give each series the title, code and unit that its dimensions say."""
        keys = list(self._said)
        varying = [k for k in range(len(self.dimensions)) if len({key[k] for key in keys}) > 1]
        heads = [self.headings[at].casefold() for at in self.dimensions]
        fewer = [k for k in varying if heads[k] not in (*UNITS, "unit_mult", "scale")]
        if len({tuple(key[k] for k in fewer) for key in keys}) == len(keys):
            varying = fewer
        what = [k for k, word in enumerate(heads) if word in WHAT and k not in varying][:1]
        flow = _FLOW.sub(r"\1", self.about.dataset)
        for key, (name, labels) in self._said.items():
            chosen = [*what, *varying]
            words = [_plain(labels[k]) for k in chosen]
            bare = not what and words == [key[k] for k in chosen]
            titles = [self.flow_title or (flow if bare else ""), *words]
            codes = [*([] if what else [flow]), *(key[k].partition(":")[0] for k in chosen)]
            title = ", ".join(filter(None, titles)) or flow or self.stem
            self.series[name] = Series(title, ".".join(filter(None, codes)), self._unit(labels))

    def _unit(self, labels: Sequence[str]) -> str:
        said = {
            self.headings[at].casefold(): _plain(text)
            for at, text in zip(self.dimensions, labels, strict=True)
        }
        unit = next((said[word] for word in UNITS if said.get(word)), "")
        power = said.get("unit_mult", "0")
        power = "" if power in ("0", "Units") else f"times 10^{power}"
        scale = said.get("scale", "")
        scale = "" if scale in ("0", "Units") else scale
        return ", ".join(filter(None, (unit, power, scale)))


def _plain(label: str) -> str:
    """Return the words of a label such as ``CP_MEUR:Current prices``."""
    code, colon, words = label.partition(":")
    return words.strip() if colon and _IDENTIFIER.fullmatch(code) else label
