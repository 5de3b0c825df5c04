/**
 * The second cue beside colour. Colours repeat themselves or lie close together from the ninth regime on, and not everybody tells
 * them apart: numbers stand wherever there is room, and every eight regimes get a pattern and a symbol of their own.
 */

const kRegimesPerPattern = 8;
const kSymbols = ["circle", "triangle", "rect", "diamond"];

/** 0: plain; n: n stripes along bars and lanes. */
export function patternOf(regime: number): number {
  return regime < 0 ? 0 : Math.floor(regime / kRegimesPerPattern);
}

export function symbolOf(regime: number): string {
  return kSymbols[Math.min(kSymbols.length - 1, patternOf(regime))];
}
