/** Which brush the pointer holds on a chart. Handing it over makes the library draw everything again, so only changes are told. */
import type { Chart } from "./echarts_parts";

export type BrushType = "rect" | "polygon" | "lineX" | null;

export class BrushCursor {
  private held: BrushType = null;

  /** A new chart instance holds none. */
  reset(): void {
    this.held = null;
  }

  hold(chart: Chart, type: BrushType): void {
    if (type === this.held) return;
    this.held = type;
    chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: type ?? false, brushMode: "single" } });
  }
}
