/** Columns of numbers: base64 of little-endian typed arrays. */
import { base64ToBytes } from "./decode";
import type { Column } from "./report_data";

export type Numbers = Float32Array | Int32Array | Int16Array | Uint8Array;

/** Browsers run on little-endian machines only, so bytes can be viewed as they are. */
export function readColumn(column: Column): Numbers {
  const buffer = base64ToBytes(column.data).buffer;
  switch (column.type) {
    case "f32": return new Float32Array(buffer);
    case "i32": return new Int32Array(buffer);
    case "i16": return new Int16Array(buffer);
    case "u8": return new Uint8Array(buffer);
    default: throw new Error(`A column has the unknown type '${String(column.type)}'.`);
  }
}

/** As readColumn, but insists on the number of values, so that a cut-off column never draws a shifted chart. */
export function readColumnOf(column: Column, count: number, name: string): Numbers {
  const numbers = readColumn(column);
  if (numbers.length !== count) throw new Error(`Column '${name}' holds ${numbers.length} values instead of ${count}.`);
  return numbers;
}
