// A report of an invented market, to look at the page without the engine: node tests/make_fixture.mjs OUT.html [BARS] [VARIANT]
//
// Variants: full (default), minimal (close only, nothing optional), no-volume, one-regime, many-regimes (24), intraday,
// gaps (ids that never occur, missing prices, hostile text).
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { buildTemplate } from "../build.mjs";
import { makeNormal, makeRandom } from "./random.mjs";

const kColors = ["#009e73", "#56b4e9", "#e69f00", "#d55e00", "#0072b2", "#cc79a7", "#f0e442", "#000000"];
const kTitles = ["calm, drifting up", "quiet, sideways", "nervous", "stormy, falling", "recovery", "slow decline", "squeeze", "panic"];
const kDay = 86_400_000;
const kHour = 3_600_000;

const kVariants = {
  full: {},
  minimal: { minimal: true, regimeCount: 2 },
  "no-volume": { volume: false },
  "one-regime": { regimeCount: 1 },
  "many-regimes": { regimeCount: 24 },
  intraday: { intraday: true },
  gaps: { gaps: true },
};

export function makeReport(barCount, variant) {
  const options = { regimeCount: 4, volume: true, ...kVariants[variant] };
  const random = makeRandom(20260101);
  const normal = makeNormal(random);
  const K = options.regimeCount;
  const truth = chain(barCount, K, random, 0.985);
  const idOf = (regime) => (options.gaps && regime >= 2 ? regime + 1 : regime);
  const final = truth.map((id) => (random() < 0.02 && K > 1 ? (id + 1) % K : id)).map(idOf);
  const asof = final.map((_, bar) => (bar < Math.min(500, barCount / 4) ? -1 : final[Math.max(0, bar - Math.floor(random() * 9))]));
  const prices = market(truth, normal, options);
  const size = Math.max(...final) + 1;
  const data = {
    format: 1, version: "0.9.0", title: options.intraday ? "EURUSD 1h" : "EURUSD 1d", symbol: "EURUSD", timeframe: options.intraday ? "1h" : "1d",
    bars_per_year: options.minimal ? null : 252, source: "simulated market, seed 7",
    bars: barsOf(prices, options),
    labellings: [
      labelling("final", "Final labels", "Made from the whole sample, later bars included.", final, size, prices, random, options),
      ...(options.minimal ? [] : [
        labelling("asof", "Known at the time", "Each bar was named when it was over, from itself and earlier bars.", asof, size, prices, random, options),
        { ...labelling("truth", "True regimes", "The regimes that the simulation went through.", truth, K, prices, random, options), structure: null, probability: null,
          names: Array.from({ length: K }, (_, id) => `state ${id}`) },
      ]),
    ],
    colors: Array.from({ length: size }, (_, id) => kColors[id % 8]),
    regime_titles: [...new Set(final)].sort((a, b) => a - b).map((id) => ({ id, title: options.gaps && id === 0 ? "<img src=x onerror=alert(1)>" : kTitles[id % 8] })),
    maps: options.minimal ? [] : ["tsne", "umap", "pca"].map((method) => mapOf(method, final, normal)),
    summary: summaryOf(final, asof, barCount, prices, options),
    regimes: regimesRecord(K, barCount, options),
    health: options.minimal ? null : health(barCount),
    levels: options.minimal ? null : levels(),
    match: options.minimal ? null : match(),
    run: options.minimal ? null : run(),
  };
  return data;
}

export async function fixturePage(barCount, variant) {
  const data = makeReport(barCount, variant);
  const text = gzipSync(JSON.stringify(data)).toString("base64");
  return (await buildTemplate()).replace("{{REGIMETRY_TITLE}}", () => data.title).replace("{{REGIMETRY_DATA}}", () => text);
}

function chain(count, regimeCount, random, stay) {
  const ids = [];
  let id = 0;
  for (let bar = 0; bar < count; ++bar) {
    ids.push(id);
    if (random() > stay && regimeCount > 1) id = (id + 1 + Math.floor(random() * Math.min(3, regimeCount - 1))) % regimeCount;
  }
  return ids;
}

