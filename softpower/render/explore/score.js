// A pure function from figures, a tree and a methodology to a ranking, as softpower/engine/score.py.

/**
 * What a patch of an index is scored from.
 * @param {PageData} data
 * @param {Patch} patch
 * @param {Start} start whose weights and figures may be those of the engine
 * @returns {Setup}
 */
function setupOf(data, patch, start) {
  const tree = data.trees[patch.tree];
  const root = rearranged(tree.root, patch.weights, patch.left);
  if (!root.children?.length) throw new Refusal("Nothing is left to score.");
  const there = new Set(nodesOf(root).map((node) => node.id));
  const methodology = { ...patch.methodology };
  methodology.tiebreak = methodology.tiebreak.filter((name) => there.has(name));
  refuseIdleWeights(root, patch.weights, methodology);
  const { derived, prepared } = start;
  if (prepared && JSON.stringify(methodology.normalise) !== JSON.stringify(start.methodology.normalise)) {
    throw new Refusal(PREPARED);
  }
  return { tree, root, rows: patch.rows, methodology, derived, prepared };
}

/**
 * Refuse weights of children that are weighed otherwise.
 * @param {TreeNode} root
 * @param {Record<string, number>} weights
 * @param {Methodology} methodology
 * @param {number} [level]
 */
function refuseIdleWeights(root, weights, methodology, level = 0) {
  const { method } = atLevel(methodology.weight, level);
  for (const child of root.children ?? []) {
    if (child.id in weights && method !== "given") {
      throw new Refusal(`Weights have no effect under weight = ${method}.`);
    }
    if (child.children) refuseIdleWeights(child, weights, methodology, level + 1);
  }
}

/**
 * The ranking of a setup.
 * @param {Setup} setup
 * @param {Figures} figures
 * @returns {Ranking}
 */
function score(setup, figures) {
  const { methodology } = setup;
  const own = pillarsOf(setup.root).flatMap((pillar) => (pillar.aggregate ? [pillar.aggregate] : []));
  const positive = [...methodology.aggregate, ...own].some(needsPositive);
  const { ranked, y, dropped } = prepare(setup, figures, positive);
  const root = dropped.size ? without(setup.root, dropped) : setup.root;
  const sum = new Sum({ ...setup, root }, figures, y, positive);
  sum.value(root, 0);
  const totals = /** @type {Float64Array} */ (sum.values.get(""));
  if (totals.every((value) => value !== value)) throw new Refusal("Nobody has a score.");
  const magnitude = sum.magnitude();
  const plain = methodology.scale.method === "none";
  const clean = plain ? totals : totals.map((value) => significant(value, magnitude));
  const scale = settled(methodology.scale, false);
  let scores =
    normalised(scale, clean, 1, { title: "the index", constant: "error" }) ?? clean;
  if (methodology.round !== null) {
    const decimals = methodology.round;
    scores = scores.map((value) => rounded(value, decimals));
  }
  const senses = sum.senses;
  const breaks = methodology.tiebreak.map((name) =>
    /** @type {Float64Array} */ (sum.values.get(name)).map((value) => value * (senses.get(name) ?? 1))
  );
  const ranks = rank(scores, methodology.ties, {
    descending: methodology.direction !== "lower",
    magnitude: plain ? magnitude : 0,
    breaks,
  });
  const { values, shares, local, linear } = sum;
  return { rows: setup.rows, root, scores, ranks, values, shares, local, totals: sum.totals, linear, ranked };
}

/** Adding a tree up, level by level. */
class Sum {
  /**
   * @param {Setup} setup
   * @param {Figures} figures
   * @param {Map<string, Float64Array>} y
   * @param {boolean} positive
   */
  constructor(setup, figures, y, positive) {
    this.setup = setup;
    this.figures = figures;
    this.y = y;
    this.size = setup.rows.length;
    this.senses = sensesOf(setup.root, setup.methodology.direction === "lower" ? -1 : 1);
    this.common = settled(setup.methodology.normalise, positive);
    this.positive = positive;
    /** @type {Map<string, Float64Array>} */
    this.values = new Map(y);
    /** @type {Map<string, Float64Array>} */
    this.known = new Map();
    /** @type {Map<string, Float64Array[]>} */
    this.shares = new Map();
    /** @type {Map<string, number>} */
    this.local = new Map();
    /** @type {Map<string, number>} */
    this.totals = new Map();
    /** @type {Map<string, number>} */
    this.turns = new Map();
    this.linear = true;
  }

