import type { Json, JsonObject } from '#core/json.ts';
import type { EventDetails, EventRecord } from './eventRecord.ts';
import type { EventType } from './eventType.ts';

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
  const base = { timestamp: timestampOf(time), type, id, previousEventId };
  return details ? { ...base, [shapeOf(type).detailsName]: details } : base;
}

/**
 * The JSON text of a history, as `{"events": […]}` of GetExecutionHistory. Written straight from the
 * records: no event is made, and a value that is the output of one state and the input of the next is written
 * once.
 */
export function historyText(records: readonly EventRecord[]): string {
  const parts: string[] = [];
  const framesByName = new Map<EventType, Map<string, Frame>>();
  let value: Json | undefined;
  let text = '';
  let time = -1;
  let timestamp = '';
  for (const record of records) {
    if (record.time !== time) {
      ({ time } = record);
      timestamp = timestampOf(time);
    }
    const { type, id, previousEventId, name, data } = record;
    const start = `{"timestamp":"${timestamp}","type":"${type}","id":${String(id)},"previousEventId":${String(previousEventId)}`;
    if (name === undefined || data === undefined || record.details !== undefined) {
      const details = detailsOf(record);
      const { detailsName } = shapeOf(type);
      parts.push(details ? `${start},"${detailsName}":${JSON.stringify(details)}}` : `${start}}`);
      continue;
    }
    if (data !== value || text === '') {
      value = data;
      text = JSON.stringify(JSON.stringify(data));
    }
    let frames = framesByName.get(type);
    if (frames === undefined) framesByName.set(type, (frames = new Map()));
    let frame = frames.get(name);
    if (frame === undefined) frames.set(name, (frame = frameOf(type, name)));
    parts.push(`${start}${frame.head}${text}${frame.tail}`);
  }
  return `{"events":[${parts.join(',')}]}`;
}

/** What stands before and behind the text of the value when a state is entered or exited. */
interface Frame {
  readonly head: string;
  readonly tail: string;
}

function frameOf(type: EventType, name: string): Frame {
  const { detailsName, data } = shapeOf(type);
  return {
    head: `,"${detailsName}":{"name":${JSON.stringify(name)},"${data}":`,
    tail: `,"${data}Details":{"truncated":false}}}`,
  };
}

const untruncated = { truncated: false };

/** How the details of a type of event are written. */
interface Shape {
  readonly detailsName: `${string}EventDetails`;
  readonly data: 'input' | 'output';
}

const shapes = new Map<EventType, Shape>();

function shapeOf(type: EventType): Shape {
  const known = shapes.get(type);
  if (known) return known;
  const data = type.endsWith('StateEntered') ? 'input' : 'output';
  const shape: Shape = { detailsName: detailsName(type), data };
  shapes.set(type, shape);
  return shape;
}

function detailsName(type: string): `${string}EventDetails` {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

function timestampOf(time: number): string {
  return new Date(time).toISOString();
}

function detailsOf({ type, name, data, details }: EventRecord): JsonObject | undefined {
  if (name === undefined) return details && withTexts(details);
  if (shapeOf(type).data === 'input') return { name, input: JSON.stringify(data), inputDetails: untruncated };
  const exited = { name, output: JSON.stringify(data), outputDetails: untruncated };
  if (details === undefined) return exited;
  const assignedVariables = Object.fromEntries(
    Object.entries(details).map(([variable, value]) => [variable, JSON.stringify(value)]),
  );
  return { ...exited, assignedVariables, assignedVariablesDetails: untruncated };
}

function withTexts(details: EventDetails): JsonObject {
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
