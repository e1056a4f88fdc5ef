// ECharts with the parts that we use, in the colours of the page, and fills that tell a status without colour.
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, BrushComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { calm, onTheme, token } from "./theme";

use([BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, BrushComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export type { EChartsType };
type Option = Parameters<EChartsType["setOption"]>[0];

/** A chart in an element that follows its size and the colours of the page. `option` is asked whenever those change,
 * and `drawn` told. */
export function chart(box: HTMLElement, option: () => Option, drawn?: (chart: EChartsType) => void): { chart: EChartsType; draw: () => void } {
  const made = init(box, null, { renderer: "canvas" });
  const draw = (): void => {
    made.setOption({ ...base(), ...option() }, { notMerge: true });
    drawn?.(made);
  };
  draw();
  new ResizeObserver(() => {
    made.resize();
    draw();
  }).observe(box);
  onTheme(draw);
  return { chart: made, draw };
}

function base(): Option {
  return {
    useUTC: true,
    animation: !calm(),
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: token("--ink") },
    aria: { enabled: false }, // a table stands beside every chart
  };
}

/** How tooltips look. They are drawn on the canvas: markup in them would be a way in for hostile text. */
export function tooltip(): Record<string, unknown> {
  return {
    renderMode: "richText",
    backgroundColor: token("--raised"),
    borderColor: token("--line-firm"),
    textStyle: { color: token("--ink"), fontSize: 14 },
    confine: true,
  };
}

/** How axes look. */
export function axis(): Record<string, unknown> {
  return {
    axisLine: { lineStyle: { color: token("--line-firm") } },
    axisTick: { lineStyle: { color: token("--line-firm") } },
    axisLabel: { color: token("--soft"), hideOverlap: true },
    splitLine: { lineStyle: { color: token("--line") } },
  };
}

/** Fill and stroke of a status: solid, outlined, dotted, hatched. */
export function statusStyle(status: string, color: string): Record<string, unknown> {
  if (status === "future") return { fill: token("--surface"), stroke: color, lineWidth: 1.5 };
  if (status === "hypothetical") return { fill: token("--surface"), stroke: color, lineWidth: 1.5, lineDash: [2, 2] };
  if (status === "negated") return { fill: hatch(color), stroke: color, lineWidth: 1.5 };
  return { fill: color, stroke: color, lineWidth: 1.5 };
}

function hatch(color: string): unknown {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext("2d");
  if (!pen) return color;
  pen.fillStyle = token("--surface");
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = color;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const x of [-8, 0, 8]) {
    pen.moveTo(x, 8);
    pen.lineTo(x + 8, 0);
  }
  pen.stroke();
  return { image: canvas, repeat: "repeat" };
}
