import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import { emptyCatalogue, type ServiceCatalogue } from '#core/language/services/catalogue.ts';
import { stateTypes } from '#core/language/values.ts';
import { buildStateMachine } from '#core/model/build.ts';
import { propertyOf } from '#core/syntax/node.ts';
import { parse } from '#core/syntax/parse.ts';
import { inWords } from '#core/text/message.ts';
import { begin, unlimited } from '../begin.ts';
import { compile } from '../compile.ts';
import { receive } from '../deliver.ts';
import { drive } from '../drive.ts';
import { abortStrands, fail, retryDelay } from '../flow.ts';
import type { Answer } from '../host.ts';
import type { CompiledState, StageName } from '../program.ts';
import type { TaskRequest } from '../request.ts';
import { Run, type Working } from '../run.ts';
import type { Fork, Outcome, Strand } from '../snapshot.ts';
import type { StatesError } from '../statesError.ts';
import { valuesOf } from '../table.ts';
import { contextProblem } from './contextProblem.ts';
import { mockProblem } from './mockProblem.ts';

/** One state to be run by itself, as the TestState API takes it. */
export interface TestStateRequest {
  /** A state, or a state machine together with `stateName`. */
  readonly definition: Json;
  readonly stateName?: string;
  /** `{}` where none is given. */
  readonly input?: Json;
  readonly variables?: JsonObject;
  /** Takes the place of what the Context Object would hold, name by name. */
  readonly context?: JsonObject;
  readonly roleArn?: string;
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  /** Shows what a connection adds to an HTTP request; never together with a mock. */
  readonly revealSecrets?: boolean;
  /** What the task, the branches or the iterations come to. */
  readonly mock?: TestStateMock;
  readonly stateConfiguration?: {
    /** How often the Retrier that matches has retried before. */
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    /** The text of the file that an ItemReader would read. */
    readonly mapItemReaderData?: string;
  };
}

export interface TestStateMock {
  readonly result?: Json;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /** How the result is held against what the service returns. `STRICT` where nothing is said. */
  readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
}

export type TestStateAnswer =
  | { readonly kind: 'tested'; readonly response: TestStateResponse }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface TestStateResponse {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** Of the levels DEBUG and TRACE. */
  readonly inspectionData?: JsonObject;
}

export interface TestStateOptions {
  /** For the ARNs in the Context Object. */
  readonly accountId?: string;
  readonly region?: string;
  /** Runs a task that is not mocked. */
  readonly call?: (request: TaskRequest) => Answer;
  /** Lets the results of mocks be held against what services return. */
  readonly catalogue?: ServiceCatalogue;
}

/**
 * Runs one state, as the TestState API does: the data at each stage, the output or error, and what a
 * Retrier or Catcher would do.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
 */
export function testState(request: TestStateRequest, options: TestStateOptions = {}): TestStateAnswer {
  const found = stateIn(request);
  if (found.kind === 'refused') return found;
  const { state, queryLanguage, insideMap } = found;
  const problem =
    typeProblem(state, found.pointer) ??
    mockProblem(request, state, options.catalogue ?? emptyCatalogue) ??
    (request.context && contextProblem(request.context));
  if (problem) return { kind: 'refused', ...problem };
  const compiled = compileAlone(state, queryLanguage);
  if (typeof compiled === 'string')
    return refused('InvalidDefinition', `Invalid State Machine Definition: '${compiled}'`);
  return new Test(request, options, compiled.program, insideMap).run();
}

function refused(code: string, message: string): TestStateAnswer & { readonly kind: 'refused' } {
  return { kind: 'refused', code, message };
}

// ---- finding and wrapping the state

type FoundState =
  | {
      readonly kind: 'found';
      readonly state: JsonObject;
      readonly queryLanguage: Json;
      readonly pointer: string;
      readonly insideMap: boolean;
    }
  | (TestStateAnswer & { readonly kind: 'refused' });

function stateIn({ definition, stateName }: TestStateRequest): FoundState {
  if (!isJsonObject(definition)) return refused('InvalidDefinition', 'The definition must be an object.');
  const language = definition['QueryLanguage'] ?? 'JSONPath';
  if (!isJsonObject(definition['States']) || stateName === undefined)
    return { kind: 'found', state: definition, queryLanguage: language, pointer: '', insideMap: false };
  const found = search(definition, stateName, '', false);
  if (!found) return refused('ValidationException', 'State not found in definition');
  return { kind: 'found', ...found, queryLanguage: found.state['QueryLanguage'] ?? language };
}

