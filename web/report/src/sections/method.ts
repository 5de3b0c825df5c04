/** How regimes were found, and how much that choice mattered. */
import type { App } from "../app";
import { EvidenceChart } from "../charts/evidence_chart";
import { MatrixChart, type MatrixContent } from "../charts/matrix_chart";
import { details, h, table, type Child } from "../dom";
import { formatBars, formatCount, formatNumber, formatPercent, formatValue, kUnknown } from "../format";
import { regimeBadge } from "../regime_badge";
import type { ComparedMethod, Match, RegimesRecord } from "../report_data";
import { panel, section, type Section } from "./section";

export function methodSection(app: App): Section {
  const { regimes, match } = app.report.data;
  return section("method", "How regimes were found", "Method", methodWords(regimes),
    match ? matchPanel(match) : null,
    regimes.evidence.regime_count ? countPanel(app, regimes.evidence.regime_count) : null,
    regimes.evidence.persistence ? persistencePanel(regimes.evidence.persistence) : null,
    regimes.comparison ? comparisonPanel(app, regimes) : null,
    regimes.label_stability || regimes.asof_refits.length > 0 ? stabilityPanel(regimes) : null,
    regimes.notes.length > 0 ? h("ul", { class: "quiet-words" }, regimes.notes.map((note) => h("li", {}, note))) : null);
}

function methodWords(regimes: RegimesRecord): string {
  const persistence = regimes.penalty === null ? "" : `, with a price of ${formatNumber(regimes.penalty, 1)} for each switch`;
  const end = regimes.converged ? "" : " It stopped at its limit of iterations before it was done; labels are usable, but another run may differ.";
  return `Method ${regimes.method} named ${formatCount(regimes.rows)} rows with ${regimes.n_clusters} ${regimes.n_clusters === 1 ? "regime" : "regimes"}${persistence}.${end}`;
}

function countPanel(app: App, evidence: NonNullable<RegimesRecord["evidence"]["regime_count"]>): HTMLElement {
  return panel(`Number of regimes: ${evidence.n_clusters}`,
    h("p", {}, evidence.reason),
    h("p", { class: "quiet-words" }, "A choice of resolution, not the discovery of a true number."),
    evidence.evidence.length > 0 ? app.charts.add("evidence", new EvidenceChart(evidence)) : null,
    details("As a table", table("Evidence for the number of regimes", ["#Regimes", "#Gap between eigenvalues", "#Silhouette", "#Stability"],
      evidence.evidence.map((row) => [
        row.n_clusters === evidence.n_clusters ? h("strong", {}, `${row.n_clusters} (chosen)`) : row.n_clusters,
        formatNumber(row.eigengap, 4), formatNumber(row.silhouette, 3), formatNumber(row.stability, 3)]))));
}

function persistencePanel(persistence: NonNullable<RegimesRecord["evidence"]["persistence"]>): HTMLElement {
  const keys = [...new Set(persistence.candidates.flatMap((candidate) => Object.keys(candidate)))];
  const isNumber = (key: string) => persistence.candidates.some((candidate) => typeof candidate[key] === "number");
  return panel(`Price of a switch: ${formatNumber(persistence.penalty, 1)}`,
    h("p", {}, persistence.reason),
    keys.length > 0
      ? details("Prices that were tried", table("Candidates of persistence", keys.map((key) => (isNumber(key) ? "#" : "") + key.replace(/_/g, " ")),
        persistence.candidates.map((candidate) => keys.map((key): Child => formatValue(candidate[key]))), { rowHeaders: false }))
      : null);
}

function comparisonPanel(app: App, regimes: RegimesRecord): HTMLElement {
  const comparison = regimes.comparison!;
  const names = Object.keys(comparison.adjusted_rand_index);
  return h("div", { class: names.length > 1 ? "two-columns wide-first" : "" },
    panel(comparison.rows < regimes.rows ? `Other methods on the last ${formatCount(comparison.rows)} rows` : "Other methods on the same rows",
      table("Comparison of methods", ["Method", "#Regimes", "#Switches a year", "#Mean stay", "#Smallest", "#As-of = final"],
        comparison.methods.map((method) => comparedRow(method, regimes.method))),
      h("p", { class: "quiet-words" }, "As-of = final: how often the label known at the time is the one that was kept in the end. A change of regime needs bars to be seen, so expect far less than 100 %.")),
    names.length > 1
      ? panel("Do they agree?",
        h("p", { class: "quiet-words" }, "Adjusted Rand index between labels of two methods: 1 is the same grouping, 0 what chance gives."),
        app.charts.add("agreement", new MatrixChart(() => agreementContent(names, comparison.adjusted_rand_index), { mostCellHeight: 46, leastCellHeight: 28, rowLabelWidth: 96 })),
        details("As a table", table("Agreement of methods", ["Method", ...names.map((name) => `#${name}`)],
          names.map((row) => [row, ...names.map((column) => formatNumber(comparison.adjusted_rand_index[row]?.[column], 2))]))))
      : null);
}

