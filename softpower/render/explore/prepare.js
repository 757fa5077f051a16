// From figures to the common scale: coverage, outliers, normalisation.

/** So much below what is asked a share may be, for the sake of rounding. */
const SLACK = 1e-12;

/** What is said where figures that the engine has prepared no longer fit. */
const PREPARED =
  "Figures would have to be filled in, treated or normalised anew, by a method that this page does not have; the command does.";

/**
 * Which units have enough figures to be scored.
 * @param {Setup} setup
 * @param {Figures} figures
 */
function covered(setup, figures) {
  const weighty = weightyOf(setup, setup.root, 0);
  const counted = weighty.length ? weighty : indicatorsOf(setup.root);
  const pillars = pillarsOf(setup.root).slice(1).map(indicatorsOf);
  const asked = [setup.methodology.coverage, counted, pillars];
  const key = `covered ${figures.nameOf(setup.rows)} ${figures.nameOf(setup.tree)} ${JSON.stringify(asked)}`;
  const ranked = figures.cached(key, () => coveredBy(setup, figures, counted, pillars));
  if (!ranked.includes(1)) throw new Refusal("Nobody has enough figures to be scored.");
  return ranked;
}

/**
 * The same, of indicators that count and of those beneath each pillar.
 * @param {Setup} setup
 * @param {Figures} figures
 * @param {string[]} counted
 * @param {string[][]} pillars
 */
function coveredBy(setup, figures, counted, pillars) {
  const { coverage } = setup.methodology;
  const ranked = new Uint8Array(setup.rows.length).fill(1);
  keepReaching(figures, setup, counted, coverage.country, { silent: true, some: true }, ranked);
  if (coverage.below === "unranked") {
    for (const pillar of pillars) {
      const beneath = pillar.filter((id) => counted.includes(id));
      keepReaching(figures, setup, beneath, coverage.pillar, {}, ranked);
    }
  }
  return ranked;
}

/**
 * Strike out the units that have figures for less than a share of some indicators.
 * @param {Figures} figures
 * @param {Setup} setup
 * @param {string[]} ids
 * @param {number} least
 * @param {{silent?: boolean, some?: boolean}} how whether zeros of lists are left aside, and
 *   whether there has to be some figure
 * @param {Uint8Array} kept
 */
function keepReaching(figures, setup, ids, least, { silent = false, some = false }, kept) {
  const columns = ids.map((id) => figures.raw(setup.tree.indicators[id].column, setup.rows));
  for (let i = 0; i < kept.length; i++) {
    const [found, aside] = foundOf(columns, i, silent);
    if (!reaches(found, aside, columns.length, least) || (some && !found)) kept[i] = 0;
  }
}

/**
 * How many figures a unit has, and how many of these are zeros of lists that are left aside.
 * @param {{values: Float64Array, silent: Uint8Array}[]} columns @param {number} i @param {boolean} silent
 */
function foundOf(columns, i, silent) {
  let [found, aside] = [0, 0];
  for (const column of columns) {
    if (column.values[i] === column.values[i]) found++;
    if (silent && column.silent[i]) aside++;
  }
  return [found, aside];
}

/** @param {number} found @param {number} aside @param {number} of @param {number} least */
function reaches(found, aside, of, least) {
  return (of ? (found - aside) / Math.max(of - aside, 1) : 1) >= least - SLACK;
}

/**
 * Why a unit has too few figures to be scored, as the engine says it; nothing if it has enough.
 * @param {Setup} setup
 * @param {Figures} figures
 * @param {number} i its place among the rows of the setup
 */
function whyNotCovered(setup, figures, i) {
  const { coverage } = setup.methodology;
  const weighty = weightyOf(setup, setup.root, 0);
  const counted = weighty.length ? weighty : indicatorsOf(setup.root);
  const asked = [{ ids: counted, least: coverage.country, where: "", whole: true }];
  if (coverage.below === "unranked") {
    for (const pillar of pillarsOf(setup.root).slice(1)) {
      const ids = indicatorsOf(pillar).filter((id) => counted.includes(id));
      asked.push({ ids, least: coverage.pillar, where: ` in ${pillar.title}`, whole: false });
    }
  }
  for (const { ids, least, where, whole } of asked) {
    const columns = ids.map((id) => figures.raw(setup.tree.indicators[id].column, setup.rows));
    const [found, aside] = foundOf(columns, i, whole);
    if (reaches(found, aside, ids.length, least) && (!whole || found)) continue;
    const lists = aside ? `, ${aside} ${aside === 1 ? "zero" : "zeros"} of lists aside` : "";
    return `has figures for ${found - aside} of ${ids.length - aside} indicators${where}${lists}`;
  }
  return "";
}

