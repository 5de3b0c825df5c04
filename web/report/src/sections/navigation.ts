/** The bar at the top: jumps to sections, says which one is being read, and changes the theme. */
import type { App } from "../app";
import { h } from "../dom";
import type { Section } from "./section";

export function navigation(app: App, sections: Section[]): HTMLElement {
  const links = sections.map((section) => h("a", { href: `#${section.id}` }, section.shortTitle));
  const theme = h("button", { type: "button", class: "theme-button", "data-choice": "theme", click: () => app.theme.toggle() });
  const follow = () => {
    const isDark = app.theme.current.name === "dark";
    theme.textContent = isDark ? "Light" : "Dark";
    theme.setAttribute("aria-label", isDark ? "Switch to the light page" : "Switch to the dark page");
  };
  app.theme.subscribe(follow);
  follow();
  markCurrent(sections, links);
  return h("nav", { class: "navigation", "aria-label": "Sections" }, h("div", { class: "navigation-inner" }, h("div", { class: "navigation-links" }, links), theme));
}

function markCurrent(sections: Section[], links: HTMLAnchorElement[]): void {
  const seen = new IntersectionObserver((changes) => {
    for (const change of changes) {
      if (!change.isIntersecting) continue;
      links.forEach((link, i) => {
        if (sections[i].element === change.target) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    }
    // A line a quarter down the window: whichever section crosses it is being read.
  }, { rootMargin: "-25% 0px -74% 0px" });
  for (const { element } of sections) seen.observe(element);
}
