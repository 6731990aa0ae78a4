import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Translate } from '#core/text/translate.ts';
import { nextStrand } from '#interpreter/advance.ts';
import type { Recording } from './recording.ts';
import { strandAt } from './strands.ts';

/** What takes long, and how far it has come. */
export interface Busy {
  readonly title: string;
  readonly message: string;
  /** From 0 to 1, where that is known. */
  readonly share?: number | undefined;
}

/** What is over sooner is not worth a word. */
const patience = 1_000;
/** Milliseconds between two words about the same. */
const pause = 250;

/** Tells a client that shows it how far something long has come: `progressStart`, `progressUpdate`, `progressEnd`. */
export class Progress {
  readonly #send: (event: string, body: object) => void;
  readonly #now: () => number;
  #since: number | undefined;
  #told = 0;
  #count = 0;
  #isShown = false;

  constructor(send: (event: string, body: object) => void, now: () => number) {
    this.#send = send;
    this.#now = now;
  }

  /** Something goes on; `busy` is asked only when there is something to tell. */
  goesOn(busy: () => Busy): void {
    const now = this.#now();
    this.#since ??= now;
    if (now - this.#since < patience || now - this.#told < pause) return;
    this.#told = now;
    const { title, message, share } = busy();
    const state = { message, ...(share !== undefined && { percentage: Math.floor(share * 100) }) };
    if (this.#isShown) {
      this.#send('progressUpdate', { progressId: this.#id, ...state } satisfies Update);
      return;
    }
    this.#isShown = true;
    this.#count++;
    this.#send('progressStart', { progressId: this.#id, title, cancellable: true, ...state } satisfies Start);
  }

  end(): void {
    if (this.#isShown) this.#send('progressEnd', { progressId: this.#id });
    this.#isShown = false;
    this.#since = undefined;
  }

  /** Whether the client means what is going on. */
  isMeant(progressId: unknown): boolean {
    return this.#isShown && progressId === this.#id;
  }

  get #id(): string {
    return `stepwise-${this.#count}`;
  }
}

/** An execution that runs: of a Map, how many iterations have ended. */
export function runningOf({ snapshot, position, program }: Recording, translate: Translate): Busy {
  const { fork, state = '' } = strandAt(snapshot, '') ?? {};
  const name = program.states.get(nextStrand(snapshot)?.state ?? state)?.name ?? '';
  return {
    title: translate('The execution runs'),
    message: translate('{0}, {1} stages', name, position),
    share: fork && fork.length > 0 ? fork.ended / fork.length : undefined,
  };
}

/** A wait in real time. */
export function waitingOf({ snapshot, program }: Recording, share: number, translate: Translate): Busy {
  const waiting = strandAt(snapshot, '')?.waiting;
  const name = waiting?.stateName ?? program.states.get(strandAt(snapshot, '')?.state ?? '')?.name ?? '';
  return { title: translate('The execution waits'), message: name, share };
}

/** The way back to where something would have stopped it. */
export function goingBackOf({ position, end }: Recording, translate: Translate): Busy {
  return {
    title: translate('Going back'),
    message: translate('{0} stages', position),
    share: end === 0 ? 1 : 1 - position / end,
  };
}

type Start = DebugProtocol.ProgressStartEvent['body'];
type Update = DebugProtocol.ProgressUpdateEvent['body'];
