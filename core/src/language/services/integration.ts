import { closest } from '#core/text/closest.ts';
import type { Action, Field, FieldType, ServiceCatalogue } from './catalogue.ts';
import { fieldName, upperFirst } from './names.ts';
import { exchangeFields, optimizedAction, optimizedActions } from './optimized.ts';
import type { IntegrationPattern, JobResult, OptimizedAction } from './optimized.ts';
import type { ArnPart, IntegrationArn } from './resource.ts';
import { suggestedService } from './serviceAliases.ts';

/** What is known of a service integration, optimized or SDK: enough to check, complete and describe a Task. */
export interface Integration {
  readonly kind: 'optimized' | 'sdk';
  readonly service: string;
  readonly action: string;
  /** The SDK action behind it, for its documentation; `undefined` where there is none. */
  readonly sdk: { readonly service: string; readonly action: string } | undefined;
  readonly optimized: OptimizedAction | undefined;
  readonly patterns: readonly IntegrationPattern[];
  /**
   * The keys of Parameters or Arguments; `undefined` where they are not known, so that none can be called wrong.
   * Optimized integrations take the API's names with a capital (`BOOL`), SDK integrations Java's (`Bool`).
   */
  readonly parameters: readonly Field[] | undefined;
  /** Of each group one parameter must be there. */
  readonly oneOf: readonly (readonly string[])[];
  /** The keys of the result of the request-response pattern; `undefined` where they are not known. */
  readonly result: readonly Field[] | undefined;
  /** Error Names for Retry and Catch, besides those of the language. */
  readonly errors: readonly string[];
}

/** What the catalogue says of a Resource; the parts it speaks of carry their offsets. */
export type Resolution =
  | { readonly kind: 'known'; readonly integration: Integration }
  /** Nothing can be said: a placeholder, no catalogue, or a service whose actions we do not have. */
  | { readonly kind: 'undetermined' }
  /** `suggestion` is a service name. Without one, and without an alternative, it may be newer than the catalogue. */
  | {
      readonly kind: 'unknown-service';
      readonly part: ArnPart;
      readonly suggestion: string | undefined;
      /** The SDK Resource that can do it, where no optimized integration can: `aws-sdk:rekognition:detectText`. */
      readonly sdkAlternative: string | undefined;
    }
  /** `suggestion` is an action's name. It differs only in case if `isCaseOnly`. */
  | {
      readonly kind: 'unknown-action';
      readonly part: ArnPart;
      readonly suggestion: string | undefined;
      readonly isCaseOnly: boolean;
      /** The SDK Resource that can do it, where an optimized integration lacks the action: `aws-sdk:dynamodb:query`. */
      readonly sdkAlternative: string | undefined;
    };

/**
 * What the integration that a Resource names takes and gives.
 *
 * For `arn:aws:states:::dynamodb:query` it is an unknown action with the alternative `aws-sdk:dynamodb:query`.
 */
export function resolveIntegration(resource: IntegrationArn, catalogue: ServiceCatalogue): Resolution {
  if (!resource.service.isKnown) return { kind: 'undetermined' };
  return resource.kind === 'sdk' ? resolveSdk(resource, catalogue) : resolveOptimized(resource, catalogue);
}

/** The pattern a Resource asks for; `unknown` for a placeholder, `undefined` where no such pattern exists. */
export function integrationPattern(resource: IntegrationArn): IntegrationPattern | 'unknown' | undefined {
  const { service, action, pattern } = resource;
  if (!service.isKnown || !action.isKnown || pattern?.isKnown === false) return 'unknown';
  const written = pattern?.text ?? 'request-response';
  return patterns.find(known => known === written);
}

/**
 * The keys of the result that a state gets, by the pattern it waits with; `undefined` where they are not known.
 *
 * A callback's result is whatever SendTaskSuccess was given. A job's is the description of the finished job; of
 * `startExecution.sync:2` with Input and Output as JSON.
 */
export function resultOf(
  { optimized, result }: Integration,
  pattern: IntegrationPattern,
  catalogue: ServiceCatalogue,
): readonly Field[] | undefined {
  switch (pattern) {
    case 'request-response':
      return result;
    case 'waitForTaskToken':
      return undefined;
    case 'sync':
      return jobResultOf(optimized?.jobResult, catalogue);
    case 'sync:2':
      return jobResultOf(optimized?.jobResult, catalogue)?.map(field =>
        field.name === 'Input' || field.name === 'Output' ? { ...field, type: { kind: 'json' } } : field,
      );
  }
}

