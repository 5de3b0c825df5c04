/** The frame of a section: a heading that the navigation can jump to. */
import { h, type Child } from "../dom";

export interface Section {
  id: string;
  /** In the navigation. */
  shortTitle: string;
  element: HTMLElement;
}

export function section(id: string, title: string, shortTitle: string, lead: Child, ...children: Child[]): Section {
  const element = h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    lead ? h("p", { class: "lead" }, lead) : null,
    children);
  return { id, shortTitle, element };
}

/** Says whether numbers describe the past or were known when they mattered. */
export function knowledgeNote(isKnownAtTheTime: boolean, words: string): HTMLElement {
  return h("p", { class: `knowledge ${isKnownAtTheTime ? "knowledge-asof" : "knowledge-final"}` },
    h("strong", {}, isKnownAtTheTime ? "Known at the time. " : "Descriptive. "), words);
}

export function panel(title: Child, ...children: Child[]): HTMLElement {
  return h("div", { class: "panel" }, title ? h("h3", {}, title) : null, children);
}