/**
 * The indicators that can influence the index: those without weight do not count.
 * @param {Setup} setup
 * @param {TreeNode} pillar
 * @param {number} level
 * @returns {string[]}
 */
function weightyOf(setup, pillar, level) {
  const stated = atLevel(setup.methodology.weight, level).method === "given";
  return (pillar.children ?? []).flatMap((child) =>
    child.weight === 0 && stated ? []
    : child.children ? weightyOf(setup, child, level + 1)
    : [child.id]
  );
}

/**
 * What a setting that may differ from level to level says of one of them.
 * @param {Method[]} methods
 * @param {number} level
 */
function atLevel(methods, level) {
  return methods[Math.min(level, methods.length - 1)];
}

/**
 * A normalisation with nothing left open.
 * @param {Method} method
 * @param {boolean} positive whether an aggregation takes logarithms or reciprocals
 * @returns {Method}
 */
function settled(method, positive) {
  if (method.method === "zscore") {
    return { ...method, mean: method.mean ?? (positive ? 100 : 0), sd: method.sd ?? (positive ? 10 : 1) };
  }
  if ("low" in method && method.low === null) {
    return { ...method, low: positive ? method.high / 100 : 0 };
  }
  return method;
}

/**
 * The middle of the scale of a normalisation.
 * @param {Method} method
 */
function middleOf(method) {
  if (method.method === "zscore") return method.mean;
  return "high" in method ? (method.low + method.high) / 2 : 0;
}

/**
 * Figures with their outliers treated, and whether they are logarithms now.
 * @param {Method} method
 * @param {Float64Array} x
 * @returns {{values: Float64Array, logged: boolean}}
 */
function treated(method, x) {
  if (method.method === "none") return { values: x, logged: false };
  const values = x.slice();
  const most = method.force ?? method.points;
  for (let pulled = { top: 0, bottom: 0 }; pulled.top + pulled.bottom < most; ) {
    if (method.force === null && !flagged(method, values)) break;
    if (new Set(values.filter((value) => value === value)).size <= 2) break;
    const sign = leansDown(values) ? -1 : 1;
    let [extreme, next] = [-Infinity, -Infinity];
    for (const value of values) if (sign * value > extreme) extreme = sign * value;
    for (const value of values) if (sign * value < extreme && sign * value > next) next = sign * value;
    let count = 0;
    values.forEach((value, i) => {
      if (sign * value === extreme) {
        values[i] = sign * next;
        count++;
      }
    });
    if (sign < 0) pulled.bottom = count;
    else pulled.top = count;
  }
  if (method.force === null && method.otherwise === "log" && flagged(method, values)) {
    return { values: shiftedLog(x, !leansDown(x)), logged: true };
  }
  return { values, logged: false };
}

/**
 * The same, but that what the general treatment would log once more stays as it is.
 * @param {Indicator} known
 * @param {Method} treat
 * @param {Float64Array} x
 */
function treatedOnce(known, treat, x) {
  const found = treated(treat, x);
  const again = found.logged && known.treat === null && known.logarithm;
  return again ? { values: x, logged: false } : found;
}

/**
 * The logarithm of figures above their lowest, or of how far they are below their highest.
 * @param {Float64Array} x
 * @param {boolean} upper
 */
function shiftedLog(x, upper) {
  const [low, high] = rangeOf(x);
  const by = 0.01 * (high - low);
  return x.map((value) => (upper ? Math.log(value - low + by) : -Math.log(high - value + by)));
}

/** @param {Float64Array} values */
function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/**
 * The values that are there, from their mean, in parts of the largest distance.
 * @param {Float64Array} values
 */
function centredOf(values) {
  const present = values.filter((value) => value === value);
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  const apart = present.map((value) => value - mean);
  const size = apart.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return size > 0 ? apart.map((value) => value / size) : apart;
}

/**
 * Whether figures are both skewed and heavy-tailed.
 * @param {Method} method
 * @param {Float64Array} values
 */
function flagged(method, values) {
  const centred = centredOf(values);
  const n = centred.length;
  if (n < 4 || isConstant(values)) return false;
  let [m2, m3, m4] = [0, 0, 0];
  for (const value of centred) {
    const square = value * value;
    m2 += square;
    m3 += square * value;
    m4 += square * square;
  }
  m2 /= n;
  let skewness = m3 / n / m2 ** 1.5;
  let kurtosis = m4 / n / m2 ** 2 - 3;
  if (method.estimator === "sample") {
    skewness *= Math.sqrt(n * (n - 1)) / (n - 2);
    kurtosis = ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * kurtosis + 6);
  }
  return Math.abs(skewness) >= method.skewness && kurtosis >= method.kurtosis;
}

