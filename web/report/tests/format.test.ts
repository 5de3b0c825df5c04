import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../src/format";

test("unknown numbers are a dash", () => {
  for (const value of [null, undefined, NaN, Infinity]) {
    assert.equal(format.formatNumber(value), "–");
    assert.equal(format.formatPercent(value), "–");
    assert.equal(format.formatPValue(value), "–");
    assert.equal(format.formatBars(value), "–");
  }
});

test("signs are true minus signs, and nothing that rounds to zero has one", () => {
  assert.equal(format.formatNumber(-1234.5, 1), "−1,234.5");
  assert.equal(format.formatNumber(-0.001, 2), "0.00");
  assert.equal(format.formatSignedPercent(0.0123), "+1.2%");
  assert.equal(format.formatSignedPercent(0.00001), "0.0%");
});

test("small probabilities and p-values say that they are small, not that they are zero", () => {
  assert.equal(format.formatProbability(0.0001), "<0.001");
  assert.equal(format.formatProbability(0), "0.000");
  assert.equal(format.formatPValue(0.0002), "<0.001");
});

test("bars have their plural", () => {
  assert.equal(format.formatBars(1), "1 bar");
  assert.equal(format.formatBars(1.04, 1), "1.0 bars");
  assert.equal(format.formatBars(5000), "5,000 bars");
});

test("times are UTC, with the clock where days are not enough", () => {
  assert.equal(format.formatTime(0, false), "1970-01-01");
  assert.equal(format.formatTime(60_000, true), "1970-01-01 00:01");
});

test("values of settings are words", () => {
  assert.equal(format.formatValue([1, true, null]), "1, yes, –");
  assert.equal(format.formatValue({ a: 1 }), '{"a":1}');
});
