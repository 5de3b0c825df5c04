// Measures how long a report takes to be ready and to follow a zoom: node tests/measure.mjs REPORT.html
//
// Times are of this machine, for comparing two states of the page; no test asserts them.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const kRuns = 5;
const [reportPath] = process.argv.slice(2);
if (!reportPath || !existsSync(reportPath)) {
  console.error("usage: node tests/measure.mjs REPORT.html");
  process.exit(1);
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const readyTimes = [];
let zoomTimes = [];
for (let run = 0; run < kRuns; ++run) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.documentElement?.dataset.ready !== "true") return;
      window.readyMs = performance.now();
      observer.disconnect();
    }).observe(document, { attributes: true, subtree: true });
  });
  await page.goto(pathToFileURL(resolve(reportPath)).href);
  await page.waitForFunction(() => window.readyMs !== undefined);
  readyTimes.push(await page.evaluate(() => window.readyMs));
  if (run === kRuns - 1) zoomTimes = await page.evaluate(measureZooms);
  await page.close();
}
await browser.close();
console.log(`ready: median ${Math.round(median(readyTimes))} ms of ${readyTimes.map(Math.round).join(", ")}`);
console.log(`zoom step, from the new window to painted canvas: median ${median(zoomTimes).toFixed(1)} ms, worst ${Math.max(...zoomTimes).toFixed(1)} ms`);

/** In the page: windows of all sizes, each drawn to the end. */
async function measureZooms() {
  const { charts, state } = window.regimetryReport;
  const { viewFrom, viewTo } = state.value;
  const times = [];
  for (let step = 0; step < 40; ++step) {
    const share = Math.pow(0.85, step);
    const start = performance.now();
    charts.price.dispatchAction({ type: "dataZoom", startValue: viewTo - (viewTo - viewFrom) * share, endValue: viewTo });
    await new Promise(requestAnimationFrame);
    charts.price.getZr().flush();
    times.push(performance.now() - start);
    await new Promise(requestAnimationFrame);
  }
  return times;
}
