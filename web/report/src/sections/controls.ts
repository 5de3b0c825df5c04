/** Buttons that follow and change the state of the page; the same ones serve several sections. */
import type { App } from "../app";
import { h, replaceChildren } from "../dom";
import { formatShare } from "../format";
import { regimeBadge } from "../regime_badge";
import { labelsOf, regimeName, regimeWords } from "../report";
import type { ViewState } from "../state";

export interface Choice<V> {
  value: V;
  title: string;
  hint?: string;
}

/** One of several: a row of toggle buttons. */
export function choiceButtons<K extends keyof ViewState>(app: App, key: K, name: string, choices: Choice<ViewState[K]>[]): HTMLElement {
  const buttons = choices.map((choice) =>
    h("button", { type: "button", title: choice.hint, "data-choice": `${key}:${String(choice.value)}`, click: () => app.state.set({ [key]: choice.value } as Pick<ViewState, K>) }, choice.title));
  const follow = () => buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(app.state.value[key] === choices[i].value)));
  app.state.subscribe([key], follow);
  follow();
  return h("div", { class: "segmented", role: "group", "aria-label": name }, buttons);
}

/** On or off. */
export function toggleButton(app: App, key: "isLogarithmic" | "isSelectingRange", title: string, hint: string): HTMLElement {
  const button = h("button", { type: "button", class: "toggle", title: hint, "data-choice": key, click: () => app.state.set({ [key]: !app.state.value[key] }) }, title);
  const follow = () => button.setAttribute("aria-pressed", String(app.state.value[key]));
  app.state.subscribe([key], follow);
  follow();
  return button;
}

/** Which labels colour the page; null where the report has only one labelling. */
export function labellingSwitch(app: App): HTMLElement | null {
  const { labellings } = app.report;
  if (labellings.length < 2) return null;
  const buttons = choiceButtons(app, "labelling", "Labels shown", labellings.map((labels) => ({ value: labels.key, title: labels.title, hint: labels.meaning })));
  // Another labelling may lack the highlighted regime, or mean another one by its number.
  app.state.subscribe(["labelling"], () => app.state.set({ highlighted: null }));
  return buttons;
}

/** What the active labels know, in a line that follows the switch. */
export function labellingMeaning(app: App): HTMLElement {
  const line = h("p", { class: "knowledge" });
  const follow = () => {
    const labels = labelsOf(app.report, app.state.value.labelling);
    const kind = { final: "Descriptive. ", asof: "Known at the time. ", truth: "Simulated truth. " }[labels.key];
    line.className = `knowledge knowledge-${labels.key}`;
    replaceChildren(line, h("strong", {}, kind), labels.meaning,
      labels.key === "truth" ? " True regimes carry the numbers and colours of the found ones that they match best; those that match none come after." : null);
  };
  app.state.subscribe(["labelling"], follow);
  follow();
  return line;
}

/** The regimes of the active labelling; pressing one makes it stand out in every chart. */
export function regimeLegend(app: App): HTMLElement {
  const legend = h("div", { class: "legend", role: "group", "aria-label": "Regimes: press one to highlight it in every chart" });
  const fill = () => {
    const { labelling, highlighted } = app.state.value;
    const labels = labelsOf(app.report, labelling);
    const total = [...labels.barCounts.values()].reduce((sum, count) => sum + count, 0);
    replaceChildren(legend, labels.occurring.map((id) =>
      h("button", {
        type: "button", class: "legend-item", "data-regime": id, "aria-pressed": String(highlighted === id), title: `Highlight ${regimeName(app.report, labels, id)}`,
        click: () => {
          app.state.set({ highlighted: app.state.value.highlighted === id ? null : id });
          legend.querySelector<HTMLElement>(`[data-regime="${id}"]`)?.focus();
        },
      }, regimeBadge(id), h("span", { class: "legend-words" }, regimeWords(app.report, labels, id)), h("span", { class: "legend-share" }, formatShare(labels.barCounts.get(id)! / total)))));
    if (highlighted !== null) {
      legend.append(h("button", { type: "button", class: "quiet", click: () => app.state.set({ highlighted: null }) }, "Show all alike"));
    }
  };
  app.state.subscribe(["labelling", "highlighted"], fill);
  fill();
  return legend;
}
