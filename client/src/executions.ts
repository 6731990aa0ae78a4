import { EventEmitter, type Disposable, type Uri } from 'vscode';
import type { ExecutionView } from '#protocol/execution.ts';

/** An execution that can be asked for other moments of itself: one that is debugged, or the recording of one. */
export interface ExecutionSource {
  /** Goes to another moment of the recording. */
  seek(position: number): void;
  /** Looks at one iteration of a Map state, counted from 0; at all of them together without one. */
  chooseIteration(state: string, index: number | undefined): void;
  /** Ends it for good. */
  end(): void;
}

/** What is shown of a definition's execution. */
export interface ShownExecution {
  readonly view: ExecutionView;
  /** `live` while it is debugged, `recorded` while its recording is kept, `gone` when nothing but the view is left. */
  readonly source: 'live' | 'recorded' | 'gone';
}

interface Known {
  view: ExecutionView;
  source: ExecutionSource | undefined;
  isLive: boolean;
}

/**
 * What is known of the running and finished executions, by definition; the debugger tells, the graph listens.
 * While somebody looks at a definition, the recording of its last execution is kept when its session has ended.
 */
export class Executions {
  readonly #changed = new EventEmitter<{ readonly uri: Uri; readonly shown: ShownExecution | undefined }>();
  readonly #known = new Map<string, Known & { readonly uri: Uri }>();
  readonly #watchers = new Map<string, number>();
  readonly onDidChange = this.#changed.event;

  of(uri: Uri): ShownExecution | undefined {
    const known = this.#known.get(uri.toString());
    return known && shown(known);
  }

  sourceOf(uri: Uri): ExecutionSource | undefined {
    return this.#known.get(uri.toString())?.source;
  }

  /** Keeps the recordings of a definition's executions until it is disposed of. */
  watch(uri: Uri): Disposable {
    const key = uri.toString();
    this.#watchers.set(key, (this.#watchers.get(key) ?? 0) + 1);
    return {
      dispose: () => {
        const others = (this.#watchers.get(key) ?? 1) - 1;
        if (others > 0) this.#watchers.set(key, others);
        else {
          this.#watchers.delete(key);
          this.#drop(key);
        }
      },
    };
  }

  show(uri: Uri, view: ExecutionView, source: ExecutionSource): void {
    const key = uri.toString();
    const known = this.#known.get(key);
    if (known?.source === source) {
      known.view = view;
      this.#changed.fire({ uri, shown: shown(known) });
      return;
    }
    this.#drop(key);
    this.#known.set(key, { uri, view, source, isLive: true });
    this.#changed.fire({ uri, shown: { view, source: 'live' } });
  }

  /** A session has ended. Tells whether its recording is still looked at; else the source may go. */
  keeps(source: ExecutionSource): boolean {
    for (const [key, known] of this.#known) {
      if (known.source !== source) continue;
      known.isLive = false;
      const isWatched = this.#watchers.has(key);
      if (!isWatched) known.source = undefined;
      this.#changed.fire({ uri: known.uri, shown: shown(known) });
      return isWatched;
    }
    return false;
  }

  /** A source has died. */
  lost(source: ExecutionSource): void {
    for (const known of this.#known.values()) {
      if (known.source !== source) continue;
      known.source = undefined;
      this.#changed.fire({ uri: known.uri, shown: shown(known) });
    }
  }

  /** Takes the overlay off a definition. */
  clear(uri: Uri): void {
    this.#drop(uri.toString());
    this.#known.delete(uri.toString());
    this.#changed.fire({ uri, shown: undefined });
  }

  dispose(): void {
    for (const key of this.#known.keys()) this.#drop(key);
    this.#changed.dispose();
  }

  /** Lets go of a recording; a session ends by itself. */
  #drop(key: string): void {
    const known = this.#known.get(key);
    if (!known || known.isLive) return;
    known.source?.end();
    known.source = undefined;
  }
}

function shown({ view, source, isLive }: Known): ShownExecution {
  return { view, source: !source ? 'gone' : isLive ? 'live' : 'recorded' };
}
