// The drawing of a network: sigma on WebGL, with the colours of the style sheet.
import EdgeCurveProgram, { EdgeCurvedArrowProgram, indexParallelEdgesIndex } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram } from "sigma/rendering";

import { begin, isLarge, settle } from "./layout";
import { calm, token } from "./theme";

export interface Actor {
  id: string;
  name: string;
  country: string | null;
  events: number;
  address: string;
}
export interface Tie {
  source: string;
  target: string;
  types: string[];
  quad: 1 | 2 | 3 | 4;
  events: number;
  scale: number;
  first_day: string | null;
  last_day: string | null;
  address: string;
}
export interface Chosen {
  actors: Set<string>;
  ties: Set<number> | null;
}

const NAMED = 15;

/** Whether this browser can draw with WebGL 2, which sigma needs. */
export function canDraw(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

export class NetworkGraph {
  private sigma: Sigma;
  private stopping = new AbortController();
  private chosen: Chosen | null = null;

  constructor(
    box: HTMLElement,
    private readonly choose: (actor: string | null) => void,
  ) {
    this.sigma = new Sigma(new MultiDirectedGraph(), box, {
      allowInvalidContainer: true,
      defaultEdgeType: "curved",
      edgeProgramClasses: { curved: EdgeCurvedArrowProgram, straight: EdgeArrowProgram, line: EdgeCurveProgram },
      labelFont: getComputedStyle(document.body).fontFamily,
      labelRenderedSizeThreshold: 7,
      zIndex: true,
      nodeReducer: (node, given) => this.node(node, given),
      edgeReducer: (edge, given) => this.edge(edge, given),
    });
    this.sigma.on("clickNode", ({ node }) => this.choose(node));
    this.sigma.on("clickStage", () => this.choose(null));
    this.colours();
  }

  /** Draws another network. Resolves when it lies still: to false where another one has taken its place before. */
  async show(actors: Actor[], ties: Tie[]): Promise<boolean> {
    this.stopping.abort();
    const stopping = (this.stopping = new AbortController());
    const graph = new MultiDirectedGraph();
    const most = Math.max(1, ...actors.map((actor) => actor.events));
    const widest = actors.length > 500 ? 8 : 15;
    actors.forEach((actor, rank) => {
      const size = 2 + widest * Math.sqrt(actor.events / most);
      graph.addNode(actor.id, { label: actor.name, size, forceLabel: rank < Math.min(NAMED, actors.length / 10) });
    });
    const heaviest = Math.max(1, ...ties.map((tie) => tie.events));
    ties.forEach((tie, number) => {
      graph.addDirectedEdgeWithKey(String(number), tie.source, tie.target, {
        weight: tie.events,
        size: 0.6 + 4 * Math.sqrt(tie.events / heaviest),
        quad: tie.quad,
      });
    });
    bend(graph);
    begin(graph);
    this.chosen = null;
    const still = isLarge(graph) || calm();
    if (!still) this.sigma.setGraph(graph);
    const whole = await settle(graph, stopping.signal, still ? undefined : () => this.sigma.scheduleRefresh());
    if (!whole) return false;
    this.sigma.setGraph(graph);
    this.fit();
    return true;
  }

  /** Puts what is chosen in front and lets the rest fade; null: all alike. */
  mark(chosen: Chosen | null): void {
    this.chosen = chosen;
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Takes the colours from the style sheet again, after light and dark have changed. */
  colours(): void {
    this.paint = {
      node: token("--soft"),
      marked: token("--accent"),
      faded: token("--line"),
      quads: [1, 2, 3, 4].map((quad) => token(`--q${quad}`)),
    };
    this.sigma.setSetting("labelColor", { color: token("--ink") });
    this.sigma.refresh();
  }
  private paint = { node: "", marked: "", faded: "", quads: [] as string[] };

  zoom(by: number): void {
    const camera = this.sigma.getCamera();
    camera.setState({ ratio: camera.getBoundedRatio(camera.ratio / by) });
  }

  fit(): void {
    this.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  private node(node: string, given: Record<string, unknown>): Record<string, unknown> {
    if (!this.chosen) return { ...given, color: this.paint.node };
    if (this.chosen.actors.has(node)) return { ...given, color: this.paint.marked, forceLabel: true, zIndex: 1 };
    return { ...given, color: this.paint.faded, label: null };
  }

  private edge(edge: string, given: Record<string, unknown>): Record<string, unknown> {
    const color = this.paint.quads[Number(given["quad"]) - 1];
    if (!this.chosen) return { ...given, color };
    const shown = this.chosen.ties ? this.chosen.ties.has(Number(edge)) : false;
    return shown ? { ...given, color, zIndex: 1 } : { ...given, color: this.paint.faded, hidden: this.chosen.ties !== null };
  }
}

/** Ties between the same two actors bend apart; a single one is straight. */
function bend(graph: MultiDirectedGraph): void {
  indexParallelEdgesIndex(graph, {
    edgeIndexAttribute: "number",
    edgeMinIndexAttribute: "least",
    edgeMaxIndexAttribute: "most",
  });
  graph.forEachEdge((edge, given) => {
    const { number, least, most } = given as { number?: number | null; least?: number | null; most?: number | null };
    if (typeof number !== "number") {
      graph.setEdgeAttribute(edge, "type", "straight");
    } else if (typeof least === "number") {
      // both ways: one side bends to the left, the other to the right
      graph.mergeEdgeAttributes(edge, { type: number ? "curved" : "straight", curvature: bendOf(number, Math.max(-least, most ?? 0)) });
    } else {
      graph.mergeEdgeAttributes(edge, { type: "curved", curvature: bendOf(number, most ?? 0) });
    }
  });
}

/** From the published example of @sigma/edge-curve: the further out a tie is among its like, the more it bends. */
function bendOf(number: number, most: number): number {
  if (most <= 0) return 0.25;
  if (number < 0) return -bendOf(-number, most);
  const amplitude = 3.5;
  const top = amplitude * (1 - Math.exp(-most / amplitude)) * 0.25;
  return (top * number) / most;
}