function market(ids, normal, options) {
  const prices = { open: [], high: [], low: [], close: [], volume: [], times: [] };
  let price = 1.1;
  let time = options.intraday ? Date.UTC(2024, 0, 1) : Date.UTC(2005, 0, 3);
  for (const id of ids) {
    const deviation = 0.003 * (1 + (id % 8) * 0.8);
    const open = price;
    price *= Math.exp((0.0004 - 0.0004 * (id % 4)) + deviation * normal() * 0.7);
    price += (1.1 - price) * 0.002;
    prices.times.push(time);
    prices.open.push(open);
    prices.close.push(price);
    prices.high.push(Math.max(open, price) * (1 + Math.abs(normal()) * deviation * 0.4));
    prices.low.push(Math.min(open, price) * (1 - Math.abs(normal()) * deviation * 0.4));
    prices.volume.push(Math.round(1e5 * (1 + (id % 8)) * Math.exp(normal() * 0.4)));
    time += options.intraday ? kHour : kDay;
    while ([0, 6].includes(new Date(time).getUTCDay())) time += options.intraday ? kHour : kDay;
  }
  if (options.gaps) for (let bar = 40; bar < 60 && bar < ids.length; ++bar) for (const key of ["open", "high", "low", "close"]) prices[key][bar] = NaN;
  return prices;
}

function column(type, values) {
  const Type = { f32: Float32Array, i32: Int32Array, i16: Int16Array, u8: Uint8Array }[type];
  return { type, data: Buffer.from(Type.from(values).buffer).toString("base64") };
}

function barsOf(prices, options) {
  const unit = options.intraday ? kHour : kDay;
  const steps = prices.times.map((time, bar) => (bar === 0 ? 0 : (time - prices.times[bar - 1]) / unit));
  const unless = (isAbsent, values) => (isAbsent ? null : column("f32", values));
  return {
    count: prices.times.length, start_ms: prices.times[0], unit_ms: unit, steps: column("i32", steps),
    open: unless(options.minimal, prices.open), high: unless(options.minimal, prices.high), low: unless(options.minimal, prices.low),
    close: column("f32", prices.close), volume: unless(options.minimal || !options.volume, prices.volume), price_digits: 4,
  };
}

function labelling(key, title, meaning, ids, regimeCount, prices, random, options) {
  return {
    key, title, meaning, ids: column("i16", ids), names: null,
    probability: options.minimal ? null : column("u8", ids.map((id) => (id < 0 ? 255 : Math.round(250 * (0.6 + 0.4 * random()))))),
    structure: options.minimal && key !== "final" ? null : structure(ids, regimeCount, prices, options, key),
  };
}

function structure(ids, K, prices, options, key) {
  const counts = Array.from({ length: K }, () => Array(K).fill(0));
  for (let bar = 1; bar < ids.length; ++bar) if (ids[bar] >= 0 && ids[bar - 1] >= 0) ++counts[ids[bar - 1]][ids[bar]];
  const sums = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const probabilities = counts.map((row, i) => row.map((count) => (sums[i] ? count / sums[i] : 0)));
  const spread = (p, n) => 1.96 * Math.sqrt((p * (1 - p)) / Math.max(1, n));
  const labelled = ids.filter((id) => id >= 0).length;
  const switches = counts.reduce((sum, row, i) => sum + row.reduce((a, b, j) => a + (i === j ? 0 : b), 0), 0);
  return {
    rows: ids.length, labelled_rows: labelled, regime_count: new Set(ids.filter((id) => id >= 0)).size,
    bars_per_year: options.minimal ? null : 252, switches, switches_per_year: options.minimal ? null : (switches / Math.max(1, labelled - 1)) * 252,
    regimes: Array.from({ length: K }, (_, id) => regimeStructure(id, ids, prices, probabilities, options)),
    transitions: {
      counts, probabilities,
      low: probabilities.map((row, i) => row.map((p) => (options.minimal ? null : Math.max(0, p - spread(p, sums[i]))))),
      high: probabilities.map((row, i) => row.map((p) => (options.minimal ? null : Math.min(1, p + spread(p, sums[i]))))),
      block_length: options.minimal ? null : 80,
    },
    first_passage_bars: probabilities.map((row, i) => row.map((p, j) => (sums[i] === 0 ? null : i === j ? 40 : 60 + 13 * ((i + 2 * j) % 7)))),
    order_test: { triples: labelled - 2, statistic: 41.2, degrees_of_freedom: 20, chi_squared_p_value: 0.003, bootstrap_p_value: options.minimal ? null : 0.02 },
    separation: options.minimal ? null : separation(key, K),
    replicates: 999, dependence: null, notes: [],
  };
}

