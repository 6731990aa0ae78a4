import { analyze, type MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import type { State, TaskState } from '#core/model/stateMachine.ts';
import { isDeferred, propertyOf, valueOf, walk, type SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { NoJsonNumber, treeAsJson } from '#core/syntax/treeAsJson.ts';
import { treeAsYaml } from '#core/syntax/treeAsYaml.ts';
import { say, type Message } from '#core/text/message.ts';
import { contains } from '#core/text/span.ts';
import type { Format } from '#core/text/source.ts';
import { isExecutionStart, resourceOf } from '#interpreter/resource.ts';
import { addProperty, endOfText, type Edit } from '#service/edits.ts';
import { nameOf } from '#service/surroundings/surroundings.ts';
import { isEscaped } from '#service/writing.ts';
import { brokenReason, Impossible, standsAlone } from './extraction.ts';
import { isIgnored } from './inline.ts';
import {
  frameText,
  layoutAt,
  spanWithComments,
  StatesFrame,
  stateText,
  writeStates,
  type Frame,
} from './stateText.ts';

/** Whether a state starts another state machine, waits for its end and gets its output as JSON. */
export function runsMachine(state: State): state is TaskState {
  if (state.type !== 'Task') return false;
  const resource = resourceOf(state.resource?.value ?? '');
  return isExecutionStart(resource) && resource.pattern === 'sync2';
}

/**
 * Puts a Parallel state with one branch, the states of the machine that a Task runs, in the place of the Task.
 *
 * What the branch gets is the Input of the execution, and what is read of the execution's description must be its
 * Output: that of the branch. Errors of an execution are `States.TaskFailed` to who runs it, those of a branch are not.
 */
export function inlineMachine(
  machine: MachineAnalysis,
  task: TaskState,
  called: MachineAnalysis,
): readonly Edit[] | Impossible {
  const reason = taskChange(task) ?? machineChange(called) ?? togetherChange(machine, task, called);
  if (reason !== undefined) return new Impossible(reason);
  const input = task.queryLanguage === 'JSONata' ? jsonataInput(task) : jsonPathInput(task);
  if (!input) return new Impossible(say`The Input of '${task.name}' cannot be put into a Parallel state.`);
  const output = task.queryLanguage === 'JSONata' ? jsonataOutput(task) : jsonPathOutput(task);
  if (!output && (propertyOf(task.node, 'Assign') || !isIgnored(machine, task))) {
    const first =
      task.queryLanguage === 'JSONata'
        ? '"Output": "{% $states.result.Output %}"'
        : '"OutputPath": "$.Output"';
    return new Impossible(
      say`What follows '${task.name}' reads more of the execution than its Output. With ${first} it would not.`,
    );
  }
  const branch = branchOf(machine, task, called);
  if (branch instanceof Impossible) return branch;
  return replacement(machine, task, {
    Type: 'Parallel',
    ...kept(task, ['Comment', 'QueryLanguage']),
    ...input,
    Branches: [branch],
    ...output,
    ...kept(task, ['Next', 'End']),
  });
}

/** What the fields of the Task would lose. */
function taskChange(task: TaskState): Message | undefined {
  const { name, node } = task;
  if (handlesErrors(task)) return errorsChange(task);
  const isJsonata = task.queryLanguage === 'JSONata';
  const known = isJsonata
    ? ['Arguments', 'Output', 'Assign']
    : ['InputPath', 'Parameters', 'ResultSelector', 'ResultPath', 'OutputPath'];
  const always = ['Type', 'Comment', 'QueryLanguage', 'Resource', 'Retry', 'Catch', 'Next', 'End'];
  const given = valueOf(node, isJsonata ? 'Arguments' : 'Parameters');
  const call = given?.kind === 'object' ? given : undefined;
  for (const { key } of node.properties) {
    if (!known.includes(key.value) && !always.includes(key.value)) {
      return say`'${name}' has ${key.value}, for which no state would be left.`;
    }
  }
  for (const { key } of call?.properties ?? []) {
    if (!/^(?:StateMachineArn|Input)(?:\.\$)?$/.test(key.value)) {
      return say`'${name}' has ${key.value}, for which no state would be left.`;
    }
  }
  const arn = call && valueOf(call, 'StateMachineArn');
  return holdsDeferred(node, arn)
    ? say`'${name}' holds substitutions, which may mean something else here.`
    : undefined;
}

/** Whether anything but strings with substitutions in them, and what is left out, is known at deployment only. */
function holdsDeferred(node: SyntaxNode, left: SyntaxNode | undefined): boolean {
  for (const each of walk(node)) {
    if (each.kind === 'string' || !isDeferred(each)) continue;
    if (!left || !contains(left, each)) return true;
  }
  return false;
}

/** What the other state machine would do differently inside of one. */
function machineChange(called: MachineAnalysis): Message | undefined {
  const name = nameOf(called);
  const { node, root, scopes, states } = called.machine;
  if (called.workflowType === 'EXPRESS')
    return say`'${name}' is an Express workflow, which nobody can wait for.`;
  for (const { key } of node.properties) {
    if (!['Comment', 'StartAt', 'States', 'QueryLanguage', 'Version'].includes(key.value)) {
      return say`'${name}' has ${key.value}, for which no state would be left.`;
    }
  }
  if (!root.startAt || !root.stateByName.has(root.startAt.value)) return say`'${name}' is not complete.`;
  for (const scope of scopes) {
    const broken = brokenReason(scope, scope.states);
    if (broken) return broken;
  }
  for (const each of walk(node)) {
    if (isDeferred(each)) return say`'${name}' holds substitutions, which may mean something else here.`;
  }
  const failing = states.find(({ type }) => type === 'Fail');
  if (failing) return say`'${failing.name}' fails with an error that arrives as States.TaskFailed now.`;
  for (const { site, steps } of called.expressions.contextPaths) {
    const field = steps[0]?.name;
    if (field === 'State' || field === 'Task' || (field === 'Map' && isInMap(site.state))) continue;
    return say`'${site.state.name}' reads ${site.text}, which would be another there.`;
  }
  return undefined;
}

function isInMap(state: State): boolean {
  for (let { owner } = state.scope; owner; owner = owner.scope.owner) if (owner.type === 'Map') return true;
  return false;
}

/** What the one takes from the other. */
function togetherChange(
  machine: MachineAnalysis,
  task: TaskState,
  called: MachineAnalysis,
): Message | undefined {
  if (called === machine) return say`'${nameOf(called)}' would be in itself.`;
  for (let { owner } = task.scope; owner; owner = owner.scope.owner) {
    if (handlesErrors(owner)) return errorsChange(owner);
  }
  const names = new Set(machine.machine.states.map(({ name }) => name));
  const taken = called.machine.states.find(({ name }) => names.has(name));
  if (taken) return say`There is a state named '${taken.name}' here, too.`;
  const variables = new Set(machine.variables.all.map(({ name }) => name));
  const shared = called.variables.all.find(({ name }) => variables.has(name));
  if (shared) return say`$${shared.name} is a variable outside of '${task.name}', too.`;
  if (machine.machine.queryLanguage === 'JSONata') {
    const other = called.machine.states.find(({ queryLanguage }) => queryLanguage !== 'JSONata');
    if (other) return say`'${other.name}' speaks JSONPath, which no state here may.`;
  }
  return undefined;
}

function handlesErrors({ retriers, catchers }: State): boolean {
  return retriers.length + catchers.length > 0;
}

function errorsChange({ name }: State): Message {
  return say`'${name}' handles errors, which would no longer arrive as States.TaskFailed.`;
}

/** How the branch gets the Input; nothing where it cannot. */
function jsonataInput(task: TaskState): Record<string, Json> | undefined {
  const given = valueOf(task.node, 'Arguments');
  if (given?.kind !== 'object') return undefined;
  const input = valueOf(given, 'Input');
  if (!input) return { Arguments: {} };
  if (input.kind !== 'string') return { Arguments: toJson(input) };
  if (/^\{%\s*\$states\.input\s*%\}$/.test(input.value)) return {};
  // Any other text is JSON.
  return input.value.startsWith('{%') ? { Arguments: input.value } : undefined;
}

function jsonPathInput(task: TaskState): Record<string, Json> | undefined {
  const given = valueOf(task.node, 'Parameters');
  const selected = propertyOf(task.node, 'InputPath') && kept(task, ['InputPath']);
  if (given?.kind !== 'object') return undefined;
  const path = valueOf(given, 'Input.$');
  const input = valueOf(given, 'Input');
  if (path) {
    if (path.kind !== 'string' || input) return undefined;
    if (path.value === '$') return selected ?? {};
    return !selected && /^\$[.[]/.test(path.value) ? { InputPath: path.value } : undefined;
  }
  if (input && input.kind !== 'object') return undefined;
  return { ...selected, Parameters: input ? toJson(input) : {} };
}

/** How the branch's output becomes what the execution's was; nothing where more than that is read. */
function jsonPathOutput(task: TaskState): Record<string, Json> | undefined {
  const { node } = task;
  const selector = valueOf(node, 'ResultSelector');
  const onward = kept(task, ['ResultPath', 'OutputPath']);
  if (selector) {
    const translated = inTemplate(toJson(selector));
    return translated === undefined ? undefined : { ResultSelector: translated, ...onward };
  }
  const resultPath = valueOf(node, 'ResultPath');
  if (resultPath?.kind === 'null') return onward;
  if (resultPath && !(resultPath.kind === 'string' && resultPath.value === '$')) return undefined;
  const outputPath = valueOf(node, 'OutputPath');
  if (outputPath?.kind === 'null') return onward;
  const path = outputPath?.kind === 'string' ? firstResult(outputPath.value) : undefined;
  return path === undefined ? undefined : { ...onward, OutputPath: path };
}

/** A Payload Template that reads the branch's output where it has read the execution's. */
function inTemplate(template: Json): Json | undefined {
  if (template === null || typeof template !== 'object') return template;
  const entries = Object.entries(template).map(([name, value]: [string, Json]) => {
    const isPath = !Array.isArray(template) && name.endsWith('.$');
    const translated = isPath
      ? typeof value === 'string'
        ? value.startsWith('$$')
          ? value
          : firstResult(value)
        : undefined
      : inTemplate(value);
    return [name, translated] as const;
  });
  if (entries.some(([, value]) => value === undefined)) return undefined;
  const known = entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Array.isArray(template) ? known.map(([, value]) => value) : Object.fromEntries(known);
}

function firstResult(path: string): string | undefined {
  return /^\$\.Output(?=$|[.[])/.test(path) ? path.replace('$.Output', '$[0]') : undefined;
}

function jsonataOutput(task: TaskState): Record<string, Json> | undefined {
  const own = kept(task, ['Assign', 'Output']);
  if (own['Output'] === undefined) return undefined;
  const translated = Object.entries(own).map(([name, value]) => [name, inJsonata(value)] as const);
  const known = translated.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return known.length === translated.length ? Object.fromEntries(known) : undefined;
}

/** The same of values with expressions. */
function inJsonata(value: Json): Json | undefined {
  if (typeof value === 'string') return inExpression(value);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(
    ([name, inner]: [string, Json]) => [name, inJsonata(inner)] as const,
  );
  const known = entries.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner] as const]));
  if (known.length < entries.length) return undefined;
  return Array.isArray(value) ? known.map(([, inner]) => inner) : Object.fromEntries(known);
}

