import { isJsonObject, type Json } from '#core/json.ts';
import type { Resource } from './resource.ts';
import { runtimeFailure, type Failure } from './statesError.ts';

/** What Step Functions itself refuses to send to a service, before anything is scheduled. */
export function refusedParameters(resource: Resource, parameters: Json): Failure | undefined {
  if (resource.service !== 'apigateway' || !isJsonObject(parameters)) return undefined;
  const { Headers } = parameters;
  if (Headers === undefined || Headers === null || areHeaders(Headers)) return undefined;
  return runtimeFailure(
    `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [The value of the field 'Headers' has an invalid format]`,
  );
}

/** API Gateway takes a list of values for each header. */
function areHeaders(value: Json): boolean {
  return isJsonObject(value) && Object.values(value).every(values => Array.isArray(values));
}
