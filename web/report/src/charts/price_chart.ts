/**
 * Price, volume and regimes over time.
 *
 * x is the number of the bar, so nights and weekends leave no holes. Only what is in view is summed up and drawn, in at most one
 * bucket per pixel, which keeps 100,000 bars as quick as 1,000.
 */
import type { App } from "../app";
import { withAlpha } from "../colors";
import { bucketSizeFor, sumUpBars, type Buckets } from "../level_of_detail";
import { formatCount, formatNumber, formatShort, formatTime } from "../format";
import { priceScale, type PriceScale } from "../price_scale";
import type { Labels } from "../labels";
import { labelsOf } from "../report";
import { selectRange } from "../selection";
import { spellsAtDetail, type Spell } from "../spells";
import { isFaded } from "../state";
import type { Theme } from "../theme";
import { timeTicks } from "../time_ticks";
import { group, kRectangles, type Batch } from "./batch_shapes";
import { BrushCursor } from "./brush_cursor";
import type { ChartView, Size } from "./chart_registry";
import { axisLabel, baseOption } from "./chart_style";
import type { Chart, Option } from "./echarts_parts";
import { PriceCursor } from "./price_cursor";
import * as drawing from "./price_drawing";
import { gridOf, priceLayout, type Band, type PriceLayout } from "./price_layout";

const kMostBuckets = 1200;
const kOverviewBuckets = 600;
const kLeastCandleWidth = 4;
const kFewestBarsInView = 10;
const kInk = 1.3;

interface View {
  firstBar: number;
  lastBar: number;
  buckets: Buckets;
  isCandles: boolean;
  scale: PriceScale | null;
  mostVolume: number;
  /** Of each labelling, at the detail of a bucket per pixel: bands may be finer than candles. */
  spells: Map<Labels, Spell[]>;
  /** Bars per bucket of spells. */
  spellSize: number;
}

/** What the overview shows; it covers all bars and so outlives zooming. */
interface Overview {
  labels: Labels;
  spells: Spell[];
  buckets: Buckets;
}

/** The library's access to pixels within renderItem. */
interface RenderApi {
  coord(value: [number, number]): [number, number];
}
interface RenderParams {
  coordSys: { x: number; y: number; width: number; height: number };
}

export class PriceChart implements ChartView {
  private readonly cursor: PriceCursor;
  private readonly brushCursor = new BrushCursor();
  private chart: Chart | null = null;
  private size: Size = { width: 0, height: 0 };
  private view: View | null = null;
  private overview: Overview | null = null;
  /** What the library's window was last known to be, so that it is only set when someone else moved it. */
  private knownWindow: [number, number] = [NaN, NaN];

  constructor(private app: App) {
    this.cursor = new PriceCursor(app);
    app.state.subscribe(["labelling", "highlighted", "selection", "viewFrom", "viewTo", "isLogarithmic", "priceStyle", "isSelectingRange"],
      () => app.charts.redraw("price"));
  }

  height(width: number): number {
    return this.layout(width).height;
  }

  describe(): string {
    const { bars, data } = this.app.report;
    if (bars.count === 0) return "Price chart without bars";
    const labels = labelsOf(this.app.report, this.app.state.value.labelling);
    return `Price of ${data.symbol || data.title} over ${formatCount(bars.count)} bars from ${formatTime(bars.times[0], bars.isIntraday)} to ` +
      `${formatTime(bars.times[bars.count - 1], bars.isIntraday)}, coloured by ${labels.occurring.length} regimes (${labels.title.toLowerCase()}), ` +
      "with lanes of regimes below. Arrow keys move along bars, plus and minus zoom.";
  }

  /** In words: what one mark of the chart stands for at present. */
  detail(): string {
    if (!this.view) return "";
    const { bars } = this.app.report;
    const { firstBar, lastBar, buckets, isCandles } = this.view;
    const span = `${formatCount(lastBar - firstBar + 1)} of ${formatCount(bars.count)} bars in view, ` +
      `${formatTime(bars.times[firstBar], bars.isIntraday)} to ${formatTime(bars.times[lastBar], bars.isIntraday)}`;
    return isCandles && buckets.size > 1 ? `${span}; each candle sums up ${buckets.size} bars` : span;
  }

