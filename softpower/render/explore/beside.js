// Beside the ranking: why one has moved, ranks then and now, and what is handed in.

/** With more steps than this, sharing a change out takes longer than a reader waits unasked. */
const AT_ONCE = 8;

/** How many of those that moved most have a line with a name. */
const NAMED = 6;

/**
 * Ranks then on the left, now on the right, with a line for each unit.
 * @param {PageData} data @param {Ranking} then @param {Ranking} now @param {Setting} setting
 */
function bumpChart(data, then, now, setting) {
  const after = new Map(now.rows.map((row, i) => [row, now.ranks[i]]));
  const lines = then.rows
    .map((row, i) => ({ row, from: then.ranks[i], to: after.get(row) ?? NaN }))
    .filter((line) => !Number.isNaN(line.from) && !Number.isNaN(line.to));
  const most = Math.max(1, ...lines.map((line) => Math.max(line.from, line.to)));
  const [width, height, left, right, top] = [250, Math.min(420, 40 + 24 * most), 88, 162, 12];
  const y = (/** @type {number} */ rank) => top + ((rank - 1) / Math.max(most - 1, 1)) * (height - 2 * top);
  const called = (/** @type {{row: number}} */ line) =>
    setting.pinned.includes(data.units[line.row].id) || setting.asked === data.units[line.row].id;
  const movers = lines
    .filter((line) => line.from !== line.to && !called(line))
    .sort((a, b) => Math.abs(b.from - b.to) - Math.abs(a.from - a.to))
    .slice(0, Math.max(0, NAMED - lines.filter(called).length));
  const told = [...lines.filter(called), ...movers];
  const path = (/** @type {{from: number, to: number}} */ line) =>
    `M${left} ${y(line.from).toFixed(1)}L${right} ${y(line.to).toFixed(1)}`;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  svg.append(draw("path", { d: lines.filter((line) => !told.includes(line)).map(path).join("") }));
  const sides = [spread(told.map((line) => y(line.from)), height), spread(told.map((line) => y(line.to)), height)];
  told.forEach((line, at) => {
    const name = apart(shortened(data.units[line.row].name));
    const group = draw("g", { class: "told" }, draw("path", { d: path(line) }),
      draw("text", { x: left - 5, y: sides[0][at], "text-anchor": "end" }, `${name} ${asRank(line.from)}`),
      draw("text", { x: right + 5, y: sides[1][at] }, `${asRank(line.to)} ${name}`));
    group.style.setProperty("--hue", hueOf(at));
    svg.append(group);
  });
  const said = told.map((line) => `${data.units[line.row].name} from ${asRank(line.from)} to ${asRank(line.to)}`);
  const text = make("p", { class: "hide" }, `Ranks at the start and now: ${said.join("; ")}.`);
  return [make("h2", {}, "Ranks at the start and now"), svg, text];
}

/** @param {string} name */
function shortened(name) {
  return name.length > 12 ? `${name.slice(0, 11)}…` : name;
}

/** Heights of labels, pushed apart so that they can be read. @param {number[]} wanted @param {number} most */
function spread(wanted, most) {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a] - wanted[b]);
  const found = wanted.slice();
  let last = -Infinity;
  for (const at of order) last = found[at] = Math.max(found[at], last + 13);
  last = most;
  for (const at of order.reverse()) last = found[at] = Math.min(found[at], last - 6);
  return found;
}

/** Why a chosen unit has moved. */
class Why {
  /** @param {PageData} data @param {Figures} figures @param {(id: string) => void} ask */
  constructor(data, figures, ask) {
    this.data = data;
    this.figures = figures;
    const options = [...data.units].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.chosen = select("asked", [make("option", { value: "" }, `Choose a ${data.noun}`),
      ...options.map((unit) => make("option", { value: unit.id }, unit.name))], ask);
    this.answer = make("div", { "aria-live": "polite" });
    this.said = "";
    place("why").replaceChildren(make("h2", {}, "Why did it move?"), field("asked", "Ask about", this.chosen), this.answer);
  }