/**
 * The optimized integration that does what an SDK integration does, for a Task: `sqs:sendMessage` for
 * `aws-sdk:sqs:sendMessage`; `undefined` where there is none.
 */
export function optimizedCounterpart({ kind, sdk }: Integration): OptimizedAction | undefined {
  if (kind !== 'sdk') return undefined;
  return optimizedActions.find(
    candidate =>
      candidate.place === 'Task' &&
      candidate.sdk?.service === sdk?.service &&
      candidate.sdk?.action === sdk?.action,
  );
}

/** How a key of Parameters stands to the parameters of an integration. */
export type ParameterMatch =
  | { readonly kind: 'exact'; readonly field: Field }
  /** Step Functions knows it in another spelling: `topicArn` or `DBInstanceIdentifier`. */
  | { readonly kind: 'misspelled'; readonly field: Field }
  | { readonly kind: 'unknown'; readonly suggestion: string | undefined };

/**
 * Finds the field that a key names; `key` is without the `.$` of JSONPath templates.
 *
 * Where we have not seen AWS refuse one of two spellings, both are exact: the SDK's name and the API's in an
 * optimized integration, and `Package` beside `PackageValue`.
 */
export function matchParameter(fields: readonly Field[], key: string): ParameterMatch {
  const exact = fields.find(field => field.name === key || acceptedToo(field).includes(key));
  if (exact !== undefined) return { kind: 'exact', field: exact };
  const lowered = key.toLowerCase();
  const misspelled = fields.find(({ name, apiName }) =>
    [name, apiName].some(known => known.toLowerCase() === lowered),
  );
  if (misspelled !== undefined) return { kind: 'misspelled', field: misspelled };
  return {
    kind: 'unknown',
    suggestion: closest(
      key,
      fields.map(field => field.name),
    ),
  };
}

function acceptedToo({ name, apiName }: Field): readonly string[] {
  const sdkName = fieldName(apiName);
  return name === `${upperFirst(apiName)}Value` ? [upperFirst(apiName)] : [sdkName];
}

/**
 * What must be there and is not, in any spelling; each entry lists alternatives, most have one.
 *
 * For `lambda:invoke` with the keys `Payload` it is `[['FunctionName']]`.
 */
export function missingParameters(
  { parameters, oneOf }: Integration,
  keys: Iterable<string>,
): readonly (readonly string[])[] {
  const present = new Set([...keys].map(key => key.toLowerCase()));
  const isAbsent = (...names: readonly string[]): boolean =>
    !names.some(name => present.has(name.toLowerCase()));
  const absent = (parameters ?? [])
    .filter(field => field.isRequired && isAbsent(field.name, field.apiName))
    .map(field => [field.name]);
  return [...absent, ...oneOf.filter(group => isAbsent(...group))];
}

function jobResultOf(job: JobResult | undefined, catalogue: ServiceCatalogue): readonly Field[] | undefined {
  if (job === undefined) return undefined;
  const action = catalogue.service(job.service)?.action(job.action);
  if (action === undefined) return undefined;
  const result = withApiNames(action.result);
  if (job.within === undefined) return result;
  const holder = result.find(field => field.name === job.within)?.type;
  const type = holder?.kind === 'list' ? holder.element : holder;
  return type?.kind === 'structure' ? type.fields : undefined;
}

const patterns: readonly IntegrationPattern[] = ['request-response', 'sync', 'sync:2', 'waitForTaskToken'];

function resolveSdk({ service: part, action }: IntegrationArn, catalogue: ServiceCatalogue): Resolution {
  const service = catalogue.service(part.text);
  if (service === undefined) {
    if (catalogue.services.length === 0) return { kind: 'undetermined' };
    const names = new Set(catalogue.services.map(({ name }) => name));
    const suggestion = suggestedService(part.text, names);
    return { kind: 'unknown-service', part, suggestion, sdkAlternative: undefined };
  }
  if (service.actionCount === 0 || !action.isKnown) return { kind: 'undetermined' };
  const known = service.action(action.text);
  if (known === undefined) {
    const names = service.actions.map(({ name }) => name);
    return unknownAction(action, names, undefined);
  }
  const integration: Integration = {
    kind: 'sdk',
    service: service.name,
    action: known.name,
    sdk: { service: service.name, action: known.name },
    optimized: undefined,
    patterns: ['request-response', 'waitForTaskToken'],
    parameters: known.parameters,
    oneOf: [],
    result: known.result,
    errors: known.errors,
  };
  return { kind: 'known', integration };
}

