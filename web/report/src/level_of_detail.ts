/**
 * Sums up bars into buckets, so that a chart never draws more than its pixels can show.
 *
 * Buckets begin at multiples of their size: moving the window sideways keeps their borders, and the picture does not shimmer.
 */
import type { BarSeries } from "./bar_series";

export interface Buckets {
  /** Bars per bucket; the first and the last may hold fewer. */
  size: number;
  count: number;
  /** Both ends belong to the bucket. */
  firstBar: Int32Array;
  lastBar: Int32Array;
  /** NaN where no bar of the bucket has the number. */
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** Of closes alone: what the line of closes touches. */
  firstClose: Float64Array;
  highestClose: Float64Array;
  lowestClose: Float64Array;
  volume: Float64Array;
}

export function bucketSizeFor(barCount: number, mostBuckets: number): number {
  return Math.max(1, Math.ceil(barCount / mostBuckets));
}

/** Bars firstBar..lastBar, both included, in buckets of `size`. */
export function sumUpBars(series: BarSeries, firstBar: number, lastBar: number, size: number): Buckets {
  const firstBucket = Math.floor(firstBar / size);
  const count = Math.max(0, Math.floor(lastBar / size) - firstBucket + 1);
  const empty = () => new Float64Array(count).fill(NaN);
  const buckets: Buckets = {
    size, count,
    firstBar: new Int32Array(count), lastBar: new Int32Array(count),
    open: empty(), high: empty(), low: empty(), close: empty(),
    firstClose: empty(), highestClose: empty(), lowestClose: empty(), volume: empty(),
  };
  for (let i = 0; i < count; ++i) {
    const begin = Math.max(firstBar, (firstBucket + i) * size);
    const last = Math.min(lastBar, (firstBucket + i + 1) * size - 1);
    buckets.firstBar[i] = begin;
    buckets.lastBar[i] = last;
    for (let bar = begin; bar <= last; ++bar) addBar(buckets, i, series, bar);
  }
  return buckets;
}

function addBar(buckets: Buckets, i: number, series: BarSeries, bar: number): void {
  const close = series.close ? series.close[bar] : NaN;
  addPrice(buckets, i, series.open ? series.open[bar] : close, series.high ? series.high[bar] : close, series.low ? series.low[bar] : close, close);
  if (series.volume && !Number.isNaN(series.volume[bar])) {
    buckets.volume[i] = (Number.isNaN(buckets.volume[i]) ? 0 : buckets.volume[i]) + series.volume[bar];
  }
}

function addPrice(buckets: Buckets, i: number, open: number, high: number, low: number, close: number): void {
  // Comparisons with NaN are false, so "not smaller" also takes the first number that is there.
  if (Number.isNaN(buckets.open[i])) buckets.open[i] = open;
  if (!Number.isNaN(high) && !(buckets.high[i] >= high)) buckets.high[i] = high;
  if (!Number.isNaN(low) && !(buckets.low[i] <= low)) buckets.low[i] = low;
  if (Number.isNaN(close)) return;
  buckets.close[i] = close;
  if (Number.isNaN(buckets.firstClose[i])) buckets.firstClose[i] = close;
  if (!(buckets.highestClose[i] >= close)) buckets.highestClose[i] = close;
  if (!(buckets.lowestClose[i] <= close)) buckets.lowestClose[i] = close;
}
