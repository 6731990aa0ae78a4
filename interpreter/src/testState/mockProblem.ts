import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { Field, FieldType, ServiceCatalogue } from '#core/language/services/catalogue.ts';
import { integrationPattern, resolveIntegration, resultOf } from '#core/language/services/integration.ts';
import { parseResource } from '#core/language/services/resource.ts';
import type { TestStateRequest } from './testState.ts';

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Why TestState refuses a mock, or the lack of one. */
export function mockProblem(
  { mock, stateConfiguration, revealSecrets }: TestStateRequest,
  state: JsonObject,
  catalogue: ServiceCatalogue,
): Refusal | undefined {
  const type = state['Type'];
  const forks = type === 'Map' || type === 'Parallel';
  if (!mock) {
    if (!forks) return taskWithoutMock(state);
    return stateConfiguration?.mapIterationFailureCount === undefined
      ? {
          code: 'InvalidDefinition',
          message:
            'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
        }
      : invalid('TestState does not support MapIterationFailureCount when a mock is not specified.');
  }
  if (type === 'Pass' || type === 'Succeed' || type === 'Fail')
    return invalid(`State type '${type}' is not supported when a mock is specified`);
  if (revealSecrets) return invalid('TestState does not support RevealSecrets when a mock is specified.');
  const { result, errorOutput } = mock;
  if (result !== undefined && errorOutput !== undefined)
    return invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  if (result === undefined && errorOutput === undefined)
    return invalid('A test mock should have one of the following fields: [result, errorOutput].');
  if (result === undefined) return undefined;
  if (forks) {
    const writes = isJsonObject(state['ResultWriter']);
    if (writes) return isJsonObject(result) ? undefined : invalid('Mocked result must be a JSON object.');
    if (!Array.isArray(result)) return invalid('Mocked result must be an array.');
    const branches =
      type === 'Parallel' && Array.isArray(state['Branches']) ? state['Branches'].length : undefined;
    return branches === undefined || branches === result.length
      ? undefined
      : invalid(`Mocked result must have one entry for each of the ${String(branches)} branches.`);
  }
  if (type !== 'Task' || mock.fieldValidationMode === 'NONE') return undefined;
  const fields = fieldsOf(state['Resource'], catalogue);
  if (!fields || !isJsonObject(result)) return undefined;
  const strict = mock.fieldValidationMode !== 'PRESENT';
  const problem =
    (strict ? missing(result, state['Resource']) : undefined) ??
    fieldProblem(result, fields, serviceOf(state['Resource']), strict);
  return problem === undefined ? undefined : invalid(`Mock result schema validation error: ${problem}`);
}

/**
 * What the API references call required in responses of optimized integrations; the catalogue knows that of
 * requests only.
 */
const requiredResults: readonly (readonly [RegExp, readonly string[]])[] = [
  [/:states:startExecution$/, ['ExecutionArn', 'StartDate']],
  [/:aws-sdk:sfn:startExecution$/, ['ExecutionArn', 'StartDate']],
  [/:batch:submitJob$/, ['JobId', 'JobName']],
  [/:sagemaker:createTrainingJob$/, ['TrainingJobArn']],
  [/:sagemaker:createTransformJob$/, ['TransformJobArn']],
  [/:sagemaker:createProcessingJob$/, ['ProcessingJobArn']],
  [/:sagemaker:createModel$/, ['ModelArn']],
  [/:sagemaker:createEndpoint$/, ['EndpointArn']],
];

function missing(result: JsonObject, resource: Json | undefined): string | undefined {
  if (typeof resource !== 'string') return undefined;
  const [, names = []] = requiredResults.find(([pattern]) => pattern.test(resource)) ?? [];
  const absent = names.find(name => result[name] === undefined);
  return absent === undefined ? undefined : `Required field '${absent}' is missing`;
}

function invalid(message: string): Refusal {
  return { code: 'ValidationException', message };
}

