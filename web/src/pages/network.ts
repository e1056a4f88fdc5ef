// The network page: drawing, tables and time slider show one answer of /api/v1/network.
import { canDraw, NetworkGraph, type Actor, type Tie } from "../lib/network_graph";
import { all, bdi, h, one, readData, svg } from "../lib/dom";
import { get } from "../lib/api";
import { quadMark } from "../lib/marks";
import { SortedTable } from "../lib/sorted_table";
import { onTheme } from "../lib/theme";
import { failed } from "../lib/toast";
import { dayText, number, quadName, statusName, t, typeName } from "../lib/words";

interface Period {
  first: string;
  last: string;
  events: number;
}
interface View {
  by: "type" | "quad";
  actors: Actor[];
  ties: Tie[];
  events: number;
  all_ties: number;
  all_actors: number;
  left_out: { ties: number; actors: number; heaviest: number; no_parties: number };
  step: string;
  periods: Period[];
  statuses: string[];
}
const at = <E extends HTMLElement>(id: string): E => one<E>(`#${id}`);
const said = (key: string, given: Record<string, string | number> = {}): string => t(`network.${key}`, given);
const none = (): string => said("none");
const what = (tie: Tie): string => (view.by === "type" ? tie.types.map(typeName).join(", ") : quadName(tie.quad));

let view = readData<View>();
const names = new Map<string, string>();
let graph: NetworkGraph | null = null;

// ---------------------------------------------------------------- tables

/** The number of events of a tie, as a link to their list. */
function eventsOf(tie: Tie): HTMLElement {
  return h("a", { href: tie.address, "aria-label": said("open_events", { n: tie.events }) }, number(tie.events));
}

/** A name that is a button: pressing it marks the actor in the drawing. Without a drawing it is only the name. */
function named(id: string): Node {
  const name = bdi(names.get(id) ?? id);
  if (!graph) return name;
  return h("button", { type: "button", class: "bare small", title: said("mark"), onclick: () => mark(id) }, name);
}

const ties = new SortedTable<Tie>(
  at("ties"),
  [
    { by: (tie) => names.get(tie.source) ?? "", cell: (tie) => named(tie.source), first: "ascending" },
    { by: (tie) => names.get(tie.target) ?? "", cell: (tie) => named(tie.target), first: "ascending" },
    { by: (tie) => tie.types.map(typeName).join(", "), cell: (tie) => tie.types.map(typeName).join(", "), first: "ascending" },
    { by: (tie) => tie.quad, cell: (tie) => h("span", {}, quadMark(tie.quad, "happened", false), " ", quadName(tie.quad)), first: "ascending" },
    { by: (tie) => tie.events, cell: eventsOf, first: "descending", number: true },
    { by: (tie) => tie.scale, cell: (tie) => number(tie.scale, 1), first: "ascending", number: true },
    { by: (tie) => tie.first_day, cell: (tie) => (tie.first_day ? dayText(tie.first_day) : none()), first: "ascending" },
    { by: (tie) => tie.last_day, cell: (tie) => (tie.last_day ? dayText(tie.last_day) : none()), first: "descending" },
  ],
  {
    sorted: 4,
    place: said("place"),
    text: (tie) => `${names.get(tie.source)} ${names.get(tie.target)} ${tie.types.map(typeName).join(" ")} ${quadName(tie.quad)}`,
    made: (tie, line) => {
      line.addEventListener("focusin", () => markTie(tie));
      line.addEventListener("pointerenter", () => markTie(tie));
    },
  },
);

const actors = new SortedTable<Actor>(
  at("actors"),
  [
    { by: (actor) => actor.name, cell: (actor) => h("a", { href: actor.address }, bdi(actor.name)), first: "ascending" },
    { by: (actor) => actor.country, cell: (actor) => actor.country ?? none(), first: "ascending" },
    { by: (actor) => actor.events, cell: (actor) => number(actor.events), first: "descending", number: true },
  ],
  { sorted: 2, place: said("place"), text: (actor) => `${actor.name} ${actor.country ?? ""}` },
);

// ---------------------------------------------------------------- what is marked

let markedActor: string | null = null;

function markTie(tie: Tie): void {
  if (!graph || markedActor) return;
  graph.mark({ actors: new Set([tie.source, tie.target]), ties: new Set([view.ties.indexOf(tie)]) });
  at<HTMLButtonElement>("unmark").disabled = false;
}

/** Marks an actor with those it has ties with, and tells of it below the drawing; null: nothing is marked. */
function mark(id: string | null): void {
  markedActor = id;
  at<HTMLButtonElement>("unmark").disabled = id === null;
  const actor = view.actors.find((one) => one.id === id);
  if (!actor) {
    graph?.mark(null);
    at("marked").replaceChildren();
    return;
  }
  const own = view.ties.map((tie, i) => ({ tie, i })).filter(({ tie }) => tie.source === id || tie.target === id);
  graph?.mark({
    actors: new Set([actor.id, ...own.flatMap(({ tie }) => [tie.source, tie.target])]),
    ties: new Set(own.map(({ i }) => i)),
  });
  at("marked").replaceChildren(
    h("p", {}, bdi(said("marked_actor", { name: actor.name, n: actor.events })), " · ", h("a", { href: actor.address }, said("open_actor"))),
    others("out", own.filter(({ tie }) => tie.source === id).map(({ tie }) => tie), "target"),
    others("in", own.filter(({ tie }) => tie.target === id).map(({ tie }) => tie), "source"),
  );
}

