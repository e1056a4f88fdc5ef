// ForceAtlas2 in slices: each slice ends after a few milliseconds, so that the page answers to keys and pointer
// meanwhile. The library's own ways are one long call, or a worker made from a blob, which the security policy refuses.
import type Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import defaults from "graphology-layout-forceatlas2/defaults.js";
import helpers from "graphology-layout-forceatlas2/helpers.js";
import iterate from "graphology-layout-forceatlas2/iterate.js";

const SLICE_MS = 12;
const MOST_MS = 6_000;
const LARGE = 300;

/** Steps that a graph gets: fewer for a large one, where each takes longer and only the rough shape can be read. */
function stepsFor(actors: number): number {
  return actors > 1_000 ? 80 : actors > LARGE ? 150 : 300;
}

/** Whether a graph is so large that it is drawn once it lies, and not while it moves. */
export function isLarge(graph: Graph): boolean {
  return graph.order > LARGE;
}

/** Places the actors on a spiral by the number of their ties: the same network always begins, and so ends, the same. */
export function begin(graph: Graph): void {
  const order = graph.nodes().sort((a, b) => graph.degree(b) - graph.degree(a) || (a < b ? -1 : 1));
  const golden = Math.PI * (3 - Math.sqrt(5));
  order.forEach((node, i) => {
    const radius = 10 * Math.sqrt(i);
    graph.mergeNodeAttributes(node, { x: radius * Math.cos(i * golden), y: radius * Math.sin(i * golden) });
  });
}

/**
 * Moves the actors until the steps of a graph of its size are done, or six seconds of work. Resolves to false where
 * `stop` was asked for before. `moved`, where given, hears of every slice.
 */
export async function settle(graph: Graph, stop: AbortSignal, moved?: () => void): Promise<boolean> {
  const settings = {
    ...defaults,
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: isLarge(graph),
    barnesHutTheta: 1.2,
    edgeWeightInfluence: 0.5,
    gravity: 1,
  };
  const { nodes, edges } = helpers.graphToByteArrays(graph, (_, tie) => tie.weight);
  const steps = stepsFor(graph.order);
  let worked = 0;
  for (let done = 0; done < steps && worked < MOST_MS; ) {
    await new Promise((resolve) => setTimeout(resolve));
    if (stop.aborted) return false;
    const start = performance.now();
    do {
      iterate(settings, nodes, edges);
      done += 1;
    } while (done < steps && performance.now() - start < SLICE_MS);
    worked += performance.now() - start;
    if (moved) {
      helpers.assignLayoutChanges(graph, nodes);
      moved();
    }
  }
  helpers.assignLayoutChanges(graph, nodes);
  return true;
}
