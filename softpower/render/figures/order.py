"""A Hasse diagram as a figure."""

from __future__ import annotations

from softpower.charts import OrderChart
from softpower.render.cells import line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length, shorten
from softpower.render.figures.scene import Box, Drawing, Group, Text, straight
from softpower.render.tiers import placed

_GAP = 8.0


def draw_order(chart: OrderChart, room: Room) -> Drawing:
    """Return the labels in tiers, the best on top, with lines to those next below.

    Labels that have no room beside one another in a tier stand on several levels of it.
    """
    plan = placed(chart)
    names = {row: f"{line(chart.axis)} {tier}" for row, tier in enumerate(sorted(set(chart.tiers)))}
    margin = max(length(name, room.small) for name in names.values()) + _GAP
    across = (room.width - margin) / max(plan.width, 1)
    texts = [shorten(line(label), room.width - margin, room.body) for label in chart.labels]
    widths = [length(text, room.body) for text in texts]
    levels = max(1, -(-int(max(widths) + _GAP) // max(int(across), 1)))
    step = 1.5 * room.body
    deep = levels * step + 2.2 * room.body
    kept = max(min(plan.height, int(room.height / deep)), 1) if room.height < 1e6 else plan.height
    shown = [at for at in range(len(texts)) if plan.down[at] < kept]
    spots: dict[int, tuple[float, float]] = {}
    for row in range(kept):
        inside = sorted(
            (at for at in shown if plan.down[at] == row), key=lambda at: plan.across[at]
        )
        for number, at in enumerate(inside):
            half = widths[at] / 2
            x = min(max(margin + plan.across[at] * across, margin + half), room.width - half)
            spots[at] = x, row * deep + (number % levels + 0.7) * step
    covers = [(a, b) for a, b in chart.covers if a in spots and b in spots]
    lines = tuple(straight(spots[a], spots[b], "faint") for a, b in covers)
    below: dict[int, list[str]] = {}
    for upper, lower in chart.covers:
        below.setdefault(upper, []).append(line(chart.labels[lower]))
    groups = [Group(lines)]
    for at, (x, y) in spots.items():
        half, high = widths[at] / 2 + 2, 1.3 * room.body
        marks = (
            Box(x - half, y - high / 2, 2 * half, high, "page", "hue 0"),
            Text(x, y, texts[at], room.body, "middle"),
        )
        says = f"{line(chart.labels[at])}: {chart.axis} {chart.tiers[at]}"
        groups.append(
            Group(marks, says + (f", above {', '.join(below[at])}" if at in below else ""))
        )
    tiers = tuple(
        Text(0.0, row * deep + 0.7 * step, name, room.small, "start", "quiet")
        for row, name in names.items()
        if row < kept
    )
    says = (
        f"{len(texts)} in tiers (from the best: {plan.height}), with {len(chart.covers)} lines to "
        "those next below."
    )
    out = f"The first {kept} of {plan.height} tiers are drawn." if kept < plan.height else ""
    return Drawing(kept * deep - 0.8 * room.body, (*groups, Group(tiers)), says, out)
