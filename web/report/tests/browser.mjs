// Opens a report in a browser and uses it: node tests/browser.mjs REPORT.html [SCREENSHOT_DIR]
//
// Needs a Chromium: $CHROMIUM, or one in the usual places. Prints a line for each check; ends with 1 when one failed.
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const kChromiumPlaces = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const kScreens = [
  { name: "phone-light", width: 390, height: 844, scheme: "light" },
  { name: "phone-dark", width: 390, height: 844, scheme: "dark" },
  { name: "small-phone-light", width: 360, height: 740, scheme: "light" },
  { name: "tablet-light", width: 768, height: 1024, scheme: "light" },
  { name: "desktop-light", width: 1440, height: 900, scheme: "light" },
  { name: "desktop-dark", width: 1440, height: 900, scheme: "dark" },
];
// What the browser says about the way this test reads pixels.
const kOwnWarnings = /willReadFrequently/;
const kReadyTimeoutMs = 20_000;

const [reportPath, screenshotFolder] = process.argv.slice(2);
if (!reportPath || !existsSync(reportPath)) {
  console.error("usage: node tests/browser.mjs REPORT.html [SCREENSHOT_DIR]");
  process.exit(1);
}
if (screenshotFolder) mkdirSync(screenshotFolder, { recursive: true });

let failureCount = 0;
function check(screen, what, isFine, detail = "") {
  if (!isFine) ++failureCount;
  console.log(`${isFine ? "ok  " : "FAIL"} ${screen}: ${what}${detail === "" ? "" : ` (${detail})`}`);
}

/** A number that changes when any pixel of the chart changes, and how many different colours it shows. */
async function pictureOf(page, key) {
  return page.evaluate((chartKey) => {
    const chart = window.regimetryReport.charts[chartKey];
    chart.getZr().flush();
    let hash = 0;
    const colors = new Set();
    for (const canvas of chart.getDom().querySelectorAll("canvas")) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const words = new Uint32Array(data.buffer);
      for (let i = 0; i < words.length; ++i) {
        hash = (Math.imul(hash, 31) + words[i]) | 0;
        if (i % 17 === 0 && words[i] >>> 24 > 0 && colors.size < 50) colors.add(words[i]);
      }
    }
    return { hash, colorCount: colors.size };
  }, key);
}

/** Two frames: one for the page to schedule its drawing, one to draw. */
async function settle(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));
}

async function open(browser, screen) {
  const page = await browser.newPage({ viewport: { width: screen.width, height: screen.height }, colorScheme: screen.scheme, reducedMotion: "reduce" });
  const url = pathToFileURL(resolve(reportPath)).href;
  const troubles = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !kOwnWarnings.test(message.text())) troubles.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { troubles.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  page.on("request", (request) => { if (request.url().split("#")[0] !== url && !request.url().startsWith("data:")) troubles.push(`request: ${request.url()}`); });
  // The page's own clock: it leaves out how long the browser takes to open a tab.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.documentElement?.dataset.ready !== "true") return;
      window.readyMs = performance.now();
      observer.disconnect();
    }).observe(document, { attributes: true, subtree: true });
  });
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.ready === "true" || document.documentElement.dataset.failed === "true", null, { timeout: kReadyTimeoutMs });
  return { page, troubles, readyMs: Math.round(await page.evaluate(() => window.readyMs ?? NaN)) };
}

async function checkPicture(page, screen) {
  await page.evaluate(() => window.regimetryReport.drawAll());
  await settle(page);
  const keys = await page.evaluate(() => Object.keys(window.regimetryReport.charts));
  const places = await page.evaluate(() => document.querySelectorAll("[data-chart]").length);
  check(screen.name, "every chart is drawn", keys.length === places && keys.length > 0, `${keys.length} of ${places}: ${keys.join(", ")}`);
  for (const key of keys) {
    const { colorCount } = await pictureOf(page, key);
    check(screen.name, `chart '${key}' shows something`, colorCount >= 2, `${colorCount} colours`);
  }
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  check(screen.name, "the page does not scroll sideways", widths[0] <= widths[1], widths.join(" of "));
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("[data-chart]")].filter((element) => !element.getAttribute("aria-label")).length);
  check(screen.name, "every chart has a description", unnamed === 0);
}

async function press(page, selector) {
  const button = page.locator(selector).first();
  if ((await button.count()) === 0) return false;
  await button.click({ timeout: 5000 });
  await settle(page);
  return true;
}

async function checkControls(page, screen) {
  await page.evaluate(() => document.querySelector("#price").scrollIntoView());
  await settle(page);
  for (const [what, on, off] of [
    ["labels known at the time", '[data-choice="labelling:asof"]', '[data-choice="labelling:final"]'],
    ["true regimes", '[data-choice="labelling:truth"]', '[data-choice="labelling:final"]'],
    ["log scale", '[data-choice="isLogarithmic"]', '[data-choice="isLogarithmic"]'],
    ["last 150 bars", '[data-window="150"]', '[data-window="all"]'],
    ["last year", '[data-window="year"]', '[data-window="all"]'],
    ["candles", '[data-choice="priceStyle:candles"]', '[data-choice="priceStyle:line"]'],
    ["a highlighted regime", "#price [data-regime]", "#price .legend .quiet"],
  ]) {
    const before = await pictureOf(page, "price");
    if (!(await press(page, on))) continue;
    const after = await pictureOf(page, "price");
    check(screen.name, `${what} changes the price chart`, before.hash !== after.hash || (what === "a highlighted regime" && (await page.locator("#price [data-regime]").count()) === 1));
    await press(page, off);
  }
  const labels = await page.evaluate(() => window.regimetryReport.state.value.labelling);
  check(screen.name, "the page is back at the final labels", labels === "final");
}