  /**
   * Work out the value of a pillar, and of those beneath it.
   * @param {TreeNode} pillar
   * @param {number} level
   */
  value(pillar, level) {
    const { methodology } = this.setup;
    const children = pillar.children ?? [];
    for (const child of children) if (child.children) this.value(child, level + 1);
    const columns = this.entered(pillar, level);
    const weights = this.weigh(pillar, level);
    const known = children.map((child, k) =>
      this.known.get(child.id) ?? columns[k].map((value) => (value === value ? 1 : 0))
    );
    const shares = sharesUnder(methodology.missing, weights, known);
    if (level > 0) this.strike(pillar, shares);
    const method = pillar.aggregate ?? atLevel(methodology.aggregate, level);
    const total = method.method === "sum" ? this.totalWeight(pillar, level) : 1;
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const [out, below] = [new Float64Array(this.size).fill(NaN), new Float64Array(this.size)];
    const [y, w] = [new Float64Array(children.length), new Float64Array(children.length)];
    for (let i = 0; i < this.size; i++) {
      let [any, sum] = [false, 0];
      for (let k = 0; k < y.length; k++) {
        const value = columns[k][i];
        y[k] = value === value ? value : 0;
        w[k] = shares[k][i] * total;
        if (shares[k][i]) any = true;
        sum += weights[k] * known[k][i];
        if (value !== value && shares[k][i] && this.turns.size && children[k].children) this.linear = false;
      }
      if (!any) continue;
      below[i] = sum / all;
      out[i] = aggregated(method, y, w);
    }
    this.linear &&= isLinear(method) && !this.compares(level, pillar);
    this.known.set(pillar.id, below);
    this.shares.set(pillar.id, shares);
    this.totals.set(pillar.id, total);
    this.values.set(pillar.id, out);
  }

  /**
   * The weights of the children of a pillar, with sum 1.
   * @param {TreeNode} pillar
   * @param {number} level
   */
  weigh(pillar, level) {
    const children = pillar.children ?? [];
    const { method } = atLevel(this.setup.methodology.weight, level);
    const { derived } = this.setup;
    const said = children.map((child) => {
      if (method === "given") return child.weight;
      if (method === "equal") return indicatorsOf(child).length;
      return method === "equal-per-pillar" ? 1 : (derived?.[child.id] ?? NaN);
    });
    const sum = said.reduce((all, weight) => all + weight, 0);
    if (!(sum > 0)) throw new Refusal(`The weights within ${pillar.title || "the index"} are all zero.`);
    const exact = ["given", "equal", "equal-per-pillar"].includes(method) ? sum : 1;
    const weights = Float64Array.from(said, (weight) => weight / exact);
    children.forEach((child, k) => this.local.set(child.id, weights[k]));
    return weights;
  }

  /**
   * What the weights of children sum to where they are not divided.
   * @param {TreeNode} pillar
   * @param {number} level
   */
  totalWeight(pillar, level) {
    const children = pillar.children ?? [];
    if (atLevel(this.setup.methodology.weight, level).method !== "given") return children.length;
    return (pillar.unit ?? 1) * children.reduce((sum, child) => sum + child.weight, 0);
  }

  /**
   * Strike out a pillar of units that have too few figures in it.
   * @param {TreeNode} pillar
   * @param {Float64Array[]} shares
   */
  strike(pillar, shares) {
    const { coverage } = this.setup.methodology;
    if (coverage.below === "unranked") return;
    const kept = new Uint8Array(this.size).fill(1);
    keepReaching(this.figures, this.setup, indicatorsOf(pillar), coverage.pillar, {}, kept);
    for (const share of shares) kept.forEach((there, i) => there || (share[i] = 0));
  }

