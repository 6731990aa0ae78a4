import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json, JsonObject } from '#core/json.ts';
import { assignedName } from '#core/analysis/variables.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
import { inWords, say, type Message } from '#core/text/message.ts';
import { timestamp } from '#interpreter/contextObject.ts';
import type { TaskRequest } from '#interpreter/request.ts';
import { isRoot, type Fork, type Strand } from '#interpreter/snapshot.ts';
import { at, lengthOf } from '#interpreter/table.ts';
import { stateAt, stateOf } from './definition.ts';
import { contextOf, type Scene } from './evaluate.ts';
import { describeHandlers } from './exceptionInfo.ts';
import { parentOf, strandTitle, type Frame } from './frames.ts';
import { presentStage, stageTitle } from './places.ts';
import type { Recording } from './recording.ts';
import type { Dialect } from './dialect.ts';
import type { Row, Target, VariableStore } from './variables.ts';

/**
 * The scopes of a frame. Members of the Context Object, fields and what TestState names have their names in every
 * language; what is ours is said in the user's.
 */
export function scopesOf(
  frame: Frame,
  recording: Recording,
  store: VariableStore,
  dialect: Dialect,
): readonly DebugProtocol.Scope[] {
  const { strand } = frame;
  const scene: Scene = { program: recording.program, snapshot: recording.snapshot, strand };
  const { translate } = dialect;
  if (frame.kind === 'execution') return executionScopes(scene, store, dialect);
  if (frame.kind === 'scope') return iterationScopes(scene, store, recording, dialect);
  const { definition } = recording;
  const compiled = stateOf(definition, strand);
  const stage = compiled.stages[strand.stage]?.name;
  const stages = stagesOf(recording, strand);
  const scopes: DebugProtocol.Scope[] = [];
  const add = (
    name: string,
    opened: { readonly variablesReference: number },
    more: Partial<DebugProtocol.Scope> = {},
  ): void => {
    scopes.push({ name, expensive: false, ...opened, ...more });
  };
  add(translate('State'), store.rows(stateRows(scene, dialect)), { presentationHint: 'locals' });
  add(
    translate('Input'),
    store.members({ ...valueRow('input', strand.input, strand, 'input'), ...expressionOf(scene, 'input') }),
  );
  if (stage === 'output')
    add(
      translate('Output'),
      store.members({ ...valueRow('output', strand.data, strand, 'data'), ...expressionOf(scene, 'data') }),
    );
  add(translate('Variables'), store.rows(variableRows(scene, recording, dialect)));
  add(
    translate('Context'),
    store.members({ name: 'context', value: contextOf(scene), ...expressionOf(scene, 'context') }),
  );
  add(translate('Stages'), store.rows(stageRows(scene, stages, recording, dialect)));
  const error = errorRows(scene, dialect);
  if (error) add(translate('Error'), store.rows(error));
  if (strand.fork)
    add(translate('Iterations'), iterations(strand.fork, strand, recording, { store, dialect }));
  const task = taskRows(strand, recording, dialect);
  if (task) add(translate('Task'), store.rows(task));
  return scopes;
}

type RootValue = 'input' | 'data' | 'context';

/** How the user writes a value in the query language of the state, where that is possible. */
function expressionOf({ program, strand }: Scene, root: RootValue): { readonly expression?: string } {
  const isJsonata = program.states.get(strand.state)?.state.queryLanguage === 'JSONata';
  switch (root) {
    case 'input':
      if (isJsonata) return { expression: '$states.input' };
      return strand.data === strand.input ? { expression: '$' } : {};
    case 'data':
      return isJsonata ? {} : { expression: '$' };
    case 'context':
      return { expression: isJsonata ? '$states.context' : '$$' };
  }
}

function valueRow(name: string, value: Json, strand: Strand, kind: 'input' | 'data' | 'result'): Row {
  return { name, value, target: { strand: strand.path, what: { kind }, path: [] } };
}

function stateRows({ program, snapshot, strand }: Scene, { translate }: Dialect): readonly Row[] {
  const compiled = program.states.get(strand.state);
  if (!compiled) return [];
  const { state } = compiled;
  const rows: Row[] = [
    { name: 'Name', value: state.name },
    { name: 'Type', value: state.type },
    { name: 'QueryLanguage', value: state.queryLanguage },
    {
      name: translate('Stage'),
      value: inWords(stageTitle(state, compiled, presentStage(strand)) ?? say`enter`, translate),
    },
    { name: translate('Status'), value: inWords(statusOf(strand, snapshot.now), translate) },
  ];
  if (strand.stage > 0) rows.push({ name: 'EnteredTime', value: timestamp(strand.enteredTime) });
  if (compiled.canRetry) rows.push({ name: 'RetryCount', value: strand.retryCount });
  rows.push({ name: translate('Now'), value: timestamp(snapshot.now) });
  return rows;
}

