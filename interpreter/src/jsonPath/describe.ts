import type { Json } from '#core/json.ts';
import type { JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import { unreachable } from '#core/unreachable.ts';
import { javaText } from '#interpreter/javaText.ts';

/** A path as Jayway writes it in its messages: `$['store']['book'][0]`. */
export function describePath(path: JsonPath): string {
  return (path.origin.kind === 'item' ? '@' : '$') + describeSteps(path.steps);
}

export function describeSteps(steps: readonly PathStep[]): string {
  return steps.map(describeStep).join('');
}

export function describeStep(step: PathStep): string {
  switch (step.kind) {
    case 'child':
      return describeNames([step.name], step.isDoubleQuoted ? '"' : "'");
    case 'children':
      return describeNames(
        step.names.map(each => each.name),
        step.isDoubleQuoted ? '"' : "'",
      );
    case 'index':
      return `[${step.index}]`;
    case 'indexes':
      return `[${step.indexes.join(',')}]`;
    case 'slice':
      return `[${step.from ?? ''}:${step.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'scan':
      return '..';
    case 'filter':
      return '[?]';
    case 'function':
      return `.${step.name}${step.arguments.length > 0 ? '(...)' : '()'}`;
    default:
      return unreachable(step);
  }
}

/** Quotes inside the names stay as they are, and the text cannot always be read again. */
function describeNames(names: readonly string[], quote: string): string {
  return `[${names.map(name => quote + name + quote).join(',')}]`;
}

/** A place in a document: names and indexes from the root. */
export function describePlace(place: readonly (string | number)[]): string {
  return `$${place.map(key => (typeof key === 'number' ? `[${key}]` : `['${key}']`)).join('')}`;
}

/**
 * A value as Jayway puts it into its messages, which is how the classes that hold it print themselves: an
 * object as `{a=x, b=1}`, an array as JSON, also within an object.
 */
export function describeValue(value: Json): string {
  return valueText(value, 0);
}

/** Deeper values are left out, so that none can exhaust the stack. */
const maximumDepth = 1000;

function valueText(value: Json, depth: number): string {
  if (typeof value !== 'object' || value === null) return javaText(value);
  if (Array.isArray(value)) return arrayText(value, depth);
  if (depth > maximumDepth) return '…';
  const members = Object.entries(value).map(([name, member]) => `${name}=${valueText(member, depth + 1)}`);
  return `{${members.join(', ')}}`;
}

function arrayText(value: Json, depth: number): string {
  if (typeof value === 'string') return quotedText(value);
  if (typeof value !== 'object' || value === null) return javaText(value);
  if (depth > maximumDepth) return '…';
  if (Array.isArray(value)) return `[${value.map((item: Json) => arrayText(item, depth + 1)).join(',')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${quotedText(name)}:${arrayText(member, depth + 1)}`,
  );
  return `{${members.join(',')}}`;
}

function quotedText(text: string): string {
  return JSON.stringify(text).replaceAll('/', '\\/');
}

/** What Jayway calls the value's type: the Java class that holds it. */
export function javaClassOf(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (typeof value === 'object') {
    return Array.isArray(value) ? 'net.minidev.json.JSONArray' : 'java.util.LinkedHashMap';
  }
  if (!Number.isInteger(value)) return 'java.lang.Double';
  return Math.abs(value) < 2 ** 31 ? 'java.lang.Integer' : 'java.lang.Long';
}
