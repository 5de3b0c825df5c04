/** The report as the page uses it: columns read, labellings at hand by key. */
import { readBars, type BarSeries } from "./bar_series";
import { readLabels, type LabellingKey, type Labels } from "./labels";
import type { ReportData, Structure } from "./report_data";

export interface Report {
  data: ReportData;
  bars: BarSeries;
  labellings: Labels[];
}

export function readReport(data: ReportData): Report {
  const bars = readBars(data.bars);
  return { data, bars, labellings: data.labellings.map((labelling) => readLabels(labelling, bars.count)) };
}

export function labelsOf(report: Report, key: LabellingKey): Labels {
  return report.labellings.find((labels) => labels.key === key) ?? report.labellings[0];
}

/** "calm", or "" where the regime has no words. */
export function regimeWords(report: Report, labels: Labels, id: number): string {
  if (labels.names) return labels.names[id] ?? "";
  return report.data.regime_titles.find((title) => title.id === id)?.title ?? "";
}

/** "Regime 1, calm" */
export function regimeName(report: Report, labels: Labels, id: number): string {
  if (id < 0) return "No regime";
  const words = regimeWords(report, labels, id);
  const kind = labels.key === "truth" ? "True regime" : "Regime";
  return words ? `${kind} ${id}, ${words}` : `${kind} ${id}`;
}

/** The structure of a labelling; where the report has none for it, that of the final labels. */
export function structureOf(report: Report, labels: Labels): { structure: Structure; labels: Labels } | null {
  if (labels.structure) return { structure: labels.structure, labels };
  const final = report.labellings[0];
  return final.structure ? { structure: final.structure, labels: final } : null;
}

/** Regimes of a structure that occur, ascending. */
export function occurringRegimes(structure: Structure): number[] {
  return structure.regimes.filter((regime) => regime.rows > 0).map((regime) => regime.regime);
}
