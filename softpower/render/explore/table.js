// The ranking: a row for each unit, with a bar whose parts are as wide as what each pillar brings.

/** So many rows above and below those that are seen are kept as they should be. */
const SPARE = 4;

/** The rows of the ranking, which move to their places. */
class RankingTable {
  /**
   * @param {PageData} data
   * @param {{pin: (id: string) => void, ask: (id: string) => void, weigh: (id: string, percent: number) => void}} does
   */
  constructor(data, does) {
    this.data = data;
    this.does = does;
    /** @type {Map<string, any>} */
    this.rows = new Map();
    this.filter = "";
    this.onlyPinned = false;
    this.most = Infinity;
    this.shown = 0;
    /** @type {Map<any, {at: number, show: () => void}>} */
    this.waiting = new Map();
    this.heads = make("div", { class: "heads" });
    this.headKey = "";
    this.body = make("tbody", { role: "rowgroup" });
    const headings = [
      ["Rank", "n"], ["Shift", ""], ...(data.tiers ? [["Tier", "n"]] : []), ["", ""],
      [data.noun[0].toUpperCase() + data.noun.slice(1), ""], ["Score", "n"],
    ];
    const cells = headings.map(([text, kind]) =>
      make("th", { role: "columnheader", scope: "col", class: kind }, text || make("span", { class: "hide" }, "Pin"))
    );
    const last = make("th", { role: "columnheader", scope: "col", class: "bar", "aria-label": "What pillars bring" }, this.heads);
    const head = make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...cells, last));
    this.table = make("table", { class: "ranking", role: "table", "aria-labelledby": "ranked" }, head, this.body);
    this.box = make("div", { class: data.tiers ? "tiered" : "" }, this.table);
    for (const unit of data.units) this.rows.set(unit.id, this.row(unit));
    new DraggedHeads(this.heads, does.weigh);
    this.settle = 0;
    this.seen = [0, Infinity];
    for (const event of ["scroll", "resize"]) {
      window.addEventListener(event, () => this.look(), { passive: true });
    }
  }

  /** Find out which places are near what a reader sees; rows elsewhere wait until it is calm. */
  look() {
    const { top, height } = this.body.getBoundingClientRect();
    const row = height / Math.max(this.shown, 1) || 1;
    this.seen = [-top / row - SPARE, (window.innerHeight - top) / row + SPARE];
    this.catchUp(false);
  }

  /** Show the rows that have waited: all, or those near what is seen. @param {boolean} all */
  catchUp(all) {
    for (const [row, waiting] of this.waiting) {
      if (!all && !this.near(waiting.at) && !this.near(row.at)) continue;
      this.waiting.delete(row);
      waiting.show();
    }
  }

  /** Whether a place is near what is seen. @param {number} at */
  near(at) {
    return at >= this.seen[0] && at <= this.seen[1];
  }

  /** A row of the table. @param {{id: string, name: string}} unit */
  row(unit) {
    const cell = (/** @type {string} */ kind, /** @type {any[]} */ ...children) =>
      make("td", { role: "cell", class: kind }, ...children);
    const pin = make("button", {
      type: "button", class: "pin", "aria-pressed": "false", "aria-label": `Pin ${unit.name}`,
      onclick: () => this.does.pin(unit.id),
    }, "☆");
    const name = make("button", {
      type: "button", class: "name", title: unit.name, onclick: () => this.does.ask(unit.id),
    }, unit.name);
    const [rank, shift, tier, score] = [cell("n"), cell(""), cell("n"), cell("n")];
    const bar = cell("bar");
    bar.addEventListener("pointerenter", () => (bar.title = this.told(unit.id)));
    const cells = [rank, shift, ...(this.data.tiers ? [tier] : []), cell("", pin), cell("", name), score, bar];
    const element = make("tr", { role: "row" }, ...cells);
    return { unit, element, rank, shift, tier, score, bar, pin, at: -1, said: "" };
  }

  /**
   * Show a ranking beside the one it is compared with.
   * @param {Ranking} now
   * @param {Ranking} then
   * @param {Setting} setting
   * @param {{tiers: boolean, decimals: number}} how
   */
  show(now, then, setting, { tiers, decimals }) {
    this.now = now;
    this.parts = partsOf(now);
    this.showHeads(now);
    const before = new Map(then.rows.map((row, i) => [this.data.units[row].id, then.ranks[i]]));
    const places = now.rows.map((_, i) => i);
    places.sort((a, b) => orderOf(now.ranks[a], now.ranks[b]) || (this.unit(a).name < this.unit(b).name ? -1 : 1));
    const shown = new Set();
    let at = 0;
    for (const i of places) {
      const row = this.rows.get(this.unit(i).id);
      const pinned = setting.pinned.includes(row.unit.id);
      if (!this.wanted(row.unit, pinned) || (at >= this.most && !pinned)) continue;
      shown.add(row.unit.id);
      const to = at++;
      const show = () => {
        this.fill(row, i, before.get(row.unit.id) ?? NaN, { tiers, decimals, pinned });
        this.move(row, to);
      };
      this.waiting.delete(row);
      if (row.at < 0 || this.near(to) || this.near(row.at)) show();
      else this.waiting.set(row, { at: to, show });
    }
    for (const row of this.rows.values()) {
      if (!shown.has(row.unit.id) && row.at >= 0) {
        row.element.remove();
        row.at = -1;
      }
    }
    if (at !== this.shown) this.body.style.height = `calc(${at} * var(--row))`;
    this.shown = at;
    window.clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.reorder(), 600);
  }

  /** The unit at a place in the ranking. @param {number} i */
  unit(i) {
    return this.data.units[/** @type {Ranking} */ (this.now).rows[i]];
  }

  /** @param {{id: string, name: string}} unit @param {boolean} pinned */
  wanted(unit, pinned) {
    if (this.onlyPinned && !pinned) return false;
    const found = [unit.name, unit.id].some((text) => text.toLowerCase().includes(this.filter));
    return pinned || found;
  }

  /**
   * Fill the cells of a row, touching those alone that have changed.
   * @param {any} row @param {number} i @param {number} before
   * @param {{tiers: boolean, decimals: number, pinned: boolean}} how
   */
  fill(row, i, before, { tiers, decimals, pinned }) {
    const now = /** @type {Ranking} */ (this.now);
    const [rank, score] = [now.ranks[i], now.scores[i]];
    const bar = this.barOf(i);
    const tier = tiers ? (this.data.tiers?.[row.unit.id] ?? "") : "";
    const said = `${rank} ${score} ${before} ${tier} ${pinned} ${bar}`;
    if (said === row.said) return;
    row.said = said;
    write(row.rank, asRank(rank));
    write(row.score, Number.isNaN(score) ? "–" : score.toFixed(decimals));
    write(row.tier, String(tier));
    const places = before - rank;
    write(row.shift, shiftText(before, rank));
    row.shift.className = places > 0 ? "up" : places < 0 ? "down" : "";
    row.bar.style.backgroundImage = bar;
    row.pin.setAttribute("aria-pressed", String(pinned));
    write(row.pin, pinned ? "★" : "☆");
    row.element.classList.toggle("pinned", pinned);
  }

  /** Move a row to a place. @param {any} row @param {number} at */
  move(row, at) {
    if (row.at < 0) this.body.append(row.element);
    if (row.at !== at) row.element.style.transform = `translateY(calc(${at} * var(--row)))`;
    row.at = at;
  }

  /** Put rows in the order in which they are read and tabbed through, once they are at rest. */
  reorder() {
    this.settle = 0;
    this.look();
    this.catchUp(true);
    const rows = [...this.rows.values()].filter((row) => row.at >= 0).sort((a, b) => a.at - b.at);
    if (rows.every((row, at) => this.body.children[at] === row.element)) return;
    const focused = document.activeElement;
    this.body.append(...rows.map((row) => row.element));
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
  }

  /** The parts of a bar as a picture that a style sheet knows. @param {number} i */
  barOf(i) {
    const { ends } = /** @type {Parts} */ (this.parts);
    const stops = [];
    let from = 0;
    for (let k = 0; k < ends.length; k++) {
      const to = 100 * ends[k][i];
      if (!(to > from)) continue;
      const hue = hueOf(k);
      stops.push(`${hue} ${from.toFixed(2)}% calc(${to.toFixed(2)}% - 1px)`, `var(--page) 0 ${to.toFixed(2)}%`);
      from = to;
    }
    return stops.length ? `linear-gradient(90deg, ${stops.join(", ")}, transparent 0)` : "none";
  }

  /** What a bar shows, in words. @param {string} id */
  told(id) {
    const now = /** @type {Ranking} */ (this.now);
    const i = now.rows.findIndex((row) => this.data.units[row].id === id);
    return (now.root.children ?? []).map((child, k) => {
      const value = now.values.get(child.id)?.[i] ?? NaN;
      const share = now.shares.get("")?.[k][i] ?? 0;
      return Number.isNaN(value) ? `${child.title}: no figure` : `${child.title}: ${value.toFixed(1)}, counts ${asPercent(share)}`;
    }).join("\n");
  }

  /**
   * Show the pillars over the bars, each as wide as it weighs.
   * @param {Ranking} now
   */
  showHeads(now) {
    const children = now.root.children ?? [];
    const fixed = children.length < 2;
    const key = children.map((child) => child.id).join();
    if (key !== this.headKey) {
      this.heads.replaceChildren(...children.map((child, k) => {
        const moved = { role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": `Weight of ${child.title}` };
        const looks = { class: fixed ? "head fixed" : "head", "data-id": child.id };
        const head = make("span", { ...looks, ...(fixed ? {} : moved) }, child.title);
        head.style.setProperty("--hue", hueOf(k));
        head.style.setProperty("--on", hueOf(k, "on-hue"));
        return head;
      }));
      this.headKey = key;
    }
    children.forEach((child, k) => {
      const weight = now.local.get(child.id) ?? 0;
      const head = this.heads.children[k];
      head.style.flex = `${weight} 1 0`;
      head.title = `${child.title}: ${asPercent(weight)}`;
      if (head.hasAttribute("role")) {
        head.setAttribute("aria-valuenow", (100 * weight).toFixed(1));
        head.setAttribute("aria-valuetext", asPercent(weight));
      }
    });
  }
}