  attach(chart: Chart, element: HTMLElement): void {
    this.chart = chart;
    this.knownWindow = [NaN, NaN];
    this.brushCursor.reset();
    element.setAttribute("role", "group");
    element.setAttribute("aria-roledescription", "interactive chart");
    element.tabIndex = 0;
    element.onkeydown = (event) => this.onKey(event);
    element.onblur = () => this.cursor.hide();
    this.cursor.attach(element);
    chart.on("datazoom", () => this.onZoom());
    chart.on("brushEnd", (event) => this.onRangeSelected(event as { areas?: { coordRange?: [number, number] }[] }));
    const pointer = chart.getZr();
    pointer.on("mousemove", (event) => this.pointAt(event.offsetX, event.offsetY));
    pointer.on("globalout", () => this.cursor.hide());
  }

  draw(chart: Chart, size: Size, theme: Theme): void {
    this.size = size;
    const layout = this.layout(size.width);
    this.view = this.look(layout);
    chart.setOption(this.option(layout, this.view, theme));
    this.brushCursor.hold(chart, this.app.state.value.isSelectingRange ? "lineX" : null);
    if (this.onDrawn) this.onDrawn();
  }

  /** Called after each drawing: the line of words below the chart follows. */
  onDrawn: (() => void) | null = null;

  private layout(width: number): PriceLayout {
    const { bars, labellings } = this.app.report;
    return priceLayout(width, {
      hasPrice: bars.close !== null, hasVolume: bars.volume !== null,
      laneCount: labellings.length + (this.app.state.value.selection ? 1 : 0),
    });
  }

  private look(layout: PriceLayout): View {
    const { bars } = this.app.report;
    const { viewFrom, viewTo, priceStyle, isLogarithmic } = this.app.state.value;
    const firstBar = Math.max(0, Math.ceil(viewFrom));
    const lastBar = Math.max(firstBar, Math.min(bars.count - 1, Math.floor(viewTo)));
    const inView = lastBar - firstBar + 1;
    const mostCandles = Math.max(10, Math.floor(layout.plotWidth / kLeastCandleWidth));
    const isCandles = bars.hasCandles && (priceStyle === "candles" || (priceStyle === "auto" && inView <= mostCandles));
    const mostBuckets = Math.min(kMostBuckets, Math.max(50, layout.plotWidth), isCandles ? mostCandles : kMostBuckets);
    const buckets = sumUpBars(bars, firstBar, lastBar, bucketSizeFor(inView, mostBuckets));
    const [lows, highs] = isCandles ? [buckets.low, buckets.high] : [buckets.lowestClose, buckets.highestClose];
    const [low, high] = [smallest(lows), largest(highs)];
    const spellSize = bucketSizeFor(inView, kMostBuckets);
    return {
      firstBar, lastBar, buckets, isCandles, spellSize,
      spells: new Map(this.app.report.labellings.map((labels) => [labels, spellsAtDetail(labels.ids, firstBar, lastBar, spellSize)])),
      scale: Number.isFinite(low) ? priceScale(low, high, isLogarithmic, layout.price.height / 48) : null,
      mostVolume: bars.volume ? Math.max(0, largest(buckets.volume)) : 0,
    };
  }

  private option(layout: PriceLayout, view: View, theme: Theme): Option {
    const grids = [layout.price, layout.volume, layout.lanes, layout.overview];
    return {
      ...baseOption(theme),
      grid: grids.map((band, i) => ({ id: `grid${i}`, ...gridOf(layout, band) })),
      xAxis: grids.map((_, i) => this.timeAxis(i, layout, view, theme)),
      yAxis: [this.priceAxis(view, theme), this.volumeAxis(view, layout, theme), this.laneAxis(theme), hiddenAxis(3)],
      dataZoom: this.zoom(layout, theme),
      brush: {
        xAxisIndex: [0], seriesIndex: [], toolbox: [], throttleType: "debounce", throttleDelay: 50, transformable: false,
        brushStyle: { color: theme.accent, opacity: 0.18, borderColor: theme.accent, borderWidth: 1 },
        outOfBrush: { colorAlpha: 1 },
      },
      series: [
        this.series("price", 0, (pixels) => this.drawPrice(pixels, view, theme)),
        this.series("volume", 1, (pixels) => drawing.drawVolume(view.buckets, pixels, theme)),
        this.series("lanes", 2, (pixels) => this.drawLanes(pixels, view, layout.lanes, theme)),
        this.series("overview", 3, (pixels) => this.drawOverview(pixels, theme)),
      ],
    };
  }

