// Making elements; whatever comes from an index is put in as text.

/**
 * A new element with attributes and children.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] those that begin with "on" are listeners
 * @param {(Node | string)[]} children
 * @returns {any}
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  return dressed(element, attributes, children);
}

/**
 * The same of a drawing.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {any}
 */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  return dressed(element, attributes, children);
}

/**
 * @param {Element} element
 * @param {Record<string, any>} attributes
 * @param {(Node | string)[]} children
 */
function dressed(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.map((child) => (typeof child === "string" ? isolated(child) : child)));
  return element;
}

const LETTER = "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";
const BETWEEN = "[ '’.\\-–/\\u200c\\u200d]{1,2}";
const LEFT_TO_RIGHT = new RegExp(`(?!${LETTER})\\p{L}`, "u");
const IN_BRACKETS = `\\(${LETTER}+(?:${BETWEEN}${LETTER}+)*\\)`;
const RUN = new RegExp(`${LETTER}+(?:${BETWEEN}(?:${IN_BRACKETS}|${LETTER}+))*`, "gu");

/** A name that turns no number round beside it. @param {string} name */
function apart(name) {
  return new RegExp(LETTER, "u").test(name) ? `\u2068${name}\u2069` : name;
}

/** A sentence in which names from right to left turn nothing else round, as softpower/render/direction.py. @param {string} text */
function isolated(text) {
  return LEFT_TO_RIGHT.test(text) ? text.replace(RUN, "\u2068$&\u2069") : text;
}

/** The element of the page with this id. @param {string} id @returns {any} */
function place(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`This page has no place ${id}.`);
  return found;
}

/**
 * The colour of the part at a place, as a style sheet takes it; after the last they begin again.
 * @param {number} at
 * @param {string} [what] "hue", or "on-hue" for what is written on it
 */
function hueOf(at, what = "hue") {
  return `var(--${what}-${at % 8}${Math.floor(at / 8) % 2 ? "-light" : ""})`;
}

/** A share in percent, without needless digits. @param {number} share */
function asPercent(share) {
  const percent = 100 * share;
  return `${percent >= 9.995 ? Number(percent.toFixed(1)) : Number(percent.toFixed(2))} %`;
}

/** A number with its sign. @param {number} value @param {number} decimals */
function signed(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return `${Number(text) === 0 ? "" : value > 0 ? "+" : "−"}${text}`;
}

/** A rank as it is read, of which some ties have halves. @param {number} rank */
function asRank(rank) {
  return Number.isNaN(rank) ? "–" : String(rank);
}
