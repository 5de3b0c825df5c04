/** Points of one map, read from its columns. */
import { readColumn, readColumnOf, type Numbers } from "./columns";
import type { PlacedMap } from "./report_data";

export interface PlacedPoints {
  count: number;
  /** [M] the bar of each point. */
  bars: Numbers;
  x: Numbers;
  y: Numbers;
}

export function readPoints(map: PlacedMap): PlacedPoints {
  const bars = readColumn(map.bars);
  return { count: bars.length, bars, x: readColumnOf(map.x, bars.length, `${map.method} x`), y: readColumnOf(map.y, bars.length, `${map.method} y`) };
}