/**
 * Whether the longer tail is the lower one; not where neither is.
 * @param {Float64Array} values
 */
function leansDown(values) {
  const centred = centredOf(values);
  return centred.reduce((sum, value) => sum + value ** 3, 0) / centred.length < -1e-12;
}

/**
 * Figures on the common scale, high values being good; null where an indicator is left out.
 * @param {Method} method with nothing left open
 * @param {Float64Array} x
 * @param {number} direction 1 where high figures are good, -1 where low ones are
 * @param {{title: string, constant: string, goalposts?: [number, number] | null}} about
 */
function normalised(method, x, direction, { title, constant, goalposts = null }) {
  const up = direction > 0 ? x : x.map((value) => -value);
  const spread = (/** @type {Float64Array} */ shares) =>
    shares.map((share) => method.low + (method.high - method.low) * share);
  switch (method.method) {
    case "none":
      return up;
    case "rank":
      return ascending(up, method.ties);
    case "borda":
      return method.share
        ? placesBelow(up, method.ties)
        : ascending(up, method.ties).map((place) => place - 1);
    case "percentile":
      return spread(percentiles(method, up));
    case "goalposts": {
      if (!goalposts) throw new Refusal(`${title} has no goalposts.`);
      const [worst, best] = direction > 0 ? goalposts : [-goalposts[1], -goalposts[0]];
      return spread(
        up.map((value) => {
          const share = (value - worst) / (best - worst);
          return method.clip ? Math.min(Math.max(share, 0), 1) : share;
        })
      );
    }
  }
  if (isConstant(up)) {
    if (constant === "drop") return null;
    if (constant !== "mid") throw new Refusal(`All figures of ${title} are the same here.`);
    return up.map((value) => (value === value ? middleOf(method) : NaN));
  }
  if (method.method === "minmax") {
    const [low, high] = rangeOf(up);
    return spread(up.map((value) => (value - low) / (high - low)));
  }
  return standardScores(method, up);
}

/**
 * Standard deviations above or below the middle.
 * @param {Method} method
 * @param {Float64Array} x
 */
function standardScores(method, x) {
  const present = x.filter((value) => value === value).sort();
  const n = present.length;
  const mean = present.reduce((sum, value) => sum + value, 0) / n;
  const squares = present.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (n - method.ddof));
  const median = (present[(n - 1) >> 1] + present[n >> 1]) / 2;
  const middle = method.centre === "mean" ? mean : median;
  const most = method.clip ?? Infinity;
  return x.map((value) => {
    const z = (value - middle) / deviation;
    return method.mean + method.sd * Math.min(Math.max(z, -most), most);
  });
}

/**
 * The ranks of figures, 1 for the smallest.
 * @param {Float64Array} x
 * @param {string} ties
 */
function ascending(x, ties) {
  return rank(x, ties === "average" ? "average" : "competition", { descending: false });
}

/** @param {Float64Array} x */
function countOf(x) {
  return Math.max(1, x.reduce((count, value) => count + (value === value ? 1 : 0), 0));
}

/**
 * The share of the other figures that are smaller; a half for one alone.
 * @param {Float64Array} x
 * @param {string} ties
 */
function placesBelow(x, ties) {
  const n = countOf(x);
  if (n === 1) return x.map((value) => (value === value ? 0.5 : NaN));
  return ascending(x, ties).map((place) => (place - 1) / (n - 1));
}

/**
 * @param {Method} method
 * @param {Float64Array} x
 */
function percentiles(method, x) {
  if (method.kind === "exclusive") return placesBelow(x, method.ties);
  const places =
    method.kind === "handbook" ? ascending(x, "min") : rank(x, "modified", { descending: false });
  return places.map((place) => place / countOf(x));
}

/** The figures of a page, and what has been computed of them. */
class Figures {
  /** @param {PageData} data */
  constructor(data) {
    this.columns = data.columns.map((column) => {
      const bytes = Uint8Array.from(atob(column.data), (letter) => letter.charCodeAt(0));
      const silent = new Uint8Array(data.units.length);
      for (const i of column.silent) silent[i] = 1;
      const view = new DataView(bytes.buffer);
      const values = Float64Array.from(silent, (_, i) => view.getFloat64(8 * i, true));
      return { values, silent };
    });
    /** @type {Map<string, any>} */
    this.known = new Map();
    /** @type {WeakMap<object, number>} */
    this.names = new WeakMap();
    this.named = 0;
  }

