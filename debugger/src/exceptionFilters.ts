import type { DebugProtocol } from '@vscode/debugprotocol';
import { inWords, say } from '#core/text/message.ts';
import type { Translate } from '#core/text/translate.ts';
import { globPattern } from './names.ts';
import type { Raised } from './raised.ts';

/** Filters of errors to stop at. */
export type ExceptionFilter = 'all' | 'uncaught' | 'caught' | 'retried' | 'task' | 'evaluation';

/** Which errors to stop at: by what becomes of them, by who made them, and by globs of their names. */
export class ExceptionFilters {
  #filters: readonly { readonly filter: ExceptionFilter; readonly names: RegExp | undefined }[] = [];

  set(
    filters: readonly { readonly filterId: string; readonly condition?: string | undefined }[],
    translate: Translate,
  ): readonly DebugProtocol.Breakpoint[] {
    const known = filters.flatMap(({ filterId, condition }) => {
      const filter = exceptionFilters.find(name => name === filterId);
      return filter ? [{ filter, names: namesIn(condition) }] : [];
    });
    this.#filters = known;
    return filters.map(({ filterId }) =>
      exceptionFilters.some(name => name === filterId)
        ? { verified: true }
        : { verified: false, message: inWords(say`There is no filter '${filterId}'.`, translate) },
    );
  }

  meant(raised: Raised): boolean {
    const errors = [raised.error.error ?? '', raised.handled.error ?? ''];
    const kinds: readonly string[] = ['all', raised.handling.kind, raised.source];
    return this.#filters.some(
      ({ filter, names }) =>
        kinds.includes(filter) && (names === undefined || errors.some(name => names.test(name))),
    );
  }
}

const exceptionFilters: readonly ExceptionFilter[] = [
  'all',
  'uncaught',
  'caught',
  'retried',
  'task',
  'evaluation',
];

/** `States.Timeout, Lambda.*`: any of the globs. */
function namesIn(condition: string | undefined): RegExp | undefined {
  const globs = (condition ?? '').split(/[\s,;|]+/).filter(glob => glob !== '');
  if (globs.length === 0) return undefined;
  return new RegExp(globs.map(glob => globPattern(glob).source).join('|'), 'i');
}
