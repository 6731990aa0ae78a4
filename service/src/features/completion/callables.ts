import { CompletionItemKind, type Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { placeAt, type ValuePlace } from '#service/place.ts';
import { callOf, type Call } from '#service/templates/callee.ts';
import {
  machineResourcesFor,
  referenceIn,
  resourcesOf,
  type MachineResource,
  type TemplateResource,
} from '#service/templates/resources.ts';
import { toOffset } from '#service/toLsp.ts';
import { fileNameOf } from '#service/uris.ts';
import type { Candidate } from './candidate.ts';

/** Whether the names of functions or state machines belong at a position, so that templates are worth reading. */
export function wantsCallables(analysis: Analysis, position: Position): boolean {
  const offset = toOffset(analysis, position);
  const machine = analysis.machineAt(offset);
  const place = machine && placeAt(machine, offset);
  return place?.kind === 'value' && callAt(place) !== undefined;
}

/**
 * The functions and state machines that the workspace's templates make: by the substitutions they have for this
 * definition, which hold in every stage and account, and functions by their names.
 */
export function callableCandidates(place: ValuePlace, templates: readonly Analysis[]): Candidate[] {
  const call = templates.length > 0 ? callAt(place) : undefined;
  if (!call) return [];
  const deployments = machineResourcesFor(place.machine.analysis, templates);
  const substituted = deployments.flatMap(deployment => substitutionsTo(deployment, call.kind));
  const named = call.field === 'FunctionName' ? templates.flatMap(namedFunctions) : [];
  const labels = new Set<string>();
  return [...substituted, ...named].filter(({ label }) => !labels.has(label) && labels.add(label));
}

function callAt({ state, field, path, container }: ValuePlace): Call | undefined {
  const call = state && callOf(state);
  if (!call) {
    // A Task whose Resource is not written yet.
    const isEmpty = state?.type === 'Task' && field?.name === 'Resource';
    return isEmpty ? { kind: 'function', field: 'Resource' } : undefined;
  }
  if (field?.name === 'Resource')
    return container.kind === 'fields' && container.name === 'Task'
      ? { kind: 'function', field: 'Resource' }
      : undefined;
  const isTemplate = field?.name === 'Parameters' || field?.name === 'Arguments';
  return isTemplate && path.length === 1 && path[0] === call.field ? call : undefined;
}

function substitutionsTo({ template, substitutions }: MachineResource, kind: Call['kind']): Candidate[] {
  const resources = resourcesOf(template);
  return (substitutions?.properties ?? []).flatMap(({ key, value }): Candidate[] => {
    const reference = value && referenceIn(value);
    const named = reference?.kind === 'id' ? resources.find(({ id }) => id === reference.id) : undefined;
    const isWanted = named?.kind === kind || (named?.kind === 'alias' && kind === 'function');
    if (!named || !isWanted) return [];
    return [
      {
        label: `\${${key.value}}`,
        kind: CompletionItemKind.Reference,
        rank: 0,
        detail: describe(named, template),
      },
    ];
  });
}

function namedFunctions(template: Analysis): Candidate[] {
  return resourcesOf(template).flatMap((resource): Candidate[] => {
    if (resource.kind !== 'function' || resource.name === undefined || resource.name.includes('$')) return [];
    return [
      {
        label: resource.name,
        kind: CompletionItemKind.Reference,
        rank: 1,
        detail: describe(resource, template),
      },
    ];
  });
}

function describe(resource: TemplateResource, template: Analysis): string {
  const handler =
    resource.kind === 'function' && resource.handler !== undefined ? ` · ${resource.handler}` : '';
  return `${resource.id}${handler} · ${fileNameOf(template.source.uri)}`;
}