/** What a strand is doing, in a few words. */
export function statusOf({ status, waiting, fork }: Strand, now: number): Message {
  if (status === 'ready') return say`ready`;
  if (fork && status === 'forked')
    return fork.kind === 'parallel'
      ? say`waiting for ${fork.length - fork.ended} of ${fork.length} branches`
      : say`waiting for ${fork.length - fork.ended} of ${fork.length} iterations`;
  switch (waiting?.kind) {
    case 'task':
      return waiting.execution === undefined
        ? say`waiting for its task`
        : say`waiting for the execution it has started`;
    case 'timer':
      return waiting.reason === 'retry'
        ? say`tries again at ${timestamp(waiting.due)}`
        : say`waits until ${timestamp(waiting.due)}`;
    case 'read':
      return say`reading from the bucket '${waiting.bucket}'`;
    case 'write':
      return say`writing to the bucket '${waiting.bucket}'`;
    case undefined:
      return say`at ${timestamp(now)}`;
  }
}

function variableRows(scene: Scene, recording: Recording, dialect: Dialect): readonly Row[] {
  const { strand, snapshot } = scene;
  const { translate } = dialect;
  const isOwn = (name: string): boolean => {
    const outer = Object.hasOwn(strand.outerVariables, name) ? strand.outerVariables[name] : undefined;
    return outer === undefined || outer !== strand.variables[name];
  };
  const rows = Object.entries(strand.variables).map(([name, value]): Row => {
    const own = isOwn(name);
    const target: Target = { strand: strand.path, what: { kind: 'variable', name }, path: [] };
    return {
      name: `$${name}`,
      value,
      expression: `$${name}`,
      made: () => assignmentOf(name, strand, recording, dialect),
      ...(own ? { target } : { type: inWords(origin(name, strand, snapshot), translate) }),
    };
  });
  const assigned = Object.entries(strand.assigned ?? {}).map(([name, value]): Row => ({
    name: translate('{0} (next)', `$${name}`),
    value,
    type: translate('visible from the next state on'),
  }));
  return [...rows, ...assigned];
}

/** The branch, iteration or execution whose states have assigned a variable. */
function origin(name: string, strand: Strand, snapshot: Scene['snapshot']): Message {
  for (let outer = parentOf(snapshot, strand); outer; outer = parentOf(snapshot, outer)) {
    const further = Object.hasOwn(outer.outerVariables, name) ? outer.outerVariables[name] : undefined;
    if (further === undefined || further !== outer.variables[name])
      return isRoot(outer) ? say`of the execution` : say`of ${strandTitle(outer.path)}`;
  }
  return say`of the execution`;
}

/** Where a variable got its present value: the member of the Assign that ran last. */
function assignmentOf(
  name: string,
  strand: Strand,
  recording: Recording,
  dialect: Dialect,
): DebugProtocol.LocationsResponse['body'] | undefined {
  for (let position = recording.position; position > 0; position--) {
    const entry = recording.at(position);
    if (entry.kind !== 'stepped' || (entry.step.stage !== 'assign' && entry.step.stage !== 'catch')) continue;
    const { step } = entry;
    if (step.strand !== strand.path && !strand.path.startsWith(`${step.strand}/`)) continue;
    const definition = recording.definitionAt(position);
    const state = stateAt(definition, step.state);
    if (!state) continue;
    const nodes = [
      state.node,
      ...state.catchers,
      ...(state.type === 'Choice' ? state.rules.map(({ node }) => node) : []),
    ];
    for (const node of nodes) {
      const assign = valueOf(node, 'Assign');
      if (assign?.kind !== 'object') continue;
      const property = assign.properties.find(each => assignedName(each, state) === name);
      const { path, lines } = definition.machineOf(step.state);
      if (property) return { source: dialect.source(path), ...dialect.range(property.key, lines) };
    }
  }
  return undefined;
}

