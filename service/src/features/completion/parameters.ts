import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Field, FieldType } from '#core/language/services/catalogue.ts';
import { bare, named, stops, type Draft } from '#service/draft.ts';
import { describeType, fieldsAt, integrationOf, parameterAt } from '#service/integrations.ts';
import { integrationOwner, type KeyPlace, type ValuePlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

/** The keys an API call takes at this depth of Parameters or Arguments, required ones first. */
export function parameterCandidates(place: KeyPlace): Candidate[] {
  const owner = integrationOwner(place);
  const { analysis } = place.machine;
  const { translate } = analysis;
  const integration = owner && integrationOf(analysis, owner);
  if (!integration || place.container.kind !== 'data') return [];
  const { path } = place.container;
  const fields = fieldsAt(integration, path);
  if (!fields) return [];
  const present = new Set(
    place.container.node.properties
      .filter(property => property !== place.property)
      .map(({ key }) => withoutSuffix(key.value)),
  );
  const { services, documentation } = analysis.knowledge;
  const { sdk } = integration;
  const action = sdk && services?.service(sdk.service)?.action(sdk.action);
  return fields
    .filter(field => !present.has(field.name) && !present.has(field.apiName))
    .flatMap((field): Candidate[] => {
      const sentence =
        path.length === 0 && sdk && action
          ? documentation?.ofParameter(sdk.service, action, field.name)
          : undefined;
      const candidate: Candidate = {
        label: field.name,
        kind: CompletionItemKind.Field,
        rank: field.isRequired ? 1 : 4,
        detail: describeType(field.type, translate),
        ...(field.isRequired && { description: translate('required') }),
        ...(sentence !== undefined && { documentation: sentence }),
        draft: parameterDraft(field, place),
        suggestNext: field.type.kind === 'enum' || field.type.kind === 'boolean',
      };
      if (place.language === 'JSONata') return [candidate];
      const fromPath: Candidate = {
        ...candidate,
        label: `${field.name}.$`,
        rank: candidate.rank + 1,
        detail: translate('from a path or intrinsic function'),
        draft: stops('\\$.$1'),
        suggestNext: true,
      };
      return [candidate, fromPath];
    });
}

function withoutSuffix(key: string): string {
  return key.endsWith('.$') ? key.slice(0, -2) : key;
}

function parameterDraft(field: Field, place: KeyPlace): Draft {
  const { type } = field;
  const isJsonata = place.language === 'JSONata';
  switch (type.kind) {
    case 'number':
      return bare('${1:0}');
    case 'boolean':
      return bare('${1:true}');
    case 'list':
      return [elementDraft(type.element)];
    case 'structure':
      return structureDraft(type);
    case 'map':
      return named('$1', elementDraft(type.value, 2));
    case 'json':
      return isJsonata ? stops('{% \\$states.input$1 %}') : {};
    default:
      return stops('$1');
  }
}

function elementDraft(type: FieldType, stop = 1): Draft {
  switch (type.kind) {
    case 'number':
      return bare(`\${${stop}:0}`);
    case 'boolean':
      return bare(`\${${stop}:true}`);
    case 'structure':
      return structureDraft(type);
    case 'list':
      return [];
    case 'map':
    case 'json':
      return {};
    default:
      return stops(`$${stop}`);
  }
}

/** An object with its required members; of the first levels only, for structures may contain themselves. */
function structureDraft(type: Extract<FieldType, { kind: 'structure' }>): Draft {
  const required = type.fields.filter(({ isRequired }) => isRequired);
  if (required.length === 0) return named('$1', stops('$2'));
  let stop = 0;
  return Object.fromEntries(
    required.map(({ name, type: inner }): [string, Draft] => {
      if (inner.kind === 'structure' || inner.kind === 'map' || inner.kind === 'json') return [name, {}];
      return [name, inner.kind === 'list' ? [] : elementDraft(inner, ++stop)];
    }),
  );
}

/** The values a parameter is known to take. */
export function parameterValueCandidates(place: ValuePlace): Candidate[] {
  const owner = integrationOwnerOfValue(place);
  const integration = owner && integrationOf(place.machine.analysis, owner);
  const found = integration && parameterAt(integration, place.path);
  if (!found) return [];
  const type = 'type' in found ? found.type : found;
  if (type.kind === 'enum') {
    return type.values.map(value => ({ label: value, kind: CompletionItemKind.EnumMember, rank: 1 }));
  }
  if (type.kind !== 'boolean') return [];
  return [true, false].map((value, rank) => ({
    label: String(value),
    kind: CompletionItemKind.Value,
    rank,
    draft: value,
  }));
}

function integrationOwnerOfValue(place: ValuePlace): ReturnType<typeof integrationOwner> {
  if (place.container.kind === 'fields' || place.container.kind === 'states') return undefined;
  return integrationOwner(place);
}
