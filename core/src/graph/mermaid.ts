import { clip } from '#core/text/clip.ts';
import { inEnglish, type Translate } from '#core/text/translate.ts';
import type {
  Container,
  EdgeId,
  Graph,
  GraphEdge,
  GraphNode,
  MissingNode,
  NodeId,
  StateNode,
} from './graph.ts';

/** Mermaid's text of a graph, and which element of the drawing is which part of the graph. */
export interface MermaidText {
  readonly text: string;
  /** Short ids in the text (`n3`, `g1`) by node and container. */
  readonly nodeNames: ReadonlyMap<NodeId, string>;
  /** Short ids (`e7`) by edge. */
  readonly edgeNames: ReadonlyMap<EdgeId, string>;
}

export type Direction = 'TB' | 'LR';

/**
 * Writes a graph as a Mermaid flowchart for the preview: short ids of our own, a class per kind of
 * thing, every label escaped. Everything is in an order that makes dagre lay out branches in the order
 * of the definition, the happy path left and Catch right.
 */
export function mermaidText(
  graph: Graph,
  direction: Direction,
  translate: Translate = inEnglish,
): MermaidText {
  const nodeNames = new Map<NodeId, string>();
  const edgeNames = new Map<EdgeId, string>();
  for (const [index, node] of graph.nodes.entries()) nodeNames.set(node.id, `n${index}`);
  for (const [index, container] of graph.containers.entries()) nodeNames.set(container.id, `g${index}`);
  const members = new Map<NodeId | undefined, NodeId[]>();
  const nodeById = new Map(graph.nodes.map(node => [node.id, node]));
  const containerById = new Map(graph.containers.map(container => [container.id, container]));
  for (const { id, container } of inDrawingOrder(graph)) {
    const known = members.get(container);
    if (known) known.push(id);
    else members.set(container, [id]);
  }

  const lines = [`flowchart ${direction}`];
  const classes = new Map<string, string[]>();
  const classify = (name: string, id: string): void => {
    const known = classes.get(name);
    if (known) known.push(id);
    else classes.set(name, [id]);
  };
  const write = (within: NodeId | undefined, indent: string): void => {
    for (const id of members.get(within) ?? []) {
      const name = nodeNames.get(id) ?? '';
      const container = containerById.get(id);
      const node = nodeById.get(id);
      if (container) {
        lines.push(
          `${indent}subgraph ${name} ["${labelText(containerLabel(container, translate))}"]`,
          `${indent} direction ${direction}`,
        );
        write(id, `${indent} `);
        lines.push(`${indent}end`);
        classify(`t-${container.type}`, name);
        if (container.isDistributed) classify('is-distributed', name);
        if (container.isUnreachable) classify('is-unreachable', name);
      } else if (node) {
        lines.push(`${indent}${nodeText(name, node, translate)}`);
        for (const className of nodeClasses(node)) classify(className, name);
      }
    }
  };
  write(undefined, ' ');
  for (const [index, edge] of graph.edges.entries()) {
    edgeNames.set(edge.id, `e${index}`);
    lines.push(` ${edgeText(`e${index}`, edge, nodeNames)}`);
  }
  // Mermaid forgets the classes of a subgraph that an edge names later, so they come last.
  for (const [className, ids] of classes) lines.push(` class ${ids.join(',')} ${className}`);
  return { text: lines.join('\n'), nodeNames, edgeNames };
}

/** Nodes and containers in one order: a container stands where its first node does. */
function inDrawingOrder(
  graph: Graph,
): readonly { readonly id: NodeId; readonly container: NodeId | undefined }[] {
  const containerById = new Map(graph.containers.map(container => [container.id, container]));
  const placed = new Set<NodeId>();
  const order: { readonly id: NodeId; readonly container: NodeId | undefined }[] = [];
  const place = (id: NodeId | undefined): void => {
    const container = id === undefined ? undefined : containerById.get(id);
    if (!container || placed.has(container.id)) return;
    place(container.container);
    placed.add(container.id);
    order.push(container);
  };
  for (const node of graph.nodes) {
    place(node.container);
    order.push(node);
  }
  for (const container of graph.containers) place(container.id);
  return order;
}

