import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { objectNames, requiredFieldsIn } from '#core/language/fields.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import { missingCode } from './codes.ts';
import { allOf, subject } from './wording.ts';

/** A field that must be there: the Resource of a Task. */
export const missingField: Rule = {
  code: 'state/missing-field',
  variants: [...new Set(objectNames.flatMap(missingCodes))],
  severity: 'error',
  summary: 'A required field is missing.',
  explanation:
    'AWS refuses definitions without it. What is required depends on the object: a state machine, branch or processor needs StartAt and States, a Task its Resource, a Retrier its ErrorEquals.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Task","End":true}}}',
  *check(analysis) {
    for (const fault of analysis.fieldFaults) {
      if (fault.kind !== 'missing') continue;
      const { owner, rows } = fault;
      const names = rows.map(({ name }) => name);
      yield {
        ...placeOf(owner.node),
        code: missingCode(owner.object, rows),
        message: say`${subject(owner.object)} needs ${allOf(names.map(name => `'${name}'`))}.`,
        ...(owner.state && { state: owner.state.pointer }),
        aws: {
          code: 'SCHEMA_VALIDATION_FAILED',
          message:
            owner.object === 'StateMachine'
              ? `These fields are required: [${names.toSorted((a, b) => order(a) - order(b)).join(', ')}]`
              : `The field '${names.join(', ')}' is required but was missing`,
          location: awsLocation(analysis.site.node, owner.node),
        },
      };
    }
  },
};

function missingCodes(object: (typeof objectNames)[number]): string[] {
  const codes = (['JSONPath', 'JSONata'] as const).flatMap(language =>
    // A state without a Type has no table of fields; the rule about types reports it.
    requiredFieldsIn(object, language)
      .filter(({ name }) => name !== 'Type')
      .map(row => missingCode(object, [row])),
  );
  return object === 'StateMachine' ? [...codes, 'root/required-fields-empty'] : codes;
}

/** AWS lists States before StartAt. */
function order(name: string): number {
  return name === 'States' ? 0 : 1;
}

/**
 * Where to show what an object lacks: at its key, or at its opening brace when it is an item or the file.
 *
 * Underlining the whole object would colour half of the file.
 */
export function placeOf(node: SyntaxNode): Span {
  const { parent } = node;
  if (parent?.kind === 'object') {
    const property = parent.properties.find(({ value }) => value === node);
    if (property) return { start: property.key.start, end: property.key.end };
  }
  return { start: node.start, end: Math.min(node.start + 1, node.end) };
}
