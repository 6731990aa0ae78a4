import { parseArgs } from 'node:util';
import { exitCode, oneFile, UsageError, type Command, type Io } from '#cli/command.ts';
import { readAsset, readDefinition } from '#cli/files.ts';
import { orUsage, readJson } from '#cli/options.ts';
import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { parse } from '#core/syntax/parse.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { formatOf } from '#core/text/source.ts';
import { prepareDefinition, type TextFile } from '#interpreter/prepare.ts';
import { testState, type TestStateMock, type TestStateRequest } from '#interpreter/testState/testState.ts';

const levels = ['info', 'debug', 'trace'] as const;
const validations = ['strict', 'present', 'none'] as const;

/** `stepwise test-state`: runs one state by itself, as the TestState API of Step Functions does. */
export const testStateCommand: Command = {
  name: 'test-state',
  summary: 'run one state by itself',
  help: `Usage: stepwise test-state FILE --state NAME [options]

Runs one state of the state machine in FILE (JSON or YAML, or a template that holds one; - for standard
input) and prints what the TestState API answers, as JSON: status, output or error and cause, the next
state, and with --level debug the data at each stage. A FILE that holds nothing but a state needs no --state.

  --state NAME           the state; one inside a Map or Parallel state, too
  --name NAME            which state machine of a template
  --input JSON           input of the state: JSON, or @FILE (default {})
  --variables JSON       the variables that it sees
  --context JSON         what the Context Object holds
  --mock JSON            what the task, the branches or the iterations come to
  --validation MODE      how the mock is held against what the service returns: strict (default), present, none
  --error NAME           instead of --mock: the Error Name with which the task fails
  --cause TEXT           the cause of that error
  --retry-count N        how often the Retrier that matches has retried before
  --failed-iterations N  of a Map state: how many iterations have failed
  --items TEXT           of a Map state: the text that its ItemReader reads, or @FILE
  --level LEVEL          info (default), debug or trace

JSON may be given as @FILE everywhere. Output and inspection data are printed as values, not as JSON texts.

Exit code: 0 when the state succeeded, 1 when it failed, would be retried or was caught, 2 when it could not
be tested.
`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        name: { type: 'string' },
        input: { type: 'string' },
        variables: { type: 'string' },
        context: { type: 'string' },
        mock: { type: 'string' },
        validation: { type: 'string' },
        error: { type: 'string' },
        cause: { type: 'string' },
        'retry-count': { type: 'string' },
        'failed-iterations': { type: 'string' },
        items: { type: 'string' },
        level: { type: 'string', default: 'info' },
      },
    });
    const path = oneFile(positionals, 'test-state');
    if (values.cause !== undefined && values.error === undefined)
      throw new UsageError('--cause belongs to an --error.');
    if (values.validation !== undefined && values.mock === undefined && values.error === undefined)
      throw new UsageError('--validation belongs to a --mock or an --error.');
    const input = await readJson('--input', values.input, io);
    const variables = await readObject('--variables', values.variables, io);
    const context = await readObject('--context', values.context, io);
    const mock = await readMock(values, io);
    const request: TestStateRequest = {
      ...definitionIn(await readDefinition(path, io), values.name, values.state),
      ...(input !== undefined && { input }),
      ...(variables && { variables }),
      ...(context && { context }),
      ...(mock && { mock }),
      inspectionLevel: upper(oneOf('--level', values.level, levels)),
      stateConfiguration: {
        ...(values['retry-count'] !== undefined && {
          retrierRetryCount: readCount('--retry-count', values['retry-count']),
        }),
        ...(values['failed-iterations'] !== undefined && {
          mapIterationFailureCount: readCount('--failed-iterations', values['failed-iterations']),
        }),
        ...(values.items !== undefined && { mapItemReaderData: await readText(values.items, io) }),
      },
    };
    const services = readAsset('services/catalogue.txt');
    const answer = testState(request, {
      call: ({ resource }) => ({
        kind: 'failed',
        error: 'States.Runtime',
        cause: `Nothing here calls ${resource.arn}. Say what it comes to with --mock or --error.`,
      }),
      ...(services !== undefined && { catalogue: parseServiceCatalogue(services) }),
    });
    if (answer.kind === 'refused') throw new UsageError(`${answer.code}: ${answer.message}`);
    io.out(`${JSON.stringify(answer.response, null, 2)}\n`);
    return answer.response.status === 'SUCCEEDED' ? exitCode.ok : exitCode.found;
  },
};

/** A state machine and the name of one of its states, or a state that is a file by itself. */
function definitionIn(
  { path, text }: TextFile,
  machineName: string | undefined,
  stateName: string | undefined,
): Pick<TestStateRequest, 'definition' | 'stateName'> {
  const state = stateAlone(path, text);
  if (state && stateName === undefined) return { definition: state };
  if (state) throw new UsageError(`${path} is a state by itself: leave --state out.`);
  const { machine } = orUsage(prepareDefinition({ path, text }, machineName));
  const names = machine.states.map(({ name }) => name);
  if (stateName === undefined) throw new UsageError(`Say with --state which state: ${quoted(names)}.`);
  if (!names.includes(stateName))
    throw new UsageError(`${path} has no state named '${stateName}'. It has ${quoted(names)}.`);
  return { definition: toJson(machine.node), stateName };
}

function stateAlone(path: string, text: string): JsonObject | undefined {
  const { root, problems } = parse({ uri: path, version: 0, format: formatOf(path), text });
  if (!root || problems.length > 0) return undefined;
  const value = toJson(root);
  const isState = isJsonObject(value) && typeof value['Type'] === 'string' && value['States'] === undefined;
  return isState ? value : undefined;
}

async function readMock(
  given: {
    readonly mock?: string | undefined;
    readonly error?: string | undefined;
    readonly cause?: string | undefined;
    readonly validation?: string | undefined;
  },
  io: Io,
): Promise<TestStateMock | undefined> {
  const { mock, error, cause, validation } = given;
  if (mock !== undefined && error !== undefined)
    throw new UsageError('Choose --mock or --error: they exclude each other.');
  const mode =
    validation === undefined
      ? {}
      : { fieldValidationMode: upper(oneOf('--validation', validation, validations)) };
  if (error !== undefined) return { errorOutput: { error, ...(cause !== undefined && { cause }) }, ...mode };
  const result = await readJson('--mock', mock, io);
  return result === undefined ? undefined : { result, ...mode };
}

async function readObject(
  option: string,
  given: string | undefined,
  io: Io,
): Promise<JsonObject | undefined> {
  const value: Json | undefined = await readJson(option, given, io);
  if (value === undefined || isJsonObject(value)) return value;
  throw new UsageError(`${option} must be a JSON object.`);
}

function readText(given: string, io: Io): Promise<string> {
  return given.startsWith('@') ? io.read(given.slice(1)) : Promise.resolve(given);
}

function readCount(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} must be a whole number, not '${text}'.`);
  return Number(text);
}

function oneOf<T extends string>(option: string, given: string, choices: readonly T[]): T {
  const choice = choices.find(name => name === given);
  if (choice === undefined) throw new UsageError(`${option} takes ${choices.join(', ')}, not '${given}'.`);
  return choice;
}

function upper<T extends string>(text: T): Uppercase<T> {
  return text.toUpperCase() as Uppercase<T>;
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map(name => `'${name}'`).join(', ');
}