  /**
   * A number that stands for something that does not change.
   * @param {object} something
   */
  nameOf(something) {
    const name = this.names.get(something) ?? ++this.named;
    this.names.set(something, name);
    return name;
  }

  /**
   * What a key stands for, computed if it is not known yet.
   * @template T
   * @param {string} key
   * @param {() => T} compute
   * @returns {T}
   */
  cached(key, compute) {
    if (!this.known.has(key)) {
      if (this.known.size > 5000) this.known.clear();
      this.known.set(key, compute());
    }
    return this.known.get(key);
  }

  /**
   * A column of some units.
   * @param {number} column
   * @param {number[]} rows
   */
  raw(column, rows) {
    return this.cached(`raw ${column} ${this.nameOf(rows)}`, () => ({
      values: Float64Array.from(rows, (i) => this.columns[column].values[i]),
      silent: Uint8Array.from(rows, (i) => this.columns[column].silent[i]),
    }));
  }
}

/**
 * The figures of every indicator on the common scale, and who is scored.
 * @param {Setup} setup with its methodology settled
 * @param {Figures} figures
 * @param {boolean} positive
 */
function prepare(setup, figures, positive) {
  const ranked = covered(setup, figures);
  if (setup.prepared) {
    return { ranked, y: preparedBefore(setup, figures, ranked, positive), dropped: new Set() };
  }
  const { normalise, treat, constant, direction } = setup.methodology;
  const common = settled(normalise, positive);
  const senses = sensesOf(setup.root, direction === "lower" ? -1 : 1);
  const titles = new Map(nodesOf(setup.root).map((node) => [node.id, node.title]));
  const said = [common, treat, constant, positive, ranked.join("")];
  const key = `y ${figures.nameOf(setup.rows)} ${figures.nameOf(setup.tree)} ${JSON.stringify(said)}`;
  /** @type {Map<string, Float64Array | null>} */
  const known = figures.cached(key, () => new Map());
  /** @type {Map<string, Float64Array>} */
  const y = new Map();
  const dropped = new Set();
  for (const id of indicatorsOf(setup.root)) {
    const sense = senses.get(id) ?? 1;
    const name = `${id} ${sense}`;
    if (!known.has(name)) {
      const title = titles.get(id) ?? id;
      known.set(name, ontoScale(setup, figures, ranked, { id, title, sense, common, positive }));
    }
    const found = known.get(name);
    if (found) y.set(id, found);
    else dropped.add(id);
  }
  return { ranked, y, dropped };
}

/**
 * The figures of one indicator on the common scale; null where it is left out as it is constant.
 * @param {Setup} setup
 * @param {Figures} figures
 * @param {Uint8Array} ranked
 * @param {{id: string, title: string, sense: number, common: Method, positive: boolean}} about
 */
function ontoScale(setup, figures, ranked, { id, title, sense, common, positive }) {
  const known = setup.tree.indicators[id];
  const { treat, constant } = setup.methodology;
  const normalise = known.normalise ? settled(known.normalise, positive) : common;
  const raw = figures.raw(known.column, setup.rows).values;
  const kept = raw.map((value, i) => (ranked[i] ? value : NaN));
  const { values, logged } = treatedOnce(known, known.treat ?? treat, kept);
  if (logged && normalise.method === "goalposts") {
    throw new Refusal(`The goalposts of ${title} do not fit its logarithms.`);
  }
  const about = { title, constant, goalposts: known.goalposts };
  return normalised(normalise, values, known.direction * sense, about);
}

/**
 * The figures as the engine has prepared them, where they are still those.
 * @param {Setup} setup
 * @param {Figures} figures
 * @param {Uint8Array} ranked
 * @param {boolean} positive
 */
function preparedBefore(setup, figures, ranked, positive) {
  const prepared = /** @type {Prepared} */ (setup.prepared);
  const ids = indicatorsOf(setup.root);
  const then = new Set(prepared.ranked);
  const same = setup.rows.every((row, i) => then.has(row) === Boolean(ranked[i]));
  const all = ids.length === Object.keys(prepared.columns).length;
  if (!same || positive !== prepared.positive || (prepared.imputed && !all)) {
    throw new Refusal(PREPARED);
  }
  return new Map(ids.map((id) => [id, figures.raw(prepared.columns[id], setup.rows).values]));
}
