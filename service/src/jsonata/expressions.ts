import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import type { IntrinsicArgument, IntrinsicCall } from '#core/expressions/intrinsic/ast.ts';
import { parsePayloadValue } from '#core/expressions/intrinsic/payloadValue.ts';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { Json } from '#core/json.ts';
import { say, type Message } from '#core/text/message.ts';

/** Why something has no JSONata that gives the same value; for the user. */
export class Inconvertible {
  readonly reason: Message;

  constructor(reason: Message) {
    this.reason = reason;
  }
}

function unreadable(text: string): Inconvertible {
  return new Inconvertible(say`${text} cannot be read.`);
}

/** JSONata for a path of JSONPath, where `$` is `root`. */
export function jsonataOfPath(text: string, root: string): string | Inconvertible {
  const { path, errors } = parseJsonPath(text);
  if (!path || errors.length > 0) return unreadable(text);
  return fromPath(path, text, root);
}

/** JSONata for the value of a key that ends in `.$`: a path or an intrinsic function. */
export function jsonataOfPayloadValue(text: string, root: string): string | Inconvertible {
  const value = parsePayloadValue(text);
  if (value.errors.length > 0) return unreadable(text);
  if (value.kind === 'path') {
    return value.path ? fromPath(value.path, text, root) : unreadable(text);
  }
  return value.call ? fromCall(value.call, text, root) : unreadable(text);
}

/**
 * Only paths that lead to one place: what `*`, `..`, slices and filters collect is an array in JSONPath
 * however many there are, while JSONata makes a single value of one and nothing of none.
 */
function fromPath({ origin, steps }: JsonPath, text: string, root: string): string | Inconvertible {
  let written: string;
  switch (origin.kind) {
    case 'document':
      written = root;
      break;
    case 'context':
      written = '$states.context';
      break;
    case 'variable':
      written = `$${origin.name}`;
      break;
    case 'item':
      return new Inconvertible(say`${text} has no JSONata with the same value.`);
  }
  for (const step of steps) {
    if (step.kind === 'child') {
      if (step.name.includes('`'))
        return new Inconvertible(say`The name in ${text} cannot be written in JSONata.`);
      written += `.${fieldName(step.name)}`;
    } else if (step.kind === 'index' && step.index >= 0) {
      written += `[${step.index}]`;
      // Behind the end of a list JSONPath finds null, JSONata nothing.
      if (step === steps.at(-1)) written = `($exists(${written}) ? ${written} : null)`;
    } else {
      return new Inconvertible(
        say`${text} may lead to several places, for which JSONata gives another value.`,
      );
    }
  }
  return written;
}

/**
 * JSONata for whether a path leads somewhere. JSONata looks for members in the items of lists, too, which
 * JSONPath does not; so every step on the way has to be an object.
 */
export function jsonataOfPresence(text: string, root: string): string | Inconvertible {
  const { path, errors } = parseJsonPath(text);
  if (!path || errors.length > 0) return unreadable(text);
  const guards: string[] = [];
  for (let count = 0; count < path.steps.length; count++) {
    if (path.steps[count]?.kind !== 'child') {
      return new Inconvertible(say`Whether ${text} leads somewhere is asked otherwise in JSONata.`);
    }
    const outer = fromPath({ ...path, steps: path.steps.slice(0, count) }, text, root);
    if (outer instanceof Inconvertible) return outer;
    guards.push(`$type(${outer}) = 'object'`);
  }
  const whole = fromPath(path, text, root);
  return whole instanceof Inconvertible ? whole : [...guards, `$exists(${whole})`].join(' and ');
}

const reserved = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** A member's name, in backticks where it would be read as something else. */
export function fieldName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name) ? name : `\`${name}\``;
}

function fromCall(call: IntrinsicCall, text: string, root: string): string | Inconvertible {
  switch (call.name) {
    case 'States.UUID':
      return '$uuid()';
    case 'States.StringToJson': {
      const [argument] = call.arguments;
      const value = argument && fromArgument(argument, text, root);
      if (value === undefined || value instanceof Inconvertible) return value ?? unreadable(text);
      // An empty text is null to JSONPath.
      return `($trim(${value}) = '' ? null : $parse(${value}))`;
    }
    case 'States.ArrayLength':
      return apply('$count', call, text, root);
    case 'States.JsonMerge': {
      const [left, right] = call.arguments.slice(0, 2).map(argument => fromArgument(argument, text, root));
      if (left instanceof Inconvertible) return left;
      if (right instanceof Inconvertible) return right;
      return `$merge([${left ?? ''}, ${right ?? ''}])`;
    }
    default:
      return new Inconvertible(say`${call.name} has no JSONata that gives the same value for everything.`);
  }
}

function apply(name: string, call: IntrinsicCall, text: string, root: string): string | Inconvertible {
  const written: string[] = [];
  for (const argument of call.arguments) {
    const value = fromArgument(argument, text, root);
    if (value instanceof Inconvertible) return value;
    written.push(value);
  }
  return `${name}(${written.join(', ')})`;
}

function fromArgument(argument: IntrinsicArgument, text: string, root: string): string | Inconvertible {
  switch (argument.kind) {
    case 'call':
      return fromCall(argument, text, root);
    case 'path':
      return fromPath(argument.path, text, root);
    case 'string':
      return literalText(argument.value);
    case 'number':
    case 'boolean':
      return String(argument.value);
    case 'null':
      return 'null';
  }
}

/** A value as JSONata writes it; not for arrays of unknown items, which JSONata would flatten. */
export function literal(value: Json): string {
  if (typeof value === 'string') return literalText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => literal(item)).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]: [string, Json]) => `${literalText(name)}: ${literal(member)}`,
  );
  return `{${members.join(', ')}}`;
}

/** In single quotes, which need no escapes in JSON. */
export function literalText(value: string): string {
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\u0027`);
  return `'${escaped}'`;
}
