// What the data of a page is, as softpower/analysis/explore makes it.

interface Method { method: string; [parameter: string]: any }

interface TreeNode {
  id: string;
  title: string;
  weight: number;
  summary?: string;
  unit?: number;
  direction?: number;
  aggregate?: Method | null;
  children?: TreeNode[];
}

interface Indicator {
  column: number;
  direction: number;
  treat: Method | null;
  normalise: Method | null;
  goalposts: [number, number] | null;
  /** Whether its transform is a logarithm, so that it is not logged once more. */
  logarithm: boolean;
}

interface Tree {
  framework: string;
  restated: { indicators: Record<string, unknown>; pillars: Record<string, unknown> };
  root: TreeNode;
  indicators: Record<string, Indicator>;
}

interface Methodology {
  coverage: { country: number; pillar: number; below: string };
  treat: Method;
  impute: Method;
  normalise: Method;
  renormalise: Method[];
  weight: Method[];
  missing: Method;
  aggregate: Method[];
  scale: Method;
  round: number | null;
  direction: string;
  tiebreak: string[];
  ties: string;
  constant: string;
  [field: string]: any;
}

interface Prepared {
  columns: Record<string, number>;
  ranked: number[];
  imputed: boolean;
  positive: boolean;
}

interface Start {
  name: string;
  title: string;
  reason: string;
  /** What is set beside the variants, as keys and values that can be typed. */
  set: [string, string][];
  /** Units that are left out beside the variants. */
  without: string[];
  /** What is set beside the variants that a reader may set anew. */
  asked: { weights: Record<string, number>; omit: string[] };
  tree: number;
  rows: number[];
  countries: string[];
  methodology: Methodology;
  written: Record<string, string>;
  /** The weights that its variants state, and what these leave out. */
  weights: Record<string, number>;
  left: Record<string, string[]>;
  derived: Record<string, number> | null;
  prepared: Prepared | null;
}

interface Choice { word: string; says: string; method: Method }

interface PageData {
  title: string;
  run: string;
  /** Whether a command finds the index. */
  typed: boolean;
  publisher: string;
  summary: string;
  version: string;
  hash: string;
  noun: string;
  decimals: number;
  units: { id: string; name: string }[];
  columns: { data: string; silent: number[] }[];
  trees: Tree[];
  starts: Start[];
  choices: Record<string, Choice[]>;
  words: Record<string, { method: Method; says: string }>;
  tiers: Record<string, number> | null;
  notes: string[];
}

/** What is changed of an index: the patch of a run. */
interface Patch {
  tree: number;
  rows: number[];
  methodology: Methodology;
  weights: Record<string, number>;
  left: Record<string, string[]>;
}

/** What a ranking is computed from. */
interface Setup {
  tree: Tree;
  root: TreeNode;
  rows: number[];
  methodology: Methodology;
  derived: Record<string, number> | null;
  prepared: Prepared | null;
}

interface Ranking {
  rows: number[];
  root: TreeNode;
  scores: Float64Array;
  ranks: Float64Array;
  /** The value of every pillar and indicator by its id; the index itself is "". */
  values: Map<string, Float64Array>;
  /** For each pillar, by its id, what each child counts for each unit. */
  shares: Map<string, Float64Array[]>;
  /** The weight of every node within its parent. */
  local: Map<string, number>;
  totals: Map<string, number>;
  linear: boolean;
  ranked: Uint8Array;
}

/** What a reader has set. */
interface Setting {
  start: number;
  normalise: string;
  aggregate: string[];
  missing: string;
  weights: Record<string, number>;
  omit: string[];
  pinned: string[];
  asked: string;
}

interface Change {
  title: string;
  before: string;
  after: string;
  family: string;
  apply: (patch: Patch) => void;
}
