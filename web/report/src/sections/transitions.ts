/** What follows what, and how long it lasts. */
import type { App } from "../app";
import { DwellChart } from "../charts/dwell_chart";
import { MatrixChart, type MatrixContent } from "../charts/matrix_chart";
import { details, h, replaceChildren, table, type Child } from "../dom";
import { countWords, formatBars, formatCount, formatNumber, formatPercent, formatProbability, formatPValue } from "../format";
import { regimeBadge } from "../regime_badge";
import { labelsOf, occurringRegimes, regimeName, structureOf } from "../report";
import type { Structure } from "../report_data";
import { isFaded } from "../state";
import { labellingSwitch } from "./controls";
import { panel, section, type Section } from "./section";

/** A longer table opens on demand: the chart beside it shows the same. */
const kMostRowsShown = 10;

export function transitionsSection(app: App): Section | null {
  if (!structureOf(app.report, labelsOf(app.report, "final"))) return null;
  const tables = h("div", {});
  const words = h("p", { class: "lead" });
  const dwellTable = h("div", {});
  const passage = h("div", {});
  const notes = h("div", {});
  const follow = () => {
    const { structure } = source(app);
    words.textContent = switchWords(structure);
    replaceChildren(tables, details("As a table", transitionTable(structure)));
    const rows = dwellRows(structure);
    replaceChildren(dwellTable, dwellWords(structure), occurringRegimes(structure).length > kMostRowsShown ? details("As a table", rows) : rows);
    replaceChildren(passage, details("Expected bars until a regime is met", passageTable(structure)));
    replaceChildren(notes, orderWords(structure), structure.dependence ? h("p", { class: "quiet-words" }, structure.dependence) : null,
      structure.notes.map((note) => h("p", { class: "quiet-words" }, note)));
  };
  app.state.subscribe(["labelling"], follow);
  app.state.subscribe(["labelling", "highlighted"], () => app.charts.redraw("transitions"));
  follow();
  const chart = new MatrixChart(() => transitionContent(app), { mostCellHeight: 64, leastCellHeight: 24, rowLabelWidth: 48 });
  return section("transitions", "What follows what", "Transitions", null, words,
    h("div", { class: "toolbar" }, labellingSwitch(app)),
    h("div", { class: "two-columns" },
      panel("Chance of the regime at the next bar",
        h("p", { class: "quiet-words" }, "From the regime at the left to the one above. Small figures: 95 % interval. Shade grows with the square root, so that rare ways out can be seen."),
        app.charts.add("transitions", chart), tables, passage),
      panel("How long a regime lasts",
        h("p", { class: "quiet-words" }, "● mean  ◆ median  ▮ longest stay"),
        app.charts.add("dwell", new DwellChart(app)), dwellTable)),
    notes);
}

function source(app: App) {
  return structureOf(app.report, labelsOf(app.report, app.state.value.labelling))!;
}

function switchWords(structure: Structure): string {
  const yearly = structure.switches_per_year === null ? "" : `, ${formatNumber(structure.switches_per_year, 1)} a year`;
  return `The market changed its regime ${countWords(structure.switches, "time", "times")}${yearly}.`;
}

function cellInterval(structure: Structure, i: number, j: number): string {
  const [low, high] = [structure.transitions.low[i]?.[j], structure.transitions.high[i]?.[j]];
  if (low === null || low === undefined || high === null || high === undefined) return "";
  return `${shortProbability(low)}–${shortProbability(high)}`;
}

/** ".97": leading zeros cost more room in a cell than they say. */
function shortProbability(value: number): string {
  if (value >= 0.9995) return "1";
  if (value < 0.0005) return "0";
  return value.toFixed(3).replace(/^0/, "");
}

