import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { isJsonata } from '#core/analysis/fieldFaults.ts';
import { isDeferred, valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import { actual } from '../state/wording.ts';

/** The parameters that map names of attributes to typed values. */
const attributeMaps = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'];

/** `"id": "x"` where DynamoDB wants `"id": {"S": "x"}`. */
export const dynamoDbAttributeType: Rule = {
  code: 'integration/dynamodb-attribute-type',
  severity: 'warning',
  summary: 'A value of DynamoDB lacks its type.',
  explanation:
    'Values are written with their type: `{"S": "text"}`, `{"N": "1"}` (numbers as text), `{"BOOL": true}`.',
  link: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem","Parameters":{"TableName":"t","Key":{"id":"x"}},"End":true}}}',
  *check({ taskCalls }) {
    for (const { resource, template, state } of taskCalls) {
      if (resource.kind !== 'optimized' && resource.kind !== 'sdk') continue;
      if (resource.service.text !== 'dynamodb' || !template) continue;
      for (const name of attributeMaps) {
        const values = valueOf(template, name);
        if (values?.kind !== 'object' || isDeferred(values)) continue;
        for (const found of untyped(values)) yield { ...found, state: state.pointer };
      }
    }
  },
};

function* untyped(values: ObjectNode): Generator<RuleFinding> {
  for (const { key, value } of values.properties) {
    if (!value || isDeferred(value) || isJsonata(value)) continue;
    // A path may well lead to a typed value.
    if (key.value.endsWith('.$') || (value.kind === 'object' && isTyped(value))) continue;
    const type =
      value.kind === 'object'
        ? (typeMeant(value) ?? 'M')
        : value.kind === 'number'
          ? 'N'
          : value.kind === 'boolean'
            ? 'BOOL'
            : value.kind === 'null'
              ? 'NULL'
              : 'S';
    yield {
      start: value.start,
      end: value.end,
      message: say`DynamoDB wants the type with the value: "${key.value}": {"${type}": …} instead of ${actual(value)}.`,
    };
  }
}

const types: ReadonlySet<string> = new Set(['S', 'N', 'B', 'SS', 'NS', 'BS', 'M', 'L', 'NULL', 'BOOL']);

/** Whether one of the keys is a type, or none is there that could be wrong. */
function isTyped({ properties }: ObjectNode): boolean {
  return properties.length === 0 || properties.some(({ key }) => types.has(key.value.replace(/\.\$$/, '')));
}

/** `S` for `{"s": "x"}`. */
function typeMeant({ properties }: ObjectNode): string | undefined {
  const [only, second] = properties;
  const name = only?.key.value.toUpperCase();
  return name !== undefined && !second && types.has(name) ? name : undefined;
}
