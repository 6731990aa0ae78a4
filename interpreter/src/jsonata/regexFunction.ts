import { compileRegex, type BoundedRegex } from '#interpreter/regex/boundedRegex.ts';
import type { RegexMatch } from '#interpreter/regex/match.ts';
import { NativeFunction } from './callable.ts';
import { Exhausted, Failure } from './failure.ts';
import type { Run } from './run.ts';
import type { Value } from './value.ts';

/** `/pattern/flags`: a function that finds the first match in a text and offers the next. */
export class RegexFunction extends NativeFunction {
  readonly #regex: BoundedRegex | undefined;

  constructor(pattern: string, flags: string) {
    super(2, undefined, ([text, from], run) =>
      typeof text === 'string' ? this.matchObject(text, startOf(from), run) : undefined,
    );
    this.#regex = compileRegex(pattern, flags, 'javascript');
  }

  /** The first match at or after `from`. */
  find(text: string, from: number, run: Run): RegexMatch | undefined {
    // The expression's parser has accepted the pattern, so that it can but be too large.
    if (this.#regex === undefined) throw new Exhausted('size');
    return findMatch(this.#regex, text, from, run);
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

/** Where JavaScript begins when `lastIndex` is this. */
function startOf(from: Value): number {
  return typeof from === 'number' ? Math.max(0, Math.trunc(from)) : 0;
}

/** Steps of a regular expression that take about as long as one step of the evaluation. */
const REGEX_STEPS_PER_STEP = 2;

/** The first match at or after `from`, at the cost of the evaluation. */
export function findMatch(regex: BoundedRegex, text: string, from: number, run: Run): RegexMatch | undefined {
  const available = Math.ceil(run.stepsLeft * REGEX_STEPS_PER_STEP);
  const budget = { steps: available };
  const found = regex.exec(text, from, budget);
  run.work((available - budget.steps) / REGEX_STEPS_PER_STEP);
  if (found === 'outOfSteps') throw new Exhausted('steps');
  if (found === 'outOfSpace') throw new Exhausted('size');
  return found;
}
