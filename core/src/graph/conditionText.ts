import { comparisonNamed, type Comparison, type Relation } from '#core/language/comparisons.ts';
import { inWords, say, type Message } from '#core/text/message.ts';
import { inEnglish, type Translate } from '#core/text/translate.ts';
import { propertyOf, valueOf, type ObjectNode, type SyntaxNode } from '#core/syntax/node.ts';

const signs: Readonly<Record<Exclude<Relation, 'Is'>, string>> = {
  Equals: '=',
  LessThan: '<',
  GreaterThan: '>',
  LessThanEquals: '≤',
  GreaterThanEquals: '≥',
  Matches: '~',
};

/** What `IsPresent` and its like say: that it is so, and that it is not. */
const testTexts: Readonly<
  Record<NonNullable<Comparison['test']>, (subject: string) => readonly [Message, Message]>
> = {
  Present: subject => [say`${subject} is present`, say`${subject} is not present`],
  Null: subject => [say`${subject} is null`, say`${subject} is not null`],
  Numeric: subject => [say`${subject} is numeric`, say`${subject} is not numeric`],
  String: subject => [say`${subject} is string`, say`${subject} is not string`],
  Boolean: subject => [say`${subject} is boolean`, say`${subject} is not boolean`],
  Timestamp: subject => [say`${subject} is timestamp`, say`${subject} is not timestamp`],
};

/**
 * A Choice Rule as a person would say it: `$.amount > 100 and not $.vip`.
 * JSONata conditions are shown as they are, without delimiters.
 */
export function conditionText(rule: ObjectNode, translate: Translate = inEnglish): string {
  const condition = valueOf(rule, 'Condition');
  if (condition) return condition.kind === 'string' ? withoutDelimiters(condition.value) : literal(condition);
  return ruleText(rule, false, translate);
}

function ruleText(rule: ObjectNode, inner: boolean, translate: Translate): string {
  for (const [name, word] of [
    ['And', translate('and')],
    ['Or', translate('or')],
  ] as const) {
    const rules = valueOf(rule, name);
    if (rules?.kind !== 'array') continue;
    const parts = rules.items
      .filter(item => item.kind === 'object')
      .map(item => ruleText(item, true, translate));
    const text = parts.join(` ${word} `);
    return inner && parts.length > 1 ? `(${text})` : text;
  }
  const negated = valueOf(rule, 'Not');
  if (negated?.kind === 'object') return translate('not {0}', ruleText(negated, true, translate));
  return comparisonText(rule, translate);
}

function comparisonText(rule: ObjectNode, translate: Translate): string {
  const variable = propertyOf(rule, 'Variable')?.value;
  const subject = variable?.kind === 'string' ? variable.value : '?';
  for (const { key, value } of rule.properties) {
    const comparison = comparisonNamed(key.value);
    if (!comparison) continue;
    if (comparison.test) {
      const isNegated = value?.kind === 'boolean' && !value.value;
      return inWords(testTexts[comparison.test](subject)[isNegated ? 1 : 0], translate);
    }
    if (comparison.operand === 'boolean' && !comparison.path && value?.kind === 'boolean') {
      return value.value ? subject : translate('not {0}', subject);
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
