/** How to read the page without fooling oneself, and what its words mean. */
import { details, h } from "../dom";
import { section, type Section } from "./section";

const kNotes: [string, string][] = [
  ["A regime is seen late.", "Labels are made from a window of past bars. A change needs part of a window to show, so labels known at the time lag behind what final labels draw."],
  ["0.9 is shorter than it sounds.", "A regime that stays with 0.9 at each bar lasts 10 bars on average, one with 0.99 lasts 100: 1 / (1 − stickiness)."],
  ["“It stays as it is” is a strong forecast.", "With sticky regimes, naming today’s regime as tomorrow’s is right nearly always. That is a property of the labels, not a skill: judge any model against it."],
  ["Final labels know the end.", "They describe what was. Whatever they seem to predict, judge it by the labels known at the time."],
  ["Few stays, little certainty.", "A regime that was entered three times has three observations of how it ends, however many bars it holds. Look at stays and intervals first."],
];

const kGlossary: [string, string][] = [
  ["Adjusted Rand index (ARI)", "Agreement of two groupings of the same bars: 1 is the same, 0 what chance gives; numbers of groups do not matter."],
  ["As-of label", "The regime a bar was given from what was known when that bar was over. Never changed afterwards."],
  ["Balanced accuracy", "Share of bars named right, averaged over true regimes, so that a rare one counts as much as a common one."],
  ["Dwell time, stay, spell", "How many bars in a row a regime lasts."],
  ["Entropy (of transitions)", "How uncertain the regime of the next bar is: 0 when it is certain, larger when many may follow."],
  ["Eta squared", "Share of the variance of ranks of returns that lies between regimes: 0 says regimes tell nothing, 1 that they tell all."],
  ["Final label", "The regime a bar was given from the whole sample, later bars included."],
  ["First passage", "Expected number of bars until a regime is first met."],
  ["Interval, 95 %", "From a bootstrap of blocks of bars: where the number would lie in 95 of 100 such samples."],
  ["Long-run share", "Share of time that the chain of regimes spends in each one if it goes on as it did."],
  ["Memoryless p", "Small: stays do not end by a constant chance per bar, so stickiness is no guide to how much longer one will last."],
  ["Persistence", "The price of a switch when labels are drawn. Higher: longer stays that are seen later."],
  ["p-value", "How often chance alone gives as much. Small says “hardly chance”; it does not say “large”."],
  ["Silhouette", "How much closer rows are to their own group than to the next one: 1 well apart, 0 touching."],
  ["Stickiness", "Chance that the regime of a bar is the regime of the next bar."],
  ["Trustworthiness", "1 when no neighbour on the map is a stranger in the full space, near 0.5 for a random map."],
  ["Window lag", "The delay that comes from looking at windows of past bars."],
];

export function readingSection(): Section {
  return section("reading", "How to read this honestly", "Reading", null,
    h("div", { class: "notes" }, kNotes.map(([title, words]) => h("p", {}, h("strong", {}, `${title} `), words))),
    details("Glossary", h("dl", { class: "glossary" }, kGlossary.map(([word, meaning]) => h("div", {}, h("dt", {}, word), h("dd", {}, meaning))))));
}
