/** What followed each regime: size and direction of the return over the next bars, by horizon. */
import type { App } from "../app";
import { formatBars, formatCount, formatPercent, formatSignedPercent } from "../format";
import { labelsOf, occurringRegimes, regimeName, structureOf } from "../report";
import type { Structure } from "../report_data";
import { isFaded } from "../state";
import type { Theme } from "../theme";
import { stripes } from "./bar_pattern";
import type { ChartView, Size } from "./chart_registry";
import { axisLabel, baseOption, categoryAxis, tooltip, valueAxis, type TooltipItem } from "./chart_style";
import type { Chart, Option } from "./echarts_parts";

const kNarrow = 720;
const kPanelHeight = 250;
/** More regimes leave no room for numbers on bars. */
const kMostNumbered = 10;

export function horizonsOf(structure: Structure): number[] {
  const horizons = new Set<number>();
  for (const regime of structure.regimes) for (const forward of regime.returns?.forward ?? []) horizons.add(forward.horizon_bars);
  return [...horizons].sort((a, b) => a - b);
}

export class SeparationChart implements ChartView {
  constructor(private app: App) {
    app.state.subscribe(["labelling", "highlighted"], () => app.charts.redraw("separation"));
  }

  height(width: number): number {
    return width < kNarrow ? 2 * kPanelHeight : kPanelHeight + 10;
  }

  describe(): string {
    const { labels } = this.source;
    return `Mean size and mean direction of the return over the next bars after bars of each regime (${labels.title.toLowerCase()}). The table below holds the numbers.`;
  }

  private get source() {
    return structureOf(this.app.report, labelsOf(this.app.report, this.app.state.value.labelling))!;
  }

  draw(chart: Chart, size: Size, theme: Theme): void {
    const { structure } = this.source;
    const horizons = horizonsOf(structure);
    const isNarrow = size.width < kNarrow;
    const frames = isNarrow
      ? [{ left: 56, right: 8, top: 34, height: kPanelHeight - 64 }, { left: 56, right: 8, top: kPanelHeight + 34, height: kPanelHeight - 64 }]
      : [{ left: 56, width: size.width / 2 - 76, top: 34, bottom: 26 }, { left: size.width / 2 + 56, right: 8, top: 34, bottom: 26 }];
    const names = horizons.map((horizon) => `next ${formatBars(horizon)}`);
    const titles = ["Size: mean |return|", "Direction: mean return"];
    chart.setOption({
      ...baseOption(theme),
      grid: frames.map((frame) => ({ ...frame, outerBoundsMode: "none" })),
      xAxis: [0, 1].map((i) => ({ ...categoryAxis(theme, names), gridIndex: i, axisLine: { onZero: false, lineStyle: { color: theme.line } } })),
      yAxis: [0, 1].map((i) => ({
        ...valueAxis(theme), gridIndex: i, name: titles[i], nameLocation: "end", nameGap: 14,
        nameTextStyle: { ...axisLabel(theme), color: theme.ink, fontWeight: 600, align: "left", padding: [0, 0, 0, -50] },
        axisLabel: { ...axisLabel(theme), formatter: (value: number) => (i === 0 ? formatPercent(value, 2) : formatSignedPercent(value, 2)) },
      })),
      tooltip: tooltip(theme, (item) => this.tip(item, horizons)),
      series: [0, 1].flatMap((panel) => this.panelSeries(panel, horizons, theme)),
    }, true);
  }

  private panelSeries(panel: number, horizons: number[], theme: Theme): Option[] {
    const { structure, labels } = this.source;
    const regimeCount = occurringRegimes(structure).length;
    return occurringRegimes(structure).map((id) => ({
      id: `${panel} ${id}`, type: "bar", xAxisIndex: panel, yAxisIndex: panel, animation: false, barMaxWidth: 34, barGap: "8%",
      itemStyle: { color: theme.regimes[id], opacity: isFaded(this.app.state.value, labels.key, id) ? 0.18 : 1, decal: stripes(id, theme) },
      label: { show: regimeCount <= kMostNumbered, position: "top", formatter: () => String(id), color: theme.muted, fontSize: 10, fontFamily: theme.font },
      data: horizons.map((horizon) => {
        const forward = structure.regimes[id].returns?.forward.find((candidate) => candidate.horizon_bars === horizon);
        const value = (panel === 0 ? forward?.mean_absolute : forward?.mean) ?? null;
        return { value, label: { position: value !== null && value < 0 ? "bottom" : "top" } };
      }),
    }));
  }

  private tip(item: TooltipItem, horizons: number[]) {
    const { structure, labels } = this.source;
    const [panel, id] = item.seriesId.split(" ").map(Number);
    const forward = structure.regimes[id].returns?.forward.find((candidate) => candidate.horizon_bars === horizons[item.dataIndex]);
    if (!forward) return null;
    const value = panel === 0 ? formatPercent(forward.mean_absolute, 3) : formatSignedPercent(forward.mean, 3);
    return [`${regimeName(this.app.report, labels, id)}, next ${formatBars(forward.horizon_bars)}: ${value} (${formatCount(forward.count)} bars)`];
  }
}
