import type { CharacterSet } from './characterSet.ts';
import { parsePattern, type Pattern } from './syntax.ts';

/** One instruction of the matcher; `back` reads the character before the position, in a look-behind. */
export type Instruction =
  | { readonly op: 'character'; readonly code: number; readonly back: boolean }
  | { readonly op: 'set'; readonly set: CharacterSet; readonly negative: boolean; readonly back: boolean }
  | { readonly op: 'assert'; readonly test: 'start' | 'end' | 'boundary' | 'noBoundary' }
  | { readonly op: 'backReference'; readonly group: number; readonly back: boolean }
  | { readonly op: 'look'; readonly program: readonly Instruction[]; readonly negative: boolean }
  /** Goes on at `first`, and at `second` if that fails. `id` numbers the places of choice. */
  | { op: 'split'; first: number; second: number; readonly id: number }
  | { op: 'jump'; target: number }
  | { readonly op: 'save'; readonly slot: number }
  /** Forgets the groups of a repetition's previous round. */
  | { readonly op: 'forget'; readonly from: number; readonly to: number }
  /** Remembers where a round began … */
  | { readonly op: 'mark'; readonly register: number }
  /** … and gives up a round that matched nothing. */
  | { readonly op: 'progress'; readonly register: number }
  | { readonly op: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly groups: number;
  readonly splits: number;
  readonly registers: number;
  /** Whether the place in pattern and text decides alone if a way leads to a match. */
  readonly canRemember: boolean;
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  /** Every match begins with this character. */
  readonly firstCharacter: string | undefined;
}

/** Counted repetitions are written out; a pattern that grows beyond this is refused. */
const MAX_INSTRUCTIONS = 20_000;

/** Translates a pattern that JavaScript accepts; undefined when it is nested too deep or its counts make it too large. */
export function compileProgram(source: string, flags: string): Program | undefined {
  const parsed = parsePattern(source);
  if (parsed === undefined) return undefined;
  const { pattern, groups } = parsed;
  const ignoreCase = flags.includes('i');
  const writer = new ProgramWriter(ignoreCase);
  const instructions: Instruction[] = [];
  if (!writer.write(pattern, instructions, false)) return undefined;
  instructions.push({ op: 'match' });
  const first = firstCharacter(pattern);
  return {
    instructions,
    groups,
    splits: writer.splits,
    registers: writer.registers,
    canRemember: writer.isRegular,
    ignoreCase,
    multiline: flags.includes('m'),
    firstCharacter: first === undefined || ignoreCase ? undefined : String.fromCharCode(first),
  };
}

function firstCharacter(pattern: Pattern): number | undefined {
  if (pattern.kind === 'character') return pattern.code;
  const [first] = pattern.kind === 'sequence' ? pattern.parts : [];
  return first && firstCharacter(first);
}

class ProgramWriter {
  splits = 0;
  registers = 0;
  isRegular = true;
  private readonly ignoreCase: boolean;
  private size = 0;

  constructor(ignoreCase: boolean) {
    this.ignoreCase = ignoreCase;
  }

  /** Appends the instructions of a pattern; false when there are too many. */
  write(pattern: Pattern, out: Instruction[], back: boolean): boolean {
    if (++this.size > MAX_INSTRUCTIONS) return false;
    switch (pattern.kind) {
      case 'character':
        out.push({ op: 'character', code: this.ignoreCase ? canonical(pattern.code) : pattern.code, back });
        return true;
      case 'set':
        out.push({ op: 'set', set: pattern.set, negative: pattern.negative, back });
        return true;
      case 'assertion':
        out.push({ op: 'assert', test: pattern.test });
        return true;
      case 'backReference':
        this.isRegular = false;
        out.push({ op: 'backReference', group: pattern.group, back });
        return true;
      case 'sequence':
        return (back ? pattern.parts.toReversed() : pattern.parts).every(part => this.write(part, out, back));
      case 'group': {
        const { index, body } = pattern;
        out.push({ op: 'save', slot: back ? 2 * index + 1 : 2 * index });
        const isWritten = this.write(body, out, back);
        out.push({ op: 'save', slot: back ? 2 * index : 2 * index + 1 });
        return isWritten;
      }
      case 'look': {
        const program: Instruction[] = [];
        this.isRegular = false;
        const isWritten = this.write(pattern.body, program, pattern.behind);
        program.push({ op: 'match' });
        out.push({ op: 'look', program, negative: pattern.negative });
        return isWritten;
      }
      case 'alternatives':
        return this.alternatives(pattern.options, out, back);
      case 'repeat':
        return this.repeat(pattern, out, back);
    }
  }

  private alternatives(options: readonly Pattern[], out: Instruction[], back: boolean): boolean {
    const jumps: { target: number }[] = [];
    for (const [index, option] of options.entries()) {
      const split = index < options.length - 1 ? this.split(out) : undefined;
      if (!this.write(option, out, back)) return false;
      if (split === undefined) continue;
      const jump: Instruction = { op: 'jump', target: 0 };
      out.push(jump);
      jumps.push(jump);
      split.second = out.length;
    }
    for (const jump of jumps) jump.target = out.length;
    return true;
  }

  private repeat(repeat: Extract<Pattern, { kind: 'repeat' }>, out: Instruction[], back: boolean): boolean {
    const { least, most, greedy } = repeat;
    for (let round = 0; round < least; round++) if (!this.round(repeat, out, back, undefined)) return false;
    if (most === Infinity) {
      const loop = out.length;
      const split = this.split(out);
      if (!this.round(repeat, out, back, this.registers++)) return false;
      out.push({ op: 'jump', target: loop });
      leave(split, out.length, greedy);
      return true;
    }
    const splits = [];
    for (let round = least; round < most; round++) {
      splits.push(this.split(out));
      if (!this.round(repeat, out, back, this.registers++)) return false;
    }
    for (const split of splits) leave(split, out.length, greedy);
    return true;
  }

  private round(
    repeat: Extract<Pattern, { kind: 'repeat' }>,
    out: Instruction[],
    back: boolean,
    register: number | undefined,
  ): boolean {
    if (register !== undefined) out.push({ op: 'mark', register });
    if (repeat.firstGroup < repeat.lastGroup) {
      out.push({ op: 'forget', from: 2 * repeat.firstGroup, to: 2 * repeat.lastGroup });
    }
    if (!this.write(repeat.body, out, back)) return false;
    if (register !== undefined) out.push({ op: 'progress', register });
    return true;
  }

  private split(out: Instruction[]): Extract<Instruction, { op: 'split' }> {
    const split: Extract<Instruction, { op: 'split' }> = {
      op: 'split',
      first: out.length + 1,
      second: 0,
      id: this.splits++,
    };
    out.push(split);
    return split;
  }
}

/** Completes the split in front of a round: into it or past it, whichever is tried first. */
function leave(split: Extract<Instruction, { op: 'split' }>, exit: number, greedy: boolean): void {
  if (greedy) {
    split.second = exit;
  } else {
    split.second = split.first;
    split.first = exit;
  }
}

/** The character that stands for all its cases, as JavaScript without `u` compares them. */
export function canonical(code: number): number {
  if (code < 128) return code >= 0x61 && code <= 0x7a ? code - 32 : code;
  if (Number.isNaN(code)) return code;
  const upper = String.fromCharCode(code).toUpperCase();
  if (upper.length !== 1) return code;
  const upperCode = upper.charCodeAt(0);
  return code >= 128 && upperCode < 128 ? code : upperCode;
}
