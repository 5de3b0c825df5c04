/** Colours of the page, light or dark. The style sheet owns them; charts read them from there. */
import { liftAgainst, readableInk } from "./colors";

export type ThemeName = "light" | "dark";

export interface Theme {
  name: ThemeName;
  page: string;
  card: string;
  ink: string;
  muted: string;
  line: string;
  accent: string;
  /** By regime; fit for this background. */
  regimes: string[];
  regimeInks: string[];
  font: string;
}

const kFallbackRegimeColor = "#8a8f98";
const kStorageKey = "regimetry-report-theme";

export class ThemeControl {
  private listeners: (() => void)[] = [];
  private chosen: ThemeName | null = readStored();
  private isPrinting = false;
  current: Theme;

  constructor(private lightRegimeColors: string[], private regimeCount: number) {
    this.current = this.apply();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.refresh());
  }

  toggle(): void {
    this.chosen = this.current.name === "dark" ? "light" : "dark";
    store(this.chosen);
    this.refresh();
  }

  /** Paper is white whatever the screen is. */
  setPrinting(isPrinting: boolean): void {
    this.isPrinting = isPrinting;
    this.refresh();
  }

  subscribe(listen: () => void): void {
    this.listeners.push(listen);
  }

  private refresh(): void {
    this.current = this.apply();
    for (const listen of this.listeners) listen();
  }

  private apply(): Theme {
    const preferred: ThemeName = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const name = this.isPrinting ? "light" : this.chosen ?? preferred;
    const root = document.documentElement;
    root.dataset.theme = name;
    const style = getComputedStyle(root);
    const token = (key: string) => style.getPropertyValue(key).trim();
    const card = token("--card");
    const regimes = Array.from({ length: this.regimeCount }, (_, id) => {
      const color = this.lightRegimeColors[id] ?? kFallbackRegimeColor;
      return name === "dark" ? liftAgainst(color, card) : color;
    });
    regimes.forEach((color, id) => {
      root.style.setProperty(`--regime-${id}`, color);
      root.style.setProperty(`--regime-ink-${id}`, readableInk(color));
    });
    return {
      name, card, page: token("--page"), ink: token("--ink"), muted: token("--muted"), line: token("--line"), accent: token("--accent"),
      regimes, regimeInks: regimes.map(readableInk), font: token("--font"),
    };
  }
}

// A page from a disk may be forbidden to store anything; then the choice lasts as long as the page is open.
function readStored(): ThemeName | null {
  try {
    const stored = sessionStorage.getItem(kStorageKey);
    return stored === "dark" || stored === "light" ? stored : null;
  } catch {
    return null;
  }
}

function store(name: ThemeName): void {
  try {
    sessionStorage.setItem(kStorageKey, name);
  } catch {
    return;
  }
}
