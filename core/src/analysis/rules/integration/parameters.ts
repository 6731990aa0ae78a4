import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import type { TaskCall } from '#core/analysis/taskCalls.ts';
import { matchParameter, missingParameters, type Integration } from '#core/language/services/integration.ts';
import type { Field } from '#core/language/services/catalogue.ts';
import type { ObjectNode, PropertyNode } from '#core/syntax/node.ts';
import { askIfMeant } from '#core/text/closest.ts';
import { say } from '#core/text/message.ts';
import { placeOf } from '../state/missingField.ts';
import { allOf, anyOf } from '../state/wording.ts';

/** Parameters that the action does not take, or takes under another name, or needs and does not get. */
export const parameters: Rule = {
  code: 'integration/parameters',
  variants: [
    'integration/unknown-parameter',
    'integration/parameter-case',
    'integration/missing-required-parameter',
    'integration/lambda-missing-functionname',
    'integration/http-missing-fields',
  ],
  severity: 'error',
  summary: 'The parameters are not those of the action.',
  explanation:
    'Parameters of services are written in PascalCase, whatever the API does. AWS refuses unknown ones and missing ones at deployment. Our list has a date: a parameter that is not in it and resembles none may be newer, so it is a warning only.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sns:publish","Parameters":{"topicArn":"t","Message":"m"},"End":true}}}',
  *check(analysis) {
    // Most Tasks of a kind have the same keys; what was right once is right again.
    const right = new Map<Integration, Set<string>>();
    for (const call of analysis.taskCalls) {
      const { resolution, template } = call;
      if (resolution.kind !== 'known' || !template) continue;
      const { integration } = resolution;
      const fields = integration.parameters;
      if (!fields) continue;
      const keys = [call.state.queryLanguage, ...template.properties.map(({ key }) => key.value)].join('\n');
      const known = right.get(integration);
      if (keys.includes('${') || known?.has(keys) === true) continue;
      let isRight = true;
      for (const property of template.properties) {
        const found = ofKey(call, integration, fields, template, property);
        if (!found) continue;
        isRight = false;
        yield { ...found, state: call.state.pointer };
      }
      if (analysis.isBroken(template)) continue;
      const missing = missingParameters(integration, template.properties.map(plainKey));
      if (missing.length > 0) {
        yield { ...ofMissing(integration, template, missing), state: call.state.pointer };
      } else if (isRight) {
        if (known) known.add(keys);
        else right.set(integration, new Set([keys]));
      }
    }
  },
};

/** The key without the `.$` of JSONPath templates. */
function plainKey({ key }: PropertyNode): string {
  return key.value.endsWith('.$') ? key.value.slice(0, -2) : key.value;
}

function ofKey(
  { state }: TaskCall,
  { service, action }: Integration,
  fields: readonly Field[],
  template: ObjectNode,
  property: PropertyNode,
): RuleFinding | undefined {
  const { key } = property;
  const name = state.queryLanguage === 'JSONPath' ? plainKey(property) : key.value;
  const match = matchParameter(fields, name);
  if (match.kind === 'exact') return undefined;
  const place = { start: key.start, end: key.end };
  const meant = match.kind === 'misspelled' ? match.field.name : match.suggestion;
  const isThere = template.properties.some(other => plainKey(other) === meant);
  const message = say`'${service}:${action}' has no parameter '${name}'.`;
  if (meant === undefined || isThere) {
    return {
      ...place,
      code: 'integration/unknown-parameter',
      message:
        isThere && meant !== undefined ? say`${message} It has '${meant}', which is here, too.` : message,
      ...(meant === undefined && { severity: 'warning' }),
    };
  }
  const span = { start: key.offsetOf(0), end: key.offsetOf(name.length) };
  return {
    ...place,
    code: match.kind === 'misspelled' ? 'integration/parameter-case' : 'integration/unknown-parameter',
    message: askIfMeant(message, meant),
    fix: { kind: 'replaceText', span, text: meant, title: say`Change to '${meant}'` },
  };
}

function ofMissing(
  { service, action }: Integration,
  template: ObjectNode,
  missing: readonly (readonly string[])[],
): RuleFinding {
  const names = missing.map(alternatives => anyOf(alternatives.map(name => `'${name}'`)));
  return {
    ...placeOf(template),
    code:
      service === 'lambda' && missing.some(([name]) => name === 'FunctionName')
        ? 'integration/lambda-missing-functionname'
        : service === 'http'
          ? 'integration/http-missing-fields'
          : 'integration/missing-required-parameter',
    message: say`'${service}:${action}' needs ${allOf(names)}.`,
  };
}
