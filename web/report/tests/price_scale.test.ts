import assert from "node:assert/strict";
import { test } from "node:test";
import { priceScale } from "../src/price_scale";

test("marks are round prices within the axis", () => {
  for (const [low, high, isLog] of [[1.05, 1.21, false], [1.05, 1.21, true], [3, 4800, true], [0.0001, 0.0004, true], [12_000, 69_000, false]] as const) {
    const scale = priceScale(low, high, isLog, 7);
    assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= 15, `${low}..${high}: ${scale.ticks.length}`);
    for (const tick of scale.ticks) {
      assert.ok(tick >= scale.min && tick <= scale.max);
      assert.ok(Math.abs(Number(scale.toPrice(tick).toFixed(scale.digits)) - scale.toPrice(tick)) <= high * 1e-6);
    }
  }
});

test("prices and axis values are inverse to each other", () => {
  for (const isLog of [true, false]) {
    const scale = priceScale(2, 50, isLog, 5);
    assert.ok(Math.abs(scale.toPrice(scale.toAxis(17)) - 17) < 1e-9);
  }
});

test("prices of zero or below have a linear scale", () => {
  assert.equal(priceScale(-37, 60, true, 5).toAxis(-37), -37);
});

test("a price that never moves still has an axis", () => {
  const scale = priceScale(5, 5, false, 5);
  assert.ok(scale.min < 5 && scale.max > 5 && scale.ticks.length > 0);
});
