/** What was found in the data, and whether regimes only follow the level of the price or the calendar. */
import type { App } from "../app";
import { details, h, table } from "../dom";
import { formatCount, formatNumber, formatPercent, formatPValue } from "../format";
import type { Health, HealthExample, Levels } from "../report_data";
import { panel, section, type Section } from "./section";

export function dataSection(app: App): Section | null {
  const { health, levels } = app.report.data;
  if (!health && !levels) return null;
  return section("data", "The data", "Data", null, levels ? levelsPanel(levels) : null, health ? healthPanel(health) : null);
}

function levelsPanel(levels: Levels): HTMLElement {
  const rows = levels.follows.map((row) => [row.what, formatPercent(row.normalized_information), formatPercent(row.null_mean), formatPValue(row.p_value)]);
  return panel("Do regimes follow the price level or the calendar?",
    levels.warning ? h("p", { class: "warning-line" }, levels.warning) : h("p", {}, "Nothing shows that they do."),
    rows.length > 0 ? table("What regimes follow", ["What", "#Shared with regimes", "#Chance", "#p"], rows) : null,
    levels.columns.length > 0
      ? details(`${levels.columns.length} input columns that are levels or calendars themselves`, table("Columns that follow a level", ["Column", "Follows", "#Rank correlation"],
        levels.columns.map((column) => [column.name, column.follows, formatNumber(column.rank_correlation, 2)])))
      : null,
    h("p", { class: "quiet-words" }, "A regime that only says “the price was high” or “it was summer” will not come back when the level moves on."));
}

const kSeverityWords = { error: "Error", warning: "Warning", info: "Note" } as const;

function healthPanel(health: Health): HTMLElement {
  const kept = health.rows_kept === health.rows_read ? `All ${formatCount(health.rows_read)} rows were used.` : `${formatCount(health.rows_kept)} of ${formatCount(health.rows_read)} rows were used.`;
  if (health.findings.length === 0) return panel("Data health", h("p", {}, `${kept} Nothing odd was found.`));
  return panel("Data health", h("p", {}, kept),
    table("Findings, worst first", ["Severity", "Finding", "#Count", "First and worst", "Advice and what was done"], health.findings.map((finding) => [
      h("span", { class: `severity severity-${finding.severity}` }, kSeverityWords[finding.severity]),
      finding.title, formatCount(finding.count),
      [exampleWords("First", finding.first), finding.worst.row === finding.first.row ? null : exampleWords("Worst", finding.worst)],
      [h("div", {}, finding.advice), h("div", { class: "quiet-words" }, finding.action ? `Done: ${finding.action}` : "Nothing was changed.")],
    ]), { className: "table-words" }));
}

function exampleWords(name: string, example: HealthExample): HTMLElement {
  const place = example.file || example.line ? ` (${[example.file, example.line ? `line ${example.line}` : null].filter(Boolean).join(", ")})` : "";
  return h("div", {}, h("span", { class: "quiet-words" }, `${name}: `), `${example.stamp}${place} `, h("code", {}, example.values));
}
