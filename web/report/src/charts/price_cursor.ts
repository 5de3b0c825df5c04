/** The line and the box that follow the pointer (or the arrow keys) over the price chart and say what one bar holds. */
import type { App } from "../app";
import { h, replaceChildren, type Child } from "../dom";
import { formatNumber, formatPercent, formatShort, formatTime } from "../format";
import { probabilityAt } from "../labels";
import { regimeBadge } from "../regime_badge";
import { regimeWords } from "../report";

const kNarrow = 640;

export interface CursorPlace {
  /** Pixels within the chart's element. */
  x: number;
  top: number;
  bottom: number;
  width: number;
}

export class PriceCursor {
  private readonly line = h("div", { class: "cursor-line", hidden: true });
  private readonly box = h("div", { class: "cursor-box", hidden: true, role: "status" });
  /** null while nothing is pointed at. */
  bar: number | null = null;

  constructor(private app: App) {}

  attach(element: HTMLElement): void {
    element.append(this.line, this.box);
    this.hide();
  }

  show(bar: number, place: CursorPlace): void {
    this.line.hidden = this.box.hidden = false;
    this.line.style.cssText = `left:${place.x}px;top:${place.top}px;height:${place.bottom - place.top}px`;
    if (bar !== this.bar) replaceChildren(this.box, this.content(bar));
    this.bar = bar;
    const boxWidth = this.box.offsetWidth;
    const besideLine = place.x > place.width / 2 ? place.x - 12 - boxWidth : place.x + 12;
    const left = Math.max(4, Math.min(place.width - boxWidth - 4, besideLine));
    // A narrow chart has no room beside the line: there the box hangs below and leaves the price free.
    this.box.style.cssText = `left:${left}px;top:${place.width < kNarrow ? place.bottom + 6 : place.top + 8}px`;
  }

  hide(): void {
    this.bar = null;
    this.line.hidden = this.box.hidden = true;
  }

  private content(bar: number): Child[] {
    const { bars, labellings } = this.app.report;
    const price = (values: ArrayLike<number> | null) => (values ? formatNumber(values[bar], bars.priceDigits) : null);
    const facts: [string, string | null][] = bars.hasCandles
      ? [["Open", price(bars.open)], ["High", price(bars.high)], ["Low", price(bars.low)], ["Close", price(bars.close)]]
      : [["Close", price(bars.close)]];
    if (bars.volume) facts.push(["Volume", formatShort(bars.volume[bar])]);
    return [
      h("div", { class: "tip-title" }, formatTime(bars.times[bar], bars.isIntraday)),
      h("dl", { class: bars.hasCandles ? "tip-facts tip-facts-wide" : "tip-facts" }, facts.filter(([, value]) => value !== null).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
      labellings.map((labels) => {
        const id = labels.ids[bar];
        const probability = probabilityAt(labels, bar);
        return h("div", { class: "tip-regime" },
          h("span", { class: "tip-label" }, labels.title),
          regimeBadge(id),
          h("span", {}, id < 0 ? "none" : regimeWords(this.app.report, labels, id)),
          probability !== null ? h("span", { class: "tip-probability" }, formatPercent(probability, 0)) : null);
      }),
    ];
  }
}
