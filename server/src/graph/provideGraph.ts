import type { Connection } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import { graphOf } from '#core/graph/fromMachine.ts';
import { readableMermaid } from '#core/graph/readableMermaid.ts';
import * as lsp from '#protocol/lsp.ts';
import { brokenSyntax, drawing } from './drawing.ts';
import type { Handle } from '../handle.ts';

/** Answers the client's graph panel. */
export function provideGraph(connection: Connection, handle: Handle): void {
  connection.onRequest(lsp.graph, handle(graphResult));
  connection.onRequest(lsp.mermaid, handle(mermaidResult));
  connection.onRequest(lsp.summary, handle(summaryOf));
}

function mermaidResult(analysis: Analysis, params: lsp.GraphParams): lsp.MermaidResult | undefined {
  const machine = analysis.machines[params.machine];
  if (!machine) return undefined;
  const graph = graphOf(machine, { collapsed: new Set(params.collapsed) });
  return { text: readableMermaid(graph, params.direction) };
}

function graphResult(analysis: Analysis, params: lsp.GraphParams): lsp.GraphResult {
  const machine = analysis.machines[params.machine] ?? analysis.machines[0];
  const hasStates = machine !== undefined && machine.machine.states.length > 0;
  return {
    version: analysis.source.version,
    machines: analysis.machines.map(({ site }) => site.name ?? ''),
    drawing: hasStates
      ? drawing(machine, {
          direction: params.direction,
          collapsed: params.collapsed && new Set(params.collapsed),
        })
      : undefined,
    broken: brokenSyntax(analysis),
  };
}

function summaryOf({ machines }: Analysis): lsp.SummaryResult | null {
  const machine = machines[0]?.machine;
  return machine ? { queryLanguage: machine.queryLanguage, states: machine.states.length } : null;
}