function nodeText(name: string, node: GraphNode, translate: Translate): string {
  switch (node.kind) {
    case 'start':
      return `${name}(("${escape(translate('Start'))}"))`;
    case 'end':
      return `${name}(("${escape(translate('End'))}"))`;
    case 'fork':
      return `${name}@{ shape: f-circ }`;
    case 'missing':
    case 'state':
      return `${name}("${labelText(nodeLabel(node, translate))}")`;
  }
}

function nodeClasses(node: GraphNode): readonly string[] {
  if (node.kind !== 'state') return [`t-${node.kind}`];
  return [
    `t-${node.type}`,
    ...(node.isUnreachable ? ['is-unreachable'] : []),
    ...(node.hidden > 0 ? ['is-collapsed'] : []),
  ];
}

function edgeText(name: string, edge: GraphEdge, nodeNames: ReadonlyMap<NodeId, string>): string {
  const arrow = edge.kind === 'catch' ? '-.->' : '-->';
  const text = edge.label === '' ? '' : `|"${escape(edge.label)}"|`;
  return `${nodeNames.get(edge.from) ?? ''} ${name}@${arrow}${text} ${nodeNames.get(edge.to) ?? ''}`;
}

/** What stands in a box: its name, and below what it does; as it is shown, not escaped. */
export type Label = readonly [name: string, line: string];

export function nodeLabel(node: StateNode | MissingNode, translate: Translate = inEnglish): Label {
  const name = shown(node.name, translate);
  if (node.kind === 'missing') return [name, translate('Missing state')];
  const line = node.isDistributed ? translate('Distributed map') : node.type;
  const detail = node.type === 'Task' && node.detail !== '' ? node.detail : joined(line, node.detail);
  return [name, shown(detail, translate)];
}

export function containerLabel(container: Container, translate: Translate = inEnglish): Label {
  const kind = container.isDistributed ? translate('Distributed map') : container.type;
  return [
    shown(container.name, translate),
    shown(container.type === 'Parallel' ? kind : joined(kind, container.detail), translate),
  ];
}

function joined(type: string, detail: string): string {
  return detail === '' ? type : `${type} · ${detail}`;
}

/** Longest line in a box; the tooltip has the rest. */
const maximumLine = 60;

function shown(text: string, translate: Translate): string {
  return clip(text.trim() === '' ? translate('(blank)') : text, maximumLine)
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function labelText([name, line]: Label): string {
  return `<b>${escape(name)}</b><br/><i>${escape(line)}</i>`;
}

/**
 * Text as Mermaid shows it unchanged, whatever it is: everything but letters, digits, blanks and harmless
 * punctuation becomes a numeric entity of Mermaid's (`#60;`), which it turns back after parsing. Dots and
 * hyphens are harmless inside words only, as in front of one they make a list.
 *
 * Left alone, Mermaid 12 would read brackets, quotes and `direction TB`, draw `fa:fa-car` as an icon
 * and `$$` as a formula, and take `ﬂ°` and `¶ß` for entities of its own.
 */
export function escape(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/([ﬂ¶])(?=[°ß])/g, '$1\u2060')
    .replaceAll(/\$(?=\$)/g, '$\u2060')
    .replaceAll(/\\(?=n)/g, '\\\u2060')
    .replaceAll(/\b(fa[bklrs]?):(?=fa-)/g, '$1\u2060:')
    .replaceAll(
      /[^\p{L}\p{M}\p{N} :/(),!?·×…↻.-]|(?<![\p{L}\p{N}])[.-]|[.-](?![\p{L}\p{N}])/gu,
      char => `#${char.codePointAt(0)};`,
    )
    .replaceAll(/direction/gi, word => `#${word.charCodeAt(0)};${word.slice(1)}`);
}
