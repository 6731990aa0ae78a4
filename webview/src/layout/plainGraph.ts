import { Graph } from 'dagre-d3-es/src/graphlib/index.js';

/** What dagre reads of a graph, as plain data that can go to a worker and back. */
export interface PlainGraph {
  readonly graph: Attributes;
  readonly nodes: readonly {
    readonly id: string;
    readonly parent: string | undefined;
    readonly node: Attributes;
  }[];
  readonly edges: readonly {
    readonly v: string;
    readonly w: string;
    readonly name: string | number | undefined;
    readonly edge: Attributes;
  }[];
}

/** What dagre found, in the order of the nodes and edges of the `PlainGraph`. */
export interface Placed {
  readonly graph: Attributes;
  readonly nodes: readonly Attributes[];
  readonly edges: readonly Attributes[];
}

type Attributes = Readonly<Record<string, unknown>>;

const readOfGraph = [
  'nodesep',
  'edgesep',
  'ranksep',
  'marginx',
  'marginy',
  'acyclicer',
  'ranker',
  'rankdir',
  'align',
];
const readOfNode = ['width', 'height'];
const readOfEdge = ['minlen', 'weight', 'width', 'height', 'labeloffset', 'labelpos'];
const writtenToGraph = ['width', 'height'];
const writtenToNode = ['x', 'y', 'width', 'height'];
const writtenToEdge = ['points', 'x', 'y'];

/** Takes out of a graph what dagre's `buildLayoutGraph` copies, in the same order. */
export function plainGraph(graph: Graph): PlainGraph {
  return {
    graph: pick(graph.graph(), readOfGraph),
    nodes: graph
      .nodes()
      .map(id => ({ id, parent: graph.parent(id), node: pick(graph.node(id), readOfNode) })),
    edges: graph
      .edges()
      .map(({ v, w, name }) => ({ v, w, name, edge: pick(graph.edge(edgeId(v, w, name)), readOfEdge) })),
  };
}

/** The graph that a `PlainGraph` was taken from, as far as dagre reads it. */
export function graphFrom(plain: PlainGraph): Graph {
  const graph = new Graph({ multigraph: true, compound: true });
  graph.setGraph({ ...plain.graph });
  for (const { id, node } of plain.nodes) graph.setNode(id, { ...node });
  for (const { id, parent } of plain.nodes) if (parent !== undefined) graph.setParent(id, parent);
  for (const { v, w, name, edge } of plain.edges) graph.setEdge(edgeId(v, w, name), { ...edge });
  return graph;
}

/** What a layout has written to a graph. */
export function placed(graph: Graph, { nodes, edges }: PlainGraph): Placed {
  return {
    graph: pick(graph.graph(), writtenToGraph),
    nodes: nodes.map(({ id }) => pick(graph.node(id), writtenToNode)),
    edges: edges.map(({ v, w, name }) => pick(graph.edge(edgeId(v, w, name)), writtenToEdge)),
  };
}

/** Writes to a graph what a layout of its `PlainGraph` found. */
export function place(graph: Graph, plain: PlainGraph, found: Placed): void {
  Object.assign(graph.graph(), found.graph);
  for (const [index, { id }] of plain.nodes.entries()) {
    const node = graph.node(id);
    if (node) Object.assign(node, found.nodes[index]);
  }
  for (const [index, { v, w, name }] of plain.edges.entries())
    Object.assign(graph.edge(edgeId(v, w, name)), found.edges[index]);
}

function edgeId(v: string, w: string, name: string | number | undefined): EdgeId {
  return name === undefined ? { v, w } : { v, w, name };
}

interface EdgeId {
  readonly v: string;
  readonly w: string;
  readonly name?: string | number;
}

function pick(from: Attributes | undefined, names: readonly string[]): Attributes {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (from && Object.hasOwn(from, name)) picked[name] = from[name];
  return picked;
}