function search(
  scope: JsonObject,
  name: string,
  pointer: string,
  insideMap: boolean,
): { readonly state: JsonObject; readonly pointer: string; readonly insideMap: boolean } | undefined {
  const states = isJsonObject(scope['States']) ? scope['States'] : {};
  for (const [key, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    const here = `${pointer}/States/${key}`;
    if (key === name) return { state, pointer: here, insideMap };
    const inner: (Json | undefined)[] = [state['ItemProcessor'], state['Iterator']];
    if (Array.isArray(state['Branches'])) inner.push(...(state['Branches'] as readonly Json[]));
    for (const scopeInside of inner) {
      const found = isJsonObject(scopeInside)
        ? search(scopeInside, name, here, insideMap || state['Type'] === 'Map')
        : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function typeProblem(
  state: JsonObject,
  pointer: string,
): { readonly code: string; readonly message: string } | undefined {
  const type = state['Type'];
  if (stateTypes.some(known => known === type)) return undefined;
  return {
    code: 'InvalidDefinition',
    message: `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at ${pointer}/Type'`,
  };
}

/** The name that the Context Object of a tested state shows. */
const testedName = 'StateName';

/** A state machine of that state, with a Succeed state for each that it names. */
function compileAlone(
  state: JsonObject,
  queryLanguage: Json,
): (ReturnType<typeof compile> & { kind: 'compiled' }) | string {
  const targets = new Set(targetsOf(state).filter(name => name !== testedName));
  const machine: Json = {
    QueryLanguage: queryLanguage,
    StartAt: testedName,
    States: {
      [testedName]: state,
      ...Object.fromEntries([...targets].map(name => [name, { Type: 'Succeed' }])),
    },
  };
  const { root } = parse({ uri: '', version: 0, format: 'json', text: JSON.stringify(machine) });
  if (root?.kind !== 'object') throw new Error('bug: the definition is an object');
  const compiled = compile(buildStateMachine(root));
  return compiled.kind === 'compiled'
    ? compiled
    : inWords(compiled.problems[0]?.message ?? 'The state cannot be run.');
}

function targetsOf(state: JsonObject): readonly string[] {
  const list = (name: string): readonly Json[] => {
    const value = state[name];
    return Array.isArray(value) ? (value as readonly Json[]) : [];
  };
  const nexts = [...list('Catch'), ...list('Choices')].map(part =>
    isJsonObject(part) ? part['Next'] : null,
  );
  return [state['Next'], state['Default'], ...nexts].filter(name => typeof name === 'string');
}

// ---- running it

/** Lives while one state is tested. */
class Test {
  readonly #request: TestStateRequest;
  readonly #options: TestStateOptions;
  readonly #run: Run;
  readonly #compiled: CompiledState;
  readonly #inspected: { [stage: string]: Json } = {};
  /** What the Map or Parallel would have run. */
  #fork: Fork | undefined;

  constructor(
    request: TestStateRequest,
    options: TestStateOptions,
    program: Run['program'],
    insideMap: boolean,
  ) {
    this.#request = request;
    this.#options = options;
    const { snapshot } = begin(program, {
      ...(request.input === undefined ? {} : { input: request.input }),
      // Express executions have no RedriveCount, and neither has the context of a tested state.
      type: 'EXPRESS',
      ...(options.accountId === undefined ? {} : { accountId: options.accountId }),
      ...(options.region === undefined ? {} : { region: options.region }),
      quotas: unlimited,
      ...(request.context ? { context: request.context } : {}),
    });
    this.#run = Run.alone(program, snapshot);
    // AWS makes up the first item for a state inside a Map.
    if (insideMap && !request.context)
      this.#run.edit(0).item = { Index: 0, Value: request.input === undefined ? {} : request.input };
    const execution = this.#run.editExecution(0);
    execution.arn = execution.arn.split(':').slice(0, -1).join(':');
    execution.roleArn = request.roleArn ?? null;
    const compiled = program.scopes.get('')?.startAt;
    if (!compiled) throw new Error('bug: the program has no start');
    this.#compiled = compiled;
  }

  run(): TestStateAnswer {
    const strand = this.#run.edit(0);
    const { variables, stateConfiguration } = this.#request;
    if (variables) strand.variables = variables;
    if (stateConfiguration?.retrierRetryCount !== undefined) {
      const { retrierRetryCount } = stateConfiguration;
      strand.retries = this.#compiled.retriers.map(() => retrierRetryCount);
    }
    this.#inspected['input'] = strand.input;
    for (let stages = 0; stages < 100; stages++) {
      const outcome = this.#run.execution(0).outcome;
      const reply = outcome ? this.#ended(strand, outcome) : this.#left(strand);
      if (reply) return { kind: 'tested', response: reply };
      const stage = this.#compiled.stages[strand.stage]?.name;
      if (strand.status === 'ready') this.#perform(strand, stage);
      else if (strand.fork) this.#answerFork(strand, strand.fork);
      else this.#answerTask(strand);
    }
    throw new Error('bug: the state does not end');
  }

  #perform(strand: Working, stage: StageName | undefined): void {
    const before = strand.stage;
    drive(this.#run, 1);
    if (stage === undefined || strand.state !== this.#compiled.pointer || strand.stage === before) return;
    if (stage !== 'task' && !stage.startsWith('after') && stage !== 'result') return;
    const value = stage === 'afterItemsPath' ? strand.result : strand.data;
    if (value !== undefined && strand.error === undefined) this.#inspected[stage] = value;
  }

  /** Branches and iterations do not run: the mock is what they come to. */
  #answerFork(strand: Working, fork: Fork): void {
    const { mock, stateConfiguration } = this.#request;
    const text = stateConfiguration?.mapItemReaderData;
    if (strand.waiting?.kind === 'read' && text !== undefined) {
      receive(this.#run, {
        kind: 'read',
        request: strand.waiting.id,
        found: { kind: 'text', text },
      });
      return;
    }
    this.#fork = fork;
    const inputs = valuesOf(this.#run.strands)
      .filter(child => child?.parent === strand.id)
      .toSorted((a, b) => (a?.index ?? 0) - (b?.index ?? 0))
      .map(child => child?.input ?? null);
    const { node } = this.#compiled.state;
    if (propertyOf(node, 'ItemBatcher')) this.#inspected['afterItemBatcher'] = inputs;
    else if (propertyOf(node, 'ItemSelector')) this.#inspected['afterItemSelector'] = inputs;
    abortStrands(this.#run, strand, 'silently');
    const failures = stateConfiguration?.mapIterationFailureCount ?? 0;
    const error = mock?.errorOutput ?? thresholdError(failures, fork);
    if (error) {
      fail(this.#run, strand, { error: error.error, cause: error.cause });
      return;
    }
    const forks: readonly StageName[] = ['parallel', 'map', 'afterItemBatcher', 'iterations'];
    strand.fork = undefined;
    strand.result = mock?.result ?? null;
    strand.data = strand.result;
    strand.stage = this.#compiled.stages.findLastIndex(({ name }) => forks.includes(name)) + 1;
    if (strand.status !== 'ready') this.#run.wake(strand);
  }

  #answerTask(strand: Working): void {
    const { waiting } = strand;
    const { mock } = this.#request;
    if (waiting?.kind === 'timer') {
      receive(this.#run, { kind: 'time', now: waiting.due });
      return;
    }
    if (waiting?.kind !== 'task') throw new Error('bug: the state waits for nothing known');
    if (mock?.errorOutput) {
      receive(this.#run, {
        kind: 'failed',
        request: waiting.id,
        error: mock.errorOutput.error,
        cause: mock.errorOutput.cause,
      });
      return;
    }
    const answer: Answer =
      mock?.result !== undefined
        ? { kind: 'succeeded', output: mock.result }
        : (this.#options.call?.(waiting) ?? notMocked(waiting));
    if (answer.kind === 'silent')
      receive(this.#run, { kind: 'failed', request: waiting.id, error: 'States.Timeout', cause: undefined });
    else receive(this.#run, { ...answer, request: waiting.id });
    if (answer.kind === 'succeeded' && strand.error === undefined) this.#inspected['result'] = answer.output;
  }

  // ---- what it came to

  /** Undefined while the state is still at work. */
  #left(strand: Strand): TestStateResponse | undefined {
    const { error, waiting } = strand;
    if (waiting?.kind === 'timer' && waiting.reason === 'retry')
      return this.#response({ status: 'RETRIABLE', ...told(error) }, this.#retryDetails(strand, true));
    if (strand.state === this.#compiled.pointer) return undefined;
    const nextState = this.#run.stateOf(strand).name;
    const { handling } = this.#run;
    if (handling?.catcher === undefined)
      return this.#response({ status: 'SUCCEEDED', output: strand.input, nextState }, undefined);
    return this.#response(
      { status: 'CAUGHT_ERROR', output: strand.input, nextState, ...told(handling.error) },
      { catchIndex: handling.catcher },
    );
  }

  #ended(strand: Strand, outcome: Outcome): TestStateResponse {
    if (outcome.status === 'SUCCEEDED')
      return this.#response({ status: 'SUCCEEDED', output: outcome.output }, undefined);
    return this.#response({ status: 'FAILED', ...told(outcome) }, this.#retryDetails(strand, false));
  }

  #retryDetails(strand: Strand, retriable: boolean): JsonObject | undefined {
    const { retriers } = this.#compiled;
    const index = this.#run.handling?.retrier;
    const retrier = index === undefined ? undefined : retriers[index];
    if (index === undefined || !retrier) return undefined;
    if (!retriable) return { retryIndex: index };
    const before = (strand.retries?.[index] ?? 1) - 1;
    return { retryBackoffIntervalSeconds: retryDelay(retrier, before), retryIndex: index };
  }

  #response(response: TestStateResponse, errorDetails: JsonObject | undefined): TestStateResponse {
    const level = this.#request.inspectionLevel ?? 'INFO';
    if (level === 'INFO') return response;
    return {
      ...response,
      inspectionData: {
        ...this.#inspection(response.status),
        ...(errorDetails ? { errorDetails } : {}),
        ...(this.#request.variables ? { variables: this.#request.variables } : {}),
      },
    };
  }

  /** The stages that AWS shows for a state of this type, with what it had there. */
  #inspection(status: TestStateResponse['status']): JsonObject {
    const { state } = this.#compiled;
    const shown: { [stage: string]: Json } = {};
    const take = (name: string, fallback?: Json): Json => {
      const value = name in this.#inspected ? this.#inspected[name] : fallback;
      if (value !== undefined) shown[name] = value;
      return value ?? null;
    };
    const input = take('input');
    if (state.type === 'Map') {
      this.#addMapSettings(shown);
      take('afterItemSelector');
      take('afterItemBatcher');
    }
    if (state.queryLanguage === 'JSONata') {
      if (state.type === 'Task') {
        take('afterArguments', input);
        take('result');
      }
      return shown;
    }
    const hasResult = propertyOf(state.node, 'Result') !== undefined;
    if (state.type !== 'Parallel' && !hasResult) {
      const effective = take('afterInputPath', input);
      if (state.type === 'Pass' || state.type === 'Task') take('afterParameters', effective);
      if (state.type === 'Map') take('afterItemsPath', effective);
    }
    const isEndless = state.type === 'Choice' || state.type === 'Succeed' || state.type === 'Fail';
    if (isEndless || state.type === 'Wait' || status !== 'SUCCEEDED') return shown;
    const result =
      state.type === 'Pass' && !hasResult
        ? (shown['afterParameters'] ?? null)
        : state.type === 'Pass' || state.type === 'Task'
          ? take('result')
          : (this.#request.mock?.result ?? null);
    take('afterResultPath', take('afterResultSelector', result));
    return shown;
  }

  #addMapSettings(shown: { [stage: string]: Json }): void {
    if (!this.#fork) return;
    shown['maxConcurrency'] = this.#fork.maxConcurrency;
    const { toleratedCount, toleratedPercentage } = this.#fork.run ?? {};
    if (toleratedCount !== undefined) shown['toleratedFailureCount'] = toleratedCount;
    if (toleratedPercentage !== undefined) shown['toleratedFailurePercentage'] = toleratedPercentage;
  }
}

/** AWS leaves out here what it says of the execution elsewhere. */
const prefix = /^An error occurred while executing the state '.*' \(entered at the event id #\d+\)\. /s;

function told(error: StatesError | undefined): { readonly error?: string; readonly cause?: string } {
  return {
    ...(error?.error === undefined ? {} : { error: error.error }),
    ...(error?.cause === undefined ? {} : { cause: error.cause.replace(prefix, '') }),
  };
}

function thresholdError(failures: number, fork: Fork): StatesError | undefined {
  const { toleratedCount, toleratedPercentage } = fork.run ?? {};
  const items = Math.max(fork.items.length, 1);
  const breached =
    toleratedCount === undefined && toleratedPercentage === undefined
      ? failures > 0
      : failures > (toleratedCount ?? Infinity) || (failures / items) * 100 > (toleratedPercentage ?? 100);
  if (!breached) return undefined;
  return {
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };
}

function notMocked({ stateName, resource }: TaskRequest): Answer {
  return {
    kind: 'failed',
    error: 'States.Runtime',
    cause: `The task '${stateName}' needs a mock: nothing here can call ${resource.arn}`,
  };
}
