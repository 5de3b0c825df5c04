/** Price and regimes over time. */
import type { App } from "../app";
import { PriceChart } from "../charts/price_chart";
import { firstBarFrom } from "../bar_series";
import { h } from "../dom";
import { selectRange } from "../selection";
import { choiceButtons, labellingMeaning, labellingSwitch, regimeLegend, toggleButton, type Choice } from "./controls";
import type { PriceStyle } from "../state";
import { section, type Section } from "./section";

const kYearMs = 365 * 86_400_000;

export function priceSection(app: App): Section {
  const { bars, labellings } = app.report;
  const view = new PriceChart(app);
  const detail = h("p", { class: "chart-note", "aria-live": "polite" });
  view.onDrawn = () => { detail.textContent = view.detail(); };
  const styles: Choice<PriceStyle>[] = [
    { value: "auto", title: "Auto", hint: "Candles when few bars are in view, a line otherwise" },
    { value: "line", title: "Line" }, { value: "candles", title: "Candles" },
  ];
  return section("price", bars.close ? "Price and regimes" : "Regimes over time", "Price",
    labellings.length > 1
      ? "Colours behind the price follow the labels you choose. The lanes below compare all labels bar by bar."
      : "Colours behind the price are the regimes; the lane below holds their numbers.",
    h("div", { class: "toolbar" }, labellingSwitch(app), windowButtons(app),
      bars.hasCandles ? choiceButtons(app, "priceStyle", "Style of the price", styles) : null,
      bars.close ? toggleButton(app, "isLogarithmic", "Log scale", "Equal percentages are equally high") : null,
      toggleButton(app, "isSelectingRange", "Select range", "Drag over the price to select bars instead of moving the window"),
      h("button", { type: "button", title: "Selects every bar in view; the way to select by keyboard", click: () => selectVisible(app) }, "Select what is in view")),
    labellingMeaning(app),
    regimeLegend(app),
    h("div", { class: "panel panel-chart" }, app.charts.add("price", view), detail,
      h("p", { class: "chart-note no-print" }, "Wheel or pinch zooms, dragging moves, the strip at the bottom shows where you are. With the chart in focus, arrow keys walk along bars and + and − zoom.")));
}

function windowButtons(app: App): HTMLElement {
  const { count, times } = app.report.bars;
  const show = (firstBar: number) => app.state.set({ viewFrom: Math.max(-0.5, firstBar - 0.5), viewTo: Math.max(1, count) - 0.5 });
  const button = (name: string, title: string, firstBar: () => number) =>
    h("button", { type: "button", "data-window": name, click: () => show(firstBar()) }, title);
  const isOverAYear = count > 1 && times[count - 1] - times[0] > kYearMs;
  return h("div", { class: "segmented", role: "group", "aria-label": "Bars in view" },
    button("all", "All", () => 0),
    isOverAYear ? button("year", "Last year", () => firstBarFrom(times, times[count - 1] - kYearMs)) : null,
    count > 150 ? button("150", "Last 150 bars", () => count - 150) : null);
}

function selectVisible(app: App): void {
  const { viewFrom, viewTo } = app.state.value;
  app.state.set({ selection: selectRange(app.report.bars.count, Math.ceil(viewFrom), Math.floor(viewTo), "on the price chart") });
}