const stringLiteral = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** The expression with the branch's output for the execution's; nothing where it reads more of `$states.result`. */
function inExpression(text: string): string | undefined {
  if (!text.startsWith('{%') || !text.includes('$states')) return text;
  const readsMore = /\$states(?!\.\w)|\$states\.result(?!\.Output\b(?!\s*\[))/.test(text);
  const isQuoted = text.match(stringLiteral)?.some(literal => literal.includes('$states'));
  if (readsMore || isQuoted === true) return undefined;
  return text.replaceAll('$states.result.Output', '$states.result[0]');
}

/** The states of the machine as a branch, in the format of the file around. */
function branchOf(
  machine: MachineAnalysis,
  task: TaskState,
  called: MachineAnalysis,
): (Frame & object) | Impossible {
  const { format } = layoutAt(machine, task.property);
  const written = inFormat(called, format);
  const { node, root, states } = written?.machine ?? {};
  if (!written || !node || !root?.startAt || !states) {
    return new Impossible(say`'${nameOf(called)}' is not complete.`);
  }
  const isOther = written.machine.queryLanguage !== machine.machine.queryLanguage;
  const edits = states.flatMap(state =>
    isOther && !propertyOf(state.node, 'QueryLanguage')
      ? addProperty(written, state.node, 'QueryLanguage', state.queryLanguage, propertyOf(state.node, 'Type'))
      : [],
  );
  const comment = valueOf(node, 'Comment');
  return {
    ...(comment && { Comment: toJson(comment) }),
    StartAt: root.startAt.value,
    States: new StatesFrame(root.states.map(state => stateText(written, state.property, edits))),
  };
}

/** The machine as it is written, or read again from a text that can be taken over state by state. */
function inFormat(called: MachineAnalysis, format: Format): MachineAnalysis | undefined {
  const [first] = called.machine.root.states;
  const isPlain =
    first &&
    !isEscaped(called) &&
    layoutAt(called, first.property).format === format &&
    called.machine.root.states.every(({ property }) => standsAlone(property));
  if (isPlain) return called;
  const { node } = called.machine;
  const text = format === 'yaml' ? treeAsYaml(node) : treeAsJson(node);
  if (text instanceof NoJsonNumber) return undefined;
  const { uri } = called.analysis.source;
  return analyze({ uri, version: 0, format, text, role: 'definition' }).machines[0];
}

function kept({ node }: State, fields: readonly string[]): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const field of fields) {
    const value = valueOf(node, field);
    if (value) found[field] = toJson(value);
  }
  return found;
}

/** Writes the Parallel state in the place of the Task, with the comments of that. */
function replacement(machine: MachineAnalysis, { name, property }: TaskState, frame: Frame): readonly Edit[] {
  const { text } = machine.analysis.source;
  const layout = layoutAt(machine, property);
  const own = stateText(machine, property);
  const inside = machine.site.tree.comments.filter(comment => contains(property, comment));
  const written = {
    ...own,
    above: [...own.above, ...inside.map(({ start, end }) => text.slice(start, end).trimEnd())],
    text: frameText(name, frame, layout).text,
    isApart: false,
  };
  const whole = spanWithComments(machine, property);
  const behind = text.slice(endOfText(text, property.end), whole.end);
  const comma = behind.trimStart().startsWith(',') ? ',' : '';
  return [{ ...whole, text: writeStates([written], layout, comma) }];
}
