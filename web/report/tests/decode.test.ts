import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readBars } from "../src/bar_series";
import { readColumn, readColumnOf } from "../src/columns";
import { decodeReport } from "../src/decode";
import { probabilityAt, readLabels } from "../src/labels";

const pack = (value: unknown) => gzipSync(JSON.stringify(value)).toString("base64");
const column = (type: "f32" | "i32" | "i16" | "u8", values: ArrayLike<number>) => {
  const Type = { f32: Float32Array, i32: Int32Array, i16: Int16Array, u8: Uint8Array }[type];
  return { type, data: Buffer.from(Type.from(values).buffer).toString("base64") };
};

test("a report survives packing, with the white space that a template may add", async () => {
  const report = { format: 1, title: "Ümläut </script> €" };
  assert.deepEqual(await decodeReport(`\n ${pack(report)} \n`), report);
});

test("a template without data, another format and torn data are errors in words", async () => {
  await assert.rejects(decodeReport("{{" + "REGIMETRY_DATA}}"), /no data/);
  await assert.rejects(decodeReport(pack({ format: 2 })), /format 2/);
  await assert.rejects(decodeReport(pack({ format: 1, text: "x".repeat(1000) }).slice(0, 40)));
});

test("columns keep their values", () => {
  assert.deepEqual([...readColumn(column("f32", [1.5, NaN, -2]))], [1.5, NaN, -2]);
  assert.deepEqual([...readColumn(column("i32", [1, -70_000]))], [1, -70_000]);
  assert.deepEqual([...readColumn(column("i16", [-1, 99]))], [-1, 99]);
  assert.deepEqual([...readColumn(column("u8", [0, 255]))], [0, 255]);
});

test("a column that is cut off is an error that names it", () => {
  assert.throws(() => readColumnOf(column("i16", [1, 2]), 3, "labels"), /labels.*2.*3/);
});

test("times add up steps", () => {
  const bars = readBars({ count: 3, start_ms: 86_400_000, unit_ms: 3_600_000, steps: column("i32", [0, 1, 48]), open: null, high: null, low: null,
    close: column("f32", [1, 2, 3]), volume: null, price_digits: 2 });
  assert.deepEqual([...bars.times], [86_400_000, 90_000_000, 262_800_000]);
  assert.equal(bars.isIntraday, true);
  assert.equal(bars.hasCandles, false);
});

test("probabilities of labels are shares, and none is none", () => {
  const labels = readLabels({ key: "final", title: "", meaning: "", ids: column("i16", [-1, 3, 3]), probability: column("u8", [255, 250, 125]), names: null, structure: null }, 3);
  assert.deepEqual([0, 1, 2].map((bar) => probabilityAt(labels, bar)), [null, 1, 0.5]);
  assert.deepEqual(labels.occurring, [3]);
  assert.equal(labels.barCounts.get(3), 2);
});