function regimeStructure(id, ids, prices, probabilities, options) {
  const row = probabilities[id];
  const spells = [];
  for (let bar = 0, length = 0; bar <= ids.length; ++bar) {
    if (bar < ids.length && ids[bar] === id) ++length;
    else if (length > 0) { spells.push(length); length = 0; }
  }
  const rows = spells.reduce((a, b) => a + b, 0);
  const sorted = [...spells].sort((a, b) => a - b);
  const next = row.map((p, j) => [j === id ? -1 : p, j]).sort((a, b) => b[0] - a[0])[0];
  const entropy = -row.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
  const returns = [];
  for (let bar = 1; bar < ids.length; ++bar) if (ids[bar] === id && !Number.isNaN(prices.close[bar] / prices.close[bar - 1])) returns.push(Math.log(prices.close[bar] / prices.close[bar - 1]));
  const mean = returns.reduce((a, b) => a + b, 0) / Math.max(1, returns.length);
  const deviation = Math.sqrt(returns.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, returns.length - 1));
  const yearly = options.minimal ? null : 252;
  return {
    regime: id, rows, stickiness: row[id] ?? 0, most_likely_next: next && next[0] > 0 ? next[1] : null, next_probability: next && next[0] > 0 ? next[0] : 0,
    entropy, volatile: entropy > 0.4, note: rows ? "Highly persistent: suits holding." : "", role: (row[id] ?? 0) > 0.9 && entropy < 0.35 ? "Trend Holder" : "Moderate Regime",
    action: rows ? "Hold with the drift; tighten stops when the chance of leaving rises." : "", stationary: rows / ids.length,
    dwell: {
      spells: Math.max(0, spells.length - 1), cut_off_spells: spells.length ? 1 : 0, mean_bars: spells.length ? rows / spells.length : null,
      median_bars: spells.length ? sorted[Math.floor(sorted.length / 2)] : null, longest_bars: sorted.at(-1) ?? 0, geometric_distance: 0.1, geometric_p_value: spells.length > 5 ? 0.03 + 0.2 * (id % 3) : null,
    },
    returns: {
      count: returns.length, mean, deviation, annual_return: yearly && mean * yearly, annual_volatility: yearly && deviation * Math.sqrt(yearly),
      sharpe: yearly && (mean / deviation) * Math.sqrt(yearly), max_drawdown: returns.length ? Math.min(0.9, deviation * 22) : null,
      forward: [1, 5].map((horizon_bars) => ({ horizon_bars, count: returns.length, mean: mean * horizon_bars, mean_absolute: deviation * 0.8 * Math.sqrt(horizon_bars) })),
    },
  };
}

function separation(key, K) {
  if (K < 2) return { separates: "nothing can be said: fewer than two regimes", separates_volatility: false, separates_direction: false, shifts: 0, horizons: [] };
  const test = (eta, chance, p) => ({ count: 4000, eta_squared: eta, null_mean: chance, p_value: p });
  const isFinal = key === "final";
  return {
    separates: isFinal ? "volatility and direction" : "volatility, not direction", separates_volatility: true, separates_direction: isFinal, shifts: 999,
    horizons: [
      { horizon_bars: 1, absolute_return: test(isFinal ? 0.182 : 0.151, 0.004, 0.001), return: test(isFinal ? 0.0051 : 0.0012, 0.0009, isFinal ? 0.004 : 0.21) },
      { horizon_bars: 5, absolute_return: test(isFinal ? 0.201 : 0.143, 0.009, 0.001), return: test(isFinal ? 0.0093 : 0.0021, 0.0014, isFinal ? 0.002 : 0.33) },
    ],
  };
}

