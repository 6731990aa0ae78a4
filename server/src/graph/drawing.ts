import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import { countStates, graphOf } from '#core/graph/fromMachine.ts';
import type { Container, Graph, GraphNode, NodeId, StateFacts } from '#core/graph/graph.ts';
import {
  containerLabel,
  mermaidText,
  nodeLabel,
  type Direction,
  type Label,
  type MermaidText,
} from '#core/graph/mermaid.ts';
import type { Translate } from '#core/text/translate.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { innerScopes } from '#core/model/stateMachine.ts';
import { inWords } from '#core/text/message.ts';
import type { DrawnEdge, DrawnNode, GraphDrawing } from '#protocol/graph.ts';

export interface DrawingOptions {
  readonly direction: Direction;
  /** States whose inside is not drawn; absent for as many as the size asks for. */
  readonly collapsed?: ReadonlySet<Pointer> | undefined;
}

/** A machine of more states than this is drawn with its containers closed, until the user opens them. */
export const mostStatesOpen = 300;

/** The drawing of a state machine: Mermaid's text, what its parts are, and the findings as marks on them. */
export function drawing(machine: MachineAnalysis, options: DrawingOptions): GraphDrawing {
  const states = countStates(machine.machine.root);
  const collapsed = options.collapsed ?? (states > mostStatesOpen ? outerContainers(machine) : new Set());
  const { translate } = machine.analysis;
  const graph = graphOf(machine, { collapsed, translate });
  const mermaid = mermaidText(graph, options.direction, translate);
  const findings = worstByState(machine.analysis.findings);
  return {
    text: mermaid.text,
    nodes: drawnNodes(graph, mermaid, findings, translate),
    edges: drawnEdges(graph, mermaid),
    collapsed: graph.nodes.flatMap(node => (node.kind === 'state' && node.hidden > 0 ? [node.id] : [])),
    states,
  };
}

function outerContainers({ machine }: MachineAnalysis): ReadonlySet<Pointer> {
  return new Set(
    machine.root.states.filter(state => innerScopes(state).length > 0).map(({ pointer }) => pointer),
  );
}

/** Why a file cannot be drawn as it stands: its first problem of syntax, with a line that counts from 1. */
export function brokenSyntax({
  syntax,
  machines,
  lines,
  translate,
}: Analysis): { readonly line: number; readonly message: string } | undefined {
  const problems = [
    ...syntax.problems,
    ...machines.flatMap(({ site }) => (site.kind === 'text' ? site.tree.problems : [])),
  ];
  const problem = problems.find(({ code }) => code === 'syntax');
  return (
    problem && {
      line: lines.positionAt(problem.start).line + 1,
      message: inWords(problem.message, translate),
    }
  );
}

function drawnNodes(
  graph: Graph,
  { nodeNames }: MermaidText,
  findings: ReadonlyMap<Pointer, Finding>,
  translate: Translate,
): readonly DrawnNode[] {
  const base = (part: {
    readonly id: NodeId;
    readonly container: NodeId | undefined;
  }): Pick<DrawnNode, 'id' | 'name' | 'container'> => ({
    id: part.id,
    name: nodeNames.get(part.id) ?? '',
    ...(part.container !== undefined && { container: part.container }),
  });
  const ofState = (
    facts: StateFacts,
    label: Label,
  ): Pick<DrawnNode, 'title' | 'label' | 'icon' | 'details' | 'retry' | 'finding'> => {
    const finding = findings.get(facts.state);
    const [, line] = label;
    return {
      label,
      title: [
        facts.name,
        line,
        ...(line.startsWith(facts.type) ? [] : [facts.isDistributed ? '' : facts.type]),
        facts.isUnreachable ? translate('unreachable') : '',
      ]
        .filter(part => part !== '')
        .join(', '),
      icon: facts.service ?? facts.type,
      details: [
        ...(facts.comment === undefined ? [] : [facts.comment]),
        ...facts.retries.map(retry => `Retry ${retry}`),
      ],
      ...(facts.retries.length > 0 && { retry: `↻ ${facts.mostRetries}` }),
      ...(finding && { finding: { severity: markOf(finding), message: finding.message } }),
    };
  };
  const node = (part: GraphNode): DrawnNode => {
    switch (part.kind) {
      case 'state':
        return {
          ...base(part),
          kind: 'state',
          ...ofState(part, nodeLabel(part, translate)),
          ...(part.hidden > 0 && { hidden: part.hidden }),
        };
      case 'missing':
        return {
          ...base(part),
          kind: 'missing',
          label: nodeLabel(part, translate),
          icon: 'missing',
          title: `${part.name}, ${translate('Missing state')}`,
          details: [translate('No state has this name.')],
        };
      default:
        return { ...base(part), kind: part.kind, title: part.kind, details: [] };
    }
  };
  const container = (part: Container): DrawnNode => ({
    ...base(part),
    kind: 'container',
    ...ofState(part, containerLabel(part, translate)),
  });
  return [...graph.nodes.map(node), ...graph.containers.map(container)];
}

function drawnEdges(graph: Graph, { edgeNames }: MermaidText): readonly DrawnEdge[] {
  return graph.edges.map(({ id, from, to, kind, label, description }) => ({
    id,
    name: edgeNames.get(id) ?? '',
    from,
    to,
    kind,
    label,
    description,
  }));
}

const ranks = { error: 0, warning: 1, information: 2, hint: 3 } as const;

function markOf({ severity }: Finding): 'error' | 'warning' | 'information' {
  return severity === 'hint' ? 'information' : severity;
}

function worstByState(findings: readonly Finding[]): ReadonlyMap<Pointer, Finding> {
  const worst = new Map<Pointer, Finding>();
  for (const finding of findings) {
    if (finding.state === undefined || finding.severity === 'hint') continue;
    const known = worst.get(finding.state);
    if (!known || ranks[finding.severity] < ranks[known.severity]) worst.set(finding.state, finding);
  }
  return worst;
}
