/** Makes elements. Text from the data only ever becomes text nodes, so it can carry no markup into the page. */

type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;
export type Child = Node | string | number | null | undefined | false | Child[];

/** Attributes that are functions listen ("click"), `true` is an empty attribute, `false`, `null` and `undefined` are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

export function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function replaceChildren(parent: Element, ...children: Child[]): void {
  parent.textContent = "";
  append(parent, children);
}

/** A table whose numeric columns are aligned to the right. Cells of `head` that begin with "#" head numbers. */
export function table(caption: string, head: string[], rows: Child[][], options: { className?: string; rowHeaders?: boolean } = {}): HTMLElement {
  const isNumeric = head.map((cell) => cell.startsWith("#"));
  const align = (column: number) => (isNumeric[column] ? "number" : null);
  const headRow = h("tr", {}, head.map((cell, i) => h("th", { scope: "col", class: align(i) }, cell.replace(/^#/, ""))));
  const bodyRows = rows.map((row) =>
    h("tr", {}, row.map((cell, i) =>
      i === 0 && options.rowHeaders !== false ? h("th", { scope: "row", class: align(i) }, cell) : h("td", { class: align(i) }, cell))));
  return h("div", { class: `table-frame ${options.className ?? ""}`, tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, headRow), h("tbody", {}, bodyRows)));
}

export function details(title: Child, ...children: Child[]): HTMLDetailsElement {
  return h("details", {}, h("summary", {}, title), h("div", { class: "details-body" }, children));
}
