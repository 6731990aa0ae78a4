import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { compileInSteps } from '#interpreter/compile.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import { compileJsonata } from '#interpreter/jsonata/evaluate.ts';
import type { CompileJsonata } from '#interpreter/jsonataValue.ts';
import { mockHost } from '#interpreter/mockHost.ts';
import { rehearseInSteps, type Patience, type Rehearsal } from '#interpreter/rehearsal.ts';
import { nameOf } from '#service/surroundings/surroundings.ts';
import type { Answers, SampleSource } from './sources.ts';

/** An execution on a sample input. */
export interface TriedSample {
  readonly label: string;
  readonly rehearsal: Rehearsal;
}

/** The samples of a state machine, tried when they are asked for, and what is left to evaluate expressions on them. */
export interface Rehearsals {
  readonly tried: Iterable<TriedSample>;
  readonly patience: Patience;
}

/** Enough for the largest examples, and over in some hundredths of a second whatever is tried. */
const limits: Patience = { stages: 4000, steps: 200_000 };

const expressions = new Map<string, ReturnType<CompileJsonata>>();
const mostExpressions = 5000;

/** Compiled expressions hold nothing of their file, so that all but the changed one serve its next version. */
export const rememberedJsonata: CompileJsonata = text => {
  let compiled = expressions.get(text);
  if (!compiled) {
    if (expressions.size >= mostExpressions) expressions.clear();
    expressions.set(text, (compiled = compileJsonata(text)));
  }
  return compiled;
};

const known = new WeakMap<
  MachineAnalysis,
  { readonly sources: readonly SampleSource[]; readonly trial: Trial }
>();

/** Tries a state machine on its samples, once for each version of the file and of the samples. */
export function rehearsalsOf(machine: MachineAnalysis, sources: readonly SampleSource[]): Rehearsals {
  return trialOf(machine, sources);
}

/** Tries all state machines of a file on all samples, before anybody asks for their values. */
export function* trySamplesInSteps(
  { machines }: Analysis,
  sources: readonly SampleSource[],
): Generator<undefined, void> {
  for (const machine of machines) yield* trialOf(machine, sources).inSteps();
}

function trialOf(machine: MachineAnalysis, sources: readonly SampleSource[]): Trial {
  const before = known.get(machine);
  if (before?.sources === sources) return before.trial;
  const trial = new Trial(trying(machine, sources));
  known.set(machine, { sources, trial });
  return trial;
}

/** Rehearsals as far as they were needed: most values are known after the first. */
class Trial implements Rehearsals {
  readonly patience: Patience = { stages: 0, steps: limits.steps };
  readonly #tried: TriedSample[] = [];
  readonly #steps: Generator<TriedSample | undefined, void>;

  constructor(steps: Generator<TriedSample | undefined, void>) {
    this.#steps = steps;
  }

  get tried(): Iterable<TriedSample> {
    return this.#each();
  }

  *inSteps(): Generator<undefined, void> {
    while (this.#goOn()) yield;
  }

  *#each(): Generator<TriedSample, void> {
    for (let index = 0; ; index++) {
      let sample = this.#tried[index];
      while (!sample && this.#goOn()) sample = this.#tried[index];
      if (!sample) return;
      yield sample;
    }
  }

  #goOn(): boolean {
    const { done, value } = this.#steps.next();
    if (value) this.#tried.push(value);
    return done !== true;
  }
}

function* trying(
  machine: MachineAnalysis,
  sources: readonly SampleSource[],
): Generator<TriedSample | undefined, void> {
  const index = machine.analysis.machines.indexOf(machine);
  const own = sources.filter(source => source.machine === index);
  if (own.length === 0) return;
  const compiled = yield* compileInSteps(machine.machine, { compileJsonata: rememberedJsonata });
  // What cannot run has no values; its findings say why.
  if (compiled.kind !== 'compiled') return;
  const patience = { ...limits };
  const start = {
    stateMachineName: nameOf(machine),
    ...(machine.workflowType && { type: machine.workflowType }),
  };
  for (const { label, input, answers } of own) {
    const host = hostOf(answers);
    const rehearsal = yield* rehearseInSteps(compiled.program, { ...start, input }, host, patience);
    yield { label, rehearsal };
  }
}

/** Nobody answers a task that the test case does not. */
const unanswered = (): Answer => ({ kind: 'silent' });
const silent: SyncHost = { call: unanswered };

function hostOf(answers: Answers | undefined): SyncHost {
  if (!answers) return silent;
  const file = readMockFile(answers.mocks.syntax.root);
  const mocked = mockHost(file, answers.machineName, answers.testCase, unanswered);
  return mocked.kind === 'host' ? mocked.host : silent;
}
