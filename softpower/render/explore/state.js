// What a reader has set: as the patch of a run, as a command, as the fragment of an address.

/**
 * A start as it is, before a reader sets anything.
 * @param {PageData} data
 * @param {number} start
 * @returns {Setting}
 */
function settingOf(data, start) {
  const { weights, omit } = data.starts[start].asked;
  return {
    start,
    normalise: "",
    aggregate: [],
    missing: "",
    weights: { ...weights },
    omit: [...omit],
    pinned: [],
    asked: "",
  };
}

/**
 * Whether a setting gives the ranking of its start.
 * @param {PageData} data
 * @param {Setting} setting
 */
function isUntouched(data, setting) {
  const plain = { ...settingOf(data, setting.start), pinned: setting.pinned, asked: setting.asked };
  return JSON.stringify(plain) === JSON.stringify({ ...setting, aggregate: wordsSet(setting.aggregate) });
}

/** @param {string[]} words */
function wordsSet(words) {
  return words.some(Boolean) ? words : [];
}

/**
 * The patch that a setting stands for, as softpower/index/patch.py overlays it.
 * @param {PageData} data
 * @param {Setting} setting
 * @returns {Patch}
 */
function patchUnder(data, setting) {
  const start = data.starts[setting.start];
  const root = data.trees[start.tree].root;
  if (start.derived && !isWeighed(setting) && !isUntouched(data, setting)) {
    throw new Refusal("The weights would have to be computed anew, which this page cannot do.");
  }
  const before = Object.keys(start.weights).filter((name) => !(name in setting.weights));
  /** @type {Record<string, string[]>} */
  const left = {};
  for (const [name, stated] of Object.entries(start.left)) {
    left[name] = stated.filter((other) => !(other in setting.weights));
  }
  for (const name of setting.omit) left[name] ??= before;
  const methodology = { ...start.methodology };
  if (setting.normalise) methodology.normalise = methodOf(data, "normalise", setting.normalise);
  if (setting.missing) methodology.missing = methodOf(data, "missing", setting.missing);
  if (setting.aggregate.some(Boolean)) {
    methodology.aggregate = levelsOf(setting.aggregate, depthOf(root)).map((word, level) =>
      word ? methodOf(data, "aggregate", word) : atLevel(start.methodology.aggregate, level)
    );
  }
  if (isHeld(start, setting)) methodology.weight = [{ method: "given" }];
  const room = isWeighed(setting) ? madeRoom(root, start.weights, setting.weights, left) : {};
  const weights = { ...start.weights, ...setting.weights, ...room };
  return { tree: start.tree, rows: start.rows, methodology, weights, left };
}

/**
 * Stated weights in percent of what those that are asked for leave to them.
 * @param {TreeNode} root
 * @param {Record<string, number>} stated
 * @param {Record<string, number>} asked
 * @param {Record<string, string[]>} left
 */
function madeRoom(root, stated, asked, left) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const pillar of pillarsOf(root)) {
    const there = (pillar.children ?? []).map((child) => child.id).filter((id) => !(id in left));
    const others = there.filter((id) => !(id in asked));
    const rest = 100 - there.reduce((sum, id) => sum + (asked[id] ?? 0), 0);
    const total = others.reduce((sum, id) => sum + (stated[id] ?? 0), 0);
    if (others.length === there.length || !(total > 0) || rest < 0) continue;
    if (!others.every((id) => id in stated)) continue;
    for (const id of others) found[id] = (stated[id] * rest) / total;
  }
  return found;
}

/**
 * Whether weights that a start computes are held, as a reader states some.
 * @param {Start} start
 * @param {Setting} setting
 */
function isHeld(start, setting) {
  return isWeighed(setting) && start.methodology.weight.some((each) => each.method !== "given");
}

/** Whether a setting states weights. @param {Setting} setting */
function isWeighed(setting) {
  return Object.keys(setting.weights).length > 0;
}

/**
 * A list with a word for each level.
 * @param {string[]} words
 * @param {number} depth
 */
function levelsOf(words, depth) {
  return Array.from({ length: depth }, (_, level) => words[level] ?? "");
}

/**
 * The method that a word chooses.
 * @param {PageData} data
 * @param {string} step
 * @param {string} word
 */
function methodOf(data, step, word) {
  const choice = data.choices[step].find((each) => each.word === word);
  if (!choice) throw new Refusal(`This page does not offer ${step} = ${word}.`);
  return choice.method;
}

/**
 * The words of the command that gives the same scores.
 * @param {PageData} data
 * @param {Setting} setting
 * @returns {string[]}
 */
