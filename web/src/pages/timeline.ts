// Events over time on a chart: a row a group, bars of what surely was in a slot, lines of what has a wider time.
import { axis, chart, statusStyle, tooltip, type EChartsType } from "../lib/charts";
import { one, readData, short } from "../lib/dom";
import { live } from "../lib/live";
import { token } from "../lib/theme";
import { modeName, quadName, spanText, statusName, typeName } from "../lib/words";

interface Pile {
  group: string;
  status: string;
  count: number;
}
interface Slot {
  first: string;
  last: string;
  address: string;
  piles: Pile[];
}
interface Range {
  id: string;
  group: string;
  type: string;
  mode: string | null;
  status: string;
  first: string;
  last: string;
  who: string;
}
interface View {
  by: "quad" | "type";
  first: string | null;
  last: string | null;
  groups: { code: string; quad: number; count: number }[];
  slots: Slot[];
  ranges: Range[];
}

const DAY = 86_400_000;
const STATUSES = ["happened", "future", "hypothetical", "negated"];
const LANE = 64; // px
const LEAST = 220;

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function draw(): void {
  const box = document.querySelector<HTMLElement>("#chart");
  if (!box) return;
  const view = readData<View>();
  const start = at(view.first ?? "1970-01-01");
  const end = at(view.last ?? "1970-01-01") + DAY;
  box.style.height = `${Math.max(LEAST, view.groups.length * LANE + 70)}px`;
  const lanes = new Map(view.groups.map((group, index) => [group.code, index]));
  const bars = view.slots.flatMap((slot) => inGroups(slot, lanes));
  const most = Math.max(1, ...bars.map((bar) => bar.total));
  const tracks = trackOf(view.ranges);

  const name = (code: string): string => (view.by === "quad" ? quadName(Number(code)) : typeName(code));
  const color = (code: string): string => token(`--q${view.groups[lanes.get(code) ?? 0]?.quad ?? 1}`);

  const made = chart(box, () => {
    const narrow = box.clientWidth < 600;
    const colors = new Map(view.groups.map((group) => [group.code, color(group.code)]));
    return {
      grid: { left: narrow ? 12 : 150, right: 20, top: 12, bottom: 40 },
      tooltip: tooltip(),
      brush: { xAxisIndex: 0, throttleType: "debounce", brushStyle: { color: token("--accent-soft"), borderColor: token("--accent"), borderWidth: 1, opacity: 0.5 } },
      xAxis: { type: "time", min: start, max: end, ...axis() },
      yAxis: {
        type: "category",
        inverse: true,
        data: view.groups.map((group) => name(group.code)),
        ...axis(),
        axisTick: { show: false },
        axisLabel: { inside: narrow, color: token("--ink"), fontSize: 13, verticalAlign: narrow ? "bottom" : "middle", padding: narrow ? [0, 0, 34, 0] : 0 },
        z: 10,
      },
      series: [
        {
          type: "custom",
          data: bars.map((bar, index) => [at(bar.slot.first), at(bar.slot.last) + DAY, bar.lane, index]),
          encode: { x: [0, 1], y: 2 },
          renderItem: (_: unknown, api: RenderApi) => barShape(bars[api.value(3) as number] as Bar, most, api, colors),
          tooltip: { formatter: (item: { dataIndex: number }) => barText(bars[item.dataIndex] as Bar, name) },
        },
        {
          type: "custom",
          data: view.ranges.map((range, index) => [at(range.first), at(range.last) + DAY, lanes.get(range.group) ?? 0, index]),
          encode: { x: [0, 1], y: 2 },
          renderItem: (_: unknown, api: RenderApi) => {
            const index = api.value(3) as number;
            const range = view.ranges[index] as Range;
            return rangeShape(range, tracks[index] ?? 0, api, colors.get(range.group) ?? "", start, end);
          },
          tooltip: { formatter: (item: { dataIndex: number }) => rangeText(view.ranges[item.dataIndex] as Range) },
        },
      ],
    } as unknown as Parameters<EChartsType["setOption"]>[0];
  }, takeBrush);
  brush(made.chart, view, bars, start, end);
}

interface Bar {
  slot: Slot;
  lane: number;
  group: string;
  counts: { status: string; count: number }[];
  total: number;
}

interface RenderApi {
  value: (dimension: number) => number | string;
  coord: (point: [number, number]) => [number, number];
  size: (size: [number, number]) => [number, number];
}

/** The piles of a slot, a bar for each group. */
function inGroups(slot: Slot, lanes: Map<string, number>): Bar[] {
  const found = new Map<string, Bar>();
  for (const pile of slot.piles) {
    const bar = found.get(pile.group) ?? { slot, lane: lanes.get(pile.group) ?? 0, group: pile.group, counts: [], total: 0 };
    bar.counts.push(pile);
    bar.total += pile.count;
    found.set(pile.group, bar);
  }
  return [...found.values()];
}

