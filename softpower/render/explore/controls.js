// What a reader can set: where to start, weights, what is left out, methods.

/** What each setting is called. @type {Record<string, string>} */
const SETTINGS = {
  normalise: "Onto one scale by",
  aggregate: "added up by",
  missing: "A missing figure",
};

/** The controls of the page. */
class Controls {
  /**
   * @param {PageData} data
   * @param {(change: (setting: Setting) => void) => void} change
   * @param {(id: string, percent: number) => void} weigh
   */
  constructor(data, change, weigh) {
    this.data = data;
    this.change = change;
    this.weigh = weigh;
    this.tree = -1;
    /** @type {Map<string, any>} */
    this.nodes = new Map();
    /** @type {Record<string, any>} */
    this.selects = {};
    this.held = make("p", { class: "says" });
  }

  /** Show the controls as they are set. @param {Setting} setting @param {Ranking | null} now */
  show(setting, now) {
    const start = this.data.starts[setting.start];
    if (setting.start !== this.tree) {
      this.tree = setting.start;
      this.showStarts(setting);
      this.showMethods(setting);
      this.showTree(start);
    }
    this.choose(setting);
    this.showWeights(setting, start, now);
  }

  /** @param {Setting} setting */
  showStarts(setting) {
    const start = this.data.starts[setting.start];
    const options = this.data.starts.map((each, at) => make("option", { value: at }, each.title));
    const chosen = select("start", options, (value) =>
      this.change((now) => Object.assign(now, settingOf(this.data, Number(value)), { pinned: now.pinned, asked: now.asked }))
    );
    chosen.value = String(setting.start);
    const says = start.reason ? [make("p", { class: "says" }, start.reason)] : [];
    place("starts").replaceChildren(field("start", "Start from", chosen, ...says));
  }

  /** @param {Setting} setting */
  showMethods(setting) {
    const start = this.data.starts[setting.start];
    const levels = depthOf(this.data.trees[start.tree].root);
    this.selects = {};
    const fields = ["normalise", "missing"].map((step) =>
      this.methodField(start, step, step, SETTINGS[step], start.methodology[step], (setting, word) =>
        Object.assign(setting, { [step]: word })
      )
    );
    const of = ["The whole is", "Pillars are", "Groups in pillars are"];
    for (let level = 0; level < levels; level++) {
      const name = `${of[Math.min(level, 2)]} ${SETTINGS.aggregate}`;
      const own = atLevel(start.methodology.aggregate, level);
      fields.splice(1 + level, 0, this.methodField(start, `aggregate-${level}`, "aggregate", name, own, (setting, word) => {
        setting.aggregate = levelsOf(setting.aggregate, levels);
        setting.aggregate[level] = word;
      }));
    }
    const open = window.matchMedia("(min-width: 48rem)").matches;
    const summary = make("summary", {}, "How it is computed");
    if (start.prepared) fields.unshift(make("p", { class: "says" }, `Figures of this run are prepared by softpower${start.prepared.imputed ? ", which fills gaps" : ""}: how is not changed here, nor ${start.prepared.imputed ? "what is left out" : "who is ranked"}.`));
    place("methods").replaceChildren(make("details", { class: "methods", open }, summary, ...fields));
  }

  /**
   * @param {Start} start @param {string} id @param {string} step @param {string} label @param {Method} own
   * @param {(setting: Setting, word: string) => void} set
   */
  methodField(start, id, step, label, own, set) {
    const written = wordOf(this.data, own);
    const options = [make("option", { value: "" }, `${written} (as it starts)`)];
    for (const choice of this.data.choices[step]) {
      const unfit = step === "aggregate" && start.prepared?.positive === false && needsPositive(choice.method);
      if (choice.word !== written) options.push(make("option", { value: choice.word, disabled: unfit }, choice.word));
    }
    const chosen = select(id, options, (word) => this.change((setting) => set(setting, word)));
    const says = make("p", { class: "says" });
    this.selects[id] = { chosen, says, step, own: written };
    chosen.disabled = step === "normalise" && Boolean(start.prepared);
    return field(id, label, chosen, says);
  }

  /** @param {Setting} setting */
  choose(setting) {
    for (const [id, { chosen, says, step, own }] of Object.entries(this.selects)) {
      const level = Number(id.split("-")[1] ?? 0);
      const word = step === "aggregate" ? (setting.aggregate[level] ?? "") : setting[/** @type {"normalise"} */ (step)];
      if (chosen.value !== word) chosen.value = word;
      const choice = this.data.choices[step].find((each) => each.word === word);
      write(says, (choice ?? this.data.words[own]).says);
    }
  }

  /** @param {Start} start */
  showTree(start) {
    this.nodes.clear();
    const { root } = this.data.trees[start.tree];
    const nodes = (root.children ?? []).map((child, at) => this.node(child, at, root));
    const legend = make("legend", {}, "Weights");
    place("weights").replaceChildren(make("fieldset", {}, legend, this.held, ...nodes));
  }

