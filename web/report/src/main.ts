/** Reads the data in the page and builds everything from it. */
import type { App } from "./app";
import { ChartRegistry } from "./charts/chart_registry";
import { decodeReport } from "./decode";
import { append, h, replaceChildren } from "./dom";
import { preparePrinting } from "./print";
import { readReport, type Report } from "./report";
import { dataSection } from "./sections/data_quality";
import { mapsSection } from "./sections/maps";
import { methodSection } from "./sections/method";
import { navigation } from "./sections/navigation";
import { priceSection } from "./sections/price";
import { readingSection } from "./sections/reading";
import { regimesSection } from "./sections/regimes";
import { runSection } from "./sections/run_record";
import type { Section } from "./sections/section";
import { selectionBar } from "./sections/selection_bar";
import { separationSection } from "./sections/separation";
import { pageHeader, summarySection } from "./sections/summary";
import { transitionsSection } from "./sections/transitions";
import { initialState, type MapTool } from "./state";
import { ThemeControl } from "./theme";

async function start(): Promise<void> {
  const page = document.getElementById("page")!;
  try {
    const data = await decodeReport(document.getElementById("regimetry-data")!.textContent ?? "");
    build(page, readReport(data));
  } catch (error) {
    showFailure(page, error);
  }
}

function build(page: HTMLElement, report: Report): void {
  const theme = new ThemeControl(report.data.colors, regimeCountOf(report));
  const app: App = { report, theme, state: initialState(report.bars.count, report.data.maps[0]?.method ?? null, firstMapTool()), charts: new ChartRegistry(theme) };
  const sections = [
    summarySection(app), priceSection(app), mapsSection(app), regimesSection(app), transitionsSection(app), separationSection(app),
    methodSection(app), dataSection(app), runSection(app), readingSection(),
  ].filter((section): section is Section => section !== null);
  app.charts.afterNextDraw(() => { document.documentElement.dataset.ready = "true"; });
  const main = h("main", { id: "content" }, pageHeader(app), sections.map(({ element }) => element));
  replaceChildren(page);
  append(page, [h("a", { class: "skip", href: "#content" }, "Skip to the content"), navigation(app, sections), main, selectionBar(app),
    h("footer", { class: "page-footer" }, `Made by regimetry ${report.data.version}. Regimes describe markets; they are not advice. Charts are drawn with Apache ECharts (Apache License 2.0).`)]);
  preparePrinting(app);
  // The first chart is drawn even where a small screen hides it at first: it is what the reader came for.
  app.charts.drawNow("price");
  Object.assign(window, { regimetryReport: { drawAll: () => app.charts.drawAll(), charts: app.charts.charts, state: app.state } });
}

/** A finger that crosses the map scrolls the page until a tool is chosen; a mouse has its wheel for that. */
function firstMapTool(): MapTool {
  return matchMedia("(pointer: coarse)").matches ? "none" : "rect";
}

/** Of every labelling, so that each id that occurs has a colour. */
function regimeCountOf(report: Report): number {
  const largest = Math.max(-1, ...report.labellings.flatMap((labels) => labels.occurring), ...report.labellings.map((labels) => (labels.structure?.regimes.length ?? 0) - 1));
  const now = report.data.summary.now;
  return Math.max(largest + 1, report.data.colors.length, (now?.regime ?? -1) + 1, (now?.asof_regime ?? -1) + 1);
}

function showFailure(page: HTMLElement, error: unknown): void {
  const words = error instanceof Error ? error.message : String(error);
  replaceChildren(page, h("div", { class: "failure-page", role: "alert" },
    h("h1", {}, "This report cannot be shown"), h("p", {}, words),
    h("p", {}, "The file may have been cut off on its way. Fetch it again, or make the report anew with regimetry.")));
  document.documentElement.dataset.failed = "true";
}

void start();