  private series(id: string, axis: number, draw: (pixels: drawing.Pixels) => Batch[]): Option {
    return {
      id, type: "custom", xAxisIndex: axis, yAxisIndex: axis, silent: true, clip: true, data: [[0, 0]], animation: false,
      // Said in full, because redrawing while a range is dragged would otherwise leave the layer of new elements open.
      z: 2, zlevel: 0,
      renderItem: (params: RenderParams, api: RenderApi) => group(draw(pixelsOf(params, api))),
    };
  }

  private drawPrice(pixels: drawing.Pixels, view: View, theme: Theme): Batch[] {
    const { scale, buckets } = view;
    if (!scale) return [];
    const state = this.app.state.value;
    const labels = labelsOf(this.app.report, state.labelling);
    const spells = view.spells.get(labels)!;
    const batches = drawing.drawRegimeBands(spells, pixels, theme, (id) => isFaded(state, labels.key, id));
    if (view.isCandles) batches.push(...drawing.drawCandles(buckets, pixels, scale.toAxis, theme));
    else batches.push(...drawing.drawCloseLine(buckets, pixels, scale.toAxis, { stroke: theme.ink, lineWidth: kInk }));
    if (state.selection) batches.push(...drawing.drawSelectionMarks(state.selection, buckets, pixels, scale.toAxis, theme));
    return batches;
  }

  private drawLanes(pixels: drawing.Pixels, view: View, band: Band, theme: Theme): Batch[] {
    const state = this.app.state.value;
    const { labellings } = this.app.report;
    const laneCount = labellings.length + (state.selection ? 1 : 0);
    const step = band.height / laneCount;
    const batches = labellings.flatMap((labels, lane) =>
      drawing.drawLane(view.spells.get(labels)!, pixels,
        pixels.top + lane * step + 2, step - 4, theme, (id) => isFaded(state, labels.key, id)));
    if (state.selection) {
      batches.push(...drawing.drawSelectionLane(state.selection, view.firstBar, view.lastBar, view.spellSize, pixels,
        pixels.top + labellings.length * step + 4, step - 8, theme));
    }
    return batches;
  }

  private drawOverview(pixels: drawing.Pixels, theme: Theme): Batch[] {
    const state = this.app.state.value;
    const { labels, spells, buckets } = this.lookAtAll();
    const batches = drawing.drawRegimeBands(spells, pixels, theme, (id) => isFaded(state, labels.key, id));
    batches.push(...this.drawOverviewLine(pixels, buckets, theme));
    return [...batches, ...this.drawOutsideWindow(pixels, theme)];
  }

  private lookAtAll(): Overview {
    const { bars } = this.app.report;
    const labels = labelsOf(this.app.report, this.app.state.value.labelling);
    if (this.overview?.labels !== labels) {
      const size = bucketSizeFor(bars.count, kOverviewBuckets);
      this.overview = { labels, spells: spellsAtDetail(labels.ids, 0, bars.count - 1, size), buckets: sumUpBars(bars, 0, bars.count - 1, size) };
    }
    return this.overview;
  }

  private drawOverviewLine(pixels: drawing.Pixels, buckets: Buckets, theme: Theme): Batch[] {
    const [low, high] = [smallest(buckets.lowestClose), largest(buckets.highestClose)];
    if (!Number.isFinite(low)) return [];
    const scale = priceScale(low, high, this.app.state.value.isLogarithmic, 3);
    const onBand: drawing.Pixels = { ...pixels, y: (value) => pixels.bottom - (value - scale.min) / (scale.max - scale.min) * (pixels.bottom - pixels.top) };
    return drawing.drawCloseLine(buckets, onBand, scale.toAxis, { stroke: theme.muted, lineWidth: 1 });
  }

  /** Veils what the window leaves out. */
  private drawOutsideWindow(pixels: drawing.Pixels, theme: Theme): Batch[] {
    const { viewFrom, viewTo } = this.app.state.value;
    const height = pixels.bottom - pixels.top;
    const ends = [pixels.x(-0.5), pixels.x(viewFrom), pixels.x(viewTo), pixels.x(Math.max(1, this.app.report.bars.count) - 0.5)];
    return [{
      shape: kRectangles, pieces: [ends[0], pixels.top, ends[1] - ends[0], height, ends[2], pixels.top, ends[3] - ends[2], height],
      style: { fill: withAlpha(theme.card, 0.7) },
    }];
  }