/** What the stages of the present visit have made, by the number of the stage. */
export function stagesOf(recording: Recording, strand: Strand): ReadonlyMap<number, Json> {
  const values = new Map<number, Json>();
  if (strand.stage === 0) return values;
  for (let position = recording.position; position > 0; position--) {
    const entry = recording.at(position);
    if (entry.kind !== 'stepped' || entry.step.strand !== strand.path) continue;
    if (entry.step.state !== strand.state) break;
    const before = recordedStage(recording, position, strand);
    if (before === undefined) break;
    // A state that is tried again has gone through its next stages before: those are still to come.
    const isAhead = strand.status === 'ready' && before >= strand.stage;
    if (!isAhead && !values.has(before)) values.set(before, entry.step.value);
    if (before === 0) break;
  }
  return values;
}

/** Which stage a recorded step of a strand performed. */
function recordedStage(recording: Recording, position: number, { id, path }: Strand): number | undefined {
  const strand = at(recording.snapshotAt(position - 1).strands, id);
  return strand?.path === path ? strand.stage : undefined;
}

function stageRows(
  { program, strand }: Scene,
  values: ReadonlyMap<number, Json>,
  recording: Recording,
  dialect: Dialect,
): readonly Row[] {
  const compiled = program.states.get(strand.state);
  if (!compiled) return [];
  const machine = recording.definition.machineOf(strand.state);
  return compiled.stages.flatMap(({ name }, stage): Row[] => {
    if (name === 'catch' && strand.stage !== stage) return [];
    const title = stage === 0 ? 'input' : name;
    const value = values.get(stage);
    const made = (): DebugProtocol.LocationsResponse['body'] => ({
      source: dialect.source(machine.path),
      ...dialect.range(machine.spanOf(compiled.state, stage), machine.lines),
    });
    if (value !== undefined) {
      const isLast = stage === Math.max(...values.keys());
      // What a task, a Map or a Parallel state was given has had its effect.
      const isSpent = ['assign', 'task', 'map', 'parallel'].includes(name);
      const isEditable = isLast && !isSpent && strand.status === 'ready' && stage > 0;
      // What was changed since is no recorded step.
      return [
        isEditable ? { ...valueRow(title, strand.data, strand, 'data'), made } : { name: title, value, made },
      ];
    }
    const outlook =
      stage < strand.stage ? say`skipped` : stage === strand.stage ? say`next` : say`not reached`;
    const text = inWords(outlook, dialect.translate);
    return [{ name: title, value: null, text, type: '', made, attributes: ['constant'] }];
  });
}

function errorRows(scene: Scene, { translate }: Dialect): readonly Row[] | undefined {
  const { strand, program } = scene;
  if (!strand.error) return undefined;
  const { error, cause } = strand.error;
  const rows: Row[] = [
    { name: 'Error', value: error ?? null },
    { name: 'Cause', value: cause === undefined ? null : parsed(cause) },
    { name: 'RetryCount', value: strand.retryCount },
  ];
  const compiled = program.states.get(strand.state);
  if (compiled) {
    const isRetried = strand.waiting?.kind === 'timer' && strand.waiting.reason === 'retry';
    const next = isRetried
      ? say`tries again at ${timestamp(strand.waiting.due)}`
      : describeHandlers(compiled, strand.error, strand.retries);
    rows.push({ name: translate('Next'), value: inWords(next, translate) });
  }
  return rows;
}

