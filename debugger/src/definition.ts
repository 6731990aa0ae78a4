import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { lazy } from '#core/lazy.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { LineMap } from '#core/text/lineMap.ts';
import type { Span } from '#core/text/span.ts';
import type { Runnable } from '#interpreter/prepare.ts';
import type { CompiledState, Program } from '#interpreter/program.ts';
import type { Strand } from '#interpreter/snapshot.ts';
import { placesOf, spanOfStage, type Place } from './places.ts';

/** One version of the definition that is debugged: as it is written, and ready to run. */
export interface Definition {
  readonly path: string;
  readonly machine: MachineAnalysis;
  readonly program: Program;
  readonly lines: LineMap;
  readonly text: string;
  /** Every place at which the debugger can stop, in the order of the file. */
  readonly places: readonly Place[];
  /** The place of each stage of a state in the file. */
  spanOf(state: State, stage: number): Span;
}

export function definitionOf(path: string, { machine, program }: Runnable): Definition {
  const places = lazy(() => placesOf(machine.machine, program));
  return {
    path,
    machine,
    program,
    lines: machine.analysis.lines,
    text: machine.analysis.source.text,
    get places() {
      return places();
    },
    spanOf: (state, stage) => spanOfStage(state, program.states.get(state.pointer), stage),
  };
}

/** The state a strand is in. */
export function stateOf({ program }: Definition, { state }: Pick<Strand, 'state'>): CompiledState {
  const compiled = program.states.get(state);
  if (!compiled) throw new Error(`bug: there is no state ${state}`);
  return compiled;
}

/** The state with a pointer, as it is written. */
export function stateAt({ program }: Definition, pointer: Pointer): State | undefined {
  return program.states.get(pointer)?.state;
}
