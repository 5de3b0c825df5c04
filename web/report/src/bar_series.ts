/** The bars of the market, ready to be drawn. */
import { readColumnOf, type Numbers } from "./columns";
import type { Bars, Column } from "./report_data";

const kDayMs = 86_400_000;

export interface BarSeries {
  count: number;
  /** [T] milliseconds since 1970 in UTC, ascending. */
  times: Float64Array;
  open: Numbers | null;
  high: Numbers | null;
  low: Numbers | null;
  close: Numbers | null;
  volume: Numbers | null;
  priceDigits: number;
  /** Bars begin within days, so a date alone does not name one. */
  isIntraday: boolean;
  /** All four prices are there. */
  hasCandles: boolean;
}

export function readBars(bars: Bars): BarSeries {
  const column = (values: Column | null, name: string) => (values ? readColumnOf(values, bars.count, name) : null);
  const times = readTimes(bars);
  const [open, high, low, close] = [column(bars.open, "open"), column(bars.high, "high"), column(bars.low, "low"), column(bars.close, "close")];
  return {
    count: bars.count, times, open, high, low, close,
    volume: column(bars.volume, "volume"),
    priceDigits: bars.price_digits,
    isIntraday: times.some((time) => time % kDayMs !== 0),
    hasCandles: open !== null && high !== null && low !== null && close !== null,
  };
}

function readTimes(bars: Bars): Float64Array {
  const steps = readColumnOf(bars.steps, bars.count, "steps");
  const times = new Float64Array(bars.count);
  let time = bars.start_ms;
  for (let i = 0; i < bars.count; ++i) times[i] = time += bars.unit_ms * steps[i];
  return times;
}

/** The first bar that begins at `time` or later; `count` when there is none. */
export function firstBarFrom(times: Float64Array, time: number): number {
  let begin = 0;
  let end = times.length;
  while (begin < end) {
    const middle = (begin + end) >> 1;
    if (times[middle] < time) begin = middle + 1;
    else end = middle;
  }
  return begin;
}
