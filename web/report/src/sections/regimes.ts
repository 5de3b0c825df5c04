/** One card per regime of the active labelling. */
import type { App } from "../app";
import { DistributionChart } from "../charts/distribution_chart";
import { h, replaceChildren, type Child } from "../dom";
import { formatBars, formatNumber, formatPercent, formatProbability, formatSignedPercent, kUnknown, withoutEmblem } from "../format";
import type { Labels } from "../labels";
import { regimeBadge } from "../regime_badge";
import { labelsOf, occurringRegimes, regimeWords, structureOf } from "../report";
import type { RegimeStructure, Structure } from "../report_data";
import { labellingSwitch } from "./controls";
import { panel, section, type Section } from "./section";

export function regimesSection(app: App): Section {
  const cards = h("div", { class: "cards" });
  const note = h("p", { class: "quiet-words" });
  const follow = () => {
    const labels = labelsOf(app.report, app.state.value.labelling);
    const source = structureOf(app.report, labels);
    note.hidden = !source || source.labels.key === labels.key;
    note.textContent = `The report holds no figures for “${labels.title}”; these are those of “${source?.labels.title ?? ""}”.`;
    replaceChildren(cards, source
      ? occurringRegimes(source.structure).map((id) => regimeCard(app, source.structure, source.labels, id))
      : labels.occurring.map((id) => h("article", { class: "card" }, cardHead(app, labels, id, labels.barCounts.get(id)!, null))));
  };
  app.state.subscribe(["labelling"], follow);
  follow();
  return section("regimes", "The regimes", "Regimes",
    "What happened while each regime lasted. Returns and volatility describe the past; they are no forecast, and with final labels nobody could have earned them.",
    h("div", { class: "toolbar" }, labellingSwitch(app)), note, cards,
    h("p", { class: "quiet-words" }, "Roles and notes speak of how long regimes last and how surely they follow each other, not of prices: a “Trend Holder” is a regime that lasts."),
    panel("Share of bars", app.charts.add("distribution", new DistributionChart(app))));
}

function cardHead(app: App, labels: Labels, id: number, rows: number, share: number | null): HTMLElement {
  const words = regimeWords(app.report, labels, id);
  return h("header", { class: "card-head" }, regimeBadge(id),
    h("div", {}, h("h3", {}, words ? capitalized(words) : `Regime ${id}`),
      h("p", {}, share === null ? formatBars(rows) : `${formatPercent(share)} of bars · ${formatBars(rows)}`)));
}

/** Bars from one change to the next, stays that the ends of the data cut off included: as the summary says it. */
function meanStay(structure: Structure, id: number): string {
  const exits = structure.transitions.counts[id].reduce((sum, count, to) => (to === id ? sum : sum + count), 0);
  return exits === 0 ? "never left" : formatBars(structure.regimes[id].rows / exits, 1);
}

function regimeCard(app: App, structure: Structure, labels: Labels, id: number): HTMLElement {
  const regime = structure.regimes[id];
  const { returns } = regime;
  const isAnnual = returns?.annual_volatility !== undefined && returns?.annual_volatility !== null;
  const [low, high] = [structure.transitions.low[id]?.[id], structure.transitions.high[id]?.[id]];
  const facts: [string, Child][] = [];
  if (returns && returns.count > 0) {
    facts.push([isAnnual ? "Volatility, annual" : "Volatility per bar", formatPercent(isAnnual ? returns.annual_volatility : returns.deviation, isAnnual ? 1 : 3)],
      [isAnnual ? "Log return, annual" : "Log return per bar", formatSignedPercent(isAnnual ? returns.annual_return : returns.mean, isAnnual ? 1 : 3)],
      ["Worst drawdown", returns.max_drawdown === null ? kUnknown : formatPercent(-returns.max_drawdown)]);
    if (returns.sharpe !== null) facts.push(["Sharpe ratio", formatNumber(returns.sharpe, 2)]);
  }
  facts.push(
    ["Stays at the next bar", [formatProbability(regime.stickiness), interval(low, high)]],
    ["Mean stay", meanStay(structure, id)],
    ["Usually next", nextWords(regime)],
    ["Transition entropy", formatNumber(regime.entropy, 2)]);
  return h("article", { class: "card", style: `--badge: var(--regime-${id})`, "data-regime-card": id },
    cardHead(app, labels, id, regime.rows, structure.labelled_rows > 0 ? regime.rows / structure.labelled_rows : null),
    h("dl", { class: "facts" }, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("div", { class: "card-words" },
      regime.role ? h("p", {}, h("span", { class: "tag" }, regime.role), regime.volatile ? h("span", { class: "tag" }, "order of regimes uncertain") : null) : null,
      regime.note ? h("p", {}, withoutEmblem(regime.note)) : null,
      regime.action ? h("p", { class: "quiet-words" }, withoutEmblem(regime.action)) : null));
}

function interval(low: number | null | undefined, high: number | null | undefined): Child {
  if (low === null || high === null || low === undefined || high === undefined) return null;
  return h("small", { title: "95 % interval" }, ` ${formatProbability(low)}–${formatProbability(high)}`);
}

function nextWords(regime: RegimeStructure): Child {
  if (regime.most_likely_next === null) return "never left";
  return [regimeBadge(regime.most_likely_next), h("small", { title: "Chance at the next bar" }, ` ${formatProbability(regime.next_probability)}`)];
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
