/** Before printing everything is opened and drawn at the width of the paper; afterwards the page is as it was. */
import type { App } from "./app";

export function preparePrinting(app: App): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    opened = [...document.querySelectorAll("details")].filter((element) => !element.open);
    for (const element of opened) element.open = true;
    app.theme.setPrinting(true);
    app.charts.setPrinting(true);
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    for (const element of opened) element.open = false;
    app.theme.setPrinting(false);
    app.charts.setPrinting(false);
  });
}
