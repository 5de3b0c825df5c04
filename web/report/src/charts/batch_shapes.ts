/**
 * Shapes that hold many pieces each: all spells of a regime, all candles that rose, the whole line of closes.
 *
 * An element per bar costs a chart library far more than the drawing; one path per colour keeps zooming smooth at any length.
 * Coordinates are pixels, flat in one list.
 */
import { echarts } from "./echarts_parts";

interface PathContext {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  rect(x: number, y: number, width: number, height: number): void;
}

function register(name: string, shape: object, buildPath: (context: PathContext, shape: never) => void): void {
  // The types of extendShape ask for a drawing context of the library that is wider than what is needed here.
  echarts.graphic.registerShape(name, echarts.graphic.extendShape({ shape, buildPath } as never));
}

/** x, y, width, height of each rectangle. */
export const kRectangles = "regimetryRectangles";
register(kRectangles, { pieces: [] }, (context, { pieces }: { pieces: number[] }) => {
  for (let i = 0; i < pieces.length; i += 4) context.rect(pieces[i], pieces[i + 1], pieces[i + 2], pieces[i + 3]);
});

/** x1, y1, x2, y2 of each piece of line. */
export const kSegments = "regimetrySegments";
register(kSegments, { pieces: [] }, (context, { pieces }: { pieces: number[] }) => {
  for (let i = 0; i < pieces.length; i += 4) {
    context.moveTo(pieces[i], pieces[i + 1]);
    context.lineTo(pieces[i + 2], pieces[i + 3]);
  }
});

/** x, y of each point of one line; NaN lifts the pen. */
export const kPolyline = "regimetryPolyline";
register(kPolyline, { pieces: [] }, (context, { pieces }: { pieces: number[] }) => {
  let isDown = false;
  for (let i = 0; i < pieces.length; i += 2) {
    if (Number.isNaN(pieces[i + 1])) isDown = false;
    else if (isDown) context.lineTo(pieces[i], pieces[i + 1]);
    else {
      context.moveTo(pieces[i], pieces[i + 1]);
      isDown = true;
    }
  }
});

/** x, y of the centre of each dot; radius 2.5. */
export const kDots = "regimetryDots";
const kDotRadius = 2.5;
register(kDots, { pieces: [] }, (context, { pieces }: { pieces: number[] }) => {
  for (let i = 0; i < pieces.length; i += 2) {
    context.moveTo(pieces[i] + kDotRadius, pieces[i + 1]);
    context.arc(pieces[i], pieces[i + 1], kDotRadius, 0, 2 * Math.PI);
  }
});

export interface Batch {
  shape: string;
  pieces: number[];
  style: Record<string, unknown>;
  /** Text has no batch; `text` at x, y instead of pieces. */
  text?: { x: number; y: number; text: string };
}

/** A group of elements for a custom series. */
export function group(batches: Batch[]): object {
  return {
    type: "group",
    children: batches.map((batch) =>
      batch.text
        ? { type: "text", silent: true, style: { ...batch.text, ...batch.style } }
        : { type: batch.shape, silent: true, shape: { pieces: batch.pieces }, style: batch.style }),
  };
}