  private timeAxis(index: number, layout: PriceLayout, view: View, theme: Theme): Option {
    const { bars } = this.app.report;
    const isLabelled = index === 2;
    const ticks = timeTicks(bars.times, view.firstBar, view.lastBar, Math.max(2, Math.floor(layout.plotWidth / 76)));
    const names = new Map(ticks.map((tick) => [tick.bar, tick.label]));
    const values = ticks.map((tick) => tick.bar);
    return {
      id: `x${index}`, type: "value", gridIndex: index, min: -0.5, max: Math.max(1, bars.count) - 0.5,
      axisLine: { show: false, onZero: false },
      axisTick: { show: isLabelled, customValues: values, lineStyle: { color: theme.line } },
      axisLabel: { ...axisLabel(theme), show: isLabelled, customValues: values, formatter: (bar: number) => names.get(bar) ?? "", hideOverlap: true },
      splitLine: { show: index < 2, lineStyle: { color: theme.line, opacity: 0.6 } },
      axisPointer: { show: false },
    };
  }

  private priceAxis(view: View, theme: Theme): Option {
    const scale = view.scale ?? priceScale(0, 1, false, 3);
    const digits = Math.min(scale.digits, 8);
    // The lowest mark keeps clear of the label of the volume below.
    const ticks = scale.ticks.filter((tick) => tick - scale.min > (scale.max - scale.min) * 0.02);
    return {
      id: "y0", type: "value", gridIndex: 0, min: scale.min, max: scale.max, show: view.scale !== null,
      axisLine: { show: false }, axisTick: { show: false, customValues: ticks },
      axisLabel: { ...axisLabel(theme), customValues: ticks, formatter: (value: number) => formatNumber(scale.toPrice(value), digits) },
      splitLine: { show: true, lineStyle: { color: theme.line } },
    };
  }

  private volumeAxis(view: View, layout: PriceLayout, theme: Theme): Option {
    const most = view.mostVolume || 1;
    return {
      id: "y1", type: "value", gridIndex: 1, min: 0, max: most, show: layout.volume.height > 0,
      axisLine: { show: false }, axisTick: { show: false, customValues: [0, most / 2, most] }, splitLine: { show: false },
      axisLabel: { ...axisLabel(theme), customValues: [most / 2, most], formatter: (value: number) => (value === most ? formatShort(value) : "Volume") },
    };
  }

  private laneAxis(theme: Theme): Option {
    const state = this.app.state.value;
    const titles = this.app.report.labellings.map((labels) => (labels.key === state.labelling ? `{active|${labels.shortTitle}}` : labels.shortTitle));
    return {
      id: "y2", type: "category", gridIndex: 2, inverse: true, data: state.selection ? [...titles, "Selected"] : titles,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { ...axisLabel(theme), interval: 0, margin: 6, formatter: (title: string) => title, rich: { active: { color: theme.ink, fontWeight: 600, fontSize: 11 } } },
    };
  }

  private zoom(layout: PriceLayout, theme: Theme): Option[] {
    const { viewFrom, viewTo } = this.app.state.value;
    const [knownFrom, knownTo] = this.knownWindow;
    const window = viewFrom === knownFrom && viewTo === knownTo ? {} : { startValue: viewFrom, endValue: viewTo };
    this.knownWindow = [viewFrom, viewTo];
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const shared = {
      xAxisIndex: [0, 1, 2], filterMode: "none", throttle: 16, ...window,
      minValueSpan: Math.min(kFewestBarsInView, this.app.report.bars.count),
    };
    return [
      // On a touch screen a finger that moves down scrolls the page.
      { id: "inside", type: "inside", ...shared, zoomOnMouseWheel: true, moveOnMouseMove: true, preventDefaultMouseMove: !isTouch },
      {
        id: "slider", type: "slider", ...shared, left: layout.left, right: layout.right, top: layout.overview.top, height: layout.overview.height,
        showDetail: false, showDataShadow: false, brushSelect: false, backgroundColor: "transparent", borderColor: theme.line,
        fillerColor: "rgba(0,0,0,0)", handleSize: "60%", moveHandleSize: 5,
        handleStyle: { color: theme.card, borderColor: theme.muted }, moveHandleStyle: { color: theme.muted, opacity: 0.5 },
        emphasis: { handleStyle: { borderColor: theme.accent }, moveHandleStyle: { color: theme.accent } },
      },
    ];
  }