function mapOf(method, ids, normal) {
  const step = Math.max(1, Math.ceil(ids.length / 10_000));
  const bars = ids.map((_, bar) => bar).filter((bar) => bar % step === 0 && bar >= Math.min(30, ids.length / 2));
  const spread = method === "pca" ? 3 : 1.3;
  const at = (id, turn) => 6 * Math.cos((id / Math.max(1, new Set(ids).size)) * 2 * Math.PI + turn);
  return {
    method, bars: column("i32", bars), x: column("f32", bars.map((bar) => at(ids[bar], 0) + spread * normal())), y: column("f32", bars.map((bar) => at(ids[bar], Math.PI / 2) + spread * normal())),
    trustworthiness: { tsne: 0.984, umap: 0.941, pca: 0.812 }[method], neighborhood_preservation: { tsne: 0.52, umap: 0.38, pca: 0.12 }[method],
  };
}

function summaryOf(final, asof, barCount, prices, options) {
  const last = barCount - 1;
  let since = last;
  while (since > 0 && final[since - 1] === final[last]) --since;
  const date = new Date(prices.times[since]).toISOString().slice(0, 10);
  return {
    headline: `The market has been in regime ${final[last]}, ${kTitles[final[last] % 8]}, for ${last - since + 1} bars (since ${date}).`,
    sentences: [
      "Four regimes were found by a jump model; their number and the price of a switch were chosen by the data.",
      "A regime lasts 61 bars on average; the label known at the time agrees with the final one on 84 % of the bars.",
      "After a stay in this regime, the market usually went on to a nervous one.",
    ],
    warnings: options.minimal ? [] : [
      "Regimes partly follow the level of the price (18 % shared, chance 4 %): they may not come back when the level moves on.",
      "Final labels know later bars. Trade and judge by the labels known at the time.",
      "Regime 3 was entered 6 times only: its numbers are uncertain.",
      "The stays of regime 0 are not memoryless.",
      "12 bars repeat the close of the bar before.",
    ],
    now: {
      bar_ms: prices.times[last], regime: final[last], since_ms: prices.times[since], bars_in_regime: last - since + 1, bars_after: 0, probability: options.minimal ? null : 0.934,
      asof_regime: options.minimal ? null : asof[last] >= 0 ? (options.regimeCount > 1 ? (final[last] + 1) % options.regimeCount : 0) : null,
      usually_next: options.regimeCount > 1 ? { regime: final.find((id) => id !== final[last]), probability: 0.0123 } : null, stays_probability: 0.9812,
    },
  };
}

function regimesRecord(K, barCount, options) {
  const methods = ["spectral", "kmeans", "gmm", "hmm", "jump"];
  return {
    method: "jump", n_clusters: K, ids: Array.from({ length: K }, (_, id) => id), rows: barCount, converged: true, penalty: options.minimal ? null : 12.4, notes: [],
    evidence: options.minimal ? {} : {
      regime_count: {
        n_clusters: K, reason: "Silhouette and stability agree on it, and no larger number of regimes is as stable.",
        evidence: [2, 3, 4, 5, 6, 7, 8].map((n) => ({ n_clusters: n, eigengap: 0.05 / n + (n === K ? 0.03 : 0), silhouette: 0.3 - Math.abs(n - 4) * 0.03, stability: n === 2 ? null : 0.95 - Math.abs(n - 4) * 0.08 })),
      },
      persistence: { penalty: 12.4, reason: "The price was raised until a switch cost what its rarity is worth.", candidates: [3, 6, 12.4, 25].map((penalty) => ({ penalty, switches: Math.round(900 / penalty), worth: 2.1 + penalty / 9, chosen: penalty === 12.4 })) },
    },
    asof_refits: options.minimal ? [] : [500, 625, 781, 976, 1220].map((rows) => ({ cut: `2008-0${1 + (rows % 9)}-11`, rows, regimes: K, converged: rows !== 781, agreement: 0.8 + (rows % 17) / 100 })),
    asof_agreement: options.minimal ? null : 0.84,
    label_stability: options.minimal ? null : { agreement: 0.91, adjusted_rand_index: 0.78, compared_pairs: 10, regimes: Array.from({ length: K }, (_, id) => ({ id, overlap: 0.93 - (id % 8) * 0.08, compared_fits: 5 })) },
    comparison: options.minimal ? null : {
      rows: barCount,
      methods: [
        ...methods.map((method, i) => ({ method, n_clusters: K, converged: method !== "gmm", penalty: null, switches_per_year: 4 + 9 * (4 - i), mean_stay_rows: 60 / (5 - i), smallest_share: 0.08 + i / 100, asof_agreement: i === 0 ? null : 0.6 + i / 20 })),
        { method: "agglomerative", failure: "20,001 rows are more than its 20,000" },
      ],
      adjusted_rand_index: Object.fromEntries(methods.map((a, i) => [a, Object.fromEntries(methods.map((b, j) => [b, i === j ? 1 : Math.max(0.1, 0.82 - 0.17 * Math.abs(i - j))]))])),
    },
  };
}

