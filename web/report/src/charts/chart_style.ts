/** Options that all charts share, so that they look like one family. */
import { h, type Child } from "../dom";
import type { Theme } from "../theme";
import type { Option } from "./echarts_parts";

export const kLabelSize = 11;

/** Animation is off: it delays reading, and some readers asked their system for less motion. */
export function baseOption(theme: Theme): Option {
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink, fontSize: kLabelSize },
    backgroundColor: "transparent",
    color: [theme.accent],
  };
}

export function axisLabel(theme: Theme): Option {
  return { color: theme.muted, fontSize: kLabelSize, fontFamily: theme.font };
}

/** A value axis with hairlines and no line of its own. */
export function valueAxis(theme: Theme): Option {
  return {
    type: "value",
    axisLine: { show: false }, axisTick: { show: false },
    axisLabel: axisLabel(theme),
    splitLine: { lineStyle: { color: theme.line } },
    nameTextStyle: axisLabel(theme),
  };
}

export function categoryAxis(theme: Theme, names: string[]): Option {
  return {
    type: "category", data: names,
    axisLine: { lineStyle: { color: theme.line } }, axisTick: { show: false },
    axisLabel: { ...axisLabel(theme), interval: 0 },
    nameTextStyle: axisLabel(theme),
  };
}

/** Tooltips are elements, never markup, so that text from the data stays text. */
export function tooltip(theme: Theme, content: (item: TooltipItem) => Child[] | null): Option {
  return {
    trigger: "item",
    confine: true,
    backgroundColor: theme.card, borderColor: theme.line, borderWidth: 1, padding: [8, 10],
    textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
    extraCssText: "box-shadow: 0 4px 16px rgba(0,0,0,.14); border-radius: 6px; max-width: 320px; white-space: normal;",
    transitionDuration: 0,
    formatter: (item: TooltipItem) => {
      const children = content(item);
      return children ? h("div", { class: "tip" }, children) : "";
    },
  };
}

export interface TooltipItem {
  seriesId: string;
  seriesIndex: number;
  dataIndex: number;
  value: number[];
}
