import { containerLabel, nodeLabel, type Direction } from './mermaid.ts';
import type { Graph, GraphNode, NodeId } from './graph.ts';

/**
 * Writes a graph as a Mermaid flowchart to paste into a README: nodes are called by their states' names,
 * shapes tell the types, and there are no classes or styles, so it follows the reader's theme.
 *
 * ```mermaid
 * flowchart TB
 *   Start(("Start")) --> VerifyPayment
 *   VerifyPayment["Verify Payment<br/>Lambda: verify-payment"]
 * ```
 */
export function readableMermaid(graph: Graph, direction: Direction): string {
  const names = readableNames(graph);
  const nameOf = (id: NodeId): string => names.get(id) ?? '';
  const lines = [`flowchart ${direction}`];
  const write = (within: NodeId | undefined, indent: string): void => {
    for (const node of graph.nodes)
      if (node.container === within) lines.push(`${indent}${nodeText(nameOf(node.id), node)}`);
    for (const container of graph.containers) {
      if (container.container !== within) continue;
      const [name, line] = containerLabel(container);
      lines.push(
        `${indent}subgraph ${nameOf(container.id)}["${quoted(name)} (${quoted(line)})"]`,
        `${indent}  direction ${direction}`,
      );
      write(container.id, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  write(undefined, '  ');
  for (const { kind, from, to, label } of graph.edges) {
    const text = label === '' ? '' : `|"${quoted(label)}"|`;
    lines.push(`  ${nameOf(from)} ${kind === 'catch' ? '-.->' : '-->'}${text} ${nameOf(to)}`);
  }
  return `${lines.join('\n')}\n`;
}

function nodeText(name: string, node: GraphNode): string {
  switch (node.kind) {
    case 'start':
      return `${name}(("Start"))`;
    case 'end':
      return `${name}(("End"))`;
    case 'fork':
      return `${name}(( ))`;
    case 'missing':
      return `${name}["${quoted(node.name)} (missing)"]`;
    case 'state': {
      const [title, line] = nodeLabel(node);
      const text = `${quoted(title)}<br/>${quoted(line)}`;
      if (node.type === 'Choice') return `${name}{"${quoted(title)}"}`;
      if (node.type === 'Succeed' || node.type === 'Fail') return `${name}(["${text}"])`;
      return node.hidden > 0 ? `${name}[["${text}"]]` : `${name}["${text}"]`;
    }
  }
}

/** Words that Mermaid does not take for the name of a node, in lower case. */
const reserved = new Set([
  'call',
  'class',
  'classdef',
  'click',
  'default',
  'direction',
  'end',
  'flowchart',
  'graph',
  'href',
  'interpolate',
  'linkstyle',
  'style',
  'subgraph',
]);

/** A name of letters and digits for each node, made of the state's name and unlike every other. */
function readableNames(graph: Graph): ReadonlyMap<NodeId, string> {
  const names = new Map<NodeId, string>();
  const taken = new Set<string>();
  const give = (id: NodeId, wish: string): void => {
    const word = wish.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '');
    const stem = /^[A-Za-z]/.test(word) && !reserved.has(word.toLowerCase()) ? word : `State${word}`;
    let name = stem;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}${number}`;
    taken.add(name.toLowerCase());
    names.set(id, name);
  };
  for (const { id, name } of graph.containers) give(id, name);
  for (const node of graph.nodes) if (node.kind === 'state') give(node.id, node.name);
  for (const node of graph.nodes) {
    if (node.kind === 'state') continue;
    give(
      node.id,
      node.kind === 'missing' ? node.name : { start: 'Start', end: 'TheEnd', fork: 'Fork' }[node.kind],
    );
  }
  return names;
}

/** Inside of Mermaid's quotes; entities are what every version of Mermaid, and GitHub's, reads. */
function quoted(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '"': '#quot;',
    '#': '#35;',
    '&': '#amp;',
    '<': '#lt;',
    '>': '#gt;',
    '`': '#96;',
    '\\': '#92;',
  };
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/["#&<>`\\]/g, char => entities[char] ?? char);
}
