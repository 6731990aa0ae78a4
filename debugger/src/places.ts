import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf } from '#core/syntax/node.ts';
import type { Span } from '#core/text/span.ts';
import type { StageName } from '#interpreter/program.ts';

/** A moment of every visit to a state at which the debugger can stop: before one of its stages. */
export interface Place {
  readonly state: Pointer;
  readonly stage: StageName;
  readonly span: Span;
  /** What the user reads: `before Parameters of 'Pay'`. */
  readonly title: string;
}

/** Which field a stage works with; the first that is there tells its place in the file. */
const fieldsOfStage: Readonly<Partial<Record<StageName, readonly string[]>>> = {
  afterInputPath: ['InputPath'],
  afterParameters: ['Parameters'],
  afterArguments: ['Arguments'],
  afterItemsPath: ['ItemsPath', 'Items'],
  afterItemReader: ['ItemReader'],
  afterItemBatcher: ['ItemBatcher'],
  choice: ['Choices'],
  wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  task: ['Resource'],
  parallel: ['Branches'],
  map: ['ItemProcessor', 'Iterator'],
  afterResultWriter: ['ResultWriter'],
  result: ['Result'],
  afterResultSelector: ['ResultSelector'],
  assign: ['Assign'],
  afterResultPath: ['ResultPath'],
  afterOutputPath: ['OutputPath', 'Output'],
  catch: ['Catch'],
};

/** Where in the file a stage of a state stands: its field, or else the state's name. */
export function spanOfStage(state: State, stage: StageName | undefined): Span {
  for (const name of (stage && fieldsOfStage[stage]) ?? []) {
    const property = propertyOf(state.node, name);
    if (property) return property.key;
  }
  return stage === 'output'
    ? { start: Math.max(state.key.end, state.property.end - 1), end: state.property.end }
    : state.key;
}

/** Every place of a machine, in the order of the file. `stages` tells which stages a state has. */
export function placesOf(
  machine: MachineAnalysis,
  stages: (state: Pointer) => readonly StageName[],
): readonly Place[] {
  const places: Place[] = [];
  for (const state of machine.machine.states) {
    for (const stage of stages(state.pointer)) {
      const span = spanOfStage(state, stage);
      if (stage !== 'input' && span === state.key) continue;
      places.push({ state: state.pointer, stage, span, title: titleOf(state, stage) });
    }
  }
  return places.toSorted((a, b) => a.span.start - b.span.start);
}

function titleOf(state: State, stage: StageName): string {
  if (stage === 'input') return `'${state.name}'`;
  if (stage === 'output') return `leaving '${state.name}'`;
  const field = (fieldsOfStage[stage] ?? []).find(name => propertyOf(state.node, name)) ?? stage;
  return `before ${field} of '${state.name}'`;
}
