/**
 * A map of all windows: near points were alike in the full space. Points take the colour of their regime or of their time.
 *
 * Points of one colour make one series that the library draws in a single pass; a separate series each would hold selected ones.
 */
import type { App } from "../app";
import { mix } from "../colors";
import { h } from "../dom";
import { formatCount, formatTime } from "../format";
import { readPoints, type PlacedPoints } from "../placed_points";
import { isInPolygon } from "../point_in_polygon";
import { regimeBadge } from "../regime_badge";
import { symbolOf } from "../regime_cue";
import { labelsOf, regimeWords } from "../report";
import { selectBars } from "../selection";
import { isFaded } from "../state";
import type { Theme } from "../theme";
import { BrushCursor } from "./brush_cursor";
import type { ChartView, Size } from "./chart_registry";
import { baseOption, tooltip, type TooltipItem } from "./chart_style";
import type { Chart, Option } from "./echarts_parts";

export const kTimeColorCount = 10;
const kMethodNames = { pca: "PCA", tsne: "t-SNE", umap: "UMAP" } as const;
const kBrushes = { none: null, rect: "rect", lasso: "polygon" } as const;
const kMargin = 10;
/** More points are drawn as one path per colour. */
const kMostSinglePoints = 1500;

interface BrushArea {
  brushType: "rect" | "polygon";
  coordRange: [[number, number], [number, number]] | [number, number][];
}

/** Points that share a colour and a symbol. */
interface PointGroup {
  key: number;
  color: string;
  symbol: string;
  isFaded: boolean;
  points: number[];
}

/** Old bars are pale, recent ones strong. */
export function timeColor(theme: Theme, step: number): string {
  const [old, recent] = theme.name === "dark" ? ["#3b4a63", "#ffd479"] : ["#c9d6ea", "#7a1f5c"];
  return mix(old, recent, step / (kTimeColorCount - 1));
}

export class MapChart implements ChartView {
  private readonly brushCursor = new BrushCursor();
  private readonly points = new Map<string, PlacedPoints>();
  /** Of each drawn series, which points it holds: the tooltip asks. */
  private drawn: number[][] = [];

  constructor(private app: App) {
    app.state.subscribe(["labelling", "highlighted", "selection", "map", "mapColoring", "mapTool"], () => app.charts.redraw("map"));
  }

  height(width: number): number {
    return Math.round(Math.max(300, Math.min(560, width * 0.72)));
  }

  describe(): string {
    const { map, mapColoring } = this.app.state.value;
    if (!map) return "Map";
    return `${kMethodNames[map]} map of ${formatCount(this.shownPoints().count)} bars, coloured by ${mapColoring}. ` +
      "Drag to select points; choosing a regime in the legend is the way by keyboard.";
  }

  attach(chart: Chart, element: HTMLElement): void {
    this.brushCursor.reset();
    element.setAttribute("role", "group");
    element.setAttribute("aria-roledescription", "interactive chart");
    chart.on("brushEnd", (event) => this.onBrushed(chart, (event as { areas?: BrushArea[] }).areas ?? []));
  }

  draw(chart: Chart, size: Size, theme: Theme): void {
    const points = this.shownPoints();
    chart.setOption(this.option(points, size, theme), { replaceMerge: ["series"] });
    this.brushCursor.hold(chart, kBrushes[this.app.state.value.mapTool]);
  }

  private shownPoints(): PlacedPoints {
    const { maps } = this.app.report.data;
    const map = maps.find((candidate) => candidate.method === this.app.state.value.map) ?? maps[0];
    if (!this.points.has(map.method)) this.points.set(map.method, readPoints(map));
    return this.points.get(map.method)!;
  }

  private option(points: PlacedPoints, size: Size, theme: Theme): Option {
    const frame = equalAxes(points, size);
    const hidden = { type: "value", show: false };
    return {
      ...baseOption(theme),
      grid: { left: kMargin, right: kMargin, top: kMargin, bottom: kMargin, outerBoundsMode: "none" },
      xAxis: { ...hidden, min: frame.x[0], max: frame.x[1] },
      yAxis: { ...hidden, min: frame.y[0], max: frame.y[1] },
      tooltip: tooltip(theme, (item) => this.tip(points, item)),
      brush: {
        xAxisIndex: 0, yAxisIndex: 0, seriesIndex: [], toolbox: [], transformable: false,
        brushStyle: { color: theme.accent, opacity: 0.14, borderColor: theme.accent, borderWidth: 1 },
        outOfBrush: { colorAlpha: 1 },
      },
      series: this.series(points, theme),
    };
  }

