/** Whether knowing the regime says anything about the returns that follow. */
import type { App } from "../app";
import { horizonsOf, SeparationChart } from "../charts/separation_chart";
import { details, h, replaceChildren, table } from "../dom";
import { formatBars, formatCount, formatNumber, formatPercent, formatPValue, formatSignedPercent } from "../format";
import type { Labels } from "../labels";
import { regimeBadge } from "../regime_badge";
import { labelsOf, occurringRegimes, structureOf } from "../report";
import type { Separation, SeparationTest, Structure } from "../report_data";
import { labellingSwitch } from "./controls";
import { knowledgeNote, panel, section, type Section } from "./section";

export function separationSection(app: App): Section | null {
  const tested = app.report.labellings.filter((labels) => labels.structure?.separation);
  const final = structureOf(app.report, labelsOf(app.report, "final"));
  const hasForward = final !== null && horizonsOf(final.structure).length > 0;
  if (tested.length === 0 && !hasForward) return null;
  return section("separation", "What regimes tell about what follows", "Separation",
    "Returns over the next bars, sorted by the regime of the bar they start from.",
    tested.length > 0 ? h("div", { class: "two-columns" }, tested.filter((labels) => labels.key !== "truth").map(separationPanel)) : null,
    hasForward ? forwardPanel(app) : null,
    h("p", { class: "quiet-words" }, "Even a true difference is not a profit: costs, and the size of what is explained, decide. For direction it is seldom more than a few thousandths."));
}

function separationPanel(labels: Labels): HTMLElement {
  const separation = labels.structure!.separation!;
  const isAsof = labels.key === "asof";
  return panel(labels.title,
    knowledgeNote(isAsof, isAsof
      ? "Only this could have been traded: each label was made from the past alone."
      : "Final labels are drawn with later bars in view, so they can “separate” returns that nobody could have earned."),
    h("p", { class: "verdict" }, verdictWords(separation.separates)),
    h("ul", { class: "sentences" }, separation.horizons.map((horizon) => h("li", {}, testWords(separation, horizon)))),
    details("All tests", testTable(separation)));
}

/** "volatility, not direction", or a reason why nothing can be said. */
function verdictWords(separates: string): string {
  return separates.startsWith("nothing") ? `${separates.charAt(0).toUpperCase()}${separates.slice(1)}.` : `Regimes separate ${separates}.`;
}

function testWords(separation: Separation, horizon: Separation["horizons"][number]): string {
  const { absolute_return: size, return: direction } = horizon;
  const parts: string[] = [];
  if (size) parts.push(`the regime explains ${formatPercent(size.eta_squared)} of how large the return is (chance alone ${formatPercent(size.null_mean)}, p = ${formatPValue(size.p_value)}: ${isFound(size, separation) ? "found" : "not told from chance"})`);
  if (direction) parts.push(`${formatPercent(direction.eta_squared, 2)} of its direction (chance alone ${formatPercent(direction.null_mean, 2)}, p = ${formatPValue(direction.p_value)}: ${isFound(direction, separation) ? "found" : "not told from chance"})`);
  const next = horizon.horizon_bars === 1 ? "bar" : formatBars(horizon.horizon_bars);
  return `Over the next ${next} ${parts.join(", and ")}.`;
}

/** The rule of the engine: p times the number of horizons below 0.05. */
function isFound(test: SeparationTest, separation: Separation): boolean {
  return test.p_value !== null && test.p_value * separation.horizons.length < 0.05;
}

function testTable(separation: Separation): HTMLElement {
  const rows = separation.horizons.flatMap(({ horizon_bars, absolute_return, return: direction }) =>
    ([["Size", absolute_return], ["Direction", direction]] as const).filter(([, test]) => test !== null).map(([name, test]) =>
      [`${name}, ${formatBars(horizon_bars)}`, formatCount(test!.count), formatNumber(test!.eta_squared, 4), formatNumber(test!.null_mean, 4), formatPValue(test!.p_value)]));
  return h("div", {},
    h("p", { class: "quiet-words" }, `Eta squared: share of the variance of ranks that lies between regimes. Chance: the same with labels moved in time, ${formatCount(separation.shifts)} times.`),
    table("Tests of separation", ["What", "#Bars", "#Eta squared", "#Chance", "#p"], rows));
}

function forwardPanel(app: App): HTMLElement {
  const rows = h("div", {});
  const note = h("div", {});
  const follow = () => {
    const { structure, labels } = structureOf(app.report, labelsOf(app.report, app.state.value.labelling))!;
    replaceChildren(note, labels.key === "asof"
      ? knowledgeNote(true, "After bars that were given this label from the past alone.")
      : knowledgeNote(false, labels.key === "truth" ? "True regimes of the simulation; no observer knew them." : "After bars that ended up with this label; later bars helped to draw it."));
    replaceChildren(rows, details("As a table", forwardTable(structure)));
  };
  app.state.subscribe(["labelling"], follow);
  follow();
  return panel("Returns that followed", h("div", { class: "toolbar" }, labellingSwitch(app)), note, app.charts.add("separation", new SeparationChart(app)), rows);
}

function forwardTable(structure: Structure): HTMLElement {
  const horizons = horizonsOf(structure);
  return table("Forward returns by regime", ["Regime", ...horizons.flatMap((horizon) => [`#size, ${formatBars(horizon)}`, `#direction, ${formatBars(horizon)}`])],
    occurringRegimes(structure).map((id) => [regimeBadge(id), ...horizons.flatMap((horizon) => {
      const forward = structure.regimes[id].returns?.forward.find((candidate) => candidate.horizon_bars === horizon);
      return [formatPercent(forward?.mean_absolute, 3), formatSignedPercent(forward?.mean, 3)];
    })]));
}
