import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { say, type Words } from '#core/text/message.ts';
import type { Snapshot, StrandPath } from '#interpreter/snapshot.ts';
import { causeInWords } from './causes.ts';
import { durationText } from './duration.ts';
import { errorName, outlook } from './exceptionInfo.ts';
import { strandTitle } from './frames.ts';
import { preview, type Secrets } from '#core/preview.ts';
import type { Raised } from './raised.ts';
import type { Recording, Entry } from './recording.ts';
import { enclosuresOf } from './strands.ts';

/** A line of the console about something that happened, and the state to link it to. */
export interface Told {
  readonly text: Words;
  readonly state: Pointer | undefined;
  readonly isError: boolean;
}

/** So many iterations of each Map are told; the console is no place for ten thousand. */
const toldIterations = 3;

/** Tells an execution as a timeline: one line for each state that is entered, and for what is out of the ordinary. */
export class Timeline {
  readonly #secrets: Secrets;
  #told = 0;
  #silenced = new Set<string>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** What an entry is worth telling; nothing of what was told before, when the past is walked again. */
  tell(entry: Entry, recording: Recording, raised: readonly Raised[]): readonly Told[] {
    if (recording.position <= this.#told) return [];
    this.#told = recording.position;
    const lines: Told[] = [];
    if (entry.kind === 'delivered' && entry.reply.kind === 'ended' && !this.#silenced.has('children')) {
      this.#silenced.add('children');
      lines.push({
        text: say`… What the children of the distributed Map did is in histories of their own: they end as the recorded Map Run tells.`,
        state: undefined,
        isError: false,
      });
    }
    if (entry.kind === 'stepped') {
      const { step } = entry;
      const silence = silencedBy(step.strand);
      if (silence !== undefined) {
        if (this.#silenced.has(silence)) return [];
        this.#silenced.add(silence);
        const title = strandTitle(silence);
        return [
          {
            text: say`… ${title} and the iterations behind it are not told one by one.`,
            state: step.state,
            isError: false,
          },
        ];
      }
      const prefix = prefixOf(step.strand);
      const clock = clockOf(recording.snapshot);
      if (step.stage === 'input')
        lines.push({
          text: `${clock}  ${prefix}${step.stateName}  ${this.#shown(step.value)}`,
          state: step.state,
          isError: false,
        });
      for (const request of step.requests) {
        if (request.kind === 'timer' && request.reason === 'wait')
          lines.push({
            text: say`${`${clock}  ${prefix}${step.stateName}`} waits ${durationText(request.due - recording.snapshot.now)}`,
            state: step.state,
            isError: false,
          });
      }
    }
    for (const each of raised) {
      if (silencedBy(each.strand) !== undefined) continue;
      const where = `${clockOf(recording.snapshot)}  ${prefixOf(each.strand)}${each.stateName}`;
      const name = errorName(each.error);
      const next = outlook(each, recording.program);
      const cause = causeInWords(clipped(each.error.cause ?? ''));
      lines.push({
        text:
          cause === ''
            ? say`${where} failed: ${name}. ${next}`
            : say`${where} failed: ${name} (${cause}). ${next}`,
        state: each.state,
        isError: each.handling.kind === 'uncaught',
      });
    }
    return lines;
  }

  /** The past up to a moment is told; what comes after it may come differently now. */
  cutAfter(position: number): void {
    this.#told = Math.min(this.#told, position);
  }

  #shown(value: Json): string {
    return preview(value, this.#secrets, 160);
  }
}

/** Which branch or iteration a line is about. */
function prefixOf(path: StrandPath): string {
  return path === '' ? '' : `${strandTitle(path)} › `;
}

/** The iteration from which on a Map is not told, if the strand lies in or behind it. */
function silencedBy(path: StrandPath): StrandPath | undefined {
  for (const { kind, index, path: inside } of enclosuresOf(path))
    if (kind === 'iteration' && index >= toldIterations)
      return inside.replace(/\d+\]$/, `${toldIterations}]`);
  return undefined;
}

/** `12:00:05.000`: virtual time, as the Context Object has it. */
function clockOf({ now }: Snapshot): string {
  return new Date(now).toISOString().slice(11, 23);
}

function clipped(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
