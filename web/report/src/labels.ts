/** One labelling of the bars: which regime each bar has, and how sure that is. */
import { readColumnOf, type Numbers } from "./columns";
import type { Labelling, Structure } from "./report_data";

export type LabellingKey = Labelling["key"];

export interface Labels {
  key: LabellingKey;
  title: string;
  /** For narrow places. */
  shortTitle: string;
  meaning: string;
  /** [T], -1: no regime. */
  ids: Numbers;
  probability: Numbers | null;
  names: string[] | null;
  structure: Structure | null;
  /** Ids that occur, ascending. */
  occurring: number[];
  /** Bars of each id. */
  barCounts: Map<number, number>;
}

const kShortTitles: Record<LabellingKey, string> = { final: "Final", asof: "At the time", truth: "True" };
const kNoProbability = 255;

export function readLabels(labelling: Labelling, barCount: number): Labels {
  const ids = readColumnOf(labelling.ids, barCount, `labels '${labelling.key}'`);
  const barCounts = new Map<number, number>();
  for (const id of ids) if (id >= 0) barCounts.set(id, (barCounts.get(id) ?? 0) + 1);
  return {
    key: labelling.key, title: labelling.title, shortTitle: kShortTitles[labelling.key], meaning: labelling.meaning, ids,
    probability: labelling.probability ? readColumnOf(labelling.probability, barCount, `probability '${labelling.key}'`) : null,
    names: labelling.names, structure: labelling.structure,
    occurring: [...barCounts.keys()].sort((a, b) => a - b),
    barCounts,
  };
}

/** 0..1, null where it is not known. */
export function probabilityAt(labels: Labels, bar: number): number | null {
  const value = labels.probability?.[bar] ?? kNoProbability;
  return value === kNoProbability ? null : value / 250;
}
