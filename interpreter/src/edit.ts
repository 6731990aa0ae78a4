import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { strandAt } from './advance.ts';
import { abortStrands, enter } from './flow.ts';
import type { Program } from './program.ts';
import { Run } from './run.ts';
import type { Snapshot, StrandPath } from './snapshot.ts';

/** What a debugger may change while a strand is stopped. */
export type Edit =
  /** Raw input of the state: `$states.input`, and what ResultPath puts results into. */
  | { readonly kind: 'input'; readonly value: Json }
  /** The data on its way through the stages. */
  | { readonly kind: 'data'; readonly value: Json }
  /** The raw result. */
  | { readonly kind: 'result'; readonly value: Json }
  | { readonly kind: 'variable'; readonly name: string; readonly value: Json }
  /** Goes on with another state of the same scope, with the data as its input. */
  | { readonly kind: 'state'; readonly state: Pointer }
  /** Begins the state again, with its input. */
  | { readonly kind: 'restart' };

/**
 * The snapshot with one thing changed in one strand; `undefined` where that cannot be.
 *
 * What the strand waited for is given up when it goes elsewhere, and so are the branches and iterations
 * of the state it leaves.
 */
export function edited(
  program: Program,
  snapshot: Snapshot,
  path: StrandPath,
  edit: Edit,
): Snapshot | undefined {
  const found = strandAt(snapshot, path);
  if (!found) return undefined;
  const run = Run.on(program, snapshot);
  const strand = run.edit(found.id);
  // Until a stage has made something of the input, or it is the output, it is the data, too.
  const stage = program.states.get(strand.state)?.stages[strand.stage]?.name;
  const isInput = strand.stage === 0 || (strand.data === strand.input && stage !== 'output');
  switch (edit.kind) {
    case 'input':
      if (isInput) strand.data = edit.value;
      strand.input = edit.value;
      break;
    case 'data':
      if (isInput) strand.input = edit.value;
      strand.data = edit.value;
      break;
    case 'result':
      strand.result = edit.value;
      break;
    case 'variable':
      strand.variables = { ...strand.variables, [edit.name]: edit.value };
      break;
    case 'state':
    case 'restart': {
      const pointer = edit.kind === 'state' ? edit.state : strand.state;
      const target = program.states.get(pointer);
      if (target?.state.scope.pointer !== strand.scope) return undefined;
      abortStrands(run, strand, 'silently');
      strand.fork = undefined;
      enter(strand, target, edit.kind === 'state' ? strand.data : strand.input);
      strand.assigned = undefined;
      if (strand.status !== 'ready') run.wake(strand);
      break;
    }
  }
  return run.snapshot();
}
