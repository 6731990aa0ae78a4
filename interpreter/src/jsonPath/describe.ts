import type { Json } from '#core/json.ts';
import type { JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import { unreachable } from '#core/unreachable.ts';

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
      return describeNames([step.name]);
    case 'children':
      return describeNames(step.names.map(each => each.name));
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

function describeNames(names: readonly string[]): string {
  const quoted = names.map(name => `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`);
  return `[${quoted.join(',')}]`;
}

/** A place in a document: names and indexes from the root. */
export function describePlace(place: readonly (string | number)[]): string {
  return `$${place.map(key => (typeof key === 'number' ? `[${key}]` : `['${key}']`)).join('')}`;
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
