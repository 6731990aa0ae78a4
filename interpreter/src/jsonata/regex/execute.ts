import { Exhausted } from '../failure.ts';
import type { Run } from '../run.ts';
import { LINE_ENDS, WORD_CHARACTERS, type CharacterSet } from './characterSet.ts';
import { canonical, type Instruction, type Program } from './program.ts';

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** What the groups matched; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[];
}

/**
 * The first match at or after `from`, the same that JavaScript finds.
 *
 * Backtracking, but with a memory once it takes long: a place in the pattern and in the text that
 * led nowhere is not tried again, so that the work is at most their product. In patterns with back
 * references or look-arounds more than the place decides; for them, as for all, the evaluation's
 * budget is the limit.
 */
export function executeRegex(program: Program, text: string, from: number, run: Run): RegexMatch | undefined {
  const matcher = new Matcher(program, text, run);
  try {
    return matcher.search(from);
  } catch (error) {
    if (error !== MEMORY_NEEDED) throw error;
    matcher.startRemembering();
    return matcher.search(from);
  }
}

const MEMORY_NEEDED = new Error('this match needs a memory');

/** Steps of the matcher that take about as long as one step of the evaluation. */
const STEPS_PER_STEP = 2;
const STEPS_WITHOUT_MEMORY = 4_096;
const MAX_MEMORY_BITS = 2 ** 28;
const MAX_STACK = 2_000_000;

/** Lives for one search. */
class Matcher {
  private readonly program: Program;
  private readonly text: string;
  private readonly run: Run;
  private readonly marks: number[];
  private visited: Uint32Array | undefined;
  private steps = 0;
  private charged = 0;
  private slots: number[] = [];

  constructor(program: Program, text: string, run: Run) {
    this.program = program;
    this.text = text;
    this.run = run;
    this.marks = Array.from({ length: program.registers }, () => -1);
  }

  startRemembering(): void {
    const bits = this.program.splits * (this.text.length + 1);
    this.run.allocate(bits / 64);
    this.visited = new Uint32Array((bits >> 5) + 1);
  }

  search(from: number): RegexMatch | undefined {
    const { firstCharacter, instructions, groups } = this.program;
    for (let start = from; start <= this.text.length; start++) {
      if (firstCharacter !== undefined) {
        start = this.text.indexOf(firstCharacter, start);
        if (start === -1) return undefined;
      }
      this.slots = Array.from({ length: 2 * groups + 2 }, () => -1);
      const end = this.match(instructions, start);
      this.charge();
      if (end !== -1) return { start, end, groups: this.captures() };
      if (this.needsMemory()) throw MEMORY_NEEDED;
    }
    return undefined;
  }

  private captures(): readonly (string | undefined)[] {
    const captures: (string | undefined)[] = [];
    for (let group = 1; group <= this.program.groups; group++) {
      const start = this.slots[2 * group] ?? -1;
      const end = this.slots[2 * group + 1] ?? -1;
      captures.push(start === -1 || end === -1 ? undefined : this.text.slice(start, end));
    }
    return captures;
  }

  private charge(): void {
    this.run.work((this.steps - this.charged) / STEPS_PER_STEP);
    this.charged = this.steps;
  }

  private needsMemory(): boolean {
    if (this.visited !== undefined || this.steps <= STEPS_WITHOUT_MEMORY) return false;
    const { canRemember, splits } = this.program;
    return canRemember && splits * (this.text.length + 1) <= MAX_MEMORY_BITS;
  }

