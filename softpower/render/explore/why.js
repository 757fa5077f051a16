// Why did it move? Each step between two settings with its places, as `compare --why` shares them out.

/** Up to this many steps every subset of them is scored. */
const MOST_STEPS = 12;

/** Steps that may make sense only together, by the first word of their titles. */
const FAMILIES = [
  ["weight", "weights"],
  ["framework", "weights", "leave", "put", "figures"],
  ["coverage", "treat", "impute", "normalise", "renormalise", "aggregate", "pillars", "scale", "constant"],
];

/**
 * What separates two patches of an index, in the order of the pipeline.
 * @param {PageData} data
 * @param {Patch} first
 * @param {Patch} second
 * @param {Setup[]} setups of either
 * @returns {Change[]}
 */
function changesBetween(data, first, second, setups) {
  return [
    ...treeChanges(data, first, second),
    ...omissionChanges(data, first, second),
    ...methodologyChanges(data, first, second),
    ...weightChanges(first, second, setups),
  ].sort((a, b) => a.place - b.place);
}

/**
 * @param {PageData} data @param {Patch} first @param {Patch} second
 * @returns {(Change & {place: number})[]}
 */
function treeChanges(data, first, second) {
  if (first.tree === second.tree) return [];
  const [before, after] = [data.trees[first.tree], data.trees[second.tree]];
  const same = (/** @type {"indicators" | "pillars"} */ kind) =>
    JSON.stringify(before.restated[kind]) === JSON.stringify(after.restated[kind]);
  const moved = before.framework !== after.framework;
  if (!same("pillars") || (moved && !same("indicators"))) {
    throw new Refusal("These two differ in more than this page takes apart; the command does.");
  }
  const apply = (/** @type {Patch} */ patch) => void (patch.tree = second.tree);
  if (moved) {
    const title = "framework";
    return [{ title, before: before.framework, after: after.framework, family: title, apply, place: 0 }];
  }
  const names = { ...before.restated.indicators, ...after.restated.indicators };
  const count = Object.keys(names).length;
  const title = count === 1 ? `figures of ${Object.keys(names)[0]}` : `figures of ${count} indicators`;
  return [{ title, before: "as declared", after: "restated", family: "figures", apply, place: 2 }];
}

/**
 * @param {PageData} data @param {Patch} first @param {Patch} second
 * @returns {(Change & {place: number})[]}
 */
function omissionChanges(data, first, second) {
  const found = [];
  const countries = data.units.flatMap((unit, row) => {
    const [was, is] = [first, second].map((patch) => patch.rows.includes(row));
    return was === is ? [] : [{ name: unit.id, back: is, row }];
  });
  for (const { name, back, row } of countries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const apply = (/** @type {Patch} */ patch) => {
      const rows = new Set(patch.rows);
      if (back) rows.add(row);
      else rows.delete(row);
      patch.rows = [...rows].sort((a, b) => a - b);
    };
    found.push({ back, name, apply });
  }
  const names = Object.keys({ ...first.left, ...second.left }).sort();
  for (const name of names.filter((each) => each in first.left !== each in second.left)) {
    const back = name in first.left;
    const apply = (/** @type {Patch} */ patch) => {
      const left = { ...patch.left };
      if (back) delete left[name];
      else left[name] = second.left[name];
      patch.left = left;
    };
    found.push({ back, name, apply });
  }
  return found.map(({ back, name, apply }) => {
    const title = `${back ? "put back" : "leave out"} ${name}`;
    return { title, before: "", after: "", family: title.split(" ")[0], apply, place: 1 };
  });
}

/**
 * @param {PageData} data @param {Patch} first @param {Patch} second
 * @returns {(Change & {place: number})[]}
 */
function methodologyChanges(data, first, second) {
  const written = (/** @type {any} */ value) => {
    if (value && value.method) return wordOf(data, value);
    if (!Array.isArray(value)) return typeof value === "object" ? JSON.stringify(value) : String(value ?? "none");
    if (value.every((each) => typeof each === "string")) return value.join(",") || "none";
    const words = value.map((each) => wordOf(data, each));
    while (words.length > 1 && words[words.length - 1] === words[words.length - 2]) words.pop();
    return words.join("/");
  };
  return Object.keys(first.methodology).flatMap((name) => {
    const [a, b] = [first.methodology[name], second.methodology[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const apply = (/** @type {Patch} */ patch) =>
      void (patch.methodology = { ...patch.methodology, [name]: b });
    return [{ title: name, before: written(a), after: written(b), family: name, apply, place: 3 }];
  });
}

/**
 * @param {Patch} first @param {Patch} second @param {Setup[]} setups
 * @returns {(Change & {place: number})[]}
 */
function weightChanges(first, second, setups) {
  const [before, after] = [first.weights, second.weights];
  const names = Object.keys({ ...before, ...after });
  const changed = new Set(names.filter((name) => before[name] !== after[name]));
  const [old, now] = setups.map((setup) => sharesWithin(setup.root));
  const step = (/** @type {string[]} */ moved, /** @type {string} */ title, /** @type {string[]} */ said) => {
    const apply = (/** @type {Patch} */ patch) => {
      const weights = { ...patch.weights };
      for (const name of moved) {
        if (name in after) weights[name] = after[name];
        else delete weights[name];
      }
      patch.weights = weights;
    };
    return { title, before: said[0], after: said[1], family: "weights", apply, place: 4 };
  };
  const found = [];
  const seen = new Set();
  for (const pillar of [...setups].reverse().flatMap((setup) => pillarsOf(setup.root))) {
    const siblings = (pillar.children ?? []).map((child) => child.id).filter((id) => !seen.has(id));
    siblings.forEach((id) => seen.add(id));
    const moved = siblings.filter((id) => changed.has(id));
    if (moved.length && [before, after].some((given) => siblings.every((id) => id in given))) {
      found.push(step(moved, `weights within ${pillar.id || "the index"}`, ["as before", "restated"]));
      continue;
    }
    for (const id of moved) {
      const said = [old, now].map((shares) => shares.get(id)?.toFixed(3) ?? "none");
      found.push(step([id], `weights.${id}`, said));
    }
  }
  return found;
}

/** The stated weight of every node as a share of its siblings'. @param {TreeNode} root */
function sharesWithin(root) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const pillar of pillarsOf(root)) {
    const children = pillar.children ?? [];
    const total = children.reduce((sum, child) => sum + child.weight, 0);
    for (const child of children) found.set(child.id, child.weight / total);
  }
  return found;
}

