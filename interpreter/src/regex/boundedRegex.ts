import { match, type RegexMatch, type RegexShortage, type StepBudget } from './match.ts';
import { parseRegex } from './parse.ts';
import { compileProgram } from './program.ts';
import type { RegexDialect } from './syntax.ts';

/**
 * A regular expression that cannot hang: every step is taken from a budget, and the search ends when
 * there are none left. It keeps no state between calls.
 */
export interface BoundedRegex {
  /** The name of each capture group, from group 1. */
  readonly groupNames: readonly (string | undefined)[];
  /** The first match that starts at or behind `from`. */
  exec(text: string, from: number, budget: StepBudget): RegexMatch | undefined | RegexShortage;
  /** Whether the pattern takes the text from beginning to end. */
  matchesAll(text: string, budget: StepBudget): boolean | RegexShortage;
}

/**
 * Prepares a pattern; undefined if it cannot be read, is nested too deep or too large.
 *
 * Flags are `i`, `m`, `s`, and in Java's dialect `x`; others are passed over. Java's dialect works on
 * code points and knows possessive repeats, atomic groups, inline flags and `\Q…\E`; JavaScript's works
 * on code units and finds what the host's `RegExp` finds. Both know lazy repeats, look-ahead and
 * look-behind, and backreferences.
 */
export function compileRegex(source: string, flags: string, dialect: RegexDialect): BoundedRegex | undefined {
  const parsed = parseRegex(source, flags, dialect);
  const program = parsed && compileProgram(parsed, dialect);
  if (program === undefined) return undefined;
  const isWide = dialect === 'java';
  return {
    groupNames: parsed?.groupNames ?? [],
    exec: (text, from, budget) => match(program, { text, from, extent: 'anywhere', isWide }, budget),
    matchesAll: (text, budget) => {
      const found = match(program, { text, from: 0, extent: 'whole', isWide }, budget);
      return typeof found === 'string' ? found : found !== undefined;
    },
  };
}
