/** How long regimes last: mean, median and longest stay of each, on a scale of powers because stays differ by orders of magnitude. */
import type { App } from "../app";
import { h } from "../dom";
import { formatBars } from "../format";
import { labelsOf, occurringRegimes, regimeName, structureOf } from "../report";
import type { RegimeStructure } from "../report_data";
import { isFaded } from "../state";
import type { Theme } from "../theme";
import type { ChartView, Size } from "./chart_registry";
import { axisLabel, baseOption, categoryAxis, tooltip, valueAxis, type TooltipItem } from "./chart_style";
import type { Chart } from "./echarts_parts";

const kRowHeight = 28;

export class DwellChart implements ChartView {
  constructor(private app: App) {
    app.state.subscribe(["labelling", "highlighted"], () => app.charts.redraw("dwell"));
  }

  height(): number {
    return Math.max(1, this.regimes().length) * kRowHeight + 56;
  }

  describe(): string {
    return `Length of stays by regime in bars: ${this.regimes().map(({ regime, dwell }) =>
      `regime ${regime} mean ${formatBars(dwell.mean_bars, 1)}, median ${formatBars(dwell.median_bars, 1)}, longest ${formatBars(dwell.longest_bars)}`).join("; ")}`;
  }

  private get source() {
    return structureOf(this.app.report, labelsOf(this.app.report, this.app.state.value.labelling))!;
  }

  private regimes(): RegimeStructure[] {
    const { structure } = this.source;
    return occurringRegimes(structure).map((id) => structure.regimes[id]);
  }

  draw(chart: Chart, size: Size, theme: Theme): void {
    const regimes = this.regimes();
    const { labels } = this.source;
    const dots = (id: string, symbol: string, symbolSize: number | number[], of: (regime: RegimeStructure) => number | null) => ({
      id, type: "scatter", symbol, symbolSize, animation: false,
      data: regimes.map((regime, row) => {
        const bars = of(regime);
        return {
          value: [bars !== null && bars > 0 ? bars : NaN, row],
          itemStyle: { color: theme.regimes[regime.regime], borderColor: theme.ink, borderWidth: 1, opacity: isFaded(this.app.state.value, labels.key, regime.regime) ? 0.15 : 1 },
        };
      }),
    });
    chart.setOption({
      ...baseOption(theme),
      grid: { left: 34, right: 18, top: 6, bottom: 40, outerBoundsMode: "none" },
      xAxis: {
        ...valueAxis(theme), type: "log", min: 1, name: size.width < 360 ? "bars" : "bars (each step ten times longer)", nameLocation: "middle", nameGap: 24,
        axisLabel: { ...axisLabel(theme), hideOverlap: true }, minorTick: { show: false },
      },
      yAxis: { ...categoryAxis(theme, regimes.map(({ regime }) => String(regime))), inverse: true, axisLine: { show: false }, axisLabel: { ...axisLabel(theme), color: theme.ink, fontWeight: 600, interval: 0 }, splitLine: { show: true, lineStyle: { color: theme.line, opacity: 0.5 } } },
      tooltip: tooltip(theme, (item: TooltipItem) => {
        const { regime, dwell } = regimes[item.value[1]];
        return [
          h("div", { class: "tip-title" }, regimeName(this.app.report, labels, regime)),
          `Mean ${formatBars(dwell.mean_bars, 1)}, median ${formatBars(dwell.median_bars, 1)}, longest ${formatBars(dwell.longest_bars)}; ${dwell.spells} whole stays`,
        ];
      }),
      series: [
        dots("longest", "rect", [3, 16], ({ dwell }) => dwell.longest_bars),
        dots("median", "diamond", 12, ({ dwell }) => dwell.median_bars),
        dots("mean", "circle", 11, ({ dwell }) => dwell.mean_bars),
      ],
    }, true);
  }
}
