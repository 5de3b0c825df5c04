import assert from "node:assert/strict";
import { test } from "node:test";
import type { BarSeries } from "../src/bar_series";
import { bucketSizeFor, sumUpBars } from "../src/level_of_detail";
import { makeNormal, makeRandom } from "./random.mjs";

function randomBars(count: number): BarSeries {
  const normal = makeNormal(makeRandom(5));
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float32Array(count));
  let price = 100;
  for (let bar = 0; bar < count; ++bar) {
    open[bar] = price;
    close[bar] = price += normal();
    high[bar] = Math.max(open[bar], close[bar]) + Math.abs(normal());
    low[bar] = Math.min(open[bar], close[bar]) - Math.abs(normal());
    volume[bar] = 1 + (bar % 7);
  }
  return { count, times: new Float64Array(count), open, high, low, close, volume, priceDigits: 2, isIntraday: false, hasCandles: true };
}

const extremes = (values: ArrayLike<number>, first: number, last: number) => {
  const part = Array.from(values).slice(first, last + 1);
  return { most: Math.max(...part), least: Math.min(...part), sum: part.reduce((a, b) => a + b, 0) };
};

test("buckets keep open, close, extremes and volume of what they sum up", () => {
  const bars = randomBars(1003);
  for (const size of [1, 2, 7, 1003, 5000]) {
    const buckets = sumUpBars(bars, 3, 998, size);
    assert.equal(buckets.open[0], bars.open![3]);
    assert.equal(buckets.close[buckets.count - 1], bars.close![998]);
    assert.equal(Math.max(...buckets.high), extremes(bars.high!, 3, 998).most);
    assert.equal(Math.min(...buckets.low), extremes(bars.low!, 3, 998).least);
    assert.equal(Math.max(...buckets.highestClose), extremes(bars.close!, 3, 998).most);
    assert.equal(Math.min(...buckets.lowestClose), extremes(bars.close!, 3, 998).least);
    assert.equal(buckets.volume.reduce((a, b) => a + b, 0), extremes(bars.volume!, 3, 998).sum);
  }
});

test("buckets follow each other without a hole and keep to multiples of their size", () => {
  const buckets = sumUpBars(randomBars(100), 13, 91, 10);
  assert.equal(buckets.firstBar[0], 13);
  assert.equal(buckets.lastBar[buckets.count - 1], 91);
  for (let i = 1; i < buckets.count; ++i) {
    assert.equal(buckets.firstBar[i], buckets.lastBar[i - 1] + 1);
    assert.equal(buckets.firstBar[i] % 10, 0);
  }
});

test("missing prices are passed over, and a bucket without any says so", () => {
  const bars = randomBars(6);
  for (const column of [bars.open!, bars.high!, bars.low!, bars.close!]) for (const bar of [0, 4, 5]) column[bar] = NaN;
  const buckets = sumUpBars(bars, 0, 5, 2);
  assert.equal(buckets.open[0], bars.open![1]);
  assert.equal(buckets.close[0], bars.close![1]);
  assert.ok(Number.isNaN(buckets.close[2]) && Number.isNaN(buckets.high[2]));
});

test("closes alone stand in for the other prices", () => {
  const bars = { ...randomBars(10), open: null, high: null, low: null, volume: null, hasCandles: false };
  const buckets = sumUpBars(bars, 0, 9, 5);
  assert.equal(buckets.high[1], buckets.highestClose[1]);
  assert.equal(buckets.open[1], bars.close![5]);
});

test("no more buckets than asked for", () => {
  for (const count of [1, 10, 1200, 1201, 100_000]) assert.ok(Math.ceil(count / bucketSizeFor(count, 1200)) <= 1200);
});
