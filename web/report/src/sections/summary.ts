/** The top of the page: what is going on now, in words and five numbers, and what to beware of. */
import type { App } from "../app";
import { details, h, type Child } from "../dom";
import { formatBars, formatCount, formatPercent, formatTime } from "../format";
import { regimeBadge } from "../regime_badge";
import { labelsOf, regimeWords } from "../report";
import type { Summary } from "../report_data";
import { section, type Section } from "./section";

const kWarningsOnTop = 3;

export function pageHeader(app: App): HTMLElement {
  const { data, bars } = app.report;
  const span = bars.count > 0 ? `${formatTime(bars.times[0], bars.isIntraday)} – ${formatTime(bars.times[bars.count - 1], bars.isIntraday)} UTC` : "no bars";
  const facts: [string, string][] = [["Span", span], ["Bars", formatCount(bars.count)]];
  if (data.source) facts.push(["Source", data.source]);
  return h("header", { class: "page-header" },
    h("p", { class: "eyebrow" }, "Regime report"),
    h("h1", {}, data.title),
    h("dl", { class: "facts-line" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))));
}

export function summarySection(app: App): Section {
  const { summary } = app.report.data;
  const element = section("summary", "Summary", "Summary", null,
    h("p", { class: "headline" }, keepDatesWhole(summary.headline)),
    summary.now ? nowTiles(app, summary.now) : null,
    h("div", { class: "summary-columns" },
      summary.sentences.length > 0 ? h("ul", { class: "sentences" }, summary.sentences.map((sentence) => h("li", {}, keepDatesWhole(sentence)))) : null,
      warnings(summary.warnings)));
  element.element.querySelector("h2")!.classList.add("unseen");
  return element;
}

/** Lines must not break at the hyphens of a date. */
function keepDatesWhole(words: string): Child[] {
  return words.split(/(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?)/).map((part, i) => (i % 2 === 1 ? h("span", { class: "whole" }, part) : part));
}

function nowTiles(app: App, now: NonNullable<Summary["now"]>): HTMLElement {
  const { report } = app;
  const words = (id: number) => regimeWords(report, labelsOf(report, "final"), id);
  const tiles: HTMLElement[] = [
    tile(now.bars_after > 0 ? "Last known regime" : "Regime now", [regimeBadge(now.regime), words(now.regime) || `Regime ${now.regime}`],
      now.probability === null ? "by the final labels" : `by the final labels, ${formatPercent(now.probability, 0)} sure`, "tile-main"),
    tile("Since", formatTime(now.since_ms, report.bars.isIntraday), `${formatBars(now.bars_in_regime)}, up to ${formatTime(now.bar_ms, report.bars.isIntraday)}`),
    tile("Stays at the next bar", formatPercent(now.stays_probability), "as often as it did so far"),
  ];
  if (now.usually_next) {
    tiles.push(tile("Usually next", [regimeBadge(now.usually_next.regime), words(now.usually_next.regime) || `Regime ${now.usually_next.regime}`],
      `${formatPercent(now.usually_next.probability)} chance at the next bar`));
  }
  if (now.asof_regime !== null) {
    const differs = now.asof_regime !== now.regime;
    tiles.push(tile("Known at the time", [regimeBadge(now.asof_regime), words(now.asof_regime) || `Regime ${now.asof_regime}`],
      differs ? "differs from the final label: trade by this one" : "the same, from the past alone", differs ? "tile-differs" : ""));
  }
  return h("div", { class: "tiles" }, tiles);
}

function tile(title: string, value: Child, note: string, className = ""): HTMLElement {
  return h("div", { class: `tile ${className}` }, h("div", { class: "tile-title" }, title), h("div", { class: "tile-value" }, value), h("div", { class: "tile-note" }, note));
}

function warnings(all: string[]): HTMLElement | null {
  if (all.length === 0) return null;
  const list = (words: string[]) => h("ul", {}, words.map((warning) => h("li", {}, warning)));
  const others = all.slice(kWarningsOnTop);
  return h("div", { class: "warnings", role: "note" },
    h("h3", {}, "Before you rely on this"),
    list(all.slice(0, kWarningsOnTop)),
    others.length > 0 ? details(`${others.length} more ${others.length === 1 ? "warning" : "warnings"}`, list(others)) : null);
}
