import { unreachable } from '#core/unreachable.ts';
import { compileProgram } from './program.ts';
import type { Instruction, Program } from './program.ts';
import { parseRegex } from './syntax.ts';
import type { Assertion, CharacterSet, RegexDialect } from './syntax.ts';

/** How many steps may still be taken; counted down by whoever takes one. */
export interface StepBudget {
  steps: number;
}

/**
 * A regular expression that cannot hang: every step is taken from a budget, and the search ends with
 * `'exhausted'` when there are none left. It keeps no state between calls.
 */
export interface BoundedRegex {
  /** The name of each capture group, from group 1. */
  readonly groupNames: readonly (string | undefined)[];
  /** The first match that starts at or behind `from`. */
  exec(text: string, from: number, budget: StepBudget): RegexMatch | undefined | 'exhausted';
  /** Whether the pattern takes the text from beginning to end. */
  matchesAll(text: string, budget: StepBudget): boolean | 'exhausted';
}

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** What each capture group took, from group 1. */
  readonly groups: readonly (string | undefined)[];
}

/**
 * Prepares a pattern; `undefined` if it cannot be read or is too large.
 *
 * Flags are `i`, `m`, `s`, and in Java's dialect `x`; others are passed over. Java's dialect works on
 * code points and knows possessive repeats, inline flags and `\Q…\E`; JavaScript's works on code units.
 * Both know groups, lazy repeats, look-ahead and look-behind, and backreferences.
 */
export function compileRegex(source: string, flags: string, dialect: RegexDialect): BoundedRegex | undefined {
  const parsed = parseRegex(source, flags, dialect);
  if (parsed === undefined) return undefined;
  const { groupNames, node } = parsed;
  const search = compileProgram(node, groupNames.length, dialect);
  const whole = compileProgram(
    { kind: 'sequence', nodes: [node, { kind: 'assert', assertion: 'end' }] },
    groupNames.length,
    dialect,
  );
  if (search === undefined || whole === undefined) return undefined;
  const isWide = dialect === 'java';
  return {
    groupNames,
    exec: (text, from, budget) => find(search, groupNames.length, text, from, budget, isWide),
    matchesAll: (text, budget) => {
      const machine: Machine = { text, isWide, budget, slots: newSlots(whole) };
      const end = run(machine, whole, 0);
      return end === outOfSteps ? 'exhausted' : end !== noMatch;
    },
  };
}

/** One search in one text. */
interface Machine {
  readonly text: string;
  /** Whether surrogate pairs count as one character. */
  readonly isWide: boolean;
  readonly budget: StepBudget;
  readonly slots: Int32Array;
}

const noMatch = -1;
const outOfSteps = -2;

function newSlots(program: Program): Int32Array {
  return new Int32Array(program.slotCount).fill(-1);
}

function find(
  program: Program,
  groupCount: number,
  text: string,
  from: number,
  budget: StepBudget,
  isWide: boolean,
): RegexMatch | undefined | 'exhausted' {
  const machine: Machine = { text, isWide, budget, slots: newSlots(program) };
  const first = program.instructions[0];
  for (let start = from; start <= text.length; start++) {
    if (first?.op === 'char') {
      const next = text.indexOf(String.fromCharCode(first.code), start);
      if (next === -1) return undefined;
      budget.steps -= (next - start) >> 4;
      start = next;
    }
    const end = run(machine, program, start);
    if (end === outOfSteps) return 'exhausted';
    if (end !== noMatch) return { start, end, groups: groupsOf(machine, groupCount) };
    if (first?.op === 'assert' && first.assertion === 'start') return undefined;
    if (isWide && isPairAt(text, start)) start++;
  }
  return undefined;
}

function groupsOf(machine: Machine, groupCount: number): readonly (string | undefined)[] {
  return Array.from({ length: groupCount }, (_, index) => {
    const start = machine.slots[index * 2 + 2] ?? -1;
    const end = machine.slots[index * 2 + 3] ?? -1;
    return start < 0 || end < start ? undefined : machine.text.slice(start, end);
  });
}

