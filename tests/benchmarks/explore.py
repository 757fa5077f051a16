"""How long does the page of `explore` take to answer a slider, measured in headless Chromium?

    PYTHONPATH=tests python tests/benchmarks/explore.py [MOVES]

A move is what a slider does: the ranking is computed, shown and laid out. 193 units by 45
indicators under nine pillars, some figures missing; a frame takes 16 ms. Where others work on the
same machine, the time of the processor says what a move takes by itself.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import CDPSession, sync_playwright

import softpower
from helpers.browser import CHROMIUM, FLAGS
from softpower.render.explore import to_page

UNITS, INDICATORS, PILLARS = 193, 45, 9
FRAME = 16.0
MOVES = 300
WARM = 30
MEASURE = """([moves, shows]) => {
    const names = page.now.root.children.map((child) => child.id);
    const times = [];
    for (let move = 0; move < moves; move++) {
        const from = performance.now();
        const [name, percent] = [names[move % names.length], 5 + (move * 7) % 50];
        stateWeight(page.data, page.setting, page.now, name, percent);
        if (shows) page.update();
        else page.ranking(page.setting);
        document.body.getBoundingClientRect();
        times.push(performance.now() - from);
    }
    return times;
}"""
"""How long it takes to compute a ranking, or to answer a move: compute, show and lay out."""


def made_up() -> softpower.Index:
    """Return an index of chance with gaps."""
    rng = np.random.default_rng(1)
    values = rng.lognormal(size=(UNITS, INDICATORS))
    values[rng.random(values.shape) < 0.05] = np.nan
    ids = [f"i{at}" for at in range(INDICATORS)]
    frame = pd.DataFrame(values, columns=ids, index=[f"Land {at}" for at in range(UNITS)])
    of = {name: {"pillar": f"p{at % PILLARS}"} for at, name in enumerate(ids)}
    pillars = {f"p{at}": {"title": f"Pillar {at}"} for at in range(PILLARS)}
    return softpower.index_from(
        frame, units="other", indicators=of, pillars=pillars, methodology={"treat": "winsorise"}
    )


def measured(page: Path, moves: int) -> tuple[dict[str, list[float]], float]:
    """Return the milliseconds of each move in a page, and of the processor for one on average."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.goto(page.as_uri())
        opened.evaluate(MEASURE, [WARM, True])
        computed = opened.evaluate(MEASURE, [moves, False])
        session = opened.context.new_cdp_session(opened)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = busy(session)
        answered = opened.evaluate(MEASURE, [moves, True])
        spent = 1000 * (busy(session) - before) / moves
        browser.close()
    return {"computed": computed, "answered": answered}, spent


def busy(session: CDPSession) -> float:
    """Return the seconds of the processor that a page has taken so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    (spent,) = (each["value"] for each in metrics if each["name"] == "TaskDuration")
    return float(spent)


def main(moves: int) -> None:
    """Print how long moves take in the pages of both indices."""
    for name, run in (("193 x 45, made up", made_up()), ("open-soft-power", "open-soft-power")):
        found = softpower.explore(run)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.html"
            path.write_text(to_page(found.title, found.data), encoding="utf-8")
            times, spent = measured(path, moves)
        for what, each in times.items():
            best, middle, most = np.percentile(each, [10, 50, 95])
            within = np.mean(np.array(each) <= FRAME)
            print(
                f"{name:<18} {what:<9} a tenth within {best:5.1f} ms, half {middle:5.1f} ms, 95 % "
                f"{most:5.1f} ms; {within:.0%} within a frame of {FRAME:g} ms"
            )
        print(f"{name:<18} processor {spent:5.1f} ms for a move")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MOVES)
