/**
 * What the engine hands to the page, as `src/report/report_data.cpp` writes it.
 *
 * The page holds it as base64 of gzipped JSON in <script id="regimetry-data" type="text/plain">.
 * Numbers of bars travel as columns: base64 of little-endian typed arrays, T bars each.
 * What comes from an artifact keeps the artifact's keys (snake_case, docs/regime-structure.md, docs/regimes.md).
 */

export interface Column {
  type: "f32" | "i32" | "i16" | "u8";
  data: string;
}

export interface ReportData {
  format: 1;
  /** Of regimetry. */
  version: string;
  /** "EURUSD 1d" */
  title: string;
  symbol: string;
  timeframe: string;
  bars_per_year: number | null;
  source: string;
  bars: Bars;
  /** Always "final"; then "asof" and "truth" where the run has them. */
  labellings: Labelling[];
  /** "#rrggbb" of regime 0, 1, ...; as many as the largest id of any labelling demands. Chosen for a light page. */
  colors: string[];
  /** In words, for every regime that occurs in the final labels: the same number in the as-of labels means the same. */
  regime_titles: { id: number; title: string }[];
  maps: PlacedMap[];
  summary: Summary;
  /** regimes.json */
  regimes: RegimesRecord;
  health: Health | null;
  levels: Levels | null;
  match: Match | null;
  run: RunRecord | null;
}

/** Bar i begins at start_ms + unit_ms * (steps[0] + ... + steps[i]), in UTC; steps[0] is 0. */
export interface Bars {
  count: number;
  start_ms: number;
  unit_ms: number;
  steps: Column; // i32
  /** f32, NaN where missing; null where the data has no such column. */
  open: Column | null;
  high: Column | null;
  low: Column | null;
  close: Column | null;
  volume: Column | null;
  /** Digits after the point that prices need. */
  price_digits: number;
}

export interface Labelling {
  key: "final" | "asof" | "truth";
  /** "Final labels", "Known at the time", "True regimes" */
  title: string;
  /** One sentence on what these labels know. */
  meaning: string;
  /** i16, -1 where a bar has no regime. */
  ids: Column;
  /** u8: 0..250 is 0..1, 255 is none; null: not known. */
  probability: Column | null;
  /** Names of the true regimes by id; null for found ones. */
  names: string[] | null;
  structure: Structure | null;
}

export interface PlacedMap {
  method: "pca" | "tsne" | "umap";
  /** i32 [M], the bar of each point, ascending. */
  bars: Column;
  x: Column; // f32 [M]
  y: Column; // f32 [M]
  trustworthiness: number | null;
  neighborhood_preservation: number | null;
}

/** The same words that the terminal and summary.md show. */
export interface Summary {
  /** "The market has been in regime 1, calm, for 34 bars (since 2019-01-11)." */
  headline: string;
  /** A few sentences: how many regimes, how stable, how sure, what usually follows. */
  sentences: string[];
  /** What matters most first; the first three are shown at the top. */
  warnings: string[];
  now: {
    bar_ms: number;
    regime: number;
    since_ms: number;
    bars_in_regime: number;
    /** Later bars, which have no regime: above 0, it is not the regime of now. */
    bars_after: number;
    /** Of the final labels at the last bar, 0..1; null: not known. */
    probability: number | null;
    /** The label known at the time, where there is one. */
    asof_regime: number | null;
    /** The likeliest other regime and its chance at the next bar; null where nothing else ever followed. */
    usually_next: { regime: number; probability: number } | null;
    stays_probability: number;
  } | null;
}

/** structure.json; null stands for what is unknown, undefined or infinite. */
export interface Structure {
  rows: number;
  labelled_rows: number;
  regime_count: number;
  bars_per_year: number | null;
  switches: number;
  switches_per_year: number | null;
  /** One per id from 0 on; ids that do not occur have rows 0. */
  regimes: RegimeStructure[];
  transitions: {
    counts: number[][];
    probabilities: number[][];
    /** Ends of 95 % intervals. */
    low: (number | null)[][];
    high: (number | null)[][];
    block_length: number | null;
  };
  first_passage_bars: (number | null)[][];
  order_test: {
    triples: number;
    statistic: number | null;
    degrees_of_freedom: number;
    chi_squared_p_value: number | null;
    bootstrap_p_value: number | null;
  };
  separation: Separation | null;
  replicates: number;
  dependence: string | null;
  notes: string[];
}