  private series(points: PlacedPoints, theme: Theme): Option[] {
    const { selection } = this.app.state.value;
    const size = points.count > 4000 ? 4 : points.count > 1200 ? 5 : 7;
    this.drawn = [];
    const series: Option[] = [];
    const addSeries = (id: string, group: PointGroup, chosen: number[], style: Option) => {
      if (chosen.length === 0) return;
      this.drawn.push(chosen);
      series.push({
        id, type: "scatter", large: points.count > kMostSinglePoints, largeThreshold: 0, progressive: 0, animation: false,
        symbol: group.symbol, itemStyle: { color: group.color, ...style }, emphasis: { disabled: true },
        data: chosen.map((point) => [points.x[point], points.y[point]]), ...("symbolSize" in style ? { symbolSize: style.symbolSize } : { symbolSize: size }),
      });
    };
    for (const group of this.groups(points, theme)) {
      const isSelected = (point: number) => selection !== null && selection.mask[points.bars[point]] === 1;
      addSeries(`points ${group.key}`, group, group.points.filter((point) => !isSelected(point)),
        { opacity: group.isFaded ? 0.07 : selection ? 0.16 : 0.75 });
      if (selection) addSeries(`selected ${group.key}`, group, group.points.filter(isSelected), { opacity: 1, symbolSize: size + 2 });
    }
    return series;
  }

  private groups(points: PlacedPoints, theme: Theme): PointGroup[] {
    const state = this.app.state.value;
    const labels = labelsOf(this.app.report, state.labelling);
    const { count } = this.app.report.bars;
    const groups = new Map<number, PointGroup>();
    for (let point = 0; point < points.count; ++point) {
      const bar = points.bars[point];
      const regime = labels.ids[bar];
      const step = Math.min(kTimeColorCount - 1, Math.floor((bar / Math.max(1, count)) * kTimeColorCount));
      const key = state.mapColoring === "time" ? step : regime;
      let group = groups.get(key);
      if (!group) groups.set(key, group = { ...this.look(key, labels.key, theme), key, points: [] });
      group.points.push(point);
    }
    return [...groups.values()].sort((a, b) => a.key - b.key);
  }

  private look(key: number, labelling: typeof this.app.state.value.labelling, theme: Theme): { color: string; symbol: string; isFaded: boolean } {
    const state = this.app.state.value;
    if (state.mapColoring === "time") return { color: timeColor(theme, key), symbol: "circle", isFaded: false };
    if (key < 0) return { color: theme.muted, symbol: "circle", isFaded: state.highlighted !== null };
    return { color: theme.regimes[key], symbol: symbolOf(key), isFaded: isFaded(state, labelling, key) };
  }

  private tip(points: PlacedPoints, item: TooltipItem) {
    const point = this.drawn[item.seriesIndex]?.[item.dataIndex];
    if (point === undefined) return null;
    const bar = points.bars[point];
    const { bars, labellings } = this.app.report;
    return [
      h("div", { class: "tip-title" }, formatTime(bars.times[bar], bars.isIntraday)),
      labellings.map((labels) => h("div", { class: "tip-regime" },
        h("span", { class: "tip-label" }, labels.title), regimeBadge(labels.ids[bar]), h("span", {}, regimeWords(this.app.report, labels, labels.ids[bar])))),
    ];
  }

  private onBrushed(chart: Chart, areas: BrushArea[]): void {
    if (areas.length === 0) return;
    const points = this.shownPoints();
    const [area] = areas;
    const isInside = area.brushType === "polygon"
      ? (x: number, y: number) => isInPolygon(x, y, area.coordRange as [number, number][])
      : (x: number, y: number) => isInRectangle(x, y, area.coordRange as [[number, number], [number, number]]);
    const bars: number[] = [];
    for (let point = 0; point < points.count; ++point) if (isInside(points.x[point], points.y[point])) bars.push(points.bars[point]);
    chart.dispatchAction({ type: "brush", areas: [] });
    this.app.state.set({ selection: selectBars(this.app.report.bars.count, bars, "on the map") });
  }
}

function isInRectangle(x: number, y: number, [[left, right], [bottom, top]]: [[number, number], [number, number]]): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** One unit is as long in y as in x, so that the shape of the map is its own and not the screen's. */
function equalAxes(points: PlacedPoints, size: Size): { x: [number, number]; y: [number, number] } {
  const [left, right] = rangeOf(points.x);
  const [bottom, top] = rangeOf(points.y);
  const [width, height] = [size.width - 2 * kMargin, size.height - 2 * kMargin];
  const perPixel = Math.max((right - left) / width, (top - bottom) / height, 1e-9) * 1.05;
  const around = (low: number, high: number, pixels: number): [number, number] => [
    (low + high - perPixel * pixels) / 2, (low + high + perPixel * pixels) / 2,
  ];
  return { x: around(left, right, width), y: around(bottom, top, height) };
}

function rangeOf(values: Numbers): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

type Numbers = ArrayLike<number> & Iterable<number>;
