/** Turns what is in view on the price chart into batches of shapes, in pixels. */
import { mix, withAlpha } from "../colors";
import type { Buckets } from "../level_of_detail";
import { patternOf } from "../regime_cue";
import type { Selection } from "../selection";
import type { Spell } from "../spells";
import type { Theme } from "../theme";
import { kDots, kPolyline, kRectangles, kSegments, type Batch } from "./batch_shapes";

/** Linear maps from bars and axis values to pixels. */
export interface Pixels {
  x(bar: number): number;
  y(value: number): number;
  /** Of one bar. */
  barWidth: number;
  top: number;
  bottom: number;
}

const kLeastWidthOfNumber = 15;
const kMostNumbersPerLane = 160;

/** Areas behind the price, coloured by regime. */
export function drawRegimeBands(spells: Spell[], pixels: Pixels, theme: Theme, isFadedRegime: (id: number) => boolean): Batch[] {
  const opacity = theme.name === "dark" ? 0.3 : 0.24;
  return [...rectanglesByRegime(spells, pixels, pixels.top, pixels.bottom - pixels.top)].map(([id, pieces]) => ({
    shape: kRectangles, pieces,
    style: { fill: withAlpha(theme.regimes[id], isFadedRegime(id) ? opacity * 0.15 : opacity) },
  }));
}

/** One lane of the timeline: solid colours, stripes for the ninth regime and on, numbers where they fit. */
export function drawLane(spells: Spell[], pixels: Pixels, top: number, height: number, theme: Theme, isFadedRegime: (id: number) => boolean): Batch[] {
  const batches: Batch[] = [{
    shape: kRectangles, pieces: [pixels.x(-1e6), top, pixels.x(1e7) - pixels.x(-1e6), height],
    style: { fill: withAlpha(theme.muted, 0.12) },
  }];
  for (const [id, pieces] of rectanglesByRegime(spells, pixels, top, height)) {
    const opacity = isFadedRegime(id) ? 0.14 : 1;
    batches.push({ shape: kRectangles, pieces, style: { fill: theme.regimes[id], opacity } });
    for (let stripe = 1; stripe <= patternOf(id); ++stripe) {
      const y = top + (height * stripe) / (patternOf(id) + 1) - 1;
      batches.push({ shape: kRectangles, pieces: stripesIn(pieces, y), style: { fill: theme.regimeInks[id], opacity: opacity * 0.75 } });
    }
  }
  return [...batches, ...laneNumbers(spells, pixels, top + height / 2, theme, isFadedRegime)];
}

function laneNumbers(spells: Spell[], pixels: Pixels, middle: number, theme: Theme, isFadedRegime: (id: number) => boolean): Batch[] {
  const wide = spells.filter(({ id, first, last }) => id >= 0 && (last - first + 1) * pixels.barWidth >= kLeastWidthOfNumber + (id > 9 ? 6 : 0));
  return wide.slice(0, kMostNumbersPerLane).map(({ id, first, last }) => ({
    shape: "", pieces: [],
    text: { x: (pixels.x(first) + pixels.x(last)) / 2, y: middle, text: String(id) },
    style: {
      fill: isFadedRegime(id) ? theme.muted : theme.regimeInks[id], align: "center", verticalAlign: "middle",
      font: `600 10px ${theme.font}`,
      // A number on stripes needs ground under its feet.
      ...(patternOf(id) > 0 && !isFadedRegime(id) ? { backgroundColor: theme.regimes[id], padding: [1, 2] } : {}),
    },
  }));
}

/** Rectangles of selected bars, as a lane. */
export function drawSelectionLane(selection: Selection, firstBar: number, lastBar: number, size: number, pixels: Pixels, top: number, height: number, theme: Theme): Batch[] {
  const pieces: number[] = [];
  for (const { first, last } of selectedSpells(selection, firstBar, lastBar, size)) {
    const width = Math.max(1.5, (last - first + 1) * pixels.barWidth);
    pieces.push(pixels.x(first - 0.5), top, width, height);
  }
  return [{ shape: kRectangles, pieces, style: { fill: theme.accent } }];
}

/** Dots on the price at the bars that are selected. */
export function drawSelectionMarks(selection: Selection, buckets: Buckets, pixels: Pixels, toAxis: (price: number) => number, theme: Theme): Batch[] {
  const pieces: number[] = [];
  for (let i = 0; i < buckets.count; ++i) {
    if (Number.isNaN(buckets.close[i])) continue;
    let isSelected = false;
    for (let bar = buckets.firstBar[i]; bar <= buckets.lastBar[i] && !isSelected; ++bar) isSelected = selection.mask[bar] === 1;
    if (isSelected) pieces.push(pixels.x(middleOf(buckets, i)), pixels.y(toAxis(buckets.close[i])));
  }
  return [{ shape: kDots, pieces, style: { fill: theme.accent } }];
}