  /** @param {Setting} before @param {Setting} after */
  show(before, after) {
    const key = JSON.stringify({ ...after, pinned: [] });
    if (key === this.said) return;
    this.said = key;
    this.chosen.value = after.asked;
    const row = this.data.units.findIndex((unit) => unit.id === after.asked);
    this.answer.replaceChildren(...(row < 0 ? [] : this.told(before, after, row)));
  }

  /**
   * Why a unit has no rank under a setting; nothing if it has one.
   * @param {Setting} setting @param {number} row
   */
  unranked(setting, row) {
    const setup = setupOf(this.data, patchUnder(this.data, setting), this.data.starts[setting.start]);
    const at = setup.rows.indexOf(row);
    if (at < 0) return "is left out";
    const { ranks, values, root } = score(setup, this.figures);
    if (ranks[at] === ranks[at]) return "";
    const few = whyNotCovered(setup, this.figures, at);
    if (few) return few;
    const missing = indicatorsOf(root).filter((id) => Number.isNaN(values.get(id)?.[at] ?? NaN));
    return `has no score: ${missing.length ? `${missing.join(", ")} missing` : "too few figures were found"}`;
  }

  /**
   * A button for what takes long.
   * @param {Setting} before @param {Setting} after @param {number} row @param {number} steps
   */
  later(before, after, row, steps) {
    const told = () => this.answer.replaceChildren(...this.told(before, after, row, true));
    return make("button", { type: "button", onclick: told }, `Work it out, by ${2 ** steps} rankings`);
  }

  /** @param {Setting} before @param {Setting} after @param {number} row @param {boolean} [patient] */
  told(before, after, row, patient = false) {
    const { name } = this.data.units[row];
    let found;
    try {
      const reason = this.unranked(after, row);
      if (reason) return [make("p", {}, `${name} is not ranked here: it ${reason}.`)];
      const { steps } = stepsBetween(this.data, before, after);
      if (!steps.length) return [make("p", {}, "Nothing is changed yet.")];
      if (steps.length > AT_ONCE && !patient) return [this.later(before, after, row, steps.length)];
      found = whyMoved(this.data, this.figures, before, after, row);
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unranked)) throw error;
      return [make("p", {}, `${name}: ${error.message}`)];
    }
    const { steps, places, points, rankings, from, to } = found;
    const head = from === to ? `${name} keeps rank ${asRank(from)}.`
      : `${name} ${to < from ? "rises" : "falls"} from rank ${asRank(from)} to ${asRank(to)}.`;
    const cells = (/** @type {string[]} */ ...texts) => texts.map((text) => make("td", { class: "n" }, text));
    const rows = steps.map((step, i) => {
      const said = step.before ? `${step.title}: ${step.before} → ${step.after}` : step.title;
      return make("tr", {}, make("th", { scope: "row" }, said), ...cells(signed(places[i], 2), signed(points[i], 2)));
    });
    const sum = (/** @type {Float64Array} */ values) => values.reduce((all, value) => all + value, 0);
    rows.push(make("tr", {}, make("th", { scope: "row" }, "all together"), ...cells(signed(sum(places), 2), signed(sum(points), 2))));
    const heads = ["Step", "Places", "Points"].map((text, at) => make("th", { scope: "col", class: at ? "n" : "" }, text));
    return [make("p", {}, head), make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)),
      make("p", { class: "says" }, `Places gained are positive. Each figure is the mean over all orders in which the steps can be made, from ${rankings} rankings (Shapley value).`)];
  }
}

/** A button that copies a text, and says so. @param {string} label @param {() => string} text */
function copying(label, text) {
  const button = make("button", { type: "button", onclick: async () => {
    const done = await copied(text());
    write(button, done ? "Copied" : "Select it and copy");
    window.setTimeout(() => write(button, label), 1500);
  } }, label);
  return button;
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = make("textarea", { class: "hide", "aria-label": "Copied text" }, text);
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
