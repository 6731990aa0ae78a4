import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Samples } from '#core/analysis/shapes.ts';
import { isJsonObject, type Json } from '#core/json.ts';
import { readMockFile, type MockedAnswer } from '#core/mocking/mockFile.ts';
import { readTestFile } from '#core/mocking/testFile.ts';
import type { State } from '#core/model/stateMachine.ts';
import { mentionsOf } from '#service/surroundings/mentions.ts';
import { means, nameOf, type Surroundings } from '#service/surroundings/surroundings.ts';
import { fileNameOf, isSameFile, resolveUri } from '#service/uris.ts';

/** An input that a state machine is known to be run with, and what its tasks are answered then. */
export interface SampleSource {
  /** Which state machine of the file, from 0. */
  readonly machine: number;
  /** What the user knows it by: `input.json`, `input.json, test case 'Completed'`. */
  readonly label: string;
  readonly input: Json;
  readonly answers: Answers | undefined;
}

/** A test case of a mock file, and the name by which the file calls the state machine. */
export interface Answers {
  readonly mocks: Analysis;
  readonly machineName: string;
  readonly testCase: string;
}

/** The inputs that were read, by the URIs of their files, and that of the last run in the debugger. */
export interface Inputs {
  readonly files: ReadonlyMap<string, Json>;
  readonly last: Json | undefined;
}

/** More would say the same again. */
const mostSources = 8;

/** The files that may hold an input of a definition: beside it by their names, and those its tests name. */
export function inputUrisOf(analysis: Analysis, around: Surroundings): readonly string[] {
  const { uri } = analysis.source;
  const beside = analysis.machines.flatMap(machine => besideUris(uri, machine));
  const named = testsOf(analysis, around).flatMap(test =>
    readTestFile(test.syntax.root).tests.flatMap(({ inputFile }) =>
      inputFile === undefined ? [] : resolveUri(test.source.uri, inputFile),
    ),
  );
  return [...new Set([...beside, ...named])];
}

function besideUris(uri: string, machine: MachineAnalysis): readonly string[] {
  return [`${nameOf(machine)}.input.json`, 'input.json'].map(name => resolveUri(uri, name));
}

function testsOf(analysis: Analysis, around: Surroundings): readonly Analysis[] {
  return around.tests.filter(test =>
    mentionsOf(test).some(
      mention =>
        mention.kind === 'file' &&
        isSameFile(resolveUri(test.source.uri, mention.node.value), analysis.source.uri),
    ),
  );
}

/**
 * The inputs of each state machine of a file with the test cases that fit, best first: those of tests, of files
 * beside the definition with each test case, and of the last run.
 */
export function sampleSources(
  analysis: Analysis,
  around: Surroundings,
  inputs: Inputs,
): readonly SampleSource[] {
  return analysis.machines.flatMap((machine, index) =>
    sourcesOf(machine, around, inputs)
      .slice(0, mostSources)
      .map(source => ({ ...source, machine: index })),
  );
}

type Unnumbered = Omit<SampleSource, 'machine'>;

function sourcesOf(machine: MachineAnalysis, around: Surroundings, inputs: Inputs): readonly Unnumbered[] {
  const { source, translate } = machine.analysis;
  const { uri } = source;
  const cases = answersFor(machine, around);
  const found: Unnumbered[] = [];
  const add = (label: string, input: Json, answers: Answers | undefined): void => {
    const isKnown = found.some(
      other =>
        other.answers?.testCase === answers?.testCase &&
        JSON.stringify(other.input) === JSON.stringify(input),
    );
    if (isKnown) return;
    found.push({
      label: answers ? translate("{0}, test case '{1}'", label, answers.testCase) : label,
      input,
      answers,
    });
  };
  for (const test of testsOf(machine.analysis, around)) {
    const file = readTestFile(test.syntax.root);
    for (const { name, testCase, input, inputFile } of file.tests) {
      const path = inputFile === undefined ? undefined : resolveUri(test.source.uri, inputFile);
      const value = path === undefined ? (input ?? {}) : inputOf(inputs, path);
      const answers = cases.find(each => each.testCase === testCase);
      if (value !== undefined)
        add(path === undefined ? translate("test '{0}'", name) : fileNameOf(path), value, answers);
    }
  }
  const beside = besideUris(uri, machine).find(each => inputOf(inputs, each) !== undefined);
  const value = beside === undefined ? undefined : inputOf(inputs, beside);
  if (beside !== undefined && value !== undefined) {
    for (const answers of cases) add(fileNameOf(beside), value, answers);
    if (cases.length === 0) add(fileNameOf(beside), value, undefined);
  }
  if (inputs.last !== undefined) {
    const label = translate('the last run');
    for (const answers of cases) add(label, inputs.last, answers);
    if (cases.length === 0) add(label, inputs.last, undefined);
  }
  return found;
}

function inputOf({ files }: Inputs, uri: string): Json | undefined {
  for (const [known, value] of files) if (isSameFile(known, uri)) return value;
  return undefined;
}

function answersFor(machine: MachineAnalysis, around: Surroundings): readonly Answers[] {
  return around.mocks.flatMap(mocks =>
    mentionsOf(mocks).flatMap(mention =>
      mention.kind === 'testCase' && means(mocks, mention.machine, machine, around)
        ? { mocks, machineName: mention.machine.name, testCase: mention.node.value }
        : [],
    ),
  );
}

/**
 * What is known of a file's data for the shapes of completion: the first input, and what mock files answer. None
 * for a template with several state machines, whose states may share names.
 */
export function samplesFrom(
  analysis: Analysis,
  sources: readonly SampleSource[],
  around: Surroundings,
): Samples | undefined {
  const [machine, ...others] = analysis.machines;
  if (!machine || others.length > 0) return undefined;
  const answers = answersByState(machine, around);
  if (sources.length === 0 && answers.size === 0) return undefined;
  return {
    executionInput: sources[0]?.input,
    resultOf: state => {
      const returned = answers.get(state.name)?.find(answer => answer.kind === 'return');
      return returned && resultIn(state, returned.value);
    },
    errorsOf: state => [
      ...new Set(
        (answers.get(state.name) ?? []).flatMap(answer => (answer.kind === 'throw' ? answer.error : [])),
      ),
    ],
  };
}

/** What the mock files answer to each state, by its name. */
function answersByState(
  machine: MachineAnalysis,
  around: Surroundings,
): ReadonlyMap<string, readonly MockedAnswer[]> {
  const byState = new Map<string, MockedAnswer[]>();
  for (const { mocks, machineName, testCase } of answersFor(machine, around)) {
    const file = readMockFile(mocks.syntax.root);
    const states =
      file.machines.find(({ name }) => name === machineName)?.testCases.find(({ name }) => name === testCase)
        ?.states ?? [];
    for (const { stateName, responseName } of states) {
      const answers = file.responses.find(({ name }) => name === responseName.value)?.answers ?? [];
      byState.set(stateName, [...(byState.get(stateName) ?? []), ...answers]);
    }
  }
  return byState;
}

/** A Task that names the function itself gets the Payload of an answer that is written as Invoke's. */
function resultIn(state: State, value: Json): Json {
  const isFunction = state.type === 'Task' && !/^arn:[\w-]*:states:::/.test(state.resource?.value ?? '');
  return isFunction && isJsonObject(value) && 'StatusCode' in value ? (value['Payload'] ?? value) : value;
}
