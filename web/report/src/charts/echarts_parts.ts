/** The parts of ECharts that this page uses; what is not named here stays out of the bundle. */
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { BrushComponent, DataZoomInsideComponent, DataZoomSliderComponent, GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([
  BarChart, CustomChart, LineChart, ScatterChart,
  BrushComponent, DataZoomInsideComponent, DataZoomSliderComponent, GridComponent, TooltipComponent, CanvasRenderer,
]);

export { echarts };
export type Chart = echarts.EChartsType;
export type Option = Record<string, unknown>;
