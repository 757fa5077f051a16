// From the children of a pillar to its value: what is missing, and how the rest adds up.

/**
 * What each child counts for each unit (children x units), and whether a unit has a value.
 * @param {Method} rule
 * @param {Float64Array} weights of the children, with sum 1
 * @param {Float64Array[]} known share of the weight beneath each child that has a value
 * @returns {Float64Array[]}
 */
function sharesUnder(rule, weights, known) {
  const size = known[0].length;
  const shares = known.map(() => new Float64Array(size));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const row = new Float64Array(weights.length);
  for (let i = 0; i < size; i++) {
    let there = 0;
    for (let k = 0; k < row.length; k++) if (known[k][i] > 0 && weights[k] > 0) there++;
    if (!there) continue;
    MISSING_RULES[rule.method](row, weights, known, i, there, rule);
    const sum = row.reduce((all, share) => all + share, 0);
    const by = ["zero", "redistribute"].includes(rule.method) && rule.stray !== "shared" ? 1 : total / sum;
    for (let k = 0; k < row.length; k++) if (row[k]) shares[k][i] = row[k] * by;
  }
  return shares;
}

/**
 * What becomes of the weight of what is missing, for one unit, of whom something is there.
 * @type {Record<string, (row: Float64Array, weights: Float64Array, known: Float64Array[], i: number, there: number, rule: Method) => void>}
 */
const MISSING_RULES = {
  renormalise(row, weights, known, i) {
    weights.forEach((weight, k) => (row[k] = known[k][i] > 0 ? weight : 0));
  },
  flat(row, weights, known, i) {
    weights.forEach((weight, k) => (row[k] = weight * known[k][i]));
  },
  zero(row, weights) {
    row.set(weights);
  },
  "missing-if-any"(row, weights, known, i) {
    const lacking = weights.some((weight, k) => weight > 0 && !(known[k][i] > 0));
    weights.forEach((weight, k) => (row[k] = lacking ? 0 : weight));
  },
  redistribute(row, weights, known, i, there, rule) {
    const gap = (/** @type {number} */ k) => !(known[k][i] > 0 && weights[k] > 0);
    if (!rule.in_turn) {
      const lost = weights.reduce((sum, weight, k) => sum + (gap(k) ? weight : 0), 0);
      weights.forEach((weight, k) => (row[k] = gap(k) ? 0 : weight + lost / there));
      return;
    }
    row.set(weights);
    const others = Math.max(weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0) - 1, 1);
    for (let k = 0; k < row.length; k++) {
      if (!gap(k)) continue;
      const given = row[k];
      row[k] = 0;
      for (let j = 0; j < row.length; j++) if (j !== k && weights[j] > 0) row[j] += given / others;
    }
    if (rule.stray === "shared") for (let k = 0; k < row.length; k++) if (gap(k)) row[k] = 0;
  },
};

/** Whether an aggregation takes values above zero only. @param {Method} method */
function needsPositive(method) {
  return ["geometric", "harmonic"].includes(method.method) || (method.method === "power" && method.p <= 0);
}

/** Whether an aggregation is a weighted sum. @param {Method} method */
function isLinear(method) {
  return method.method === "arithmetic" || method.method === "sum";
}

/**
 * The value of a pillar for one unit.
 * @param {Method} method
 * @param {Float64Array} y values of the children
 * @param {Float64Array} w what each of them counts
 */
function aggregated(method, y, w) {
  switch (method.method) {
    case "arithmetic":
    case "sum":
      return weightedSum(y, w);
    case "geometric":
      return powerMean(ready(method, y, w), w, 0);
    case "harmonic":
      return powerMean(ready(method, y, w), w, -1);
    case "power":
      return method.p === 1 ? weightedSum(y, w) : powerMean(ready(method, y, w), w, method.p);
    case "median":
      return weightedMedian(method, y, w);
    case "minimum":
      return lowestOf(y, w);
    case "mean-min": {
      const mean = weightedSum(y, w);
      return mean - method.alpha * (Math.hypot(mean - lowestOf(y, w), method.beta) - method.beta);
    }
  }
  throw new Refusal(`This page has no ${method.method}.`);
}

/** @param {Float64Array} y @param {Float64Array} w */
function weightedSum(y, w) {
  let sum = 0;
  for (let k = 0; k < y.length; k++) sum += w[k] * y[k];
  return sum;
}

/** @param {Float64Array} y @param {Float64Array} w */
function lowestOf(y, w) {
  let lowest = Infinity;
  for (let k = 0; k < y.length; k++) if (w[k] > 0 && y[k] < lowest) lowest = y[k];
  return lowest;
}

/**
 * Values as a mean of positive numbers takes them.
 * @param {Method} method @param {Float64Array} y @param {Float64Array} w
 */
function ready(method, y, w) {
  return y.map((value, k) => {
    if (!(w[k] > 0)) return 1;
    if (method.floor !== null && method.floor !== undefined) return Math.max(value, method.floor);
    if (value < 0) throw new Refusal(`A ${method.method} mean is not defined for values below zero.`);
    return value;
  });
}

/**
 * The weighted power mean, the geometric one at p = 0.
 * @param {Float64Array} y @param {Float64Array} w @param {number} p
 */
function powerMean(y, w, p) {
  if (Math.abs(p) < 1e-12) p = 0;
  let scale = p > 0 ? -Infinity : Infinity;
  for (let k = 0; k < y.length; k++) {
    if (w[k] > 0) scale = p > 0 ? Math.max(scale, y[k]) : Math.min(scale, y[k]);
  }
  if (scale === 0) return 0;
  let sum = 0;
  for (let k = 0; k < y.length; k++) {
    if (!(w[k] > 0)) continue;
    if (p === 0) sum += w[k] * Math.log(y[k]);
    else if (Math.abs(p) < 0.1) sum += w[k] * Math.expm1(p * Math.log(y[k] / scale));
    else sum += w[k] * (y[k] / scale) ** p;
  }
  if (p === 0) return Math.exp(sum);
  return scale * (Math.abs(p) < 0.1 ? Math.exp(Math.log1p(sum) / p) : sum ** (1 / p));
}

/** @param {Method} method @param {Float64Array} y @param {Float64Array} w */
function weightedMedian(method, y, w) {
  const order = [...y.keys()].filter((k) => w[k] > 0).sort((a, b) => y[a] - y[b] || a - b);
  let [reached, lower] = [0, NaN];
  for (const k of order) {
    reached += w[k];
    if (Number.isNaN(lower) && reached >= 0.5 - 1e-12) lower = y[k];
    if (method.kind === "lower" && !Number.isNaN(lower)) return lower;
    if (reached > 0.5 + 1e-12) return (lower + y[k]) / 2;
  }
  return lower;
}