  private onZoom(): void {
    const zoom = (this.chart!.getOption() as { dataZoom: { startValue: number; endValue: number }[] }).dataZoom[0];
    this.knownWindow = [zoom.startValue, zoom.endValue];
    this.cursor.hide();
    this.app.state.set({ viewFrom: zoom.startValue, viewTo: zoom.endValue });
  }

  private onRangeSelected(event: { areas?: { coordRange?: [number, number] }[] }): void {
    const range = event.areas?.[0]?.coordRange;
    if (!range) return;
    const { count } = this.app.report.bars;
    // The marks take over from the drawn area, which would not follow the window.
    this.chart!.dispatchAction({ type: "brush", areas: [] });
    this.app.state.set({ selection: selectRange(count, Math.ceil(range[0] - 0.5), Math.floor(range[1] + 0.5), "on the price chart") });
  }

  private pointAt(x: number, y: number): void {
    const layout = this.layout(this.size.width);
    const bottom = layout.lanes.top + layout.lanes.height;
    if (!this.chart || x < layout.left || x > this.size.width - layout.right || y < layout.price.top || y > bottom) return this.cursor.hide();
    const [value] = this.chart.convertFromPixel({ xAxisIndex: 2, yAxisIndex: 2 }, [x, layout.lanes.top]) as number[];
    this.showBar(Math.round(value));
  }

  private showBar(bar: number): void {
    const layout = this.layout(this.size.width);
    if (!this.chart || bar < 0 || bar >= this.app.report.bars.count) return this.cursor.hide();
    const [x] = this.chart.convertToPixel({ xAxisIndex: 2, yAxisIndex: 2 }, [bar, 0]) as number[];
    this.cursor.show(bar, { x, top: layout.price.top, bottom: layout.lanes.top + layout.lanes.height, width: this.size.width });
  }

  private onKey(event: KeyboardEvent): void {
    const { viewFrom, viewTo } = this.app.state.value;
    const span = viewTo - viewFrom;
    const step = event.shiftKey ? 10 : 1;
    const middle = Math.round((viewFrom + viewTo) / 2);
    switch (event.key) {
      case "ArrowLeft": this.moveCursor((this.cursor.bar ?? middle) - step); break;
      case "ArrowRight": this.moveCursor((this.cursor.bar ?? middle) + step); break;
      case "Home": this.moveCursor(0); break;
      case "End": this.moveCursor(this.app.report.bars.count - 1); break;
      case "+": case "=": this.zoomTo(this.cursor.bar ?? middle, span / 1.5); break;
      case "-": this.zoomTo(this.cursor.bar ?? middle, span * 1.5); break;
      case "Escape": this.cursor.hide(); break;
      default: return;
    }
    event.preventDefault();
  }

  private moveCursor(bar: number): void {
    const { count } = this.app.report.bars;
    const { viewFrom, viewTo } = this.app.state.value;
    const within = Math.max(0, Math.min(count - 1, bar));
    if (within < viewFrom || within > viewTo) {
      this.zoomTo(within, viewTo - viewFrom);
      this.app.charts.drawNow("price");
    }
    this.showBar(within);
  }

  private zoomTo(bar: number, span: number): void {
    this.app.state.set(windowAround(bar, span, this.app.report.bars.count));
  }
}

/** The window of `span` bars about `bar` that lies within the data. */
export function windowAround(bar: number, span: number, barCount: number): { viewFrom: number; viewTo: number } {
  const width = Math.min(barCount, Math.max(kFewestBarsInView, span));
  const viewFrom = Math.max(-0.5, Math.min(barCount - 0.5 - width, bar - width / 2));
  return { viewFrom, viewTo: viewFrom + width };
}

function hiddenAxis(index: number): Option {
  return { id: `y${index}`, type: "value", gridIndex: index, min: 0, max: 1, show: false };
}

/** The axes are linear, so two points tell all. */
function pixelsOf({ coordSys }: RenderParams, api: RenderApi): drawing.Pixels {
  const [x0, y0] = api.coord([0, 0]);
  const [x1, y1] = api.coord([1, 1]);
  return {
    x: (bar) => x0 + (x1 - x0) * bar, y: (value) => y0 + (y1 - y0) * value,
    barWidth: x1 - x0, top: coordSys.y, bottom: coordSys.y + coordSys.height,
  };
}

function smallest(values: Float64Array): number {
  let best = Infinity;
  for (const value of values) if (value < best) best = value;
  return best;
}

function largest(values: Float64Array): number {
  let best = -Infinity;
  for (const value of values) if (value > best) best = value;
  return best;
}
