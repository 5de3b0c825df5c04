/** A bar at the foot of the window while bars are selected: how many, which regimes, and where to see them. */
import type { App } from "../app";
import { h, replaceChildren } from "../dom";
import { formatBars, formatShare } from "../format";
import { regimeBadge } from "../regime_badge";
import { labelsOf, regimeName } from "../report";
import { regimesOf, selectRegime } from "../selection";

const kMostRegimesNamed = 5;

export function selectionBar(app: App): HTMLElement {
  const bar = h("div", { class: "selection-bar", role: "status", "aria-live": "polite", hidden: true });
  const follow = () => {
    const { selection, highlighted, labelling } = app.state.value;
    const labels = labelsOf(app.report, labelling);
    bar.hidden = selection === null && highlighted === null;
    replaceChildren(bar,
      h("div", { class: "selection-words" }, selection ? selectionWords(app) : h("span", {}, `${regimeName(app.report, labels, highlighted ?? 0)} is highlighted.`)),
      h("div", { class: "selection-actions" },
        highlighted !== null
          ? h("button", { type: "button", "data-action": "select-regime", click: () => app.state.set({ selection: selectRegime(labels.ids, highlighted, "by regime") }) }, `Select its bars`)
          : null,
        selection ? h("a", { class: "button", href: "#price" }, "On the price") : null,
        selection && app.report.data.maps.length > 0 ? h("a", { class: "button", href: "#maps" }, "On the map") : null,
        h("button", { type: "button", class: "strong", "data-action": "clear", click: () => app.state.set({ selection: null, highlighted: null }) }, "Clear")));
  };
  app.state.subscribe(["selection", "highlighted", "labelling"], follow);
  follow();
  return bar;
}

function selectionWords(app: App): HTMLElement {
  const selection = app.state.value.selection!;
  const labels = labelsOf(app.report, app.state.value.labelling);
  const regimes = regimesOf(selection, labels.ids);
  return h("span", { class: "selection-line" },
    h("strong", {}, `${formatBars(selection.count)} selected`), ` ${selection.origin}: `,
    regimes.slice(0, kMostRegimesNamed).map(({ id, count }) => h("span", { class: "selection-regime" }, regimeBadge(id), id < 0 ? " none " : " ", formatShare(count / selection.count))),
    regimes.length > kMostRegimesNamed ? ` and ${regimes.length - kMostRegimesNamed} more` : null);
}
