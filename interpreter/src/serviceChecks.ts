import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import type { Resource } from './resource.ts';
import { runtimeFailure, type Failure } from './statesError.ts';

/** What Step Functions itself refuses to send to a service, before anything is scheduled. */
export function refusedParameters(resource: Resource, parameters: Json): Failure | undefined {
  if (!isJsonObject(parameters)) return undefined;
  const reason = reasonToRefuse(resource.service, parameters);
  if (reason === undefined) return undefined;
  return runtimeFailure(
    `The Parameters '${JSON.stringify(parameters)}' could not be used to start the Task: [${reason}]`,
  );
}

function reasonToRefuse(service: string, { Headers }: JsonObject): string | undefined {
  if (Headers === undefined || Headers === null) return undefined;
  if (service === 'apigateway')
    return areHeaders(Headers) ? undefined : "The value of the field 'Headers' has an invalid format";
  if (service !== 'http' || !isJsonObject(Headers)) return undefined;
  const refused = Object.keys(Headers).find(isRefusedHeader);
  // The words are ours: no recording has AWS's.
  return refused === undefined ? undefined : `The header '${refused}' cannot be sent`;
}

/** API Gateway takes a list of values for each header. */
function areHeaders(value: Json): boolean {
  return isJsonObject(value) && Object.values(value).every(values => Array.isArray(values));
}

/** Headers that an HTTP task leaves to the connection, to Step Functions, or to those who carry the request. */
const refusedHeaders: ReadonlySet<string> = new Set(
  `a-im accept-charset accept-datetime accept-encoding authorization cache-control connection content-encoding
  content-md5 date expect forwarded from host http2-settings if-match if-modified-since if-none-match if-range
  if-unmodified-since max-forwards origin pragma proxy-authorization range referer server te trailer
  transfer-encoding upgrade via warning`.split(/\s+/),
);

function isRefusedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return refusedHeaders.has(lower) || /^x-(?:forwarded|amz|amzn)-/.test(lower);
}