function comparedRow(method: ComparedMethod, chosen: string): Child[] {
  const name = method.method === chosen ? [h("strong", {}, method.method), h("small", {}, " this report")] : method.method;
  if ("failure" in method) return [[name, h("div", { class: "failure" }, method.failure)], ...Array<Child>(5).fill(kUnknown)];
  return [
    [name, method.converged ? null : h("small", { title: "It stopped at its limit of iterations." }, " not done")],
    formatCount(method.n_clusters), formatNumber(method.switches_per_year, 1), formatBars(method.mean_stay_rows, 1),
    formatPercent(method.smallest_share), formatPercent(method.asof_agreement, 0),
  ];
}

function agreementContent(names: string[], values: Record<string, Record<string, number | null>>): MatrixContent {
  return {
    description: "Agreement between methods as a heat map of adjusted Rand indexes; a table follows.",
    rowNames: names, columnNames: names.map(shortName), rowTitle: "", columnTitle: "",
    cells: names.map((row) => names.map((column) => {
      const value = values[row]?.[column] ?? (row === column ? 1 : null);
      return {
        shade: value === null ? null : Math.max(0, value) * 0.85,
        lines: [value === null ? "–" : value.toFixed(2)],
        tip: [`${row} and ${column}: adjusted Rand index ${formatNumber(value, 3)}`],
      };
    })),
  };
}

function shortName(name: string): string {
  return name.length > 8 ? `${name.slice(0, 6)}…` : name;
}

function stabilityPanel(regimes: RegimesRecord): HTMLElement {
  const { label_stability: stability, asof_refits: refits } = regimes;
  return panel("Would yesterday have said the same?",
    stability ? h("p", {}, `Refits on growing histories name ${formatPercent(stability.agreement, 0)} of the rows that two of them share alike (adjusted Rand index ${formatNumber(stability.adjusted_rand_index, 2)}, ${formatCount(stability.compared_pairs)} pairs of fits).`) : null,
    regimes.asof_agreement !== null ? h("p", {}, `The label known at the time is the final one on ${formatPercent(regimes.asof_agreement, 0)} of the bars that have both.`) : null,
    stability && stability.regimes.length > 0
      ? table("Stability of each regime", ["Regime", "#Overlap with earlier fits", "#Fits compared"],
        stability.regimes.map(({ id, overlap, compared_fits }) => [regimeBadge(id), meter(overlap), formatCount(compared_fits)]))
      : null,
    refits.length > 0
      ? details(`${refits.length} refits that made the labels known at the time`, table("As-of refits", ["Knew up to", "#Rows", "#Regimes", "#Kept their number", "Done"],
        refits.map((refit) => [refit.cut, formatCount(refit.rows), formatCount(refit.regimes), formatPercent(refit.agreement, 0), refit.converged ? "yes" : "stopped at its limit"])))
      : null);
}

/** A share as a number with a bar behind it. */
function meter(share: number): HTMLElement {
  return h("span", { class: "meter" }, h("i", { style: `width:${Math.max(0, Math.min(1, share)) * 100}%` }), h("b", {}, formatPercent(share, 0)));
}

function matchPanel(match: Match): HTMLElement {
  return panel("Simulated data: how well were the true regimes found?",
    h("p", {}, matchWords(match)),
    table("Match with the truth", ["Method", "Labels", "#Bars", "#Adjusted Rand index", "#Balanced accuracy"], [
      ...match.methods.map((row) => [row.is_chosen ? [h("strong", {}, row.method), h("small", {}, " this report")] : row.method, row.labels === "asof" ? "known at the time" : "final",
        formatCount(row.rows), formatNumber(row.adjusted_rand_index, 3), formatPercent(row.balanced_accuracy)]),
      ...([["best possible, known at the time", match.oracle?.filter], ["best possible, with hindsight", match.oracle?.smoother]] as const)
        .filter(([, score]) => score).map(([name, score]) => [h("em", {}, "oracle"), name, formatCount(score!.rows), formatNumber(score!.adjusted_rand_index, 3), formatPercent(score!.balanced_accuracy)]),
    ]),
    h("p", { class: "quiet-words" }, "Balanced accuracy: mean over true regimes of the share of bars that were named right. The oracle knows every parameter of the simulation; nobody who sees only returns can do better."));
}

function matchWords(match: Match): string {
  const chosen = match.methods.find((row) => row.is_chosen && row.labels === "final") ?? match.methods.find((row) => row.is_chosen);
  if (!chosen) return "The methods below were compared with the true regimes of the simulation.";
  const ceiling = chosen.labels === "asof" ? match.oracle?.filter : match.oracle?.smoother;
  const best = ceiling ? ` An observer who knows the simulation inside out would have named ${formatPercent(ceiling.balanced_accuracy, 0)} right.` : "";
  return `Method ${chosen.method} named ${formatPercent(chosen.balanced_accuracy, 0)} of the bars right, averaged over the true regimes (${chosen.labels === "asof" ? "known at the time" : "final labels"}).${best}`;
}