/** The line of closes. A bucket of several bars is drawn from its first close by its extremes to its last, so no spike is lost. */
export function drawCloseLine(buckets: Buckets, pixels: Pixels, toAxis: (price: number) => number, style: Record<string, unknown>): Batch[] {
  const pieces: number[] = [];
  for (let i = 0; i < buckets.count; ++i) {
    const x = pixels.x(middleOf(buckets, i));
    if (buckets.size === 1) {
      pieces.push(x, pixels.y(toAxis(buckets.close[i])));
      continue;
    }
    if (Number.isNaN(buckets.close[i])) continue;
    const rises = buckets.close[i] >= buckets.firstClose[i];
    const [second, third] = rises ? [buckets.lowestClose[i], buckets.highestClose[i]] : [buckets.highestClose[i], buckets.lowestClose[i]];
    for (const price of [buckets.firstClose[i], second, third, buckets.close[i]]) pieces.push(x, pixels.y(toAxis(price)));
  }
  return [{ shape: kPolyline, pieces, style: { fill: "none", stroke: style.stroke, lineWidth: style.lineWidth, lineJoin: "round" } }];
}

/** Hollow candles rose, filled ones fell; colour is left to regimes. */
export function drawCandles(buckets: Buckets, pixels: Pixels, toAxis: (price: number) => number, theme: Theme): Batch[] {
  const wicks: number[] = [];
  const bodies: Record<"risen" | "fallen", number[]> = { risen: [], fallen: [] };
  const width = Math.max(1, Math.min(14, buckets.size * pixels.barWidth * 0.66));
  for (let i = 0; i < buckets.count; ++i) {
    if (Number.isNaN(buckets.open[i]) || Number.isNaN(buckets.close[i])) continue;
    const y = (price: number) => pixels.y(toAxis(price));
    const x = Math.round(pixels.x(middleOf(buckets, i))) + 0.5;
    const [top, bottom] = [y(Math.max(buckets.open[i], buckets.close[i])), y(Math.min(buckets.open[i], buckets.close[i]))];
    wicks.push(x, y(buckets.high[i]), x, top, x, bottom, x, y(buckets.low[i]));
    bodies[buckets.close[i] >= buckets.open[i] ? "risen" : "fallen"].push(x - width / 2, top, width, Math.max(1, bottom - top));
  }
  const stroke = mix(theme.ink, theme.card, 0.1);
  return [
    { shape: kSegments, pieces: wicks, style: { fill: "none", stroke, lineWidth: 1 } },
    { shape: kRectangles, pieces: bodies.risen, style: { fill: theme.card, stroke, lineWidth: 1 } },
    { shape: kRectangles, pieces: bodies.fallen, style: { fill: stroke, stroke, lineWidth: 1 } },
  ];
}

export function drawVolume(buckets: Buckets, pixels: Pixels, theme: Theme): Batch[] {
  const pieces: number[] = [];
  const width = Math.max(1, buckets.size * pixels.barWidth * 0.7);
  for (let i = 0; i < buckets.count; ++i) {
    if (!(buckets.volume[i] > 0)) continue;
    const y = pixels.y(buckets.volume[i]);
    pieces.push(pixels.x(middleOf(buckets, i)) - width / 2, y, width, pixels.bottom - y);
  }
  return [{ shape: kRectangles, pieces, style: { fill: withAlpha(theme.muted, 0.55) } }];
}

// A single selected bar in a bucket must not drown in a majority of others, so any selected bar marks its bucket.
function selectedSpells(selection: Selection, firstBar: number, lastBar: number, size: number): Spell[] {
  const spells: Spell[] = [];
  for (let bar = firstBar; bar <= lastBar; ++bar) {
    if (selection.mask[bar] === 0) continue;
    const open = spells[spells.length - 1];
    if (open && bar - open.last <= size) open.last = bar;
    else spells.push({ id: 0, first: bar, last: bar });
  }
  return spells;
}

function rectanglesByRegime(spells: Spell[], pixels: Pixels, top: number, height: number): Map<number, number[]> {
  const byRegime = new Map<number, number[]>();
  for (const { id, first, last } of spells) {
    if (id < 0) continue;
    const pieces = byRegime.get(id) ?? [];
    pieces.push(pixels.x(first - 0.5), top, (last - first + 1) * pixels.barWidth, height);
    byRegime.set(id, pieces);
  }
  return byRegime;
}

function stripesIn(rectangles: number[], y: number): number[] {
  const pieces: number[] = [];
  for (let i = 0; i < rectangles.length; i += 4) pieces.push(rectangles[i], y, rectangles[i + 2], 2);
  return pieces;
}

function middleOf(buckets: Buckets, i: number): number {
  return (buckets.firstBar[i] + buckets.lastBar[i]) / 2;
}
