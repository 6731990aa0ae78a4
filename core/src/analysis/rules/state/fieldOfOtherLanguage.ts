import type { FieldFault } from '#core/analysis/fieldFaults.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { fieldsOf, objectNames } from '#core/language/fields.ts';
import { innerScopes, type State } from '#core/model/stateMachine.ts';
import { say, type Message } from '#core/text/message.ts';

type LanguageFault = FieldFault & { kind: 'otherLanguage' };

/** A field of JSONPath in a JSONata state, or the reverse. */
export const fieldOfOtherLanguage: Rule = {
  code: 'state/field-of-other-query-language',
  variants: [
    'choice/condition-in-jsonpath',
    'choice/variable-in-jsonata',
    'map/jsonata-map-does-not-pass-language-to-children',
    ...languageFields('JSONPath').map(name => `jsonata/jsonpath-field-${name}`),
    ...languageFields('JSONata').map(name => `jsonpath/jsonata-field-${name}`),
  ],
  severity: 'error',
  summary: 'The field belongs to the other query language.',
  explanation:
    'JSONPath states use InputPath, Parameters, ResultSelector, ResultPath and OutputPath and fields that end in `Path`; JSONata states use Arguments and Output and write expressions into the plain fields. A state takes the QueryLanguage of the state machine unless it has its own; that of a Map or Parallel around it does not count.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$.a","End":true}}}',
  *check(analysis) {
    for (const fault of analysis.fieldFaults) {
      if (fault.kind !== 'otherLanguage') continue;
      const { owner, property, row } = fault;
      yield {
        start: property.key.start,
        end: property.key.end,
        code: codeOf(fault),
        message: messageOf(fault),
        ...(owner.state && { state: owner.state.pointer }),
        aws: {
          code: 'SCHEMA_VALIDATION_FAILED',
          message: `The QueryLanguage is set to '${owner.language}', but field '${row.name}' is only supported for the '${row.only ?? ''}' QueryLanguage`,
          location: awsLocation(analysis.site.node, owner.node),
        },
      };
    }
  },
};

function languageFields(language: 'JSONPath' | 'JSONata'): string[] {
  const names = new Set<string>();
  for (const object of objectNames) {
    for (const row of fieldsOf(object)) if (row.only === language) names.add(row.name);
  }
  return [...names];
}

function codeOf({ owner, row }: LanguageFault): string {
  if (owner.object === 'ChoiceRule' || owner.object === 'NestedChoiceRule') {
    if (row.name === 'Condition') return 'choice/condition-in-jsonpath';
    if (row.only === 'JSONPath') return 'choice/variable-in-jsonata';
  }
  if (owner.language === 'JSONata') return `jsonata/jsonpath-field-${row.name}`;
  if (jsonataStateAround(owner.state)) return 'map/jsonata-map-does-not-pass-language-to-children';
  return `jsonpath/jsonata-field-${row.name}`;
}

/** The nearest Map or Parallel around the state that has chosen JSONata for itself. */
function jsonataStateAround(state: State | undefined): State | undefined {
  let owner: State | undefined = state?.scope.owner;
  while (owner && owner.queryLanguage !== 'JSONata') owner = owner.scope.owner;
  return owner && innerScopes(owner).length > 0 ? owner : undefined;
}

function messageOf(fault: LanguageFault): Message {
  const { owner, row } = fault;
  const hint = advice(fault);
  return hint
    ? say`'${row.name}' belongs to ${row.only ?? ''}, and this state uses ${owner.language}. ${hint}`
    : say`'${row.name}' belongs to ${row.only ?? ''}, and this state uses ${owner.language}.`;
}

const jsonataCounterparts: Readonly<Record<string, Message>> = {
  Parameters: say`Use 'Arguments'.`,
  InputPath: say`Read '$states.input' where it is needed.`,
  OutputPath: say`Use 'Output'.`,
  ResultPath: say`Use 'Output' or 'Assign'.`,
  ResultSelector: say`Use 'Output' with '$states.result'.`,
  Result: say`Use 'Output'.`,
  Variable: say`Write a 'Condition'.`,
};

function advice({ owner, row }: LanguageFault): Message | undefined {
  if (owner.language === 'JSONata') {
    const counterpart = jsonataCounterparts[row.name];
    if (counterpart !== undefined) return counterpart;
    if (owner.object === 'ChoiceRule' || owner.object === 'NestedChoiceRule')
      return say`Write a 'Condition'.`;
    if (row.name.endsWith('Path')) return say`Write an expression into '${row.name.slice(0, -4)}'.`;
    return undefined;
  }
  const around = jsonataStateAround(owner.state);
  if (around) {
    return say`The QueryLanguage of '${around.name}' does not count for the states inside; add "QueryLanguage": "JSONata" here.`;
  }
  return say`Add "QueryLanguage": "JSONata" to the state if it is to use JSONata.`;
}
