import { comparisonNamed, type Relation } from '#core/language/comparisons.ts';
import { propertyOf, valueOf, type ObjectNode, type SyntaxNode } from '#core/syntax/node.ts';

const signs: Readonly<Record<Exclude<Relation, 'Is'>, string>> = {
  Equals: '=',
  LessThan: '<',
  GreaterThan: '>',
  LessThanEquals: '≤',
  GreaterThanEquals: '≥',
  Matches: '~',
};

/**
 * A Choice Rule as a person would say it: `$.amount > 100 and not $.vip`.
 * JSONata conditions are shown as they are, without delimiters.
 */
export function conditionText(rule: ObjectNode): string {
  const condition = valueOf(rule, 'Condition');
  if (condition) return condition.kind === 'string' ? withoutDelimiters(condition.value) : literal(condition);
  return ruleText(rule, false);
}

function ruleText(rule: ObjectNode, inner: boolean): string {
  for (const [name, word] of [
    ['And', ' and '],
    ['Or', ' or '],
  ] as const) {
    const rules = valueOf(rule, name);
    if (rules?.kind !== 'array') continue;
    const parts = rules.items.filter(item => item.kind === 'object').map(item => ruleText(item, true));
    const text = parts.join(word);
    return inner && parts.length > 1 ? `(${text})` : text;
  }
  const negated = valueOf(rule, 'Not');
  if (negated?.kind === 'object') return `not ${ruleText(negated, true)}`;
  return comparisonText(rule);
}

function comparisonText(rule: ObjectNode): string {
  const variable = propertyOf(rule, 'Variable')?.value;
  const subject = variable?.kind === 'string' ? variable.value : '?';
  for (const { key, value } of rule.properties) {
    const comparison = comparisonNamed(key.value);
    if (!comparison) continue;
    if (comparison.test) {
      const is = value?.kind === 'boolean' && !value.value ? 'is not' : 'is';
      return `${subject} ${is} ${comparison.test.toLowerCase()}`;
    }
    if (comparison.operand === 'boolean' && !comparison.path && value?.kind === 'boolean') {
      return value.value ? subject : `not ${subject}`;
    }
    const comparand = value
      ? comparison.path && value.kind === 'string'
        ? value.value
        : literal(value)
      : '?';
    return `${subject} ${comparison.relation === 'Is' ? 'is' : signs[comparison.relation]} ${comparand}`;
  }
  return subject;
}

function literal(node: SyntaxNode): string {
  switch (node.kind) {
    case 'string':
      return `"${node.value}"`;
    case 'number':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'placeholder':
      return `\${${node.name}}`;
    default:
      return '…';
  }
}

/** The expression between `{%` and `%}`, in one line. */
export function withoutDelimiters(text: string): string {
  const inside = /^\{%([\s\S]*)%\}$/.exec(text);
  return (inside?.[1] ?? text).replaceAll(/\s+/g, ' ').trim();
}
