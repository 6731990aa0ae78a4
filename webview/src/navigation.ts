import type { DrawnEdge, DrawnNode, GraphDrawing } from '#protocol/graph.ts';

/** Where an arrow key leads: along a transition, back along one, or to a neighbour that starts or ends alike. */
export type Step = 'forward' | 'back' | 'left' | 'right';

/** The node that a step from a node leads to; none at the ends. Forks are passed through. */
export function stepFrom(drawing: GraphDrawing, from: string, step: Step): string | undefined {
  switch (step) {
    case 'forward':
      return firstStop(drawing, from, 'forward');
    case 'back':
      return firstStop(drawing, from, 'back');
    case 'left':
    case 'right': {
      const row = siblings(drawing, from);
      const at = row.indexOf(from);
      return row[at + (step === 'left' ? -1 : 1)];
    }
  }
}

/** The first node that can be focused: the one a page starts with. */
export function firstNode(drawing: GraphDrawing): string | undefined {
  const start = drawing.nodes.find(({ kind }) => kind === 'start');
  return (start && firstStop(drawing, start.id, 'forward')) ?? drawing.nodes.find(isStop)?.id;
}

/** Whether the keyboard stops there. */
export function isStop({ kind }: DrawnNode): boolean {
  return kind === 'state' || kind === 'container' || kind === 'missing';
}

function firstStop(drawing: GraphDrawing, from: string, way: 'forward' | 'back'): string | undefined {
  const nodes = new Map(drawing.nodes.map(node => [node.id, node]));
  const start = nodes.get(from);
  // Into a container first: what is inside comes before what follows.
  if (way === 'forward' && start?.kind === 'container') {
    const inner = drawing.nodes.find(node => node.container === from && isStop(node));
    if (inner) return inner.id;
  }
  const met = new Set([from]);
  for (let open = [from]; open.length > 0;) {
    const ends: readonly string[] = open.flatMap(id =>
      edgesOf(drawing, id, way).map(edge => (way === 'forward' ? edge.to : edge.from)),
    );
    const fresh = ends.filter(id => !met.has(id));
    for (const id of fresh) {
      const node = nodes.get(id);
      if (node && isStop(node)) return id;
      met.add(id);
    }
    open = [...fresh];
  }
  return way === 'back' ? start?.container : outOf(drawing, start);
}

/** From the last state of a container on: what follows the container. */
function outOf(drawing: GraphDrawing, node: DrawnNode | undefined): string | undefined {
  if (node?.container === undefined) return undefined;
  const container = drawing.nodes.find(({ id }) => id === node.container);
  for (const { to } of edgesOf(drawing, node.container, 'forward')) {
    const target = drawing.nodes.find(({ id }) => id === to);
    if (target && isStop(target)) return to;
  }
  return outOf(drawing, container);
}

function edgesOf({ edges }: GraphDrawing, id: string, way: 'forward' | 'back'): readonly DrawnEdge[] {
  return edges.filter(edge => (way === 'forward' ? edge.from : edge.to) === id);
}

/** The targets of the transitions that one of our predecessors has, or else the states of the same container. */
function siblings(drawing: GraphDrawing, id: string): readonly string[] {
  const into = edgesOf(drawing, id, 'back').find(({ from }) => from !== id);
  const targets = into ? [...new Set(edgesOf(drawing, into.from, 'forward').map(({ to }) => to))] : [];
  if (targets.length > 1) return targets;
  const container = drawing.nodes.find(node => node.id === id)?.container;
  return drawing.nodes.filter(node => node.container === container && isStop(node)).map(node => node.id);
}

/** Nodes whose name holds every word of a query, whatever the case; those that begin with it first. */
export function search({ nodes }: GraphDrawing, query: string): readonly string[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  if (words.length === 0) return [];
  const found = nodes.filter(
    node => isStop(node) && words.every(word => node.title.toLowerCase().includes(word)),
  );
  const begins = (node: DrawnNode): number => (node.title.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
  return found.toSorted((a, b) => begins(a) - begins(b)).map(({ id }) => id);
}
