/** What every part of the page is given. */
import type { ChartRegistry } from "./charts/chart_registry";
import type { Report } from "./report";
import type { State } from "./state";
import type { ThemeControl } from "./theme";

export interface App {
  report: Report;
  state: State;
  theme: ThemeControl;
  charts: ChartRegistry;
}
