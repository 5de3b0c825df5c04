import assert from "node:assert/strict";
import { test } from "node:test";
import { firstBarFrom } from "../src/bar_series";
import { timeTicks } from "../src/time_ticks";

const kDay = 86_400_000;
const days = (start: number, count: number) => Float64Array.from({ length: count }, (_, i) => start + i * kDay);

test("years are marked at their first bar", () => {
  const ticks = timeTicks(days(Date.UTC(2010, 5, 1), 3000), 0, 2999, 10);
  assert.deepEqual(ticks.map((tick) => tick.label), ["2011", "2012", "2013", "2014", "2015", "2016", "2017", "2018"]);
  assert.equal(ticks[0].bar, 214);
});

test("marks lie in view and keep their distance at any length", () => {
  const times = days(Date.UTC(1970, 0, 1), 20_000);
  for (const [first, last] of [[0, 19_999], [100, 130], [5000, 5001], [7, 7], [300, 4000]]) {
    const ticks = timeTicks(times, first, last, 12);
    assert.ok(ticks.length <= 18);
    for (const [i, tick] of ticks.entries()) {
      assert.ok(tick.bar >= first && tick.bar <= last);
      if (i > 0) assert.ok(tick.bar > ticks[i - 1].bar);
    }
  }
});

test("without bars there are no marks", () => {
  assert.deepEqual(timeTicks(new Float64Array(0), 0, 0, 10), []);
});

test("bars are found by time", () => {
  const times = Float64Array.from([10, 20, 20, 30]);
  assert.deepEqual([5, 10, 15, 20, 31].map((time) => firstBarFrom(times, time)), [0, 0, 1, 1, 4]);
});
