/** Share of bars of each regime. */
import type { App } from "../app";
import { formatCount, formatPercent } from "../format";
import { labelsOf, regimeName } from "../report";
import { isFaded } from "../state";
import type { Theme } from "../theme";
import { stripes } from "./bar_pattern";
import type { ChartView, Size } from "./chart_registry";
import { axisLabel, baseOption, categoryAxis, tooltip, valueAxis } from "./chart_style";
import type { Chart } from "./echarts_parts";

const kRowHeight = 26;

export class DistributionChart implements ChartView {
  constructor(private app: App) {
    app.state.subscribe(["labelling", "highlighted"], () => app.charts.redraw("distribution"));
  }

  height(): number {
    return this.shares().length * kRowHeight + 16;
  }

  describe(): string {
    const { labels } = this;
    return `Share of bars by regime: ${this.shares().map(({ id, share }) => `${regimeName(this.app.report, labels, id)} ${formatPercent(share)}`).join("; ")}`;
  }

  private get labels() {
    return labelsOf(this.app.report, this.app.state.value.labelling);
  }

  private shares(): { id: number; count: number; share: number }[] {
    const { occurring, barCounts } = this.labels;
    const total = [...barCounts.values()].reduce((sum, count) => sum + count, 0);
    return occurring.map((id) => ({ id, count: barCounts.get(id)!, share: barCounts.get(id)! / total }));
  }

  draw(chart: Chart, _size: Size, theme: Theme): void {
    const { labels } = this;
    const shares = this.shares();
    chart.setOption({
      ...baseOption(theme),
      grid: { left: 34, right: 56, top: 4, bottom: 4, outerBoundsMode: "none" },
      xAxis: { ...valueAxis(theme), show: false, min: 0 },
      yAxis: { ...categoryAxis(theme, shares.map(({ id }) => String(id))), inverse: true, axisLine: { show: false }, axisLabel: { ...axisLabel(theme), color: theme.ink, fontWeight: 600, interval: 0 } },
      tooltip: tooltip(theme, (item) => {
        const { id, count, share } = shares[item.dataIndex];
        return [`${regimeName(this.app.report, labels, id)}: ${formatPercent(share)}, ${formatCount(count)} bars`];
      }),
      series: [{
        id: "shares", type: "bar", barWidth: 14, animation: false,
        data: shares.map(({ id, share }) => ({
          value: share,
          itemStyle: {
            color: theme.regimes[id], borderRadius: [0, 3, 3, 0], opacity: isFaded(this.app.state.value, labels.key, id) ? 0.2 : 1,
            decal: stripes(id, theme),
          },
        })),
        label: { show: true, position: "right", color: theme.ink, fontSize: 12, fontFamily: theme.font, formatter: (item: { value: number }) => formatPercent(item.value) },
      }],
    }, true);
  }
}
