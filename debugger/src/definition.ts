import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { lazy } from '#core/lazy.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { LineMap } from '#core/text/lineMap.ts';
import type { Message } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import { nameOf, type Callees, type Part } from '#interpreter/callees.ts';
import type { Answer } from '#interpreter/host.ts';
import { link } from '#interpreter/link.ts';
import type { CompiledState, Program } from '#interpreter/program.ts';
import type { TaskRequest } from '#interpreter/request.ts';
import type { Strand } from '#interpreter/snapshot.ts';
import { placesOf, spanOfStage, type Place } from './places.ts';

/** A state machine as it is written in a file. */
export interface WrittenMachine {
  readonly path: string;
  /** How mock files and ARNs call it. */
  readonly name: string;
  /** What stands before the pointers of its states: nothing but for machines that others start. */
  readonly pointer: Pointer;
  readonly analysis: MachineAnalysis;
  readonly lines: LineMap;
  readonly text: string;
  /** Every place at which the debugger can stop, in the order of the file. */
  readonly places: readonly Place[];
  /** The place of each stage of a state in the file. */
  spanOf(state: State, stage: number): Span;
}

/** One version of what is debugged: the machine that was launched, and those that its tasks can start. */
export interface Definition {
  readonly program: Program;
  readonly main: WrittenMachine;
  /** All of them, the main one first. */
  readonly machines: readonly WrittenMachine[];
  /** The machine that a state belongs to. */
  machineOf(state: Pointer): WrittenMachine;
  /** The machine that `startExecution` starts by this ARN, if it is at hand. */
  started(stateMachineArn: string): WrittenMachine | undefined;
  /** Why machines that tasks start cannot run, and so take no part. */
  readonly unfit: readonly Message[];
  /** What answers a task that starts one of them: an execution of it. */
  readonly beginning: (request: TaskRequest) => Answer | undefined;
}

const noCallees: Callees = { parts: [], arns: new Map(), unfit: [] };

export function definitionOf(main: Part, callees: Callees = noCallees): Definition {
  const { program, partOf, beginning } = link(main, callees);
  const machines = new Map([main, ...callees.parts].map(part => [part, writtenMachine(part, program)]));
  const first = writtenOf(main);
  const byPointer = new Map([...machines.values()].map(machine => [machine.pointer, machine]));
  return {
    program,
    main: first,
    machines: [...machines.values()],
    machineOf: state => (state.startsWith('/Machines/') ? byPointer.get(rootOf(state)) : undefined) ?? first,
    started: arn => {
      const part = partOf(arn);
      return part && machines.get(part);
    },
    unfit: callees.unfit,
    beginning,
  };

  function writtenOf(part: Part): WrittenMachine {
    const machine = machines.get(part);
    if (!machine) throw new Error('bug: a part of the definition is missing');
    return machine;
  }
}

function writtenMachine(part: Part, program: Program): WrittenMachine {
  const { path, machine } = part;
  const places = lazy(() => placesOf(machine.machine, program));
  return {
    path,
    name: nameOf(part),
    pointer: machine.machine.root.pointer,
    analysis: machine,
    lines: machine.analysis.lines,
    text: machine.analysis.source.text,
    get places() {
      return places();
    },
    spanOf: (state, stage) => spanOfStage(state, program.states.get(state.pointer), stage),
  };
}

/** How frames and modules call a machine: by its file, where no other of it takes part. */
export function moduleId({ pointer, path }: Pick<WrittenMachine, 'pointer' | 'path'>): string {
  return pointer === '' ? path : pointer;
}

/** `/Machines/3/States/Pay` belongs to `/Machines/3`. */
function rootOf(state: Pointer): Pointer {
  const end = state.indexOf('/', '/Machines/'.length);
  return end < 0 ? state : state.slice(0, end);
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
