/** The second cue on bars: stripes for the ninth regime and on. */
import { patternOf } from "../regime_cue";
import type { Theme } from "../theme";

/** In the words of the library, which draws none for the symbol "none". */
export function stripes(regime: number, theme: Theme): object {
  const pattern = patternOf(regime);
  if (pattern === 0) return { symbol: "none" };
  return { symbol: "rect", color: theme.regimeInks[regime] + "99", dashArrayX: [1, 0], dashArrayY: [1.5, 6 / pattern], symbolSize: 1, rotation: (Math.PI / 4) * pattern };
}