  /** @param {TreeNode} node @param {number} at @param {TreeNode} parent */
  node(node, at, parent) {
    const counted = make("input", {
      type: "checkbox", id: `in-${node.id}`, "aria-label": `Count ${node.title}`,
      onchange: () => this.change((setting) => leaveOut(this.data, setting, node, !counted.checked)),
    });
    const slider = make("input", {
      type: "range", min: 0, max: 100, step: 0.5, id: `w-${node.id}`,
      oninput: () => this.weigh(node.id, Number(slider.value)),
    });
    const output = make("output", { for: `w-${node.id}` });
    const label = make("label", { for: `w-${node.id}` }, node.title);
    const line = make("div", { class: "line" }, counted, label, output, slider);
    const element = make("div", { class: "node" }, line);
    if (this.data.trees && parent.id === "") element.style.setProperty("--hue", hueOf(at));
    this.nodes.set(node.id, { counted, slider, output, element, parent });
    if (node.children) {
      const summary = make("summary", {}, numbered(node.children.length, node.children.some((each) => each.children) ? "part" : "indicator"));
      const open = make("details", { ontoggle: () => this.unfold(open, node) }, summary);
      element.append(open);
    }
    return element;
  }

  /** Show what is beneath a pillar, when it is first unfolded. @param {any} open @param {TreeNode} node */
  unfold(open, node) {
    if (!open.open || open.children.length > 1) return;
    open.append(...(node.children ?? []).map((child, at) => this.node(child, at, node)));
    this.change(() => {});
  }

  /** @param {Setting} setting @param {Start} start @param {Ranking | null} now */
  showWeights(setting, start, now) {
    const held = isHeld(start, setting);
    const by = start.methodology.weight.map((each) => wordOf(this.data, each)).join("/");
    const given = start.methodology.weight.every((each) => each.method === "given");
    write(this.held, given ? "" : held
      ? `Weights are held at what ${by} gave, but for what you move.`
      : `Weights are computed here (${by}). Moving one holds all at what they are.`);
    const gone = new Set([...setting.omit, ...Object.keys(start.left)]);
    for (const [id, node] of this.nodes) {
      const out = gone.has(id) || gone.has(node.parent.id);
      const weight = now?.local.get(id);
      const siblings = (node.parent.children ?? []).filter((/** @type {TreeNode} */ each) => !gone.has(each.id));
      node.element.classList.toggle("out", out);
      node.counted.checked = !out;
      node.counted.disabled = Boolean(start.prepared?.imputed) || gone.has(node.parent.id) || id in start.left || (!out && siblings.length < 2);
      node.slider.disabled = out || siblings.length < 2;
      if (!now) continue;
      if (document.activeElement !== node.slider || Math.abs(node.slider.value - 100 * (weight ?? 0)) > 0.5) {
        node.slider.value = String(100 * (weight ?? 0));
      }
      node.slider.style.setProperty("--at", `${node.slider.value}%`);
      const text = out || weight === undefined ? "left out" : asPercent(weight);
      write(node.output, text);
      node.output.classList.toggle("set", id in setting.weights);
      node.slider.setAttribute("aria-valuetext", text);
    }
  }
}

/**
 * A list to choose from.
 * @param {string} id @param {any[]} options @param {(value: string) => void} chosen
 */
function select(id, options, chosen) {
  const element = make("select", { id, onchange: () => chosen(element.value) }, ...options);
  return element;
}

/** @param {string} id @param {string} label @param {any[]} parts */
function field(id, label, ...parts) {
  return make("div", { class: "field" }, make("label", { for: id }, label), ...parts);
}

/**
 * Leave a node out or put it back; weights of what is not there any more are forgotten.
 * @param {PageData} data @param {Setting} setting @param {TreeNode} node @param {boolean} out
 */
function leaveOut(data, setting, node, out) {
  setting.omit = setting.omit.filter((id) => id !== node.id);
  if (out) setting.omit.push(node.id);
  forgetLost(data, setting);
}

/**
 * State a weight; where others that are stated leave no room for it, they shrink alike.
 * @param {PageData} data @param {Setting} setting @param {Ranking} now @param {string} id @param {number} percent
 */
function stateWeight(data, setting, now, id, percent) {
  const start = data.starts[setting.start];
  if (!isWeighed(setting) && start.methodology.weight.some((each) => each.method !== "given")) {
    stateAll(setting, now.root, now);
  }
  const parent = pillarsOf(now.root).find((pillar) => pillar.children?.some((child) => child.id === id));
  if (!parent) return;
  const siblings = (parent.children ?? []).map((child) => child.id).filter((each) => each !== id);
  const stated = siblings.filter((each) => each in setting.weights);
  const total = stated.reduce((sum, each) => sum + setting.weights[each], 0);
  const room = 100 - percent;
  setting.weights[id] = percent;
  if (stated.length === siblings.length || total > room) {
    for (const each of stated) {
      const share = total > 0 ? setting.weights[each] / total : 1 / stated.length;
      setting.weights[each] = Math.floor(100 * room * share) / 100;
    }
  }
}

/**
 * State the weights of a tree as they are.
 * @param {Setting} setting @param {TreeNode} root @param {Ranking} now
 */
function stateAll(setting, root, now) {
  for (const { id } of nodesOf(root)) setting.weights[id] = 100 * (now.local.get(id) ?? 0);
}

/**
 * Hold the weights that the engine computed from figures, as soon as anything else is changed.
 * @param {PageData} data @param {Setting} setting @param {Ranking} now
 */
function holdWeights(data, setting, now) {
  const start = data.starts[setting.start];
  if (!start.derived || isWeighed(setting) || isUntouched(data, setting)) return;
  const { root } = data.trees[start.tree];
  const rest = without(root, new Set([...setting.omit, ...Object.keys(start.left)]));
  if (nodesOf(rest).every(({ id }) => now.local.has(id))) stateAll(setting, rest, now);
}

/** A number of things in words. @param {number} count @param {string} noun */
function numbered(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
