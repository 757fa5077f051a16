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
  element.append(...children);
  return element;
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