async function drag(page, from, to) {
  await page.mouse.move(...from);
  await page.mouse.down();
  for (let step = 1; step <= 8; ++step) await page.mouse.move(from[0] + ((to[0] - from[0]) * step) / 8, from[1] + ((to[1] - from[1]) * step) / 8);
  await page.mouse.up();
  await settle(page);
  await page.waitForTimeout(80);
}

async function bringToMiddle(page, key) {
  await page.evaluate((chartKey) => document.querySelector(`[data-chart="${chartKey}"]`).scrollIntoView({ block: "center", behavior: "instant" }), key);
  await settle(page);
}

const selectedCount = (page) => page.evaluate(() => window.regimetryReport.state.value.selection?.count ?? 0);

async function checkSelection(page, screen) {
  const hasMap = (await page.locator("#maps").count()) > 0;
  if (hasMap) {
    await bringToMiddle(page, "map");
    const before = await pictureOf(page, "price");
    const box = await page.locator('[data-chart="map"]').boundingBox();
    await drag(page, [box.x + box.width * 0.1, box.y + box.height * 0.1], [box.x + box.width * 0.9, box.y + box.height * 0.75]);
    check(screen.name, "a box on the map selects bars", (await selectedCount(page)) > 0, String(await selectedCount(page)));
    await page.evaluate(() => window.regimetryReport.drawAll());
    check(screen.name, "bars selected on the map are marked on the price", before.hash !== (await pictureOf(page, "price")).hash);
    check(screen.name, "the selection is told in words", /selected/.test(await page.locator(".selection-bar").innerText()));
    if (screenshotFolder) await page.screenshot({ path: join(screenshotFolder, `${screen.name}-selection-map.png`) });
    await press(page, '[data-action="clear"]');
    await press(page, '[data-choice="mapTool:lasso"]');
    await bringToMiddle(page, "map");
    const place = await page.locator('[data-chart="map"]').boundingBox();
    await page.mouse.move(place.x + place.width * 0.1, place.y + place.height * 0.1);
    await page.mouse.down();
    for (const [x, y] of [[0.9, 0.12], [0.88, 0.8], [0.5, 0.85], [0.12, 0.8], [0.1, 0.12]]) await page.mouse.move(place.x + place.width * x, place.y + place.height * y, { steps: 6 });
    await page.mouse.up();
    await settle(page);
    check(screen.name, "a lasso on the map selects bars", (await selectedCount(page)) > 0, String(await selectedCount(page)));
    await press(page, '[data-action="clear"]');
  }
  await bringToMiddle(page, "price");
  const mapBefore = hasMap ? await pictureOf(page, "map") : null;
  const view = await page.evaluate(() => window.regimetryReport.state.value.viewFrom);
  await press(page, '[data-choice="isSelectingRange"]');
  await bringToMiddle(page, "price");
  const price = await page.locator('[data-chart="price"]').boundingBox();
  await drag(page, [price.x + price.width * 0.4, price.y + 60], [price.x + price.width * 0.6, price.y + 90]);
  check(screen.name, "a range on the price selects bars", (await selectedCount(page)) > 0, String(await selectedCount(page)));
  check(screen.name, "selecting does not move the window", view === (await page.evaluate(() => window.regimetryReport.state.value.viewFrom)));
  await page.evaluate(() => window.regimetryReport.drawAll());
  if (screenshotFolder) await page.screenshot({ path: join(screenshotFolder, `${screen.name}-selection-price.png`) });
  if (hasMap) check(screen.name, "bars selected on the price are marked on the map", mapBefore.hash !== (await pictureOf(page, "map")).hash);
  await press(page, '[data-choice="isSelectingRange"]');
  await press(page, '[data-action="clear"]');
  check(screen.name, "clear clears", (await selectedCount(page)) === 0);
  await press(page, "#price [data-regime]");
  await press(page, '[data-action="select-regime"]');
  check(screen.name, "a regime of the legend selects its bars", (await selectedCount(page)) > 0);
  await press(page, '[data-action="clear"]');
}

