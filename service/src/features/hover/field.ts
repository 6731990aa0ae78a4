import { fieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ValueKind } from '#core/language/values.ts';
import type { Translate } from '#core/text/translate.ts';
import { describeType, integrationOf, parameterAt } from '#service/integrations.ts';
import { code, documentationLink, paragraphs } from '#service/markdown.ts';
import { integrationOwner, type KeyPlace } from '#service/place.ts';
import { contentSpan } from '#service/symbolAt.ts';
import type { HoverText } from './hoverText.ts';

/** What the specification says of a field, or the service's API of a parameter. */
export function fieldHover(place: KeyPlace): HoverText | undefined {
  const { container, property } = place;
  if (!property) return undefined;
  const name = property.key.value;
  const span = contentSpan(property.key);
  const { translate } = place.machine.analysis;
  if (container.kind === 'fields') {
    const row = fieldsIn(container.name, place.language).get(name);
    const other = place.language === 'JSONata' ? 'JSONPath' : 'JSONata';
    const foreign = row ? undefined : fieldsIn(container.name, other).get(name);
    const known = row ?? foreign;
    return known && { span, markdown: describeField(known, translate) };
  }
  if (container.kind !== 'data') return undefined;
  const owner = integrationOwner(place);
  const integration = owner && integrationOf(place.machine.analysis, owner);
  const parameter = integration && parameterAt(integration, [...container.path, name]);
  if (!integration || !parameter) return undefined;
  const type = 'type' in parameter ? parameter.type : parameter;
  const { documentation, services } = place.machine.analysis.knowledge;
  const action =
    integration.sdk && services?.service(integration.sdk.service)?.action(integration.sdk.action);
  const sentence =
    container.path.length === 0 && action && integration.sdk
      ? documentation?.ofParameter(integration.sdk.service, action, name)
      : undefined;
  const required = 'isRequired' in parameter && parameter.isRequired ? ` · ${translate('required')}` : '';
  return {
    span,
    markdown: paragraphs(
      `**${name}**: ${describeType(type, translate)}${required}`,
      sentence,
      type.kind === 'enum' ? type.values.slice(0, 30).map(code).join(', ') : undefined,
      `${integration.service} ${integration.action}`,
    ),
  };
}

/** A field's heading, its rule, and where to read on. */
export function describeField(row: FieldRow, translate: Translate): string {
  const notes = [
    row.required === true ? translate('required') : undefined,
    row.only === undefined ? undefined : translate('{0} only', row.only),
    row.deprecatedFor === undefined ? undefined : translate('replaced by {0}', code(row.deprecatedFor)),
  ].filter(note => note !== undefined);
  const heading = [`**${row.name}**: ${kindOf(row.value, translate)}`, ...notes].join(' · ');
  const excludes =
    row.excludes === undefined
      ? undefined
      : translate('Not together with {0}.', row.excludes.map(code).join(', '));
  return paragraphs(heading, translate(row.doc), excludes, documentationLink(row.link, translate));
}

/** Names of JSON's types stay as they are. */
function kindOf(kind: ValueKind, translate: Translate): string {
  switch (kind.is) {
    case 'text':
    case 'string':
    case 'resource':
      return 'string';
    case 'oneOf':
      return kind.values.map(value => code(value)).join(' | ');
    case 'boolean':
    case 'flag':
      return 'boolean';
    case 'number': {
      const range = rangeOf(kind, translate);
      return kind.jsonata === true ? translate('{0}, or JSONata', range) : range;
    }
    case 'timestamp':
      return 'timestamp';
    case 'stateName':
      return translate('name of a state');
    case 'path':
    case 'referencePath':
    case 'resultPath':
      return translate('path');
    case 'pathOrIntrinsic':
      return translate('path or intrinsic function');
    case 'payloadTemplate':
      return 'Payload Template';
    case 'jsonataValue':
      return translate('any JSON, with JSONata in strings');
    case 'jsonataArray':
      return translate('{0}, or JSONata', 'array');
    case 'condition':
      return translate('{0}, or JSONata', 'boolean');
    case 'json':
      return translate('any JSON');
    case 'assign':
      return translate('variables');
    case 'errorNames':
      return translate('Error Names');
    case 'strings':
      return translate('list of strings');
    case 'object':
      return 'object';
    case 'list':
      return translate('list');
    case 'states':
      return translate('states by name');
    case 'comparand':
      return kind.path ? translate('path') : kind.type;
  }
}

function rangeOf({ integer, min, max }: Extract<ValueKind, { is: 'number' }>, translate: Translate): string {
  if (max >= Number.MAX_SAFE_INTEGER)
    return integer ? translate('integer from {0}', min) : translate('number from {0}', min);
  return integer
    ? translate('integer from {0} to {1}', min, max)
    : translate('number from {0} to {1}', min, max);
}