  /** Where the match from `start` on ends, or -1. */
  private match(instructions: readonly Instruction[], start: number): number {
    const { text } = this;
    /** Where to go on when this way fails (place, position), and what to put back on the way. */
    const stack: number[] = [];
    let place = 0;
    let position = start;
    for (;;) {
      if (++this.steps % 1_024 === 0) this.account(stack.length);
      const instruction = instructions[place];
      let isFailed = false;
      switch (instruction?.op) {
        case 'character': {
          const code = text.charCodeAt(instruction.back ? position - 1 : position);
          isFailed =
            code !== instruction.code && !(this.program.ignoreCase && canonical(code) === instruction.code);
          position += instruction.back ? -1 : 1;
          break;
        }
        case 'set': {
          const index = instruction.back ? position - 1 : position;
          isFailed =
            index < 0 ||
            index >= text.length ||
            this.isMember(instruction.set, text.charCodeAt(index)) === instruction.negative;
          position += instruction.back ? -1 : 1;
          break;
        }
        case 'split':
          if (this.isVisited(instruction.id, position)) {
            isFailed = true;
          } else {
            stack.push(instruction.second, position, CHOICE);
            place = instruction.first;
            continue;
          }
          break;
        case 'jump':
          place = instruction.target;
          continue;
        case 'save':
          stack.push(instruction.slot, this.slots[instruction.slot] ?? -1, SLOT);
          this.slots[instruction.slot] = position;
          break;
        case 'forget':
          for (let slot = instruction.from; slot < instruction.to; slot++) {
            stack.push(slot, this.slots[slot] ?? -1, SLOT);
            this.slots[slot] = -1;
          }
          break;
        case 'mark':
          stack.push(instruction.register, this.marks[instruction.register] ?? -1, MARK);
          this.marks[instruction.register] = position;
          break;
        case 'progress':
          // With a memory, going round in place is found out by the memory.
          isFailed = this.visited === undefined && this.marks[instruction.register] === position;
          break;
        case 'assert':
          isFailed = !this.holds(instruction.test, position);
          break;
        case 'backReference': {
          const length = this.backReferenceLength(instruction.group, instruction.back, position);
          isFailed = length === -1;
          position += instruction.back ? -length : length;
          break;
        }
        case 'look': {
          const before = [...this.slots];
          const isFound = this.match(instruction.program, position) !== -1;
          isFailed = isFound === instruction.negative;
          if (isFailed || instruction.negative) this.slots = before;
          else for (const [slot, old] of before.entries()) stack.push(slot, old, SLOT);
          break;
        }
        case 'match':
          return position;
        case undefined:
          throw new Error('bug: a regular expression ran past its end');
      }
      if (!isFailed) {
        place++;
        continue;
      }
      for (;;) {
        const kind = stack.pop();
        const value = stack.pop() ?? 0;
        const target = stack.pop() ?? 0;
        if (kind === undefined) return -1;
        if (kind === CHOICE) {
          place = target;
          position = value;
          break;
        }
        if (kind === SLOT) this.slots[target] = value;
        else this.marks[target] = value;
      }
    }
  }

  private account(stackLength: number): void {
    this.charge();
    if (stackLength > MAX_STACK) throw new Exhausted('size');
    if (this.needsMemory()) throw MEMORY_NEEDED;
  }

  /** Whether this choice at this place has been tried before; it has led nowhere, then. */
  private isVisited(split: number, position: number): boolean {
    const { visited } = this;
    if (visited === undefined) return false;
    const bit = split * (this.text.length + 1) + position;
    const word = visited[bit >> 5] ?? 0;
    const mask = 1 << (bit & 31);
    if ((word & mask) !== 0) return true;
    visited[bit >> 5] = word | mask;
    return false;
  }

  private isMember(set: CharacterSet, code: number): boolean {
    if (set.has(code)) return true;
    if (!this.program.ignoreCase) return false;
    const char = String.fromCharCode(code);
    return isSingleMember(set, char.toUpperCase()) || isSingleMember(set, char.toLowerCase());
  }

  private holds(test: Extract<Instruction, { op: 'assert' }>['test'], position: number): boolean {
    const { text } = this;
    switch (test) {
      case 'start':
        return position === 0 || (this.program.multiline && LINE_ENDS.has(text.charCodeAt(position - 1)));
      case 'end':
        return (
          position === text.length || (this.program.multiline && LINE_ENDS.has(text.charCodeAt(position)))
        );
      case 'boundary':
        return this.isWordAt(position - 1) !== this.isWordAt(position);
      case 'noBoundary':
        return this.isWordAt(position - 1) === this.isWordAt(position);
    }
  }

  private isWordAt(position: number): boolean {
    return (
      position >= 0 && position < this.text.length && WORD_CHARACTERS.has(this.text.charCodeAt(position))
    );
  }

  /** How long the text of a group is that stands here again; -1 when it does not. */
  private backReferenceLength(group: number, back: boolean, position: number): number {
    const start = this.slots[2 * group] ?? -1;
    const end = this.slots[2 * group + 1] ?? -1;
    if (start === -1 || end === -1) return 0;
    const captured = this.text.slice(start, end);
    const here = this.text.substr(back ? position - captured.length : position, captured.length);
    if (back && position < captured.length) return -1;
    this.run.work(1 + captured.length / STEPS_PER_STEP);
    const isSame = this.program.ignoreCase ? folded(here) === folded(captured) : here === captured;
    return isSame ? captured.length : -1;
  }
}

/** The kinds of entry on the stack. */
const CHOICE = 0;
const SLOT = 1;
const MARK = 2;

function isSingleMember(set: CharacterSet, char: string): boolean {
  return char.length === 1 && set.has(char.charCodeAt(0));
}

function folded(text: string): string {
  return Array.from({ length: text.length }, (_, index) =>
    String.fromCharCode(canonical(text.charCodeAt(index))),
  ).join('');
}
