/**
 * All charts of the page. A chart is drawn when it first comes near the screen, and drawn anew when its size, the theme or what it
 * shows changes; one that is out of sight waits until it is seen.
 */
import { h } from "../dom";
import type { Theme, ThemeControl } from "../theme";
import { echarts, type Chart } from "./echarts_parts";

export interface Size {
  width: number;
  height: number;
}

export interface ChartView {
  /** In pixels, at a width in pixels. */
  height(width: number): number;
  /** What the chart shows, for those who cannot see it. */
  describe(): string;
  /** Once for each chart instance, before the first draw(). */
  attach?(chart: Chart, element: HTMLElement): void;
  draw(chart: Chart, size: Size, theme: Theme): void;
}

interface Entry {
  key: string;
  view: ChartView;
  element: HTMLElement;
  chart: Chart | null;
  isVisible: boolean;
  isStale: boolean;
  width: number;
}

const kPrintPixelRatio = 2;

export class ChartRegistry {
  /** Those that have been drawn, by key. */
  readonly charts: Record<string, Chart> = {};
  private entries: Entry[] = [];
  private frame = 0;
  private onceDrawn: (() => void)[] = [];

  private readonly seen = new IntersectionObserver((changes) => {
    for (const change of changes) {
      const entry = this.entries.find((candidate) => candidate.element === change.target)!;
      entry.isVisible = change.isIntersecting;
    }
    this.schedule();
  }, { rootMargin: "200px 0px" });

  private readonly resized = new ResizeObserver((changes) => {
    for (const change of changes) {
      const entry = this.entries.find((candidate) => candidate.element === change.target)!;
      if (Math.round(change.contentRect.width) !== entry.width) entry.isStale = true;
    }
    this.schedule();
  });

  constructor(private theme: ThemeControl) {
    theme.subscribe(() => this.redraw());
  }

  /** An element that holds the chart. */
  add(key: string, view: ChartView): HTMLElement {
    const element = h("div", { class: "chart", role: "img", "aria-label": view.describe(), "data-chart": key });
    this.entries.push({ key, view, element, chart: null, isVisible: false, isStale: true, width: 0 });
    this.seen.observe(element);
    this.resized.observe(element);
    return element;
  }

  /** Marks charts (all, where no key is given) as out of date. */
  redraw(...keys: string[]): void {
    for (const entry of this.entries) if (keys.length === 0 || keys.includes(entry.key)) entry.isStale = true;
    this.schedule();
  }

  drawAll(): void {
    for (const entry of this.entries) this.draw(entry);
  }

  /** For what must read the chart's new axes at once. */
  drawNow(key: string): void {
    for (const entry of this.entries) if (entry.key === key && entry.isStale) this.draw(entry);
  }

  /** Calls `listen` when the next chart has been drawn. */
  afterNextDraw(listen: () => void): void {
    this.onceDrawn.push(listen);
  }

  /** Draws every chart at the present layout and sharp enough for paper; with false, as for the screen. */
  setPrinting(isPrinting: boolean): void {
    for (const entry of this.entries) {
      entry.chart?.dispose();
      entry.chart = null;
      entry.isStale = true;
      if (isPrinting) {
        this.draw(entry, kPrintPixelRatio);
        (entry.chart as Chart | null)?.getZr().flush();
      }
    }
    this.schedule();
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      for (const entry of this.entries) if (entry.isVisible && entry.isStale) this.draw(entry);
    });
  }

  private draw(entry: Entry, pixelRatio?: number): void {
    const width = entry.element.clientWidth;
    if (width === 0) return;
    const height = entry.view.height(width);
    entry.element.style.height = `${height}px`;
    entry.element.setAttribute("aria-label", entry.view.describe());
    if (!entry.chart) {
      entry.chart = echarts.init(entry.element, null, { renderer: "canvas", width, height, devicePixelRatio: pixelRatio });
      this.charts[entry.key] = entry.chart;
      entry.view.attach?.(entry.chart, entry.element);
    } else {
      entry.chart.resize({ width, height });
    }
    entry.width = Math.round(width);
    entry.isStale = false;
    entry.view.draw(entry.chart, { width, height }, this.theme.current);
    for (const listen of this.onceDrawn.splice(0)) listen();
  }
}
