/** A set of bars that the reader picked, on a map, on the price or by a regime. */

export interface Selection {
  /** [T], 1 where the bar is selected. */
  mask: Uint8Array;
  count: number;
  /** Where it was made, in words: "on the map". */
  origin: string;
}

/** null where nothing is selected: an empty selection is none. */
export function selectBars(barCount: number, bars: Iterable<number>, origin: string): Selection | null {
  const mask = new Uint8Array(barCount);
  let count = 0;
  for (const bar of bars) {
    if (bar < 0 || bar >= barCount || mask[bar] === 1) continue;
    mask[bar] = 1;
    ++count;
  }
  return count > 0 ? { mask, count, origin } : null;
}

export function selectRange(barCount: number, first: number, last: number, origin: string): Selection | null {
  return selectWhere(barCount, (bar) => bar >= first && bar <= last, origin);
}

export function selectRegime(ids: ArrayLike<number>, regime: number, origin: string): Selection | null {
  return selectWhere(ids.length, (bar) => ids[bar] === regime, origin);
}

function selectWhere(barCount: number, isSelected: (bar: number) => boolean, origin: string): Selection | null {
  const bars: number[] = [];
  for (let bar = 0; bar < barCount; ++bar) if (isSelected(bar)) bars.push(bar);
  return selectBars(barCount, bars, origin);
}

/** Bars per regime among the selected ones, most first; id -1 stands for bars without a regime. */
export function regimesOf(selection: Selection, ids: ArrayLike<number>): { id: number; count: number }[] {
  const counts = new Map<number, number>();
  for (let bar = 0; bar < ids.length; ++bar) if (selection.mask[bar]) counts.set(ids[bar], (counts.get(ids[bar]) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || a.id - b.id);
}
