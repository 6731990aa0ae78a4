import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { compile } from '#interpreter/compile.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import { compileJsonata } from '#interpreter/jsonata/evaluate.ts';
import type { CompileJsonata } from '#interpreter/jsonataValue.ts';
import { mockHost } from '#interpreter/mockHost.ts';
import { rehearse, type Patience, type Rehearsal } from '#interpreter/rehearsal.ts';
import { nameOf } from '#service/surroundings/surroundings.ts';
import type { Answers, SampleSource } from './sources.ts';

/** An execution on a sample input. */
export interface TriedSample {
  readonly label: string;
  readonly rehearsal: Rehearsal;
}

/** The samples of a state machine, tried, and what is left to evaluate expressions on them. */
export interface Rehearsals {
  readonly tried: readonly TriedSample[];
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
  { readonly sources: readonly SampleSource[]; readonly rehearsals: Rehearsals }
>();

/** Tries a state machine on its samples, once for each version of the file and of the samples. */
export function rehearsalsOf(machine: MachineAnalysis, sources: readonly SampleSource[]): Rehearsals {
  const before = known.get(machine);
  if (before?.sources === sources) return before.rehearsals;
  const rehearsals = tryAll(machine, sources);
  known.set(machine, { sources, rehearsals });
  return rehearsals;
}

function tryAll(machine: MachineAnalysis, sources: readonly SampleSource[]): Rehearsals {
  const index = machine.analysis.machines.indexOf(machine);
  const own = sources.filter(source => source.machine === index);
  const patience = { ...limits };
  // What cannot run has no values; its findings say why.
  const compiled =
    own.length === 0 ? undefined : compile(machine.machine, { compileJsonata: rememberedJsonata });
  if (compiled?.kind !== 'compiled') return { tried: [], patience };
  const { program } = compiled;
  const start = {
    stateMachineName: nameOf(machine),
    ...(machine.workflowType && { type: machine.workflowType }),
  };
  const tried = own.map(({ label, input, answers }) => ({
    label,
    rehearsal: rehearse(program, { ...start, input }, hostOf(answers), patience),
  }));
  return { tried, patience: { stages: 0, steps: limits.steps } };
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
