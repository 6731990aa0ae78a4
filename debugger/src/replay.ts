import type { Json } from '#core/json.ts';
import type { Start } from '#interpreter/begin.ts';
import type { Prepared } from '#interpreter/prepare.ts';
import type { Program } from '#interpreter/program.ts';
import type { Snapshot, StrandPath } from '#interpreter/snapshot.ts';
import type { Entry, Recording } from './recording.ts';
import type { Recorded } from './world.ts';

/** Where an execution departs from the recorded one. */
export interface Divergence {
  readonly strand: StrandPath;
  readonly text: string;
}

/** A recorded execution that answers the tasks of its repetition. */
export interface Replay extends Recorded {
  readonly start: Start;
  /** The strand that went on next. */
  prefer(snapshot: Snapshot): StrandPath | undefined;
  /** Compares what happened with what was recorded. */
  follow(entry: Entry, recording: Recording): Divergence | undefined;
  goTo(position: number): void;
  /** The execution was changed by the user: from here on it is its own. */
  leave(): void;
}

export function replayOf(history: Json, program: Program): Prepared<Replay> {
  void [history, program];
  return { kind: 'refused', reason: 'Histories cannot be replayed yet.' };
}