function barShape(bar: Bar, most: number, api: RenderApi, colors: Map<string, string>): unknown {
  const [left, middle] = api.coord([api.value(0) as number, bar.lane]);
  const [right] = api.coord([api.value(1) as number, bar.lane]);
  const lane = api.size([0, 1])[1];
  const floor = middle + lane * 0.22;
  const tall = lane * 0.62;
  const gap = Math.min(2, (right - left) * 0.1);
  let y = floor;
  const children = STATUSES.flatMap((status) => {
    const count = bar.counts.find((one) => one.status === status)?.count ?? 0;
    if (!count) return [];
    const height = Math.max(4, (count / most) * tall);
    y -= height;
    const width = Math.max(right - left - 2 * gap, 3);
    return [{ type: "rect", shape: { x: left + gap, y, width, height: height - 1 }, style: statusStyle(status, colors.get(bar.group) ?? "") }];
  });
  return { type: "group", children };
}

/** A line from the first to the last possible day, closed by strokes where the day is known to lie within. */
function rangeShape(range: Range, track: number, api: RenderApi, color: string, start: number, end: number): unknown {
  const first = Math.max(api.value(0) as number, start);
  const last = Math.min(api.value(1) as number, end);
  if (last <= first) return null;
  const [left, middle] = api.coord([first, api.value(2) as number]);
  const [right] = api.coord([last, api.value(2) as number]);
  const y = middle + api.size([0, 1])[1] * 0.29 + track * 5;
  const dash = range.status === "happened" ? null : range.status === "future" ? [7, 3] : range.status === "hypothetical" ? [1.5, 3] : [7, 2, 1.5, 2];
  const style = { stroke: color, lineWidth: 2, lineDash: dash, fill: null };
  const solid = { stroke: color, lineWidth: 2 };
  return {
    type: "group",
    children: [
      { type: "line", shape: { x1: left, y1: y, x2: right, y2: y }, style },
      { type: "line", shape: { x1: left, y1: y - 3, x2: left, y2: y + 3 }, style: solid },
      { type: "line", shape: { x1: right, y1: y - 3, x2: right, y2: y + 3 }, style: solid },
      { type: "rect", shape: { x: left, y: y - 4, width: right - left, height: 8 }, style: { fill: "transparent" } },
    ],
  };
}

/** For each range a track of its lane in which it meets no other, as far as there are tracks. */
function trackOf(ranges: Range[]): number[] {
  const free = new Map<string, number[]>();
  return ranges.map((range) => {
    const ends = free.get(range.group) ?? [];
    free.set(range.group, ends);
    let track = ends.findIndex((end) => end < at(range.first));
    if (track < 0) track = ends.length < 3 ? ends.length : ends.indexOf(Math.min(...ends));
    ends[track] = at(range.last);
    return track;
  });
}

function barText(bar: Bar, name: (code: string) => string): string {
  const counts = STATUSES.flatMap((status) => bar.counts.filter((one) => one.status === status).map((one) => `${statusName(status)}: ${one.count}`));
  return [`${name(bar.group)}, ${spanText(bar.slot.first, bar.slot.last)}`, ...counts].join("\n");
}

function rangeText(range: Range): string {
  const what = [typeName(range.type), range.mode ? modeName(range.mode) : ""].filter(Boolean).join(" · ");
  return [`${what} (${statusName(range.status)})`, short(range.who, 90), spanText(range.first, range.last)].filter(Boolean).join("\n");
}

/** Have dragging choose a time; a chart that is drawn anew forgets it. */
function takeBrush(made: EChartsType): void {
  made.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
}

/** Dragging chooses a time; a bar its own; a line the event. */
function brush(made: EChartsType, view: View, bars: Bar[], start: number, end: number): void {
  made.on("brushEnd", (event) => {
    const chosen = (event as { areas: { coordRange?: [number, number] }[] }).areas[0]?.coordRange;
    if (!chosen) return;
    const since = isoDay(Math.max(start, Math.min(...chosen)));
    const until = isoDay(Math.min(end - 1, Math.max(...chosen)));
    const wanted = new URLSearchParams(location.search);
    wanted.set("since", since);
    wanted.set("until", until);
    void show(`/timeline?${wanted}`);
  });
  made.on("click", (event) => {
    if (event.seriesIndex === 0) void show((bars[event.dataIndex] as Bar).slot.address);
    else location.assign(`/events/${(view.ranges[event.dataIndex] as Range).id}`);
  });
}

const show = live({
  parts: ["#whole"],
  ready: draw,
});
one("#print").addEventListener("click", () => print());