function health(rows) {
  const example = (row, values, extra = {}) => ({ row, stamp: "2011-03-04", values, ...extra });
  return {
    symbol: "EURUSD", timeframe: "1d", rows_read: rows + 3, rows_kept: rows, worst_severity: "warning",
    findings: [
      { check: "duplicate_stamps", title: "Several rows share a stamp", severity: "warning", count: 3, first: example(102, "2 rows", { line: 104, file: "eurusd.csv" }), worst: example(840, "3 rows", { line: 843, file: "eurusd.csv" }), advice: "Look at how the file was put together.", action: "the last row of each stamp was kept" },
      { check: "gaps", title: "Bars are missing", severity: "info", count: 41, first: example(7, "1 bar"), worst: example(2210, "4 bars"), advice: "Holidays explain most of them.", action: "" },
    ],
  };
}

function levels() {
  return {
    warning: "Regimes say much of what the level of the price says.",
    columns: [{ name: "ema_200", follows: "price level", rank_correlation: 0.97 }, { name: "month", follows: "calendar", rank_correlation: 1 }],
    follows: [{ what: "price level", normalized_information: 0.18, null_mean: 0.04, p_value: 0.004 }, { what: "calendar", normalized_information: 0.02, null_mean: 0.02, p_value: 0.6 }],
  };
}

function match() {
  const row = (method, labels, adjusted_rand_index, balanced_accuracy, is_chosen = false) => ({ method, is_chosen, labels, adjusted_rand_index, balanced_accuracy });
  return {
    methods: [row("jump", "final", 0.842, 0.913, true), row("jump", "asof", 0.701, 0.827, true), row("hmm", "final", 0.811, 0.897), row("kmeans", "final", 0.412, 0.655)],
    oracle: { filter: { adjusted_rand_index: 0.78, balanced_accuracy: 0.871 }, smoother: { adjusted_rand_index: 0.905, balanced_accuracy: 0.948 } },
  };
}

function run() {
  const digest = "3b1c9f0e6d2a4758b6c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9";
  const output = (path) => ({ path, bytes: 123_456, sha256: digest });
  return {
    version: "0.9.0", command: "regimetry analyze eurusd.csv --output-dir out --n-clusters auto --persistence auto --window-size 60",
    settings: { window_size: { value: 60, origin: "command line" }, n_clusters: { value: "auto", origin: "default" }, horizons: { value: [1, 5], origin: "eurusd.yaml" }, asof: { value: true, origin: "default" } },
    inputs: [output("eurusd.csv")],
    stages: [{ name: "embed", key: digest, words: "9 features in windows of 60 bars.", outputs: [output("embeddings.npy")] }, { name: "cluster", key: digest, words: "", outputs: [output("cluster_assignments.csv"), output("regimes.json")] }],
  };
}

const [output, bars = "5000", variant = "full"] = process.argv.slice(2);
if (!output || !(variant in kVariants)) {
  console.error(`usage: node tests/make_fixture.mjs OUT.html [BARS] [${Object.keys(kVariants).join("|")}]`);
  process.exit(1);
}
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, await fixturePage(Number(bars), variant));
console.log(output);