function isPairAt(text: string, position: number): boolean {
  return (
    (text.charCodeAt(position) & 0xfc00) === 0xd800 && (text.charCodeAt(position + 1) & 0xfc00) === 0xdc00
  );
}

/** What to do when the way tried leads to nothing; `[…values, kind]` on the stack, the kind on top. */
const goBack = 0; // position, instruction
const undo = 1; // slot, former value
const giveUpOne = 2; // least position, position, instruction behind
const takeOneMore = 3; // position, how many more, instruction of the loop

/** Alternatives kept at most; beyond that a search counts as out of steps. */
const maximumStack = 3_000_000;

/**
 * Runs a program at a position and gives the end of the match. Slots are as before when there is none.
 *
 * The alternatives not yet tried are on a stack of its own, so that neither long texts nor nested
 * repeats can exhaust the stack of the host.
 */
function run(machine: Machine, program: Program, start: number, requiredEnd?: number): number {
  const { text, slots, budget } = machine;
  const { instructions } = program;
  const stack: number[] = [];
  let position = start;
  let next = 0;
  for (;;) {
    if (--budget.steps < 0 || stack.length > maximumStack) return outOfSteps;
    const instruction = instructions[next] as Instruction;
    next++;
    let isFailed = false;
    switch (instruction.op) {
      case 'match':
        if (requiredEnd === undefined || position === requiredEnd) return position;
        isFailed = true;
        break;
      case 'char':
        if (text.charCodeAt(position) === instruction.code) position++;
        else isFailed = true;
        break;
      case 'set': {
        const width = widthAt(machine, instruction.set, position);
        if (width === 0) isFailed = true;
        else position += width;
        break;
      }
      case 'split':
        stack.push(position, instruction.second, goBack);
        next = instruction.first;
        break;
      case 'jump':
        next = instruction.to;
        break;
      case 'save':
        stack.push(instruction.slot, slots[instruction.slot] ?? -1, undo);
        slots[instruction.slot] = position;
        break;
      case 'reset':
        for (let slot = instruction.from; slot <= instruction.to; slot++) {
          if (slots[slot] === -1) continue;
          stack.push(slot, slots[slot] ?? -1, undo);
          slots[slot] = -1;
        }
        break;
      case 'progress':
        isFailed = slots[instruction.slot] === position;
        break;
      case 'assert':
        isFailed = !holds(instruction.assertion, text, position);
        break;
      case 'backreference': {
        const length = lengthOfReference(machine, instruction.group, instruction.ignoreCase, position);
        budget.steps -= length >> 4;
        if (length < 0) isFailed = true;
        else position += length;
        break;
      }
      case 'repeatSet': {
        const { set, min, max, mode } = instruction;
        const most = mode === 'lazy' ? min : max;
        let count = 0;
        let least = position;
        while (count < most) {
          const width = widthAt(machine, set, position);
          if (width === 0) break;
          position += width;
          if (++count === min) least = position;
        }
        budget.steps -= count;
        if (count < min) isFailed = true;
        else if (mode === 'lazy') stack.push(position, max - min, next - 1, takeOneMore);
        else if (mode === 'greedy' && position > least) stack.push(least, position, next, giveUpOne);
        break;
      }
      case 'look': {
        const found = instruction.isBehind
          ? lookBehind(machine, instruction, position, stack)
          : runInside(machine, instruction.program, position, stack, instruction.isNegative);
        if (found === outOfSteps) return outOfSteps;
        isFailed = (found === noMatch) !== instruction.isNegative;
        break;
      }
      case 'atomic': {
        const end = runInside(machine, instruction.program, position, stack, false);
        if (end === outOfSteps) return outOfSteps;
        if (end === noMatch) isFailed = true;
        else position = end;
        break;
      }
      default:
        return unreachable(instruction);
    }
    while (isFailed) {
      const kind = stack.pop();
      if (kind === undefined) return noMatch;
      const third = stack.pop() ?? 0;
      const second = stack.pop() ?? 0;
      if (kind === undo) slots[second] = third;
      else if (kind === goBack) {
        next = third;
        position = second;
        isFailed = false;
      } else if (kind === giveUpOne) {
        const least = stack.pop() ?? 0;
        position = second - (machine.isWide && second - 2 >= least && isPairAt(text, second - 2) ? 2 : 1);
        if (position > least) stack.push(least, position, third, giveUpOne);
        next = third;
        isFailed = false;
      } else {
        const from = stack.pop() ?? 0;
        const loop = instructions[third];
        const width = loop?.op === 'repeatSet' && second > 0 ? widthAt(machine, loop.set, from) : 0;
        if (width > 0) {
          position = from + width;
          stack.push(position, second - 1, third, takeOneMore);
          next = third + 1;
          isFailed = false;
        }
      }
      if (--budget.steps < 0) return outOfSteps;
    }
  }
}

