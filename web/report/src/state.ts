/** What the reader has chosen to see. Every chart and section follows it. */
import type { LabellingKey } from "./labels";
import { Observable } from "./observable";
import type { PlacedMap } from "./report_data";
import type { Selection } from "./selection";

export type PriceStyle = "auto" | "line" | "candles";
export type MapColoring = "regime" | "time";
export type MapTool = "none" | "rect" | "lasso";

export interface ViewState {
  labelling: LabellingKey;
  /** The regime of the active labelling that stands out; null: all do. */
  highlighted: number | null;
  selection: Selection | null;
  /** Ends of the price chart's axis in bars; fractions, because a bar may be in view by half. Bar i reaches from i - 0.5 to i + 0.5. */
  viewFrom: number;
  viewTo: number;
  isLogarithmic: boolean;
  priceStyle: PriceStyle;
  /** Dragging on the price selects a range instead of moving the window. */
  isSelectingRange: boolean;
  map: PlacedMap["method"] | null;
  mapColoring: MapColoring;
  mapTool: MapTool;
}

export type State = Observable<ViewState>;

export function initialState(barCount: number, map: PlacedMap["method"] | null, mapTool: MapTool): State {
  return new Observable<ViewState>({
    labelling: "final", highlighted: null, selection: null,
    viewFrom: -0.5, viewTo: Math.max(1, barCount) - 0.5,
    isLogarithmic: false, priceStyle: "auto", isSelectingRange: false,
    map, mapColoring: "regime", mapTool,
  });
}

/**
 * Whether a regime steps back because another one is highlighted. Found regimes keep their numbers between final labels and
 * labels known at the time; true regimes have numbers of their own and only follow their own labelling.
 */
export function isFaded(view: Readonly<ViewState>, labelling: LabellingKey, regime: number): boolean {
  if (view.highlighted === null) return false;
  if ((labelling === "truth") !== (view.labelling === "truth")) return false;
  return regime !== view.highlighted;
}