function wordsOf(data, setting) {
  const start = data.starts[setting.start];
  const levels = depthOf(data.trees[start.tree].root);
  const held = isHeld(start, setting);
  /** @type {[string, string][]} */
  const settings = [];
  if (setting.normalise) settings.push(["normalise", setting.normalise]);
  if (setting.aggregate.some(Boolean)) {
    const own = start.set.some(([key]) => fieldOf(key) === "aggregate");
    levelsOf(setting.aggregate, levels).forEach((word, level) => {
      const said = word || (own ? wordOf(data, atLevel(start.methodology.aggregate, level)) : "");
      if (said) settings.push([levels > 1 ? `aggregate.${level + 1}` : "aggregate", said]);
    });
  }
  if (setting.missing) settings.push(["missing", setting.missing]);
  if (held) settings.push(["weight", "given"]);
  const anew = new Set(settings.map(([key]) => fieldOf(key)));
  const kept = start.set.filter(([key]) => !anew.has(fieldOf(key)));
  return [
    "softpower",
    "score",
    start.name,
    ...[...kept, ...settings].flatMap(([key, value]) => ["--set", `${key}=${value}`]),
    ...Object.entries(setting.weights).flatMap(([name, weight]) => ["-w", `${name}=${weight}`]),
    ...[...setting.omit, ...start.without].flatMap((name) => ["--omit", name]),
  ];
}

/** The field of the methodology that a key is of. @param {string} key */
function fieldOf(key) {
  const field = key.replace(/^methodology\./, "").split(".")[0];
  return field.replace(/^normalize$/, "normalise");
}

/**
 * A method as it is written.
 * @param {PageData} data
 * @param {Method} method
 */
function wordOf(data, method) {
  const same = JSON.stringify(method);
  const known = Object.entries(data.words).find(([, each]) => JSON.stringify(each.method) === same);
  const offered = Object.values(data.choices).flat().find((each) => JSON.stringify(each.method) === same);
  return known?.[0] ?? offered?.word ?? method.method;
}

/**
 * A line that a shell reads as these words.
 * @param {string[]} words
 */
function asLine(words) {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`))
    .join(" ");
}

/**
 * A setting as the fragment of an address; nothing for the first start as it is.
 * @param {PageData} data
 * @param {Setting} setting
 */
function asFragment(data, setting) {
  const said = new URLSearchParams();
  if (setting.start || !isUntouched(data, setting)) said.set("run", data.starts[setting.start].name);
  if (setting.normalise) said.set("normalise", setting.normalise);
  if (setting.aggregate.some(Boolean)) said.set("aggregate", setting.aggregate.join("/"));
  if (setting.missing) said.set("missing", setting.missing);
  if (said.has("run")) {
    for (const [name, weight] of Object.entries(setting.weights)) said.set(`w.${name}`, String(weight));
    for (const name of setting.omit) said.append("omit", name);
  }
  for (const name of setting.pinned) said.append("pin", name);
  if (setting.asked) said.set("why", setting.asked);
  return said.toString();
}

/**
 * The setting that a fragment stands for; what is not known in it is said, and left aside.
 * @param {PageData} data
 * @param {string} fragment
 * @param {string[]} [doubts]
 * @returns {Setting}
 */
function fromFragment(data, fragment, doubts = []) {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  const named = said.get("run");
  const at = named ? data.starts.findIndex((start) => start.name === named) : 0;
  if (at < 0) doubts.push(`There is no ${named} in this page.`);
  const setting = settingOf(data, Math.max(at, 0));
  if (named) Object.assign(setting, { weights: {}, omit: [] });
  const root = data.trees[data.starts[setting.start].tree].root;
  const nodes = new Set(nodesOf(root).map((node) => node.id));
  const units = new Set(data.units.map((unit) => unit.id));
  const offered = (/** @type {string} */ step, /** @type {string} */ word) => {
    const there = data.choices[step].some((choice) => choice.word === word);
    if (word && !there) doubts.push(`This page does not offer ${step} = ${word}.`);
    return there ? word : "";
  };
  for (const [key, value] of said) {
    if (key === "normalise" || key === "missing") setting[key] = offered(key, value);
    else if (key === "aggregate") {
      setting.aggregate = levelsOf(value.split("/"), depthOf(root)).map((word) => offered(key, word));
    } else if (key === "omit" && nodes.has(value)) setting.omit.push(value);
    else if (key === "pin" && units.has(value)) setting.pinned.push(value);
    else if (key === "why" && units.has(value)) setting.asked = value;
    else if (key.startsWith("w.") && nodes.has(key.slice(2)) && isPercent(value)) {
      setting.weights[key.slice(2)] = Number(value);
    } else if (key !== "run") doubts.push(`${key}=${value} means nothing here.`);
  }
  forgetLost(data, setting, doubts);
  return setting;
}

/**
 * Forget the weights of what is not there any more.
 * @param {PageData} data
 * @param {Setting} setting
 * @param {string[]} [doubts]
 */
function forgetLost(data, setting, doubts = []) {
  const start = data.starts[setting.start];
  const gone = new Set([...setting.omit, ...Object.keys(start.left)]);
  const there = new Set(nodesOf(without(data.trees[start.tree].root, gone)).map((node) => node.id));
  for (const id of Object.keys(setting.weights).filter((each) => !there.has(each))) {
    doubts.push(`${id} is given a weight and left out.`);
    delete setting.weights[id];
  }
}

/** @param {string} text */
function isPercent(text) {
  return text.trim() !== "" && Number(text) >= 0 && Number(text) <= 100;
}
