import { comparisonNamed, type Comparison } from '#core/language/comparisons.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { Json } from '#core/json.ts';
import { say } from '#core/text/message.ts';
import { Inconvertible, jsonataOfPath, jsonataOfPresence, literal } from './expressions.ts';

/**
 * JSONata for a Choice Rule of JSONPath, where `$` is `root`. A comparison of values of other types does
 * not match in JSONPath but fails in JSONata, so types are asked for first.
 */
export function jsonataOfRule(rule: ObjectNode, root: string): string | Inconvertible {
  for (const property of rule.properties) {
    const { value } = property;
    switch (property.key.value) {
      case 'And':
      case 'Or': {
        if (value?.kind !== 'array') break;
        const parts: string[] = [];
        for (const item of value.items) {
          const part = item.kind === 'object' ? jsonataOfRule(item, root) : '';
          if (part instanceof Inconvertible) return part;
          parts.push(part);
        }
        return `(${parts.join(property.key.value === 'And' ? ' and ' : ' or ')})`;
      }
      case 'Not': {
        if (value?.kind !== 'object') break;
        const inner = jsonataOfRule(value, root);
        return inner instanceof Inconvertible ? inner : `$not(${inner})`;
      }
      default: {
        const comparison = comparisonNamed(property.key.value);
        if (comparison && value) return compare(rule, comparison, toJson(value), root);
      }
    }
  }
  return new Inconvertible(say`A Choice Rule compares nothing.`);
}

const operators = {
  Equals: '=',
  LessThan: '<',
  GreaterThan: '>',
  LessThanEquals: '<=',
  GreaterThanEquals: '>=',
} as const;

function compare(
  rule: ObjectNode,
  { relation, operand, path, test, name }: Comparison,
  given: Json,
  root: string,
): string | Inconvertible {
  const variableNode = valueOf(rule, 'Variable');
  const variable =
    variableNode?.kind === 'string'
      ? jsonataOfPath(variableNode.value, root)
      : new Inconvertible(say`A Choice Rule has no Variable.`);
  if (variable instanceof Inconvertible) return variable;
  if (test === 'Present' && variableNode?.kind === 'string') {
    const question = jsonataOfPresence(variableNode.value, root);
    return question instanceof Inconvertible ? question : answer(question, given);
  }
  if (operand === 'timestamp' || test === 'Timestamp') {
    return new Inconvertible(say`${name} reads timestamps, which JSONata does otherwise.`);
  }
  if (test !== undefined) return answer(`$type(${variable}) = '${typeNames[test]}'`, given);
  if (relation === 'Matches') {
    if (typeof given !== 'string') return new Inconvertible(say`${name} needs a text.`);
    return `($type(${variable}) = 'string' and $contains(${variable}, ${pattern(given)}))`;
  }
  if (relation === 'Is') return new Inconvertible(say`${name} is not known.`);
  const type = `'${operand}'`;
  if (!path) return `($type(${variable}) = ${type} and ${variable} ${operators[relation]} ${literal(given)})`;
  const other =
    typeof given === 'string' ? jsonataOfPath(given, root) : new Inconvertible(say`${name} needs a path.`);
  if (other instanceof Inconvertible) return other;
  return `($type(${variable}) = ${type} and $type(${other}) = ${type} and ${variable} ${operators[relation]} ${other})`;
}

const typeNames = {
  Null: 'null',
  Numeric: 'number',
  String: 'string',
  Boolean: 'boolean',
  Present: '',
  Timestamp: '',
};

function answer(question: string, given: Json): string {
  return given === true ? `(${question})` : `$not(${question})`;
}

/** `*` stands for anything, `\*` for an asterisk; everything else for itself. */
function pattern(wildcard: string): string {
  let written = '';
  for (let at = 0; at < wildcard.length; at++) {
    const unit = wildcard.charAt(at);
    if (unit === '\\' && at + 1 < wildcard.length) written += escapePattern(wildcard.charAt(++at));
    else written += unit === '*' ? String.raw`[\s\S]*` : escapePattern(unit);
  }
  return `/^${written}$/`;
}

function escapePattern(unit: string): string {
  return unit.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);
}
