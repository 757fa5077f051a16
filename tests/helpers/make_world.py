"""How ``softpower/render/figures/world.json`` was made, to be run again where borders change.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    PYTHONPATH=.:tests python -m helpers.make_world package softpower/render/figures/world.json

Source: Natural Earth 4.1.0 (public domain), countries at 1:110m, and at 1:50m or 1:10m those that
have no shape there, by way of world-atlas 2.0.2 (ISC licence). Antarctica is left out. Coordinates
are rounded to a twentieth of a degree, points that fall together are dropped, and every ring is
written as its first point and the steps to the next ones. Rings that cross the meridian of 180
degrees are cut there. What has no ISO code keeps its name. Countries without a shape at 1:110m are
a point: the middle of their largest island.
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from softpower.countries import all_countries

STEPS = 20
"""Steps to a degree."""
LEFT_OUT = "Antarctica"
NAMES = {"Kosovo": "XKX"}
CODES = {each.numeric: each.iso3 for each in all_countries() if each.numeric}

Ring = list[tuple[int, int]]


def decoded(topology: dict[str, Any]) -> list[Ring]:
    """Return the arcs of a topology in steps."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        points = accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        arcs.append(
            [(round((x * wide + left) * STEPS), round((y * high + low) * STEPS)) for x, y in points]
        )
    return arcs


def rings(shape: dict[str, Any], arcs: list[Ring]) -> list[Ring]:
    """Return the rings of a country without points that fall together."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    found = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points: Ring = []
        for number in ring:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += [point for point in arc if not points or point != points[-1]]
        if len(set(points)) > 2:
            found += cut(points[:-1] if points[0] == points[-1] else points)
    return found


def cut(ring: Ring) -> list[Ring]:
    """Return a ring in parts where it crosses the meridian on the other side of the world."""
    whole = 360 * STEPS
    unrolled, turns = [ring[0]], 0
    for (x, _), (right, up) in pairwise([*ring, ring[0]]):
        turns += (x - right > whole / 2) - (right - x > whole / 2)
        unrolled.append((right + turns * whole, up))
    parts = [
        [(x - turn * whole, y) for x, y in _beyond(_beyond(unrolled, low, 1), low + whole, -1)]
        for turn in (-1, 0, 1)
        for low in [turn * whole - whole // 2]
    ]
    return [part for part in parts if len(set(part)) > 2]


def _beyond(ring: Ring, edge: int, side: int) -> Ring:
    """Return the part of a ring on one side of a meridian (Sutherland & Hodgman, 1974)."""
    found: Ring = []
    for (x, y), (right, up) in pairwise([*ring, *ring[:1]]):
        if side * (x - edge) >= 0:
            found.append((x, y))
        if (x - edge) * (right - edge) < 0:
            found.append((edge, round(y + (up - y) * (edge - x) / (right - x))))
    return found


def area(ring: Ring) -> float:
    """Return the area of a ring in square steps."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a * d - b * c for (a, b), (c, d) in pairs)) / 2


def steps(ring: Ring) -> list[int]:
    """Return the first point of a ring and the steps to the others."""
    flat = list(ring[0])
    for (x, y), (right, up) in pairwise(ring):
        flat += [right - x, up - y]
    return flat


def named(shape: dict[str, Any]) -> str:
    """Return the code of a country, or its name if it has none."""
    name = shape["properties"]["name"]
    return CODES.get(str(shape.get("id")), NAMES.get(name, name))


def main(source: Path, target: Path) -> None:
    """Write the shapes."""
    shapes: dict[str, list[list[int]]] = {}
    points: dict[str, list[int]] = {}
    for scale in ("110m", "50m", "10m"):
        topology = json.loads((source / f"countries-{scale}.json").read_text(encoding="utf-8"))
        arcs = decoded(topology)
        for shape in topology["objects"]["countries"]["geometries"]:
            code, found = named(shape), rings(shape, arcs)
            if code in shapes or shape["properties"]["name"] == LEFT_OUT:
                continue
            if scale == "110m":
                shapes[code] = [steps(ring) for ring in found]
            elif len(code) == 3 and found:
                ring = max(found, key=area)
                points[code] = [round(sum(side) / len(ring)) for side in zip(*ring, strict=True)]
    world = {"shapes": dict(sorted(shapes.items())), "points": dict(sorted(points.items()))}
    target.write_text(json.dumps(world, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
