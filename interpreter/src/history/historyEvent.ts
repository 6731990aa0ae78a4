import type { Json, JsonObject } from '#core/json.ts';
import type { EventRecord } from './eventRecord.ts';

/**
 * An event as GetExecutionHistory gives it: `{timestamp, type, id, previousEventId, …EventDetails}`.
 *
 * `timestamp` is ISO 8601; `input`, `output`, `parameters` and the values of `assignedVariables` are JSON
 * texts. Made on demand: see `EventRecord`.
 */
export interface HistoryEvent {
  readonly timestamp: string;
  readonly type: string;
  readonly id: number;
  readonly previousEventId: number;
  readonly [details: `${string}EventDetails`]: JsonObject;
}

export function historyEvent(record: EventRecord): HistoryEvent {
  const { type, id, previousEventId, time } = record;
  const details = detailsOf(record);
  const base = { timestamp: new Date(time).toISOString(), type, id, previousEventId };
  return details ? { ...base, [detailsName(type)]: details } : base;
}

const untruncated = { truncated: false };

function detailsOf(record: EventRecord): JsonObject | undefined {
  const { name, data, details } = record;
  if (name === undefined) return details && withTexts(details);
  if (record.type.endsWith('Entered'))
    return { name, input: JSON.stringify(data), inputDetails: untruncated };
  const exited = { name, output: JSON.stringify(data), outputDetails: untruncated };
  if (details === undefined) return exited;
  const assignedVariables = Object.fromEntries(
    Object.entries(details).map(([variable, value]) => [variable, JSON.stringify(value)]),
  );
  return { ...exited, assignedVariables, assignedVariablesDetails: untruncated };
}

function withTexts(details: { readonly [name: string]: Json | undefined }): JsonObject {
  const result: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(details)) {
    if (value === undefined) continue;
    if (name === 'input' || name === 'output') {
      result[name] = JSON.stringify(value);
      result[`${name}Details`] = untruncated;
    } else {
      result[name] = name === 'parameters' ? JSON.stringify(value) : value;
    }
  }
  return result;
}

function detailsName(type: string): `${string}EventDetails` {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