/** How many code units the character at the position has, if it is in the set; otherwise 0. */
function widthAt(machine: Machine, set: CharacterSet, position: number): 0 | 1 | 2 {
  if (position >= machine.text.length) return 0;
  const code = machine.isWide ? (machine.text.codePointAt(position) ?? 0) : machine.text.charCodeAt(position);
  if (!set.has(code)) return 0;
  return code > 0xffff ? 2 : 1;
}

function holds(assertion: Assertion, text: string, position: number): boolean {
  switch (assertion) {
    case 'start':
      return position === 0;
    case 'end':
      return position === text.length;
    case 'lineStart':
      return position === 0 || isLineBreak(text.charCodeAt(position - 1));
    case 'lineEnd':
      return position === text.length || isLineBreak(text.charCodeAt(position));
    case 'word':
    case 'notWord': {
      const isBoundary = isWordAt(text, position - 1) !== isWordAt(text, position);
      return isBoundary === (assertion === 'word');
    }
    default:
      return unreachable(assertion);
  }
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

function isWordAt(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

/** The length of the group's text if it stands here again, -1 if not. A group that took nothing fits anywhere. */
function lengthOfReference(machine: Machine, group: number, ignoreCase: boolean, position: number): number {
  const start = machine.slots[group * 2] ?? -1;
  const end = machine.slots[group * 2 + 1] ?? -1;
  if (start < 0 || end < start) return 0;
  const wanted = machine.text.slice(start, end);
  const found = machine.text.slice(position, position + wanted.length);
  const isSame = ignoreCase ? wanted.toLowerCase() === found.toLowerCase() : wanted === found;
  return isSame ? wanted.length : -1;
}

/** Runs a program within another; what its groups took is undone with the outer program's steps. */
function runInside(
  machine: Machine,
  program: Program,
  start: number,
  stack: number[],
  isNegative: boolean,
  requiredEnd?: number,
): number {
  const before = machine.slots.slice();
  const end = run(machine, program, start, requiredEnd);
  if (end < 0) return end;
  for (let slot = 0; slot < before.length; slot++) {
    const value = before[slot] ?? -1;
    if (machine.slots[slot] === value) continue;
    if (isNegative) machine.slots[slot] = value;
    else stack.push(slot, value, undo);
  }
  return end;
}

/** Tries all starts from which the pattern could reach the position. */
function lookBehind(
  machine: Machine,
  look: Instruction & { op: 'look' },
  position: number,
  stack: number[],
): number {
  const { min, max } = look.width;
  for (let start = position - min; start >= Math.max(0, position - max); start--) {
    const end = runInside(machine, look.program, start, stack, look.isNegative, position);
    if (end !== noMatch) return end;
  }
  return noMatch;
}
