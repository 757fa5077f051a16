// Numbers as the engine rounds and ranks them.

/** A setting that cannot be scored, with the reason in words. */
class Refusal extends Error {}

/** Values that agree in so many significant digits are equal. */
const SIGNIFICANT_DIGITS = 12;

/** Rounding to these digits moves no number by more than this share of it. */
const NOISE = 2e-11;

/**
 * The power of ten of a number.
 * @param {number} value above zero
 */
function exponentOf(value) {
  const power = value.toExponential();
  return Number(power.slice(power.indexOf("e") + 1));
}

/**
 * A number rounded to the nearest whole one, halves to the even one.
 * @param {number} value
 */
function roundHalfEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * A number to some significant digits; of sums of parts as large as `magnitude`, to no more than
 * two digits beyond what is significant of it.
 * @param {number} value
 * @param {number} [magnitude]
 */
function significant(value, magnitude = 0) {
  if (!Number.isFinite(value) || value === 0) return value;
  let exponent = exponentOf(Math.abs(value));
  if (magnitude > 0) exponent = Math.max(exponent, exponentOf(magnitude) - 2);
  const shift = SIGNIFICANT_DIGITS - 1 - exponent;
  const by = Number(`1e${Math.max(-300, Math.min(300, shift))}`);
  return roundHalfEven(value * by) / by + 0;
}

/**
 * A number to some decimals; rounding noise decides on no half.
 * @param {number} value
 * @param {number} decimals
 */
function rounded(value, decimals) {
  if (Number.isNaN(value)) return value;
  const by = Number(`1e${decimals}`);
  const scaled = value * by;
  const fromHalf = Math.abs(scaled - Math.floor(scaled) - 0.5);
  const doubtful = !(fromHalf > NOISE * Math.abs(scaled));
  const known = doubtful ? significant(value) : value;
  if (doubtful && Math.abs(known) >= 2 ** 53 / by) return known;
  return roundHalfEven(known * by) / by;
}

/**
 * Values that are the same where they are equal, to the last bit.
 * @param {Float64Array} values
 * @param {number} magnitude
 */
function toldApart(values, magnitude) {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const size = sorted.length ? Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1])) : 0;
  const least = NOISE * Math.max(size, magnitude);
  for (let i = 1; i < sorted.length; i++) {
    const gap = sorted[i] - sorted[i - 1];
    if (gap > 0 && !(gap > least)) return values.map((value) => significant(value, magnitude));
  }
  return values;
}

/**
 * The ranks of values, 1 for the best; NaN where there is none.
 * @param {Float64Array} values
 * @param {string} ties how equal values share ranks
 * @param {{descending?: boolean, magnitude?: number, breaks?: Float64Array[]}} [how]
 */
function rank(values, ties, { descending = true, magnitude = 0, breaks = [] } = {}) {
  const known = toldApart(values, magnitude);
  const keys = [descending ? known.map((value) => -value) : known];
  for (const each of breaks) {
    keys.push(each.map((value) => (Number.isNaN(value) ? Infinity : -significant(value))));
  }
  const order = [];
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) order.push(i);
  /** @type {(a: number, b: number) => number} */
  const compare = (a, b) => {
    for (const key of keys) if (key[a] !== key[b]) return key[a] < key[b] ? -1 : 1;
    return 0;
  };
  order.sort((a, b) => compare(a, b) || a - b);
  const ranks = new Float64Array(values.length).fill(NaN);
  for (let start = 0, groups = 0; start < order.length; groups++) {
    let end = start + 1;
    while (end < order.length && ties !== "ordinal" && compare(order[start], order[end]) === 0) end++;
    const [first, last] = [start + 1, end];
    const place =
      ties === "dense" ? groups + 1
      : ties === "modified" ? last
      : ties === "average" ? (first + last) / 2
      : first;
    for (let at = start; at < end; at++) ranks[order[at]] = place;
    start = end;
  }
  return ranks;
}

/**
 * Whether the values that are there are all the same, to within noise.
 * @param {Float64Array} values
 * @param {number} [size]
 */
function isConstant(values, size = 0) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return !(high - low > 1e-12 * Math.max(size, Math.abs(low), Math.abs(high)));
}
