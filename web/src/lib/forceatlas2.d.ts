// The parts of ForceAtlas2 that its own synchronous and worker layouts are made of.
declare module "graphology-layout-forceatlas2/iterate.js" {
  export default function iterate(settings: object, nodes: Float32Array, edges: Float32Array): void;
}
declare module "graphology-layout-forceatlas2/helpers.js" {
  import type Graph from "graphology";
  const helpers: {
    graphToByteArrays(
      graph: Graph,
      weight: (edge: string, attributes: { weight: number }) => number,
    ): { nodes: Float32Array; edges: Float32Array };
    assignLayoutChanges(graph: Graph, nodes: Float32Array): void;
  };
  export default helpers;
}
declare module "graphology-layout-forceatlas2/defaults.js" {
  const defaults: object;
  export default defaults;
}