export interface RegimeStructure {
  regime: number;
  rows: number;
  stickiness: number;
  most_likely_next: number | null;
  next_probability: number;
  /** -sum p log p of its row of the transition matrix, natural log. */
  entropy: number;
  volatile: boolean;
  note: string;
  role: string;
  action: string;
  /** Share of time in the long run of the chain. */
  stationary: number | null;
  dwell: {
    spells: number;
    cut_off_spells: number;
    mean_bars: number | null;
    median_bars: number | null;
    longest_bars: number;
    geometric_distance: number | null;
    geometric_p_value: number | null;
  };
  /** Absent without prices. Log returns; annual ones need bars_per_year. */
  returns?: {
    count: number;
    mean: number | null;
    deviation: number | null;
    annual_return: number | null;
    annual_volatility: number | null;
    sharpe: number | null;
    max_drawdown: number | null;
    forward: { horizon_bars: number; count: number; mean: number | null; mean_absolute: number | null }[];
  };
}

export interface Separation {
  /** "volatility, not direction" and the like, or why nothing can be said. */
  separates: string;
  separates_volatility: boolean;
  separates_direction: boolean;
  /** Draws behind each p-value. */
  shifts: number;
  horizons: { horizon_bars: number; absolute_return: SeparationTest | null; return: SeparationTest | null }[];
}
export interface SeparationTest {
  count: number;
  /** Share of the variance of ranks that lies between regimes, 0..1. */
  eta_squared: number | null;
  /** The same of labels moved in time: what chance alone gives. */
  null_mean: number | null;
  p_value: number | null;
}

export interface RegimesRecord {
  method: string;
  n_clusters: number;
  ids: number[];
  rows: number;
  converged: boolean;
  penalty: number | null;
  notes: string[];
  /** How what was left open was chosen; keys absent where the user chose. */
  evidence: {
    regime_count?: {
      n_clusters: number;
      reason: string;
      /** One per number tried. */
      evidence: { n_clusters: number; eigengap: number | null; silhouette: number | null; stability: number | null }[];
    };
    persistence?: { penalty: number; reason: string; candidates: Record<string, unknown>[] };
  };
  asof_refits: { cut: string; rows: number; regimes: number; converged: boolean; agreement: number }[];
  asof_agreement: number | null;
  label_stability: {
    agreement: number;
    adjusted_rand_index: number;
    compared_pairs: number;
    regimes: { id: number; overlap: number; compared_fits: number }[];
  } | null;
  comparison: {
    /** That were compared: the latest, where fewer than all. */
    rows: number;
    methods: ComparedMethod[];
    adjusted_rand_index: Record<string, Record<string, number | null>>;
  } | null;
}
export type ComparedMethod =
  | { method: string; failure: string }
  | {
      method: string;
      n_clusters: number;
      converged: boolean;
      penalty: number | null;
      switches_per_year: number | null;
      mean_stay_rows: number;
      smallest_share: number;
      asof_agreement: number | null;
    };

/** health.json: what was found in the data before anything was computed, worst first. */
export interface Health {
  symbol: string;
  timeframe: string;
  rows_read: number;
  rows_kept: number;
  worst_severity: "none" | "info" | "warning" | "error";
  findings: HealthFinding[];
}
export interface HealthFinding {
  check: string;
  /** For people. */
  title: string;
  severity: "info" | "warning" | "error";
  /** Rows, gaps or runs concerned. */
  count: number;
  first: HealthExample;
  worst: HealthExample;
  advice: string;
  /** What was done; empty: nothing. */
  action: string;
}
export interface HealthExample {
  row: number;
  stamp: string;
  values: string;
  line?: number;
  file?: string;
}

/** levels.json: do regimes follow the level of the price or the calendar? */
export interface Levels {
  /** In words; empty when there is nothing to warn of. */
  warning: string;
  /** Columns that the regimes were made from and that are levels or calendars themselves. */
  columns: { name: string; follows: "price level" | "calendar"; rank_correlation: number }[];
  /** Share of what regimes say that the level of close (or the calendar) says too, 0..1, against moved labels. */
  follows: { what: "price level" | "calendar"; normalized_information: number; null_mean: number; p_value: number }[];
}

/** truth_match.json, of simulated markets. */
export interface Match {
  methods: {
    method: string;
    is_chosen: boolean;
    labels: "final" | "asof";
    rows: number;
    adjusted_rand_index: number;
    balanced_accuracy: number;
  }[];
  /** The best possible observer, who knows all parameters; null where the data does not hold it. */
  oracle: { filter: MatchScore | null; smoother: MatchScore | null } | null;
}
export interface MatchScore {
  rows: number;
  adjusted_rand_index: number;
  balanced_accuracy: number;
}

/** run.json */
export interface RunRecord {
  version: string;
  command: string;
  settings: Record<string, { value: unknown; origin: string }>;
  inputs: { path: string; bytes: number; sha256: string }[];
  stages: { name: string; key: string; words: string; outputs: { path: string; bytes: number; sha256: string }[] }[];
}
