import type { Start } from './begin.ts';
import type { Answer, SyncHost } from './host.ts';
import type { Found, ReadRequest, TaskRequest } from './request.ts';

/**
 * Everything that came into an execution from outside, in the order in which it was asked for: with the
 * same program this runs again to the same history, and nothing has to be called.
 */
export interface Recording {
  readonly start: Start;
  readonly answers: readonly RecordedAnswer[];
}

/** The answer to the request of that id. */
export type RecordedAnswer =
  | { readonly kind: 'task'; readonly request: number; readonly answer: Answer }
  | { readonly kind: 'read'; readonly request: number; readonly found: Found };

/** A host that notes what another answers. */
export class RecordingHost implements SyncHost {
  readonly #host: SyncHost;
  readonly #answers: RecordedAnswer[] = [];

  constructor(host: SyncHost) {
    this.#host = host;
  }

  call(request: TaskRequest): Answer {
    const answer = this.#host.call(request);
    this.#answers.push({ kind: 'task', request: request.id, answer });
    return answer;
  }

  read(request: ReadRequest): Found {
    const found: Found = this.#host.read?.(request) ?? {
      kind: 'missing',
      cause: 'There is nothing that stands for the bucket.',
    };
    this.#answers.push({ kind: 'read', request: request.id, found });
    return found;
  }

  recording(start: Start): Recording {
    return { start, answers: [...this.#answers] };
  }
}

/**
 * A host that answers what was recorded. A request that was not recorded, because the definition has
 * changed since, is handed to `beyond`; without one it fails and says so.
 */
export function replayHost({ answers }: Recording, beyond?: SyncHost): SyncHost {
  const byRequest = new Map(answers.map(answer => [answer.request, answer]));
  return {
    call(request) {
      const recorded = byRequest.get(request.id);
      if (recorded?.kind === 'task') return recorded.answer;
      return (
        beyond?.call(request) ?? {
          kind: 'failed',
          error: 'States.Runtime',
          cause: `The recording has no answer for '${request.stateName}': the definition has changed since.`,
        }
      );
    },
    read(request) {
      const recorded = byRequest.get(request.id);
      if (recorded?.kind === 'read') return recorded.found;
      return beyond?.read?.(request) ?? { kind: 'missing', cause: 'The recording has no such file.' };
    },
  };
}
