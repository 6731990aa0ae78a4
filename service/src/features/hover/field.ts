import { fieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ValueKind } from '#core/language/values.ts';
import { describeType, integrationOf, parameterAt } from '#service/integrations.ts';
import { code, paragraphs } from '#service/markdown.ts';
import { integrationOwner, type KeyPlace } from '#service/place.ts';
import { contentSpan } from '#service/symbolAt.ts';
import type { HoverText } from './hoverText.ts';

/** What the specification says of a field, or the service's API of a parameter. */
export function fieldHover(place: KeyPlace): HoverText | undefined {
  const { container, property } = place;
  if (!property) return undefined;
  const name = property.key.value;
  const span = contentSpan(property.key);
  if (container.kind === 'fields') {
    const row = fieldsIn(container.name, place.language).get(name);
    const other = place.language === 'JSONata' ? 'JSONPath' : 'JSONata';
    const foreign = row ? undefined : fieldsIn(container.name, other).get(name);
    if (row) return { span, markdown: describeField(row) };
    return foreign && { span, markdown: describeField(foreign) };
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
  const required = 'isRequired' in parameter && parameter.isRequired ? ' · required' : '';
  return {
    span,
    markdown: paragraphs(
      `**${name}**: ${describeType(type)}${required}`,
      sentence,
      type.kind === 'enum' ? type.values.slice(0, 30).map(code).join(', ') : undefined,
      `${integration.service} ${integration.action}`,
    ),
  };
}

/** A field's heading, its rule, and where to read on. */
export function describeField(row: FieldRow): string {
  const notes = [
    row.required === true ? 'required' : undefined,
    row.only === undefined ? undefined : `${row.only} only`,
    row.deprecatedFor === undefined ? undefined : `replaced by ${code(row.deprecatedFor)}`,
  ].filter(note => note !== undefined);
  const heading = [`**${row.name}**: ${kindOf(row.value)}`, ...notes].join(' · ');
  const excludes =
    row.excludes === undefined ? undefined : `Not together with ${row.excludes.map(code).join(', ')}.`;
  return paragraphs(heading, row.doc, excludes, `[Documentation](${row.link})`);
}

function kindOf(kind: ValueKind): string {
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
      const what = kind.integer ? 'integer' : 'number';
      const most = kind.max >= Number.MAX_SAFE_INTEGER ? '' : ` to ${kind.max}`;
      return `${what} from ${kind.min}${most}${kind.jsonata === true ? ', or JSONata' : ''}`;
    }
    case 'timestamp':
      return 'timestamp';
    case 'stateName':
      return 'name of a state';
    case 'path':
    case 'referencePath':
    case 'resultPath':
      return 'path';
    case 'pathOrIntrinsic':
      return 'path or intrinsic function';
    case 'payloadTemplate':
      return 'Payload Template';
    case 'jsonataValue':
      return 'any JSON, with JSONata in strings';
    case 'jsonataArray':
      return 'array, or JSONata';
    case 'condition':
      return 'boolean, or JSONata';
    case 'json':
      return 'any JSON';
    case 'assign':
      return 'variables';
    case 'errorNames':
      return 'Error Names';
    case 'strings':
      return 'list of strings';
    case 'object':
      return 'object';
    case 'list':
      return 'list';
    case 'states':
      return 'states by name';
    case 'comparand':
      return kind.path ? 'path' : kind.type;
  }
}
