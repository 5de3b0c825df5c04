/** What spoke for each number of regimes: three measures, each on a scale of its own, the chosen number marked. */
import type { RegimesRecord } from "../report_data";
import { formatNumber } from "../format";
import type { Theme } from "../theme";
import type { ChartView, Size } from "./chart_registry";
import { axisLabel, baseOption, categoryAxis, tooltip, valueAxis } from "./chart_style";
import type { Chart } from "./echarts_parts";

type CountEvidence = NonNullable<RegimesRecord["evidence"]["regime_count"]>;

const kMeasures = [
  { key: "eigengap", title: "Gap between eigenvalues" },
  { key: "silhouette", title: "Silhouette" },
  { key: "stability", title: "Stability under subsampling" },
] as const;
const kNarrow = 640;
const kPanelHeight = 150;

export class EvidenceChart implements ChartView {
  constructor(private evidence: CountEvidence) {}

  height(width: number): number {
    return width < kNarrow ? this.measures().length * kPanelHeight : kPanelHeight;
  }

  describe(): string {
    return `Evidence for the number of regimes; ${this.evidence.n_clusters} was chosen. The table below holds the numbers.`;
  }

  private measures() {
    return kMeasures.filter(({ key }) => this.evidence.evidence.some((row) => row[key] !== null));
  }

  draw(chart: Chart, size: Size, theme: Theme): void {
    const measures = this.measures();
    const rows = this.evidence.evidence;
    const isNarrow = size.width < kNarrow;
    const panelWidth = size.width / Math.max(1, measures.length);
    const names = rows.map((row) => String(row.n_clusters));
    chart.setOption({
      ...baseOption(theme),
      grid: measures.map((_, i) => ({
        left: isNarrow ? 46 : panelWidth * i + 46, width: (isNarrow ? size.width : panelWidth) - 62, outerBoundsMode: "none",
        top: (isNarrow ? kPanelHeight * i : 0) + 32, height: kPanelHeight - 62,
      })),
      xAxis: measures.map((_, i) => ({ ...categoryAxis(theme, names), gridIndex: i, boundaryGap: true })),
      yAxis: measures.map(({ title }, i) => ({
        ...valueAxis(theme), gridIndex: i, scale: true, splitNumber: 3, name: title, nameGap: 12,
        nameTextStyle: { ...axisLabel(theme), color: theme.ink, fontWeight: 600, align: "left", padding: [0, 0, 0, -40] },
      })),
      tooltip: tooltip(theme, (item) => {
        const { key, title } = measures[item.seriesIndex];
        const row = rows[item.dataIndex];
        return [`${row.n_clusters} regimes: ${title.toLowerCase()} ${formatNumber(row[key], 3)}`];
      }),
      series: measures.map(({ key }, i) => ({
        id: key, type: "line", xAxisIndex: i, yAxisIndex: i, animation: false, symbol: "circle",
        lineStyle: { color: theme.muted, width: 1.5 },
        data: rows.map((row) => {
          const isChosen = row.n_clusters === this.evidence.n_clusters;
          return { value: row[key], symbolSize: isChosen ? 12 : 7, itemStyle: { color: isChosen ? theme.accent : theme.muted, borderColor: theme.card, borderWidth: 1 } };
        }),
      })),
    }, true);
  }
}