function transitionContent(app: App): MatrixContent {
  const { structure, labels } = source(app);
  const ids = occurringRegimes(structure);
  const names = ids.map(String);
  const name = (id: number) => regimeName(app.report, labels, id);
  return {
    description: `Transition matrix of ${ids.length} regimes: ${ids.map((i) => `regime ${i} stays with ${formatProbability(structure.transitions.probabilities[i][i])}`).join("; ")}. A table follows.`,
    rowNames: names, columnNames: names, rowTitle: "now", columnTitle: "at the next bar",
    isFaded: (row, column) => isFaded(app.state.value, labels.key, ids[row]) && isFaded(app.state.value, labels.key, ids[column]),
    cells: ids.map((i) => ids.map((j) => {
      const probability = structure.transitions.probabilities[i][j];
      const count = structure.transitions.counts[i][j];
      const shown = cellInterval(structure, i, j);
      return {
        shade: Math.sqrt(probability),
        lines: count === 0 ? ["·"] : [shortProbability(probability), shown],
        tip: [
          h("div", { class: "tip-title" }, i === j ? `${name(i)} stays` : `${name(i)} → ${name(j)}`),
          h("div", {}, count === 0 ? "Never seen in this sample." : `${formatProbability(probability)}${shown ? `, 95 % interval ${shown}` : ""}; ${countWords(count, "transition", "transitions")}`),
        ],
      };
    })),
  };
}

function transitionTable(structure: Structure): HTMLElement {
  const ids = occurringRegimes(structure);
  return table("Transition probabilities with 95 % intervals", ["From", ...ids.map((id) => `#to ${id}`)],
    ids.map((i) => [regimeBadge(i), ...ids.map((j): Child =>
      structure.transitions.counts[i][j] === 0 ? "not seen" : [formatProbability(structure.transitions.probabilities[i][j]), h("small", {}, ` ${cellInterval(structure, i, j)}`)])]));
}

function passageTable(structure: Structure): HTMLElement {
  const ids = occurringRegimes(structure);
  return h("div", {},
    h("p", { class: "quiet-words" }, "Bars until the regime above is first met, from the one at the left; on the diagonal until it is met again. A dash: the chain may never get there."),
    table("Expected bars to first passage", ["From", ...ids.map((id) => `#to ${id}`)],
      ids.map((i) => [regimeBadge(i), ...ids.map((j) => formatNumber(structure.first_passage_bars[i]?.[j], 1))])));
}

function dwellWords(structure: Structure): HTMLElement {
  const cutOff = structure.regimes.reduce((sum, regime) => sum + regime.dwell.cut_off_spells, 0);
  return h("p", { class: "quiet-words" }, cutOff > 0
    ? `Only whole stays count: ${countWords(cutOff, "stay", "stays")}, cut off by the ends of the data or by bars without a regime, ${cutOff === 1 ? "is" : "are"} left out. Numbers from few stays are uncertain however many bars they hold.`
    : "Numbers from few stays are uncertain however many bars they hold.");
}

function dwellRows(structure: Structure): HTMLElement {
  return table("Length of stays", ["Regime", "#Stays", "#Mean", "#Median", "#Longest", "#Long-run share", "#Memoryless p"],
    occurringRegimes(structure).map((id) => {
      const { dwell, stationary } = structure.regimes[id];
      return [regimeBadge(id), formatCount(dwell.spells), formatNumber(dwell.mean_bars, 1), formatNumber(dwell.median_bars, 1), formatCount(dwell.longest_bars),
        formatPercent(stationary), formatPValue(dwell.geometric_p_value)];
    }));
}

function orderWords(structure: Structure): HTMLElement | null {
  const p = structure.order_test.bootstrap_p_value ?? structure.order_test.chi_squared_p_value;
  if (p === null) return null;
  const verdict = p < 0.05
    ? "The regime before the present one matters too: the table above, which only looks at the present one, tells less than there is to know."
    : "Nothing shows that the regime before the present one matters: the table above says what there is to say.";
  const sticky = structure.regimes.filter((regime) => (regime.dwell.geometric_p_value ?? 1) < 0.05).map((regime) => regime.regime);
  return h("p", { class: "quiet-words" }, `${verdict} (p = ${formatPValue(p)})`,
    sticky.length > 0 ? ` Stays of regime ${sticky.join(", ")} are not memoryless (small p above): how often it stays is no guide to how much longer it will last. Mean stays: ${sticky.map((id) => `${id}: ${formatBars(structure.regimes[id].dwell.mean_bars, 1)}`).join(", ")}.` : null);
}