  /**
   * Whether what enters a pillar depends on the values of other units.
   * @param {number} level
   * @param {TreeNode} pillar
   */
  compares(level, pillar) {
    const again = atLevel(this.setup.methodology.renormalise, level);
    return again.method !== "none" && (pillar.children ?? []).some((child) => child.children);
  }

  /**
   * The values of the children of a pillar as they enter it: on one scale again, or turned.
   * @param {TreeNode} pillar
   * @param {number} level
   * @returns {Float64Array[]}
   */
  entered(pillar, level) {
    const children = pillar.children ?? [];
    const own = this.senses.get(pillar.id) ?? 1;
    const columns = children.map((child) => /** @type {Float64Array} */ (this.values.get(child.id)));
    if (!this.compares(level, pillar)) {
      return columns.map((values, k) => {
        if (!children[k].children || this.senses.get(children[k].id) === own) return values;
        this.refuseUnturnable(children[k], level + 1);
        this.turns.set(children[k].id, 2 * middleOf(this.common));
        return values.map((value) => 2 * middleOf(this.common) - value);
      });
    }
    const method = settled(atLevel(this.setup.methodology.renormalise, level), this.positive);
    return columns.map((values, k) => {
      const sense = (this.senses.get(children[k].id) ?? own) * own;
      const size = children[k].children ? this.sizeOf(children[k]) : 0;
      const about = { title: children[k].title, constant: this.setup.methodology.constant };
      const told = values.map((value) => significant(value, size));
      return /** @type {Float64Array} */ (normalised(method, told, sense, about));
    });
  }

  /**
   * Refuse to turn the score of a pillar about the middle of a scale on which it does not lie.
   * @param {TreeNode} pillar
   * @param {number} level
   */
  refuseUnturnable(pillar, level) {
    const { normalise, aggregate } = this.setup.methodology;
    const common = JSON.stringify(this.common);
    const own = indicatorsOf(pillar).map((id) => this.setup.tree.indicators[id].normalise ?? normalise);
    const alike = own.every((method) => JSON.stringify(settled(method, this.positive)) === common);
    /** @type {(node: TreeNode, at: number) => boolean} */
    const summed = (node, at) =>
      (node.aggregate ?? atLevel(aggregate, at)).method === "sum" ||
      (node.children ?? []).some((child) => child.children && summed(child, at + 1));
    if (!alike || ["none", "rank", "borda"].includes(this.common.method) || summed(pillar, level)) {
      throw new Refusal(`The score of ${pillar.title} is not on a scale that could be turned.`);
    }
  }

  /**
   * The size of the largest value of any indicator beneath a pillar.
   * @param {TreeNode} pillar
   */
  sizeOf(pillar) {
    let size = 0;
    for (const id of indicatorsOf(pillar)) {
      for (const value of this.y.get(id) ?? []) if (Math.abs(value) > size) size = Math.abs(value);
    }
    return size;
  }

  /** How large the parts are that are added up to scores; 0 where they are no sums. */
  magnitude() {
    if (!this.linear) return 0;
    let most = 0;
    const parts = new Float64Array(this.size);
    this.descend(this.setup.root, new Float64Array(this.size).fill(1), parts);
    const totals = /** @type {Float64Array} */ (this.values.get(""));
    for (let i = 0; i < this.size; i++) if (totals[i] === totals[i] && parts[i] > most) most = parts[i];
    return most;
  }

  /**
   * Add the sizes of what indicators bring to the whole.
   * @param {TreeNode} pillar
   * @param {Float64Array} above
   * @param {Float64Array} parts
   */
  descend(pillar, above, parts) {
    const shares = /** @type {Float64Array[]} */ (this.shares.get(pillar.id));
    const total = this.totals.get(pillar.id) ?? 1;
    (pillar.children ?? []).forEach((child, k) => {
      const own = above.map((value, i) => value * shares[k][i] * total);
      if (child.children) this.descend(child, own, parts);
      else {
        const y = /** @type {Float64Array} */ (this.y.get(child.id));
        for (let i = 0; i < this.size; i++) if (y[i] === y[i]) parts[i] += Math.abs(own[i] * y[i]);
      }
    });
  }
}
