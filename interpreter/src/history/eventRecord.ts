import type { Json, JsonObject } from '#core/json.ts';
import type { Instant } from '../snapshot.ts';
import type { EventType } from './eventType.ts';

/**
 * One event of a history, as the engine notes it: the values themselves, no texts.
 *
 * `historyEvent` makes the event that GetExecutionHistory would give; most are never asked for.
 */
export interface EventRecord {
  readonly type: EventType;
  readonly id: number;
  readonly previousEventId: number;
  readonly time: Instant;
  /** Index in `Snapshot.executions`: children of a distributed Map have histories of their own. */
  readonly execution: number;
  /** Name of the state, for events of entering and exiting. */
  readonly name: string | undefined;
  /** Input of an entered, output of an exited state. */
  readonly data: Json | undefined;
  /** What Assign set, for exited states; for all other events their details. */
  readonly details: EventDetails | undefined;
}

/** The details of an event with values in place of JSON texts. */
export type EventDetails = JsonObject | { readonly [name: string]: Json | undefined };