function resolveOptimized({ service, action }: IntegrationArn, catalogue: ServiceCatalogue): Resolution {
  const siblings = optimizedActions.filter(candidate => candidate.service === service.text);
  if (siblings.length === 0) {
    return {
      kind: 'unknown-service',
      part: service,
      suggestion: suggestedOptimizedService(service.text),
      sdkAlternative: sdkResource(service.text, action.text, catalogue),
    };
  }
  if (!action.isKnown) return { kind: 'undetermined' };
  const known = optimizedAction(service.text, action.text);
  if (known !== undefined) return { kind: 'known', integration: optimizedIntegration(known, catalogue) };
  const sdkServices = new Set(siblings.flatMap(({ sdk }) => (sdk === undefined ? [] : [sdk.service])));
  const alternatives = [...sdkServices].map(name => sdkResource(name, action.text, catalogue));
  const alternative = alternatives.find(resource => resource !== undefined);
  return unknownAction(
    action,
    siblings.map(sibling => sibling.action),
    alternative,
  );
}

/** Optimized integrations have names of their own: `states` for `sfn`, `events` for `eventbridge`. */
function suggestedOptimizedService(written: string): string | undefined {
  const named = optimizedActions.find(
    ({ sdk }) => sdk?.service === written.toLowerCase().replace(/[^a-z]/g, ''),
  );
  return named?.service ?? suggestedService(written, new Set(optimizedActions.map(({ service }) => service)));
}

function sdkResource(service: string, action: string, catalogue: ServiceCatalogue): string | undefined {
  return catalogue.service(service)?.action(action) === undefined
    ? undefined
    : `aws-sdk:${service}:${action}`;
}

function unknownAction(
  part: ArnPart,
  names: readonly string[],
  sdkAlternative: string | undefined,
): Extract<Resolution, { kind: 'unknown-action' }> {
  const sameLetters = names.find(name => name.toLowerCase() === part.text.toLowerCase());
  return {
    kind: 'unknown-action',
    part,
    suggestion: sameLetters ?? closest(part.text, names),
    isCaseOnly: sameLetters !== undefined,
    sdkAlternative,
  };
}

function optimizedIntegration(optimized: OptimizedAction, catalogue: ServiceCatalogue): Integration {
  const { sdk, ownParameters, prefix, ownErrors } = optimized;
  const action = sdk === undefined ? undefined : catalogue.service(sdk.service)?.action(sdk.action);
  const isOwn = new Set(ownParameters.map(field => field.name));
  const shared =
    action === undefined ? [] : withApiNames(action.parameters).filter(({ name }) => !isOwn.has(name));
  const isLoaded = sdk === undefined || action !== undefined;
  const sdkErrors = (action?.errors ?? []).map(error => error.slice(error.indexOf('.') + 1));
  const serviceErrors = sdkErrors.slice(0, -2).map(error => `${prefix}.${error}`);
  return {
    kind: 'optimized',
    service: optimized.service,
    action: optimized.action,
    sdk,
    optimized,
    patterns: optimized.patterns,
    parameters: isLoaded ? [...ownParameters, ...shared] : undefined,
    oneOf: optimized.oneOf,
    result: optimizedResult(optimized, action),
    errors: [...ownErrors, ...serviceErrors, ...(sdk === undefined ? [] : [`${prefix}.SdkClientException`])],
  };
}

/** The response as Step Functions passes it on, with what it adds of the HTTP exchange. */
function optimizedResult({ ownResult }: OptimizedAction, action: Action | undefined): Integration['result'] {
  return (
    ownResult ?? (action === undefined ? undefined : [...withApiNames(action.result), ...exchangeFields])
  );
}

/** Fields with the API's own names in PascalCase, down to the innermost structure: `BOOL`, not `Bool`. */
function withApiNames(fields: readonly Field[]): readonly Field[] {
  return fields.map(field => ({
    ...field,
    name: upperFirst(field.apiName),
    type: typeWithApiNames(field.type),
  }));
}

function typeWithApiNames(type: FieldType): FieldType {
  switch (type.kind) {
    case 'list':
      return { kind: 'list', element: typeWithApiNames(type.element) };
    case 'map':
      return { kind: 'map', value: typeWithApiNames(type.value) };
    case 'structure':
      // A structure may contain itself, so it is renamed when it is reached.
      return {
        kind: 'structure',
        get fields() {
          return withApiNames(type.fields);
        },
      };
    default:
      return type;
  }
}
