import type { FieldFault } from '#core/analysis/fieldFaults.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { fieldsOf } from '#core/language/fields.ts';
import { stateTypes, type StateType } from '#core/language/values.ts';
import { say, type Message } from '#core/text/message.ts';
import { allOf, subject } from './wording.ts';
import { isFieldOfAnotherState } from './unknownField.ts';

/** A field that other types of states know: `Catch` on a Pass. */
export const fieldOfOtherState: Rule = {
  code: 'state/field-wrong-type',
  variants: stateTypes.flatMap(type => [...foreignFields(type)].map(field => codeOf(type, field))),
  severity: 'error',
  summary: 'The field belongs to another type of state.',
  explanation:
    'Every type of state has its own fields: only Task, Parallel and Map retry and catch errors, only Task has a timeout, and a Choice goes where its rules say. AWS refuses the others. The codes name type and field: `state/field-wrong-type-choice-end`; those for Retry, Catch and timeouts read `state/catch-on-pass`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Succeed","Next":"B"},"B":{"Type":"Succeed"}}}',
  *check(analysis) {
    for (const fault of analysis.fieldFaults) {
      if (fault.kind !== 'unknown' || !isFieldOfAnotherState(fault)) continue;
      const { owner, property } = fault;
      const type = owner.object as StateType;
      const name = property.key.value;
      yield {
        start: property.key.start,
        end: property.key.end,
        code: codeOf(type, name),
        message: say`${subject(type)} has no '${name}'. ${advice(fault, type)}`,
        ...(owner.state && { state: owner.state.pointer }),
        aws: {
          code: 'SCHEMA_VALIDATION_FAILED',
          message: `Field '${name}' is not supported`,
          location: awsLocation(analysis.site.node, owner.node),
        },
      };
    }
  },
};

function* foreignFields(type: StateType): Generator<string> {
  const own = new Set(fieldsOf(type).map(({ name }) => name));
  const all = new Set(stateTypes.flatMap(other => fieldsOf(other).map(({ name }) => name)));
  for (const name of all) if (!own.has(name)) yield name;
}

function codeOf(type: StateType, field: string): string {
  const short = type.toLowerCase();
  if (field === 'Retry' && type === 'Pass') return 'state/field-wrong-type-pass-retry';
  if (field === 'Retry' || field === 'Catch') return `state/${field.toLowerCase()}-on-${short}`;
  if (field === 'TimeoutSeconds') return `state/timeout-on-${short}`;
  return `state/field-wrong-type-${short}-${field.toLowerCase()}`;
}

function advice({ property }: FieldFault & { kind: 'unknown' }, type: StateType): Message {
  const name = property.key.value;
  if (type === 'Choice' && (name === 'Next' || name === 'End')) {
    return say`Its rules and 'Default' say where to go.`;
  }
  if ((type === 'Succeed' || type === 'Fail') && (name === 'Next' || name === 'End')) {
    return say`It ends the state machine, branch or iteration; remove the field.`;
  }
  if (name === 'TimeoutSeconds')
    return say`Set it in the Task states inside, or for the whole state machine.`;
  const knowing = stateTypes.filter(other => fieldsOf(other).some(field => field.name === name));
  return say`Only ${allOf(knowing)} states have it.`;
}