/** Several steps as one. @param {Change[]} steps @returns {Change} */
function bundle(steps) {
  const said = steps.map((step) => (step.before ? `${step.title}: ${step.before} → ${step.after}` : step.title));
  const title = said.join(" + ");
  return {
    title, before: "", after: "", family: steps[0].family,
    apply: (patch) => steps.forEach((step) => step.apply(patch)),
  };
}

/** @param {Change[]} steps @param {Change[]} kin */
function taken(steps, kin) {
  const at = steps.indexOf(kin[0]);
  const rest = steps.filter((step) => !kin.includes(step));
  return [...rest.slice(0, at), bundle(kin), ...rest.slice(at)];
}

/** The steps, with kin taken together until every subset can be scored. @param {Change[]} steps */
function fewEnough(steps) {
  while (steps.length > MOST_STEPS) {
    /** @type {Map<string, Change[]>} */
    const families = new Map();
    for (const step of steps) families.set(step.family, [...(families.get(step.family) ?? []), step]);
    const largest = [...families.values()].reduce((most, each) => (each.length > most.length ? each : most));
    steps = taken(steps, largest.length > 1 ? largest : steps.slice(MOST_STEPS - 1));
  }
  return steps;
}

/** The steps as they are, then with more and more of them together. @param {Change[]} steps */
function* bundlings(steps) {
  yield steps;
  for (const family of FAMILIES) {
    const kin = steps.filter((step) => family.includes(step.family));
    if (kin.length > 1) {
      steps = taken(steps, kin);
      yield steps;
    }
  }
  if (steps.length > 1) yield [bundle(steps)];
}

/**
 * The steps between two settings, and what they begin with.
 * @param {PageData} data
 * @param {Setting} before
 * @param {Setting} after
 */
function stepsBetween(data, before, after) {
  const settings = [before, after];
  const starts = settings.map((setting) => data.starts[setting.start]);
  const patches = settings.map((setting) => patchUnder(data, setting));
  const setups = patches.map((patch, at) => setupOf(data, patch, starts[at]));
  const steps = changesBetween(data, patches[0], patches[1], setups);
  const computed = starts.some((start, at) => start.prepared || (start.derived && !isHeld(start, settings[at])));
  if (steps.length && computed) {
    throw new Refusal("These steps need figures or weights that this page cannot compute; softpower compare --why can.");
  }
  return { steps: fewEnough(steps), patch: patches[0], start: starts[0] };
}

/**
 * What each step between two settings did to one unit: places gained, and points.
 * @param {PageData} data
 * @param {Figures} figures
 * @param {Setting} before
 * @param {Setting} after
 * @param {number} row
 */
function whyMoved(data, figures, before, after, row) {
  const { steps, patch, start } = stepsBetween(data, before, after);
  /** @type {unknown} */
  let refusal;
  for (const attempt of bundlings(steps)) {
    try {
      return { steps: attempt, ...sharedOut(data, figures, patch, start, attempt, row) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/**
 * The Shapley values of steps: the mean of what each adds over all orders in which they can be made.
 * @param {PageData} data
 * @param {Figures} figures
 * @param {Patch} first
 * @param {Start} start
 * @param {Change[]} steps
 * @param {number} row
 */
function sharedOut(data, figures, first, start, steps, row) {
  const k = steps.length;
  /** @type {{place: number, score: number}[]} */
  const outcomes = [];
  for (let mask = 0; mask < 2 ** k; mask++) {
    const patch = { ...first };
    steps.forEach((step, i) => (mask >> i) & 1 && step.apply(patch));
    const found = score(setupOf(data, patch, { ...start, derived: null, prepared: null }), figures);
    const at = found.rows.indexOf(row);
    outcomes.push({ place: -found.ranks[at], score: found.scores[at] });
  }
  const factorial = (/** @type {number} */ n) => { let all = 1; for (let i = 2; i <= n; i++) all *= i; return all; };
  const places = new Float64Array(k);
  const points = new Float64Array(k);
  for (let mask = 0; mask < 2 ** k; mask++) {
    let size = 0;
    for (let i = 0; i < k; i++) size += (mask >> i) & 1;
    const by = (factorial(size) * factorial(k - size - 1)) / factorial(k);
    for (let i = 0; i < k; i++) {
      if ((mask >> i) & 1) continue;
      const [without, with_] = [outcomes[mask], outcomes[mask | (1 << i)]];
      places[i] += by * (with_.place - without.place);
      points[i] += by * (with_.score - without.score);
    }
  }
  const last = outcomes[outcomes.length - 1];
  if (places.some(Number.isNaN)) {
    throw new Unranked("It is not ranked under every combination of the steps, so that its change cannot be shared out.");
  }
  return { places, points, rankings: outcomes.length, from: -outcomes[0].place, to: -last.place };
}

/** A unit that is not ranked under every combination of steps. */
class Unranked extends Error {}
