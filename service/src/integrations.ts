import type { Analysis } from '#core/analysis/analysis.ts';
import type { Field, FieldType } from '#core/language/services/catalogue.ts';
import { emptyCatalogue } from '#core/language/services/catalogue.ts';
import { matchParameter, resolveIntegration, type Integration } from '#core/language/services/integration.ts';
import { parseResource } from '#core/language/services/resource.ts';
import type { Translate } from '#core/text/translate.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';

/** The service integration that the `Resource` of a Task, ItemReader or ResultWriter names. */
export function integrationOf(analysis: Analysis, owner: ObjectNode): Integration | undefined {
  const resource = valueOf(owner, 'Resource');
  return resource?.kind === 'string' ? integrationNamed(analysis, resource.value) : undefined;
}

/** The service integration of an ARN such as `arn:aws:states:::sqs:sendMessage`. */
export function integrationNamed(analysis: Analysis, arn: string): Integration | undefined {
  const resource = parseResource(arn);
  if (resource.kind !== 'optimized' && resource.kind !== 'sdk') return undefined;
  const resolution = resolveIntegration(resource, analysis.knowledge.services ?? emptyCatalogue);
  return resolution.kind === 'known' ? resolution.integration : undefined;
}

/** The fields an object at a path below Parameters or Arguments takes; none where any are fine. */
export function fieldsAt(
  integration: Integration,
  path: readonly (string | number)[],
): readonly Field[] | undefined {
  let type: FieldType | undefined = { kind: 'structure', fields: integration.parameters ?? [] };
  for (const member of path) type = type && memberType(type, member);
  return type?.kind === 'structure' ? type.fields : undefined;
}

/** What stands at a path below Parameters or Arguments. */
export function parameterAt(
  integration: Integration,
  path: readonly (string | number)[],
): Field | FieldType | undefined {
  const last = path.at(-1);
  const fields = fieldsAt(integration, path.slice(0, -1));
  if (typeof last === 'string' && fields) return fieldNamed(fields, last);
  let type: FieldType | undefined = { kind: 'structure', fields: integration.parameters ?? [] };
  for (const member of path) type = type && memberType(type, member);
  return type;
}

/** The type of a value, in the words of the catalogue: `list of string`. */
export function describeType(type: FieldType, translate: Translate): string {
  switch (type.kind) {
    case 'list':
      return translate('list of {0}', describeType(type.element, translate));
    case 'map':
      return translate('map to {0}', describeType(type.value, translate));
    case 'structure':
      return 'object';
    case 'json':
      return translate('any JSON');
    default:
      return type.kind;
  }
}

function memberType(type: FieldType, member: string | number): FieldType | undefined {
  switch (type.kind) {
    case 'structure':
      return typeof member === 'string' ? fieldNamed(type.fields, member)?.type : undefined;
    case 'list':
      return typeof member === 'number' ? type.element : undefined;
    case 'map':
      return typeof member === 'string' ? type.value : undefined;
    default:
      return undefined;
  }
}

function fieldNamed(fields: readonly Field[], key: string): Field | undefined {
  const match = matchParameter(fields, key.endsWith('.$') ? key.slice(0, -2) : key);
  return match.kind === 'unknown' ? undefined : match.field;
}
