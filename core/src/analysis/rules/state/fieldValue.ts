import type { ValueFault, ValueProblem } from '#core/analysis/fieldFaults.ts';
import { isJsonata } from '#core/analysis/fieldFaults.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { fieldsOf, objectNames } from '#core/language/fields.ts';
import type { FieldRow, ObjectName, ValueKind } from '#core/language/values.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { closest } from '#core/text/closest.ts';
import { countCodePoints } from '#core/text/codePoints.ts';
import { say, type Message } from '#core/text/message.ts';
import { valueCode, type FoundValue } from './codes.ts';
import { placeOf } from './missingField.ts';
import { actual, expectation } from './wording.ts';

const foundValues: readonly FoundValue[] = [
  'string',
  'expression',
  'null',
  'negative',
  'zero',
  'array',
  'other',
];

/** A value that the field does not take: a text where a number must stand, a number out of range. */
export const fieldValue: Rule = {
  code: 'state/field-value',
  variants: [
    ...new Set(
      objectNames.flatMap(object => fieldsOf(object).flatMap(row => [...possibleCodes(object, row)])),
    ),
  ],
  severity: 'error',
  summary: 'The field does not take this value.',
  explanation:
    'Every field has a type, and most numbers have a range: seconds and attempts go up to 99999999, MaxDelaySeconds to 31622400, percentages to 100. AWS refuses other values. The codes name field and fault: `wait/seconds-negative`, `retry/interval-zero`, `map/mode-value`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":"10","End":true}}}',
  *check(analysis) {
    for (const fault of analysis.fieldFaults) {
      if (fault.kind !== 'value') continue;
      const { owner, value } = fault;
      const aws = awsMessage(fault);
      yield {
        ...(value.kind === 'object' || value.kind === 'array'
          ? placeOf(value)
          : { start: value.start, end: value.end }),
        code: codeOf(fault),
        message: messageOf(fault),
        ...(owner.state && { state: owner.state.pointer }),
        ...(aws !== undefined && {
          aws: {
            code: 'SCHEMA_VALIDATION_FAILED',
            message: aws,
            location: awsLocation(analysis.site.node, value),
          },
        }),
        ...fixOf(fault),
      };
    }
  },
};

function messageOf(fault: ValueFault): Message {
  const { row, owner, value, problem, property } = fault;
  const name = property.key.value;
  const found = actual(value);
  if (row.name === 'States' && name !== 'States')
    return say`The state '${name}' must be an object, not ${found}.`;
  if (value !== property.value && row.value.is === 'list') return say`'${name}' holds objects, not ${found}.`;
  if (problem === 'empty') return say`'${name}' must not be empty.`;
  if (problem === 'tooLong' && row.value.is === 'text' && value.kind === 'string') {
    const length = countCodePoints(value.value);
    return say`'${name}' may have ${row.value.maxLength ?? ''} characters; this one has ${length}.`;
  }
  if (owner.language === 'JSONPath' && isJsonata(value)) {
    return say`'${name}' holds a JSONata expression, but this state uses JSONPath: it takes ${expectation(row.value, owner)}.`;
  }
  if (row.value.is === 'errorNames' && value.kind === 'array') return say`'${name}' holds strings only.`;
  const meant = meantWord(fault);
  const expected = expectation(row.value, owner);
  return meant === undefined
    ? say`'${name}' must be ${expected}, not ${found}.`
    : say`'${name}' must be ${expected}, not ${found}. Did you mean "${meant}"?`;
}

function meantWord({ row, value }: ValueFault): string | undefined {
  if (row.value.is !== 'oneOf' || value.kind !== 'string') return undefined;
  return closest(value.value, row.value.values);
}

function fixOf(fault: ValueFault): Pick<RuleFinding, 'fix'> {
  const { value, row } = fault;
  if (value.kind !== 'string') return {};
  const content = { start: value.offsetOf(0), end: value.offsetOf(value.value.length) };
  const meant = meantWord(fault);
  if (meant !== undefined) {
    return { fix: { kind: 'replaceText', span: content, text: meant, title: say`Change to "${meant}"` } };
  }
  const literal = literalMeant(row.value, value.value);
  if (!literal) return {};
  const span = { start: value.start, end: value.end };
  return {
    fix: { kind: 'replaceText', span, text: value.value, title: say`Remove the quotes: ${value.value}` },
  };
}

/** `"10"` where a number belongs, `"true"` where a boolean does. */
function literalMeant(kind: ValueKind, text: string): boolean {
  const takesNumber =
    kind.is === 'number' || (kind.is === 'comparand' && kind.type === 'number' && !kind.path);
  if (takesNumber) return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
  const takesBoolean =
    kind.is === 'boolean' || kind.is === 'flag' || (kind.is === 'comparand' && kind.type === 'boolean');
  return takesBoolean && (text === 'true' || text === 'false');
}

function awsMessage({ problem, row }: ValueFault): string | undefined {
  if (problem === 'timestamp') return 'String does not match RFC3339 timestamp';
  if (problem === 'empty' && row.value.is === 'list') return 'Value cannot be empty';
  return undefined;
}

function codeOf(fault: ValueFault): string {
  const { owner, row, problem, value, property } = fault;
  if (row.name === 'States' && property.key.value !== 'States') return 'state/not-object';
  return valueCode({
    object: owner.object,
    language: owner.language,
    row,
    problem,
    found: foundValue(value),
  });
}

function foundValue(value: SyntaxNode): FoundValue {
  switch (value.kind) {
    case 'string':
      return isJsonata(value) ? 'expression' : 'string';
    case 'number':
      return value.value < 0 ? 'negative' : value.value === 0 ? 'zero' : 'other';
    case 'null':
    case 'array':
      return value.kind;
    default:
      return 'other';
  }
}

/** Every code the rule can find under for one field, for the documentation and the settings. */
function* possibleCodes(object: ObjectName, row: FieldRow): Generator<string> {
  for (const language of ['JSONPath', 'JSONata'] as const) {
    if (row.only !== undefined && row.only !== language) continue;
    for (const problem of possibleProblems(row.value)) {
      for (const found of foundValues) yield valueCode({ object, language, row, problem, found });
    }
  }
  if (row.name === 'States') yield 'state/not-object';
}

function possibleProblems(kind: ValueKind): readonly ValueProblem[] {
  switch (kind.is) {
    case 'json':
      return [];
    case 'oneOf':
      return ['word'];
    case 'number':
      return [
        'type',
        ...(kind.integer ? (['fraction'] as const) : []),
        ...(kind.min > -Infinity ? (['tooLow'] as const) : []),
        ...(kind.max < Number.MAX_SAFE_INTEGER ? (['tooHigh'] as const) : []),
      ];
    case 'timestamp':
      return ['timestamp', 'type'];
    case 'comparand':
      return kind.type === 'timestamp' && !kind.path ? ['timestamp'] : ['type'];
    case 'text':
      return [
        'type',
        ...(kind.nonEmpty === true ? (['empty'] as const) : []),
        ...(kind.maxLength === undefined ? [] : (['tooLong'] as const)),
      ];
    case 'resource':
    case 'states':
    case 'errorNames':
    case 'strings':
    case 'list':
      return ['type', 'empty'];
    default:
      return ['type'];
  }
}