/** A cause is often JSON in a text. */
function parsed(cause: string): Json {
  if (!/^\s*[[{]/.test(cause)) return cause;
  try {
    return JSON.parse(cause) as Json;
  } catch {
    return cause;
  }
}

/** The branches or iterations of a state, made page by page. */
function iterations(
  fork: Fork,
  parent: Strand,
  recording: Recording,
  { store, dialect: { translate } }: { readonly store: VariableStore; readonly dialect: Dialect },
): { readonly variablesReference: number; readonly indexedVariables: number } {
  const live = new Map<number, Strand>();
  const count = lengthOf(recording.snapshot.strands);
  for (let id = 0; id < count; id++) {
    const strand = at(recording.snapshot.strands, id);
    if (strand?.parent === parent.id) live.set(strand.index, strand);
  }
  return store.list(fork.length, index => {
    const strand = live.get(index);
    const name = `[${index}]`;
    if (strand) {
      const state = stateOf(recording.definition, strand).name;
      const status = inWords(statusOf(strand, recording.snapshot.now), translate);
      const value: JsonObject = {
        [translate('Status')]: status,
        [translate('State')]: state,
        [translate('Input')]: strand.input,
        [translate('Data')]: strand.data,
        [translate('Variables')]: strand.variables,
      };
      return {
        name,
        value,
        text: translate("at '{0}': {1}", state, status),
        type: translate('running'),
      };
    }
    const item = fork.kind === 'parallel' ? {} : { Item: fork.items[index] ?? null };
    if (index >= fork.started)
      return { name, value: item, text: translate('not begun'), type: translate('waiting') };
    return { name, value: { ...item, Result: at(fork.results, index) ?? null }, type: translate('ended') };
  });
}

/** The call of the state's task: what is asked, or was asked last in this visit. */
function taskRows(strand: Strand, recording: Recording, { translate }: Dialect): readonly Row[] | undefined {
  const request = strand.waiting?.kind === 'task' ? strand.waiting : lastCall(strand, recording);
  if (!request) return undefined;
  const rows: Row[] = [
    { name: 'Resource', value: request.resource.arn },
    { name: 'Parameters', value: request.parameters },
    { name: translate('Attempt'), value: request.attempt },
    { name: translate('Invocation'), value: request.invocation },
  ];
  if (request.token !== undefined) rows.push({ name: 'TaskToken', value: request.token });
  if (request.deadline !== undefined)
    rows.push({ name: translate('Deadline'), value: timestamp(request.deadline) });
  if (request.heartbeatDeadline !== undefined)
    rows.push({ name: translate('HeartbeatDeadline'), value: timestamp(request.heartbeatDeadline) });
  if (strand.result !== undefined) rows.push(valueRow('Result', strand.result, strand, 'result'));
  return rows;
}

function lastCall(strand: Strand, recording: Recording): TaskRequest | undefined {
  const compiled = recording.program.states.get(strand.state);
  if (compiled?.state.type !== 'Task' || strand.stage === 0) return undefined;
  for (let position = recording.position; position > 0; position--) {
    const entry = recording.at(position);
    if (entry.kind !== 'stepped' || entry.step.strand !== strand.path) continue;
    if (entry.step.state !== strand.state || entry.step.stage === 'input') return undefined;
    const task = entry.step.requests.find(request => request.kind === 'task');
    if (task) return task;
  }
  return undefined;
}

function iterationScopes(
  scene: Scene,
  store: VariableStore,
  recording: Recording,
  dialect: Dialect,
): readonly DebugProtocol.Scope[] {
  const { strand } = scene;
  const scopes: DebugProtocol.Scope[] = [];
  const item = strand.item;
  if (item) scopes.push({ name: 'Item', expensive: false, ...store.members({ name: 'item', value: item }) });
  scopes.push({
    name: dialect.translate('Variables'),
    expensive: false,
    ...store.rows(variableRows(scene, recording, dialect)),
  });
  return scopes;
}

function executionScopes(
  scene: Scene,
  store: VariableStore,
  { translate }: Dialect,
): readonly DebugProtocol.Scope[] {
  const { snapshot } = scene;
  const execution = at(snapshot.executions, scene.strand.execution);
  if (!execution) return [];
  const rows: readonly Row[] = [
    { name: 'Name', value: execution.name },
    { name: 'StateMachine', value: execution.stateMachineName },
    { name: 'Type', value: execution.type },
    { name: 'StartTime', value: timestamp(execution.startTime) },
    { name: translate('Now'), value: timestamp(snapshot.now) },
    { name: translate('Events'), value: execution.lastEvent },
  ];
  return [
    { name: translate('Execution'), expensive: false, ...store.rows(rows) },
    {
      name: translate('Input'),
      expensive: false,
      ...store.members({ name: 'input', value: execution.input }),
    },
    {
      name: translate('Context'),
      expensive: false,
      ...store.members({ name: 'context', value: contextOf(scene) }),
    },
  ];
}

/** What the stages of the present visit have made, for the lines of their fields. */
export function inlineValues(
  recording: Recording,
  strand: Strand,
): readonly { readonly offset: number; readonly value: Json }[] {
  const { definition } = recording;
  const compiled = stateOf(definition, strand);
  const machine = definition.machineOf(strand.state);
  const values = [...stagesOf(recording, strand)].flatMap(([stage, value]) => {
    const { start } = machine.spanOf(compiled.state, stage);
    return stage > 0 && start === compiled.state.key.start ? [] : [{ offset: start, value }];
  });
  const assign = propertyOf(compiled.state.node, 'Assign')?.value;
  const variables =
    assign?.kind === 'object' && strand.assigned
      ? assign.properties.flatMap(property => {
          const value = strand.assigned?.[assignedName(property, compiled.state)];
          return value === undefined ? [] : [{ offset: property.key.start, value }];
        })
      : [];
  return [...values, ...variables];
}
