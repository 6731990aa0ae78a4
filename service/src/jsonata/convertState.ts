import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { innerScopes, type Scope, type State } from '#core/model/stateMachine.ts';
import { isDeferred, valueOf, walk, type ObjectNode, type SyntaxNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { say, type Message } from '#core/text/message.ts';
import { jsonataOfRule } from './conditions.ts';
import {
  fieldName,
  Inconvertible,
  jsonataOfPath,
  jsonataOfPayloadValue,
  literal,
  literalText,
} from './expressions.ts';

/**
 * A JSONPath state in JSONata: wherever the state succeeds it gives the same output, variables, task
 * inputs and transitions. States inside keep their query language.
 */
export function stateInJsonata(state: State): JsonObject | Inconvertible {
  return converted(() => new StateConversion(state, 'state').convert());
}

/** A whole state machine in JSONata. */
export function machineInJsonata({ machine }: MachineAnalysis): JsonObject | Inconvertible {
  return converted(() => {
    // The states first: most of what cannot be converted is in them.
    const States = statesOf(machine.root);
    const { Comment, ...rest } = Object.fromEntries(
      machine.node.properties.flatMap(({ key, value }): [string, Json][] =>
        value && key.value !== 'States' && key.value !== 'QueryLanguage' ? [[key.value, toJson(value)]] : [],
      ),
    );
    return { ...(Comment !== undefined && { Comment }), QueryLanguage: 'JSONata', ...rest, States };
  });
}

function statesOf(scope: Scope): JsonObject {
  return Object.fromEntries(
    scope.states.map((state): [string, Json] => [
      state.name,
      state.queryLanguage === 'JSONata'
        ? withoutLanguage(objectOf(toJson(state.node)))
        : new StateConversion(state, 'machine').convert(),
    ]),
  );
}

function withoutLanguage(state: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'QueryLanguage'));
}

/** Ends a conversion; caught by `converted` alone. */
class Stop extends Error {
  readonly why: Inconvertible;

  constructor(why: Inconvertible) {
    super(why.reason.text);
    this.why = why;
  }
}

function converted(convert: () => JsonObject): JsonObject | Inconvertible {
  try {
    return convert();
  } catch (error) {
    if (error instanceof Stop) return error.why;
    throw error;
  }
}

function need(value: string | Inconvertible): string {
  if (value instanceof Inconvertible) throw new Stop(value);
  return value;
}

function refuse(reason: Message): never {
  throw new Stop(new Inconvertible(reason));
}

