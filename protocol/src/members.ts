import type { JsonObject } from '#core/json.ts';

/** What is in a message that comes from elsewhere and may be anything; nothing in what is no object. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Whether a part of a message, which is JSON, is an object of it. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
