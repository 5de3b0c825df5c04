import assert from "node:assert/strict";
import { test } from "node:test";
import { isInPolygon } from "../src/point_in_polygon";
import { regimesOf, selectBars, selectRange, selectRegime } from "../src/selection";

test("bars count once, bars outside the data not at all", () => {
  const selection = selectBars(5, [1, 1, 4, 9, -1], "here")!;
  assert.equal(selection.count, 2);
  assert.deepEqual([...selection.mask], [0, 1, 0, 0, 1]);
});

test("an empty selection is none", () => {
  assert.equal(selectBars(5, [], "here"), null);
  assert.equal(selectRegime([0, 0], 3, "here"), null);
});

test("regimes of a selection come most first", () => {
  assert.deepEqual(regimesOf(selectRange(6, 1, 4, "here")!, [9, 0, 2, 2, -1, 9]), [{ id: 2, count: 2 }, { id: -1, count: 1 }, { id: 0, count: 1 }]);
});

test("a lasso may have a dent", () => {
  const polygon: [number, number][] = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]];
  assert.equal(isInPolygon(1, 1, polygon), true);
  assert.equal(isInPolygon(2, 3, polygon), false);
  assert.equal(isInPolygon(5, 1, polygon), false);
});