/** @param {any} cell @param {string} text */
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

/** Ranks in order, those without one last. @param {number} a @param {number} b */
function orderOf(a, b) {
  return (Number.isNaN(a) ? Infinity : a) - (Number.isNaN(b) ? Infinity : b) || 0;
}

/** How a unit has moved, as an arrow and a number. @param {number} before @param {number} after */
function shiftText(before, after) {
  if (Number.isNaN(before) && Number.isNaN(after)) return "";
  if (Number.isNaN(before)) return "new";
  if (Number.isNaN(after)) return "out";
  const places = before - after;
  return places > 0 ? `▲ ${places}` : places < 0 ? `▼ ${-places}` : "·";
}

/** @typedef {{ends: Float64Array[], exact: boolean}} Parts */

/**
 * Where the part of each pillar ends in the bar of each unit, from 0 to 1.
 *
 * A part is what a pillar counts for a unit times its value above the lowest of all, so that a bar
 * ends where the score is; where scores are no sums, parts share the length of the score.
 * @param {Ranking} now
 * @returns {Parts}
 */
function partsOf(now) {
  const children = now.root.children ?? [];
  const shares = /** @type {Float64Array[]} */ (now.shares.get(""));
  const values = children.map((child) => /** @type {Float64Array} */ (now.values.get(child.id)));
  const totals = /** @type {Float64Array} */ (now.values.get(""));
  let [low, high] = [0, 0];
  for (const column of values) {
    for (const value of column) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const size = high - low || 1;
  const ends = values.map((column) => new Float64Array(column.length));
  for (let i = 0; i < totals.length; i++) {
    let [sum, weight] = [0, 0];
    if (Number.isNaN(totals[i])) continue;
    for (let k = 0; k < ends.length; k++) {
      if (values[k][i] === values[k][i]) sum += shares[k][i] * (values[k][i] - low);
      weight += shares[k][i];
      ends[k][i] = sum / size;
    }
    const total = now.totals.get("") ?? 1;
    const by = now.linear || !sum ? 1 / weight : (totals[i] / total - low) / sum;
    for (const column of ends) column[i] = Math.min(Math.max(column[i] * by, 0), 1);
  }
  return { ends, exact: now.linear };
}

/** Column heads that are dragged, or moved by arrow keys, to weigh what they head. */
class DraggedHeads {
  /** @param {any} heads @param {(id: string, percent: number) => void} weigh */
  constructor(heads, weigh) {
    this.heads = heads;
    this.weigh = weigh;
    heads.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => this.grab(event));
    heads.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
  }

  /** @param {PointerEvent} event */
  grab(event) {
    const head = /** @type {HTMLElement} */ (event.target);
    if (!head.hasAttribute("role")) return;
    event.preventDefault();
    head.focus();
    head.setPointerCapture(event.pointerId);
    head.classList.add("dragged");
    const [from, width] = [event.clientX, this.heads.clientWidth || 1];
    const weight = Number(head.getAttribute("aria-valuenow"));
    const drag = (/** @type {PointerEvent} */ moved) =>
      this.weigh(head.dataset.id ?? "", rightSized(weight + (100 * (moved.clientX - from)) / width));
    const drop = () => {
      head.classList.remove("dragged");
      head.removeEventListener("pointermove", drag);
      for (const end of ["pointerup", "pointercancel"]) head.removeEventListener(end, drop);
    };
    head.addEventListener("pointermove", drag);
    for (const end of ["pointerup", "pointercancel"]) head.addEventListener(end, drop);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const head = /** @type {HTMLElement} */ (event.target);
    const weight = Number(head.getAttribute("aria-valuenow"));
    /** @type {Record<string, number>} */
    const keys = {
      ArrowRight: weight + 1, ArrowUp: weight + 1, ArrowLeft: weight - 1, ArrowDown: weight - 1,
      PageUp: weight + 10, PageDown: weight - 10, Home: 0, End: 100,
    };
    if (!head.hasAttribute("role") || !(event.key in keys)) return;
    event.preventDefault();
    const percent = rightSized(keys[event.key]);
    head.setAttribute("aria-valuenow", percent.toFixed(1)); // the next key may come before the next frame
    this.weigh(head.dataset.id ?? "", percent);
  }
}

/** A number of percent that can be typed. @param {number} percent */
function rightSized(percent) {
  return Math.round(10 * Math.min(Math.max(percent, 0), 100)) / 10;
}