/** The ten heaviest ties on one side of the marked actor. */
function others(side: "out" | "in", own: Tie[], end: "source" | "target"): Node {
  if (!own.length) return h("div");
  const lines = own.slice(0, 10).map((tie) => h("li", {}, bdi(names.get(tie[end]) ?? ""), ` · ${what(tie)} · `, eventsOf(tie)));
  return h("div", {}, h("p", {}, said(side, { n: new Set(own.map((tie) => tie[end])).size })), h("ul", {}, ...lines));
}

// ---------------------------------------------------------------- time

const [from, to] = [at<HTMLInputElement>("from"), at<HTMLInputElement>("to")];
const parameters = new URLSearchParams(location.search);
let periods = view.periods;
let asking: AbortController | null = null;

function placeSliders(): void {
  at("time").hidden = periods.length < 2;
  if (periods.length < 2) return;
  at("step").textContent = `· ${said(`step_${view.step}`)}`;
  const [since, until] = [parameters.get("since") ?? "", parameters.get("until") ?? ""];
  const first = since ? periods.findIndex((period) => period.last >= since) : 0;
  const last = until ? periods.filter((period) => period.first <= until).length - 1 : periods.length - 1;
  for (const slider of [from, to]) slider.max = String(periods.length - 1);
  from.value = String(first < 0 ? periods.length - 1 : first);
  to.value = String(last < 0 ? 0 : last);
  drawBars();
}

function drawBars(): void {
  const most = Math.max(1, ...periods.map((period) => period.events));
  const wide = 100 / periods.length;
  const bars = periods.map((period, i) => {
    const high = (20 * period.events) / most;
    const chosen = i >= Number(from.value) && i <= Number(to.value);
    const box = { x: i * wide, y: 20 - high, width: wide * 0.9, height: high };
    return svg("rect", { ...box, class: chosen ? "in" : "" });
  });
  one("#bars").replaceChildren(...bars);
  const [first, last] = [periods[Number(from.value)]!, periods[Number(to.value)]!];
  from.setAttribute("aria-valuetext", dayText(first.first));
  to.setAttribute("aria-valuetext", dayText(last.last));
  at("span").textContent = `${dayText(first.first)} – ${dayText(last.last)}`;
}

/** Keeps the two ends in order: the one that moves pushes the other. */
function slide(moved: HTMLInputElement): void {
  if (Number(from.value) > Number(to.value)) {
    if (moved === from) to.value = from.value;
    else from.value = to.value;
  }
  drawBars();
}

async function ask(): Promise<void> {
  const [first, last] = [Number(from.value), Number(to.value)];
  if (first === 0) parameters.delete("since");
  else parameters.set("since", periods[first]!.first);
  if (last === periods.length - 1) parameters.delete("until");
  else parameters.set("until", periods[last]!.last);
  asking?.abort();
  asking = new AbortController();
  const query = parameters.size ? `?${parameters}` : "";
  try {
    view = (await get<View>(`/api/v1/network${query}`, asking.signal)).data;
    history.replaceState(null, "", `/network${query}`);
    periods = view.periods;
    for (const name of ["since", "until"]) {
      one<HTMLInputElement>(`.network-options [name=${name}]`).value = parameters.get(name) ?? "";
    }
    summary();
    show();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) failed(error);
  }
}

// ---------------------------------------------------------------- the whole

function summary(): void {
  const { left_out: out } = view;
  const shown = {
    ties: number(view.ties.length),
    all_ties: number(view.all_ties),
    actors: number(view.actors.length),
    all_actors: number(view.all_actors),
    n: view.events,
  };
  const lines = [view.ties.length ? said("shown", shown) : `${said("nothing")} ${said("nothing_next")}`];
  if (out.ties) lines.push(said("left_out", { n: out.ties, most: number(out.heaviest) }));
  if (out.no_parties) lines.push(said("no_parties", { n: out.no_parties }));
  lines.push(said("statuses", { statuses: view.statuses.map(statusName).join(", ") }));
  at("summary").replaceChildren(...lines.map((line) => h("p", {}, line)));
}

function show(): void {
  names.clear();
  for (const actor of view.actors) names.set(actor.id, actor.name);
  ties.set(view.ties);
  actors.set(view.actors);
  if (!graph) return;
  mark(null);
  at("graph").setAttribute("aria-label", said("graph_label", { actors: number(view.actors.length), ties: number(view.ties.length) }));
  const progress = at("progress");
  progress.textContent = said("settling");
  void graph.show(view.actors, view.ties).then((lies) => {
    if (lies) progress.textContent = said("settled");
  });
}

function start(): void {
  if (canDraw()) {
    at("drawing").hidden = false;
    graph = new NetworkGraph(at("graph"), mark);
    at("zoom-in").addEventListener("click", () => graph?.zoom(1.5));
    at("zoom-out").addEventListener("click", () => graph?.zoom(1 / 1.5));
    at("fit").addEventListener("click", () => graph?.fit());
    at("unmark").addEventListener("click", () => mark(null));
    onTheme(() => graph?.colours());
  } else {
    at("no-webgl").hidden = false;
  }
  at("finding").hidden = false;
  const find = at<HTMLInputElement>("network-find");
  find.addEventListener("input", () => {
    ties.find(find.value);
    actors.find(find.value);
  });
  for (const slider of [from, to]) {
    slider.addEventListener("input", () => slide(slider));
    slider.addEventListener("change", () => void ask());
  }
  at("whole").addEventListener("click", () => {
    [from.value, to.value] = ["0", String(periods.length - 1)];
    drawBars();
    void ask();
  });
  for (const button of all<HTMLButtonElement>(".pager button")) button.hidden = false;
  placeSliders();
  show();
}

start();
