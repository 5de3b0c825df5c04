/** A matrix as a heat map: shade for the eye, numbers in the cells where they fit. */
import { contrast, mix } from "../colors";
import type { Child } from "../dom";
import type { Theme } from "../theme";
import type { ChartView, Size } from "./chart_registry";
import { axisLabel, baseOption, categoryAxis, tooltip } from "./chart_style";
import type { Chart } from "./echarts_parts";

export interface MatrixCell {
  /** 0 (paper) to 1 (full colour); null: nothing to show. */
  shade: number | null;
  /** In the cell, largest first; lines that do not fit are left out. */
  lines: string[];
  tip: Child[];
}

export interface MatrixContent {
  description: string;
  rowNames: string[];
  columnNames: string[];
  rowTitle: string;
  columnTitle: string;
  /** By row, then column. */
  cells: MatrixCell[][];
  /** Rows and columns that step back. */
  isFaded?: (row: number, column: number) => boolean;
}

interface RenderApi {
  value(dimension: number): number;
  coord(value: [number, number]): [number, number];
  size(value: [number, number]): [number, number];
}

export class MatrixChart implements ChartView {
  /** `content` is asked at each drawing, so it may follow the state of the page. */
  constructor(private content: () => MatrixContent, private options: { mostCellHeight: number; leastCellHeight: number; rowLabelWidth: number }) {}

  height(width: number): number {
    const { rowNames, columnNames } = this.content();
    const cellWidth = (width - this.options.rowLabelWidth) / Math.max(1, columnNames.length);
    const cellHeight = Math.max(this.options.leastCellHeight, Math.min(this.options.mostCellHeight, cellWidth * 0.75));
    return Math.round(cellHeight * rowNames.length + 48);
  }

  describe(): string {
    return this.content().description;
  }

  draw(chart: Chart, _size: Size, theme: Theme): void {
    const content = this.content();
    const data = content.cells.flatMap((row, i) => row.map((_, j) => [j, i]));
    const title = (name: string) => ({ name, nameLocation: "middle" as const, nameTextStyle: axisLabel(theme) });
    chart.setOption({
      ...baseOption(theme),
      grid: { left: this.options.rowLabelWidth, right: 4, top: 44, bottom: 4, outerBoundsMode: "none" },
      xAxis: { ...categoryAxis(theme, content.columnNames), ...title(content.columnTitle), position: "top", nameGap: 26, axisLine: { show: false } },
      yAxis: { ...categoryAxis(theme, content.rowNames), ...title(content.rowTitle), inverse: true, nameGap: this.options.rowLabelWidth - 14, axisLine: { show: false } },
      tooltip: tooltip(theme, (item) => content.cells[item.value[1]]?.[item.value[0]]?.tip ?? null),
      series: [{
        id: "cells", type: "custom", data, animation: false,
        renderItem: (_params: unknown, api: RenderApi) => drawCell(content, api, theme),
      }],
    }, true);
  }
}

function drawCell(content: MatrixContent, api: RenderApi, theme: Theme): object {
  const [column, row] = [api.value(0), api.value(1)];
  const cell = content.cells[row][column];
  const [x, y] = api.coord([column, row]);
  const [width, height] = api.size([1, 1]);
  const fill = cell.shade === null ? theme.card : mix(theme.card, theme.accent, 0.04 + 0.9 * Math.max(0, Math.min(1, cell.shade)));
  const opacity = content.isFaded?.(row, column) ? 0.2 : 1;
  const ink = contrast(fill, theme.ink) >= contrast(fill, theme.card) ? theme.ink : theme.card;
  const frame = { x: x - width / 2 + 0.5, y: y - height / 2 + 0.5, width: width - 1, height: height - 1, r: 2 };
  return {
    type: "group",
    children: [
      { type: "rect", shape: frame, style: { fill, stroke: theme.line, lineWidth: 1, opacity } },
      ...fittingLines(cell.lines, width, height).map((text, i, lines) => ({
        type: "text", silent: true,
        style: {
          text, x, y: y + (i - (lines.length - 1) / 2) * 15, align: "center", verticalAlign: "middle", fill: ink, opacity,
          font: i === 0 ? `600 ${width < 34 ? 9 : 12}px ${theme.font}` : `400 10px ${theme.font}`,
        },
      })),
    ],
  };
}

function fittingLines(lines: string[], width: number, height: number): string[] {
  return lines.filter((line, i) => line.length * (i === 0 ? (width < 34 ? 5 : 7) : 5.6) <= width - 2 && height >= 14 + 15 * i);
}
