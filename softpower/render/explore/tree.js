// The tree of an index: weights that are stated anew, and what is left out.

/**
 * The ids of the indicators beneath a node, from left to right.
 * @param {TreeNode} node
 * @returns {string[]}
 */
function indicatorsOf(node) {
  return node.children ? node.children.flatMap(indicatorsOf) : [node.id];
}

/**
 * A pillar and all pillars beneath it, each before its children.
 * @param {TreeNode} node
 * @returns {TreeNode[]}
 */
function pillarsOf(node) {
  return node.children ? [node, ...node.children.flatMap(pillarsOf)] : [];
}

/**
 * All nodes beneath one, each before its children.
 * @param {TreeNode} node
 * @returns {TreeNode[]}
 */
function nodesOf(node) {
  return (node.children ?? []).flatMap((child) => [child, ...nodesOf(child)]);
}

/**
 * How many levels of aggregation there are.
 * @param {TreeNode} node
 * @returns {number}
 */
function depthOf(node) {
  return node.children ? 1 + Math.max(...node.children.map(depthOf)) : 0;
}

/**
 * For a node and all beneath it whether high (1) or low (-1) values are good.
 * @param {TreeNode} node
 * @param {number} above
 * @param {Map<string, number>} [found]
 */
function sensesOf(node, above, found = new Map()) {
  const own = node.direction || above;
  found.set(node.id, own);
  for (const child of node.children ?? []) sensesOf(child, own, found);
  return found;
}

/**
 * A tree without some nodes, nor the pillars that this leaves empty.
 * @param {TreeNode} pillar
 * @param {Set<string>} omitted
 * @returns {TreeNode}
 */
function without(pillar, omitted) {
  const children = (pillar.children ?? [])
    .filter((child) => !omitted.has(child.id))
    .map((child) => (child.children ? without(child, omitted) : child))
    .filter((child) => !child.children || child.children.length);
  return { ...pillar, children };
}

/**
 * The tree with some weights set and some nodes left out; see softpower/index/reweighting.py.
 * @param {TreeNode} root
 * @param {Record<string, number>} weights in percent within the parent
 * @param {Record<string, string[]>} left what is left out, with what had been weighed before
 */
function rearranged(root, weights, left) {
  if (!Object.keys(left).length) return reweighted(root, weights);
  const before = new Set();
  for (const pillar of pillarsOf(root)) {
    const gone = goneFrom(pillar, left);
    for (const [name, stated] of gone) {
      if (comesFirst(pillar, name, stated, weights, gone)) before.add(name);
    }
  }
  const rest = without(root, before);
  const there = new Set(nodesOf(rest).map((node) => node.id));
  const kept = Object.fromEntries(Object.entries(weights).filter(([name]) => there.has(name)));
  return without(reweighted(rest, kept), new Set(Object.keys(left)));
}

/**
 * The children that are left out, themselves or by all that they have.
 * @param {TreeNode} pillar
 * @param {Record<string, string[]>} left
 */
function goneFrom(pillar, left) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const child of pillar.children ?? []) {
    const stated = statedBefore(child, left);
    if (stated) found.set(child.id, stated);
  }
  return found;
}

/**
 * The weights on top of which a node is left out; null if it is not.
 * @param {TreeNode} node
 * @param {Record<string, string[]>} left
 * @returns {string[] | null}
 */
function statedBefore(node, left) {
  if (left[node.id]) return left[node.id];
  if (!node.children) return null;
  const beneath = node.children.map((child) => statedBefore(child, left));
  if (!beneath.length || beneath.includes(null)) return null;
  const [first, ...others] = /** @type {string[][]} */ (beneath);
  return first.filter((name) => others.every((stated) => stated.includes(name)));
}

/**
 * Whether a child is left out before the weights of its siblings are set.
 * @param {TreeNode} pillar
 * @param {string} name
 * @param {string[]} stated
 * @param {Record<string, number>} weights
 * @param {Map<string, string[]>} gone
 */
function comesFirst(pillar, name, stated, weights, gone) {
  const ids = (pillar.children ?? []).map((child) => child.id);
  const named = ids.filter((id) => id in weights);
  const rest = ids.filter((id) => !gone.has(id));
  const given = named.reduce((sum, id) => sum + weights[id], 0);
  const nothing = given >= 100 && !rest.some((id) => weights[id]);
  const excused = [name, ...stated];
  return (
    rest.length > 0 &&
    (nothing || rest.every((id) => named.includes(id)) || !named.every((id) => excused.includes(id)))
  );
}

/**
 * The tree with some weights set, in percent within the parent.
 * @param {TreeNode} pillar
 * @param {Record<string, number>} weights
 * @returns {TreeNode}
 */
function reweighted(pillar, weights) {
  const children = (pillar.children ?? []).map((child) =>
    child.children ? reweighted(child, weights) : child
  );
  const named = children.filter((child) => child.id in weights);
  if (!named.length) return { ...pillar, children };
  const given = named.reduce((sum, child) => sum + weights[child.id], 0);
  const others = children.reduce((sum, child) => sum + (child.id in weights ? 0 : child.weight), 0);
  let share = 0;
  if (named.length === children.length) {
    if (given === 0) throw new Refusal(`All weights within ${pillar.title} are zero.`);
  } else {
    if (given > 100) throw new Refusal(`The weights within ${pillar.title} sum to more than 100 %.`);
    if (others === 0 && given < 100) {
      throw new Refusal(`Nothing within ${pillar.title} is left to take the rest of the weight.`);
    }
    share = others ? (100 - given) / others : 0;
  }
  const stated = children.map((child) => ({
    ...child,
    weight: child.id in weights ? weights[child.id] : child.weight * share,
  }));
  const [before, after] = [children, stated].map((all) => all.reduce((sum, c) => sum + c.weight, 0));
  return { ...pillar, children: stated, unit: ((pillar.unit ?? 1) * before) / after };
}
