/** Maps of the bars: who was like whom. */
import type { App } from "../app";
import { kTimeColorCount, MapChart, timeColor } from "../charts/map_chart";
import { h, replaceChildren } from "../dom";
import { formatCount, formatNumber, formatPercent, formatTime } from "../format";
import type { PlacedMap } from "../report_data";
import type { MapTool } from "../state";
import { choiceButtons, labellingSwitch, regimeLegend, type Choice } from "./controls";
import { section, type Section } from "./section";

const kTools: Choice<MapTool>[] = [
  { value: "none", title: "Look", hint: "Points say what they are; nothing is selected" },
  { value: "rect", title: "Box", hint: "Drag a box over points to select them" },
  { value: "lasso", title: "Lasso", hint: "Draw round points to select them" },
];
const kTitles: Record<PlacedMap["method"], string> = { tsne: "t-SNE", umap: "UMAP", pca: "PCA" };
const kCaveats: Record<PlacedMap["method"], string> = {
  tsne: "Near points were alike. Distances between far groups, their sizes and the gaps between them mean nothing.",
  umap: "Near points were alike. Distances between far groups mean little, and sizes of groups mean nothing.",
  pca: "True to scale in the two directions of largest variance; what differs in other directions lies on top of each other here.",
};

export function mapsSection(app: App): Section | null {
  const { maps } = app.report.data;
  if (maps.length === 0) return null;
  const trust = h("div", { class: "trust" });
  const timeScale = h("div", { class: "time-scale" });
  const legend = regimeLegend(app);
  const follow = () => {
    const map = maps.find((candidate) => candidate.method === app.state.value.map) ?? maps[0];
    replaceChildren(trust, trustWords(map));
    const byTime = app.state.value.mapColoring === "time";
    legend.hidden = byTime;
    timeScale.hidden = !byTime;
    replaceChildren(timeScale, timeScaleWords(app));
  };
  app.state.subscribe(["map", "mapColoring"], follow);
  app.theme.subscribe(follow);
  follow();
  return section("maps", "Map of the market’s states", "Map",
    "Each point is a bar, by what is known of it and the bars before. Drag to select points: they are marked on the price chart, and a range selected there is marked here.",
    h("div", { class: "toolbar" },
      maps.length > 1 ? choiceButtons(app, "map", "Kind of map", maps.map(({ method }) => ({ value: method, title: kTitles[method] }))) : null,
      choiceButtons(app, "mapColoring", "Colour of points", [{ value: "regime", title: "By regime" }, { value: "time", title: "By time" }]),
      choiceButtons(app, "mapTool", "Selection tool", kTools),
      labellingSwitch(app)),
    legend, timeScale,
    h("div", { class: "map-columns" }, h("div", { class: "panel panel-chart" }, app.charts.add("map", new MapChart(app))), trust));
}

function timeScaleWords(app: App): HTMLElement[] {
  const { bars } = app.report;
  if (bars.count === 0) return [];
  const steps = Array.from({ length: kTimeColorCount }, (_, step) => h("i", { style: `background:${timeColor(app.theme.current, step)}` }));
  return [
    h("span", {}, formatTime(bars.times[0], false)), h("span", { class: "time-steps", "aria-hidden": "true" }, steps),
    h("span", {}, formatTime(bars.times[bars.count - 1], false)),
  ];
}

function trustWords(map: PlacedMap): HTMLElement[] {
  const words: HTMLElement[] = [h("h3", {}, "How far this map can be believed")];
  if (map.trustworthiness !== null) {
    const trust = map.trustworthiness;
    const verdict = trust >= 0.97 ? "Very far: hardly any point has a stranger beside it."
      : trust >= 0.9 ? "Far: most neighbours on the map are true neighbours."
        : trust >= 0.8 ? "With care: some neighbours on the map are strangers."
          : "Not far: many neighbours on the map are strangers.";
    words.push(h("p", { class: "trust-verdict" }, verdict),
      h("dl", { class: "facts" },
        h("dt", {}, "Trustworthiness"), h("dd", {}, formatNumber(trust, 3)),
        map.neighborhood_preservation !== null ? [h("dt", {}, "Neighbours kept"), h("dd", {}, formatPercent(map.neighborhood_preservation, 0))] : null));
  }
  words.push(h("p", {}, kCaveats[map.method]),
    h("p", { class: "quiet-words" }, "Regimes are found in the full space, never on a map. A map that parts them is a pleasant sign; one that mixes them is no proof against them."),
    h("p", { class: "quiet-words" }, `${formatCount(pointCount(map))} points are shown.`));
  return words;
}

function pointCount(map: PlacedMap): number {
  return Math.floor((map.bars.data.replace(/=+$/, "").length * 3) / 4 / 4);
}