async function checkZoom(page, screen) {
  await bringToMiddle(page, "price");
  const box = await page.locator('[data-chart="price"]').boundingBox();
  const windowOf = () => page.evaluate(() => [window.regimetryReport.state.value.viewFrom, window.regimetryReport.state.value.viewTo]);
  const [before] = [await windowOf()];
  await page.mouse.move(box.x + box.width * 0.7, box.y + 80);
  for (let step = 0; step < 4; ++step) { await page.mouse.wheel(0, -240); await settle(page); }
  const zoomed = await windowOf();
  const barCount = before[1] - before[0];
  if (barCount > 20) check(screen.name, "the wheel zooms in", zoomed[1] - zoomed[0] < barCount, `${Math.round(barCount)} to ${Math.round(zoomed[1] - zoomed[0])} bars`);
  await drag(page, [box.x + box.width * 0.5, box.y + 80], [box.x + box.width * 0.7, box.y + 80]);
  const moved = await windowOf();
  if (barCount > 20) check(screen.name, "dragging moves the window", moved[0] < zoomed[0], `${Math.round(zoomed[0])} to ${Math.round(moved[0])}`);
  await page.mouse.move(box.x + box.width * 0.6, box.y + 90);
  await settle(page);
  check(screen.name, "pointing at a bar says what it holds", /\d{4}-\d{2}-\d{2}/.test(await page.locator(".cursor-box").innerText()));
  if (screenshotFolder) await page.screenshot({ path: join(screenshotFolder, `${screen.name}-zoomed.png`) });
  await press(page, '[data-window="all"]');
}

async function checkKeyboard(page, screen) {
  await page.evaluate(() => { window.scrollTo(0, 0); document.activeElement?.blur?.(); });
  const wanted = await page.evaluate(() => [...document.querySelectorAll("button, summary, a[href], [data-chart=price]")]
    .filter((element) => element.checkVisibility() && !element.closest(".selection-bar") && !element.classList.contains("skip")).length);
  const reached = new Set();
  for (let step = 0; step < wanted + 120; ++step) {
    await page.keyboard.press("Tab");
    const index = await page.evaluate(() => {
      const all = [...document.querySelectorAll("button, summary, a[href], [data-chart=price]")].filter((element) => element.checkVisibility() && !element.closest(".selection-bar") && !element.classList.contains("skip"));
      return all.indexOf(document.activeElement);
    });
    if (index >= 0) reached.add(index);
    if (reached.size === wanted) break;
  }
  check(screen.name, "every control can be reached by Tab", reached.size === wanted, `${reached.size} of ${wanted}`);
  await page.locator('[data-chart="price"]').focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  check(screen.name, "arrow keys walk along bars", await page.locator(".cursor-box").isVisible());
  const toggle = page.locator('[data-choice="isSelectingRange"]').first();
  await toggle.focus();
  await page.keyboard.press("Enter");
  check(screen.name, "Enter presses a toggle", (await toggle.getAttribute("aria-pressed")) === "true");
  await page.keyboard.press("Enter");
}

async function checkTheme(page, screen) {
  const themeOf = () => page.evaluate(() => document.documentElement.dataset.theme);
  const before = await themeOf();
  check(screen.name, "the theme follows the system", before === screen.scheme, before);
  await press(page, '[data-choice="theme"]');
  check(screen.name, "the theme can be switched", (await themeOf()) !== before);
  await press(page, '[data-choice="theme"]');
}

async function checkPrint(page, screen) {
  const pdf = await page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true, ...(screenshotFolder ? { path: join(screenshotFolder, `${screen.name}.pdf`) } : {}) });
  const pageCount = (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
  check(screen.name, "prints", pdf.length > 50_000 && pageCount >= 2, `${pageCount} pages, ${Math.round(pdf.length / 1024)} KiB`);
  await settle(page);
  check(screen.name, "is as it was after printing", await page.evaluate(() => !document.documentElement.classList.contains("printing")));
}

const executablePath = kChromiumPlaces.find((place) => place && existsSync(place));
if (!executablePath) {
  console.error("No Chromium was found; name one in $CHROMIUM.");
  process.exit(1);
}
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
console.log(`${reportPath}: ${Math.round(statSync(reportPath).size / 1024)} KiB`);
for (const screen of kScreens) {
  try {
    const { page, troubles, readyMs } = await open(browser, screen);
    console.log(`     ${screen.name}: ready after ${readyMs} ms`);
    const failed = await page.evaluate(() => document.documentElement.dataset.failed === "true" ? document.body.innerText : "");
    check(screen.name, "the data can be read", failed === "", failed);
    await checkPicture(page, screen);
    if (screenshotFolder) await page.screenshot({ path: join(screenshotFolder, `${screen.name}.png`), fullPage: true });
    await checkTheme(page, screen);
    if (screen.name.startsWith("desktop") || screen.name === "phone-light") {
      await checkControls(page, screen);
      await checkSelection(page, screen);
      await checkZoom(page, screen);
    }
    if (screen.name === "desktop-light") {
      await checkKeyboard(page, screen);
      await checkPrint(page, screen);
    }
    check(screen.name, "no error, warning or request", troubles.length === 0, troubles.slice(0, 5).join("; "));
    await page.close();
  } catch (error) {
    check(screen.name, "the test itself ran", false, error.message.split("\n").slice(0, 3).join(" "));
  }
}
await browser.close();
console.log(failureCount === 0 ? "all checks passed" : `${failureCount} checks failed`);
process.exit(failureCount === 0 ? 0 : 1);