/** Tasks that only end from outside cannot be run alone. */
function taskWithoutMock(state: JsonObject): Refusal | undefined {
  const resource = state['Resource'];
  if (state['Type'] !== 'Task' || typeof resource !== 'string') return undefined;
  if (parseResource(resource).kind === 'activity')
    return {
      code: 'InvalidDefinition',
      message: 'TestState API does not support Activity tasks without a mock.',
    };
  const [, pattern] = /\.(sync|sync:2|waitForTaskToken)$/.exec(resource) ?? [];
  if (pattern === undefined) return undefined;
  return {
    code: 'InvalidDefinition',
    message: `TestState API does not support the '.${pattern}' service integration pattern without a mock.`,
  };
}

function fieldsOf(resource: Json | undefined, catalogue: ServiceCatalogue): readonly Field[] | undefined {
  const arn = typeof resource === 'string' ? parseResource(resource) : undefined;
  if (arn?.kind !== 'optimized' && arn?.kind !== 'sdk') return undefined;
  const resolution = resolveIntegration(arn, catalogue);
  const pattern = integrationPattern(arn);
  if (resolution.kind !== 'known' || pattern === undefined || pattern === 'unknown') return undefined;
  return resultOf(resolution.integration, pattern, catalogue);
}

function serviceOf(resource: Json | undefined): string {
  const arn = typeof resource === 'string' ? parseResource(resource) : undefined;
  return arn?.kind === 'optimized' || arn?.kind === 'sdk' ? arn.service.text : '';
}

function fieldProblem(
  value: JsonObject,
  fields: readonly Field[],
  service: string,
  strict: boolean,
): string | undefined {
  for (const field of fields) {
    const member = value[field.name] ?? value[field.apiName];
    if (member === undefined) {
      if (strict && field.isRequired) return `Required field '${field.name}' is missing`;
      continue;
    }
    if (member === null) continue;
    const problem =
      typeProblem(member, field.name, field.type, service, strict) ?? boundProblem(member, field, service);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Ranges of numbers, and of lengths of texts, that the API references give to fields of results. The catalogue has
 * none; these are some that mocked results of functions, keys and queues come across.
 */
const bounds: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['lambda MemorySize', [128, 10_240]],
  ['lambda Timeout', [1, 900]],
  ['kms CiphertextBlob', [1, 6144]],
  ['kms Plaintext', [1, 4096]],
  ['secretsmanager SecretString', [1, 65_536]],
]);

function boundProblem(value: Json, { name }: Field, service: string): string | undefined {
  const [least, most] = bounds.get(`${service} ${name}`) ?? [];
  if (least === undefined || most === undefined) return undefined;
  if (typeof value === 'number') {
    if (value < least) return `Field '${name}' is less than the minimum value`;
    return value > most ? `Field '${name}' exceeds the maximum value` : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (value.length < least) return `Field '${name}' is smaller than the minimum length`;
  return value.length > most ? `Field '${name}' exceeds the maximum length` : undefined;
}

function typeProblem(
  value: Json,
  name: string,
  type: FieldType,
  service: string,
  strict: boolean,
): string | undefined {
  const must = (kind: string, holds: boolean): string | undefined =>
    holds ? undefined : `Field '${name}' must be ${kind}`;
  switch (type.kind) {
    case 'string':
    case 'enum':
    case 'blob':
    case 'timestamp':
      return must('a string', typeof value === 'string');
    case 'number':
      return must('a number', typeof value === 'number');
    case 'boolean':
      return must('a boolean', typeof value === 'boolean');
    case 'json':
      return undefined;
    case 'list': {
      if (!Array.isArray(value)) return must('an array', false);
      for (const item of value as readonly Json[]) {
        const problem = typeProblem(item, name, type.element, service, strict);
        if (problem !== undefined) return problem;
      }
      return undefined;
    }
    case 'map':
      return must('an object', isJsonObject(value));
    case 'structure':
      return isJsonObject(value)
        ? fieldProblem(value, type.fields, service, strict)
        : must('an object', false);
  }
}
