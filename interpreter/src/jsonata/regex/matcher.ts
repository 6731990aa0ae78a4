import { NativeFunction } from '../callable.ts';
import { Exhausted, Failure } from '../failure.ts';
import type { Run } from '../run.ts';
import type { Value } from '../value.ts';
import { executeRegex, type RegexMatch } from './execute.ts';
import { compileProgram, type Program } from './program.ts';

/** `/pattern/flags`: a function that finds the first match in a text and offers the next. */
export class RegexFunction extends NativeFunction {
  readonly #program: Program | undefined;

  constructor(program: Program | undefined) {
    super(2, undefined, ([text, from], run) =>
      typeof text === 'string' ? this.matchObject(text, typeof from === 'number' ? from : 0, run) : undefined,
    );
    this.#program = program;
  }

  /** The first match at or after `from`. */
  find(text: string, from: number, run: Run): RegexMatch | undefined {
    if (this.#program === undefined) throw new Exhausted('size');
    return executeRegex(this.#program, text, from, run);
  }

  /** The match after another one; one that is empty could be found for ever. */
  findNext(text: string, previous: RegexMatch, run: Run): RegexMatch | undefined {
    if (previous.end >= text.length) return undefined;
    const next = this.find(text, previous.end, run);
    if (next && next.start === next.end) throw new Failure('D1004');
    return next;
  }

  private matchObject(text: string, from: number, run: Run): Value {
    return this.toObject(text, this.find(text, from, run), run);
  }

  private toObject(text: string, match: RegexMatch | undefined, run: Run): Value {
    if (match === undefined) return undefined;
    // The `next` of the object is no JSON.
    run.mustInspect = true;
    const { start, end, groups } = match;
    const next = new NativeFunction(0, undefined, (_, later) =>
      this.toObject(text, this.findNext(text, match, later), later),
    );
    return { match: text.slice(start, end), start, end, groups, next };
  }
}

export function compileRegex(pattern: string, flags: string): RegexFunction {
  return new RegexFunction(compileProgram(pattern, flags));
}
