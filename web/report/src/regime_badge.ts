/** The number of a regime on its colour: how a regime is named everywhere outside charts. */
import { h } from "./dom";
import { patternOf } from "./regime_cue";

export function regimeBadge(regime: number): HTMLElement {
  if (regime < 0) return h("span", { class: "badge badge-none" }, "–");
  return h("span", {
    class: "badge", "data-pattern": Math.min(3, patternOf(regime)),
    style: `--badge: var(--regime-${regime}); --badge-ink: var(--regime-ink-${regime})`,
  }, String(regime));
}
