import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { MapState, Scope } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';

/** The scopes that run as Express: all of an Express state machine, and the children of some distributed Maps. */
export function expressScopes({ machine, workflowType }: MachineAnalysis): ReadonlySet<Scope> {
  const express = new Set<Scope>();
  for (const scope of machine.scopes) {
    const { owner } = scope;
    const mode = owner?.type === 'Map' && owner.isDistributed ? executionType(owner) : undefined;
    const isExpress =
      owner === undefined
        ? workflowType === 'EXPRESS'
        : mode === undefined
          ? express.has(owner.scope)
          : mode === 'EXPRESS';
    if (isExpress) express.add(scope);
  }
  return express;
}

function executionType({ processor }: MapState): string | undefined {
  const type = valueOf(valueOf(processor?.node, 'ProcessorConfig'), 'ExecutionType');
  return type?.kind === 'string' ? type.value : 'STANDARD';
}