function objectOf(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

const input = '$states.input';
const result = '$states.result';

class StateConversion {
  readonly #state: State;
  readonly #node: ObjectNode;
  readonly #extent: 'state' | 'machine';
  /** What the state works on before Parameters: the input after InputPath. */
  readonly #effective: string;

  constructor(state: State, extent: 'state' | 'machine') {
    this.#state = state;
    this.#node = state.node;
    this.#extent = extent;
    if ([...walk(state.node)].some(node => node.kind !== 'object' && isDeferred(node))) {
      refuse(say`'${state.name}' has substitutions, whose values are known at deployment only.`);
    }
    this.#effective = this.#inputPath();
  }

  convert(): JsonObject {
    const { Type, Comment } = objectOf(toJson(this.#node));
    return {
      ...(Type !== undefined && { Type }),
      ...(Comment !== undefined && { Comment }),
      ...(this.#extent === 'state' && { QueryLanguage: 'JSONata' }),
      ...this.#fields(),
    };
  }

  #fields(): JsonObject {
    switch (this.#state.type) {
      case 'Pass':
        return { ...this.#pass(), ...this.#copied('Next', 'End') };
      case 'Task':
        return {
          ...this.#copied('Resource'),
          ...this.#work(),
          ...this.#numbers('TimeoutSeconds', 'HeartbeatSeconds'),
          ...this.#credentials(),
          ...this.#afterWork(),
        };
      case 'Parallel':
        return { ...this.#work(), Branches: this.#branches(), ...this.#afterWork() };
      case 'Map':
        return { ...this.#map(), ...this.#afterWork() };
      case 'Choice':
        return this.#choice();
      case 'Wait':
        return {
          ...this.#wait(),
          ...this.#passedOn(),
          ...this.#assign(this.#effective),
          ...this.#copied('Next', 'End'),
        };
      case 'Succeed':
        return this.#passedOn();
      case 'Fail':
        return { ...this.#text('Error'), ...this.#text('Cause') };
      case 'Unknown':
        return refuse(say`'${this.#state.name}' has no type.`);
    }
  }

  #inputPath(): string {
    const node = valueOf(this.#node, 'InputPath');
    if (node?.kind === 'null') return '{}';
    return node?.kind === 'string' ? need(jsonataOfPath(node.value, input)) : input;
  }

  #copied(...names: readonly string[]): JsonObject {
    const own = objectOf(toJson(this.#node));
    return Object.fromEntries(names.flatMap(name => (own[name] === undefined ? [] : [[name, own[name]]])));
  }

  /** Parameters of a Task or Parallel; without them what InputPath leaves. */
  #work(): JsonObject {
    const parameters = valueOf(this.#node, 'Parameters');
    return { Arguments: parameters ? template(parameters, this.#effective) : expression(this.#effective) };
  }

  #pass(): JsonObject {
    const parameters = valueOf(this.#node, 'Parameters');
    const literalResult = valueOf(this.#node, 'Result');
    const given = parameters ?? literalResult;
    if (literalResult && hasDelimiters(literalResult))
      refuse(say`The Result of '${this.#state.name}' would be evaluated.`);
    const value: Value = literalResult
      ? { json: toJson(literalResult), text: () => literalOf(literalResult) }
      : parameters
        ? {
            json: template(parameters, this.#effective),
            text: () => templateText(parameters, this.#effective),
          }
        : { json: expression(this.#effective), text: () => this.#effective };
    const output = this.#output(value);
    if (valueOf(this.#node, 'Assign') && given) {
      refuse(
        say`'${this.#state.name}' assigns from its result, which a Pass state in JSONata does not have.`,
      );
    }
    const isInput = output['Output'] === expression(input);
    return { ...(isInput ? {} : output), ...this.#assign(this.#effective) };
  }

  /** ResultSelector, Assign, ResultPath, OutputPath, Retry, Catch and the way on. */
  #afterWork(): JsonObject {
    const selector = valueOf(this.#node, 'ResultSelector');
    const value: Value = selector
      ? { json: template(selector, result), text: () => templateText(selector, result) }
      : { json: expression(result), text: () => result };
    if (selector && valueOf(this.#node, 'Assign')) {
      refuse(say`'${this.#state.name}' assigns from what ResultSelector makes.`);
    }
    const isPlain = !selector && !valueOf(this.#node, 'ResultPath') && !valueOf(this.#node, 'OutputPath');
    return {
      ...this.#assign(result),
      ...(isPlain ? {} : this.#output(value)),
      ...this.#copied('Retry'),
      ...this.#catch(),
      ...this.#copied('Next', 'End'),
    };
  }

  /** The output: the result, put by ResultPath into the raw input, of which OutputPath takes a part. */
  #output(value: Value): JsonObject {
    const resultPath = valueOf(this.#node, 'ResultPath');
    const outputPath = valueOf(this.#node, 'OutputPath');
    if (outputPath?.kind === 'null') return { Output: {} };
    const outputSteps = outputPath?.kind === 'string' ? membersOf(outputPath.value, 'OutputPath') : [];
    if (resultPath?.kind === 'null') return { Output: expression(along(input, outputSteps)) };
    const place = resultPath?.kind === 'string' ? membersOf(resultPath.value, 'ResultPath') : [];
    if (place.length === 0) {
      if (outputSteps.length === 0) return { Output: value.json };
      return { Output: expression(along(bracketed(value.text()), outputSteps)) };
    }
    if (outputSteps.length === 0) return { Output: expression(putInto(input, place, value.text())) };
    if (place.every((name, index) => outputSteps[index] === name)) {
      const rest = outputSteps.slice(place.length);
      if (rest.length === 0) return { Output: value.json };
      return { Output: expression(along(bracketed(value.text()), rest)) };
    }
    const isApart = outputSteps.some((name, index) => index < place.length && place[index] !== name);
    if (!isApart) refuse(say`OutputPath of '${this.#state.name}' takes what ResultPath has changed in part.`);
    return { Output: expression(along(input, outputSteps)) };
  }

  /** States without a result: the input through InputPath and OutputPath. */
  #passedOn(): JsonObject {
    const outputPath = valueOf(this.#node, 'OutputPath');
    if (outputPath?.kind === 'null') return { Output: {} };
    const path =
      outputPath?.kind === 'string'
        ? need(jsonataOfPath(outputPath.value, this.#effective))
        : this.#effective;
    return path === input ? {} : { Output: expression(path) };
  }

  #assign(root: string, node: ObjectNode = this.#node): JsonObject {
    const assign = valueOf(node, 'Assign');
    return assign ? { Assign: template(assign, root) } : {};
  }

  #catch(): JsonObject {
    const list = valueOf(this.#node, 'Catch');
    if (!list) return {};
    const error = '$states.errorOutput';
    return {
      Catch: this.#state.catchers.map((catcher): Json => {
        const own = Object.entries(objectOf(toJson(catcher)));
        const rest = Object.fromEntries(own.filter(([name]) => name !== 'ResultPath' && name !== 'Assign'));
        const resultPath = valueOf(catcher, 'ResultPath');
        const place = resultPath?.kind === 'string' ? membersOf(resultPath.value, 'ResultPath') : [];
        const output: JsonObject =
          resultPath?.kind === 'null'
            ? { Output: expression(input) }
            : place.length > 0
              ? { Output: expression(putInto(input, place, error)) }
              : {};
        return { ...rest, ...this.#assign(error, catcher), ...output };
      }),
    };
  }

  #choice(): JsonObject {
    if (this.#state.type !== 'Choice') return {};
    const passedOn = this.#passedOn();
    return {
      Choices: this.#state.rules.map(({ node }): Json => {
        const { Comment, Next } = objectOf(toJson(node));
        return {
          ...(Comment !== undefined && { Comment }),
          Condition: expression(need(jsonataOfRule(node, this.#effective))),
          ...(Next !== undefined && { Next }),
          ...this.#assign(this.#effective, node),
          ...passedOn,
        };
      }),
      ...this.#copied('Default'),
      ...this.#assign(this.#effective),
      ...passedOn,
    };
  }

  #map(): JsonObject {
    const { type } = this.#state;
    if (type !== 'Map' || this.#state.isDistributed)
      return refuse(say`'${this.#state.name}' is a distributed Map.`);
    const itemsPath = valueOf(this.#node, 'ItemsPath');
    const items =
      itemsPath?.kind === 'string' ? need(jsonataOfPath(itemsPath.value, this.#effective)) : this.#effective;
    const selector = valueOf(this.#node, 'ItemSelector') ?? valueOf(this.#node, 'Parameters');
    return {
      Items: expression(items),
      ...(selector && { ItemSelector: template(selector, this.#effective) }),
      ...this.#numbers('MaxConcurrency', 'ToleratedFailurePercentage', 'ToleratedFailureCount'),
      ...this.#copied('Label'),
      ItemProcessor: this.#processor(),
    };
  }

  #processor(): Json {
    const node = valueOf(this.#node, 'ItemProcessor') ?? valueOf(this.#node, 'Iterator');
    if (!node) return refuse(say`'${this.#state.name}' has no ItemProcessor.`);
    const [scope] = innerScopes(this.#state);
    return this.#scope(node, scope);
  }

  #branches(): Json {
    return innerScopes(this.#state).map(scope => this.#scope(scope.node, scope));
  }

  #scope(node: SyntaxNode, scope: Scope | undefined): Json {
    const own = objectOf(toJson(node));
    return this.#extent === 'machine' && scope ? { ...own, States: statesOf(scope) } : own;
  }

  #wait(): JsonObject {
    return { ...this.#numbers('Seconds'), ...this.#text('Timestamp') };
  }

  /** A number as it stands, or where its path leads, which may be the text of a number to JSONPath. */
  #numbers(...names: readonly string[]): JsonObject {
    return Object.fromEntries(
      names.flatMap((name): [string, Json][] => {
        const path = valueOf(this.#node, `${name}Path`);
        if (path?.kind !== 'string') return Object.entries(this.#copied(name));
        const value = need(jsonataOfPath(path.value, this.#effective));
        return [[name, expression(`$number(${value})`)]];
      }),
    );
  }

  #text(name: string): JsonObject {
    const path = valueOf(this.#node, `${name}Path`);
    if (path?.kind !== 'string') return this.#copied(name);
    return { [name]: expression(need(jsonataOfPayloadValue(path.value, this.#effective))) };
  }

  #credentials(): JsonObject {
    const credentials = valueOf(this.#node, 'Credentials');
    return credentials ? { Credentials: template(credentials, this.#effective) } : {};
  }
}

/** A value in its two forms: as a field of the definition, and as a part of an expression. */
interface Value {
  readonly json: Json;
  readonly text: () => string;
}

function expression(text: string): Json {
  return text === '{}' ? {} : `{% ${text} %}`;
}

/** A Payload Template as a JSONata value: keys lose their `.$`, their values become expressions. */
function template(node: SyntaxNode, root: string): Json {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        node.properties.flatMap(({ key, value }): [string, Json][] => {
          if (!value) return [];
          if (!key.value.endsWith('.$')) return [[key.value, template(value, root)]];
          if (value.kind !== 'string') return refuse(say`${key.value} is no text.`);
          return [[key.value.slice(0, -2), expression(need(jsonataOfPayloadValue(value.value, root)))]];
        }),
      );
    case 'array':
      return node.items.map(item => template(item, root));
    default:
      if (hasDelimiters(node)) refuse(say`A text in delimiters of JSONata would be evaluated.`);
      return toJson(node);
  }
}

/** The same inside of an expression, where arrays would be flattened. */
function templateText(node: SyntaxNode, root: string): string {
  switch (node.kind) {
    case 'object': {
      const members = node.properties.flatMap(({ key, value }) => {
        if (!value) return [];
        if (!key.value.endsWith('.$')) return [`${literalText(key.value)}: ${templateText(value, root)}`];
        if (value.kind !== 'string') return refuse(say`${key.value} is no text.`);
        return [`${literalText(key.value.slice(0, -2))}: ${need(jsonataOfPayloadValue(value.value, root))}`];
      });
      return `{${members.join(', ')}}`;
    }
    default:
      return literalOf(node);
  }
}

function literalOf(node: SyntaxNode): string {
  for (const inner of walk(node)) {
    if (inner.kind === 'array') refuse(say`A list inside of an expression may be flattened.`);
  }
  return literal(toJson(node));
}

function hasDelimiters(node: SyntaxNode): boolean {
  return [...walk(node)].some(
    inner => inner.kind === 'string' && (inner.value.startsWith('{%') || inner.value.endsWith('%}')),
  );
}

/** The names of a path that only goes through members of the document. */
function membersOf(path: string, field: string): readonly string[] {
  const marker = '$document';
  const written = need(jsonataOfPath(path, marker));
  if (!written.startsWith(marker) || written.includes('[')) {
    return refuse(say`${field} ${path} goes through more than members of the input.`);
  }
  const names = written.slice(marker.length).match(/`[^`]*`|\w+/g) ?? [];
  return names.map(name => name.replaceAll('`', ''));
}

function along(root: string, names: readonly string[]): string {
  return root + names.map(name => `.${fieldName(name)}`).join('');
}

function bracketed(text: string): string {
  return /^\$[\w.]*$/.test(text) ? text : `(${text})`;
}

/** Puts a value at a place of an object, which keeps its other members. */
function putInto(root: string, [name = '', ...rest]: readonly string[], value: string): string {
  const inner = rest.length === 0 ? value : putInto(along(root, [name]), rest, value);
  return `$merge([${root}, {${literalText(name)}: ${inner}}])`;
}
