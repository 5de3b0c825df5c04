import assert from "node:assert/strict";
import { test } from "node:test";
import { spellsAtDetail } from "../src/spells";
import { makeRandom } from "./random.mjs";

test("spells are runs of one regime, -1 included", () => {
  assert.deepEqual(spellsAtDetail([-1, -1, 0, 0, 2, 0], 0, 5, 1), [
    { id: -1, first: 0, last: 1 }, { id: 0, first: 2, last: 3 }, { id: 2, first: 4, last: 4 }, { id: 0, first: 5, last: 5 },
  ]);
});

test("spells of a part begin and end with it", () => {
  assert.deepEqual(spellsAtDetail([0, 0, 0, 1], 1, 2, 1), [{ id: 0, first: 1, last: 2 }]);
});

test("a bucket takes the regime of most of its bars, of equals the first", () => {
  assert.deepEqual(spellsAtDetail([0, 1, 1, 2, 3, 4], 0, 5, 3), [{ id: 1, first: 0, last: 2 }, { id: 2, first: 3, last: 5 }]);
});

test("spells cover every bar once at any detail and neighbours differ", () => {
  const random = makeRandom(3);
  const ids = Array.from({ length: 999 }, () => Math.floor(random() * 4) - 1);
  for (const size of [1, 3, 50, 2000]) {
    const spells = spellsAtDetail(ids, 5, 990, size);
    assert.equal(spells[0].first, 5);
    assert.equal(spells[spells.length - 1].last, 990);
    for (let i = 1; i < spells.length; ++i) {
      assert.equal(spells[i].first, spells[i - 1].last + 1);
      assert.notEqual(spells[i].id, spells[i - 1].id);
    }
  }
});
