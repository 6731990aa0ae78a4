import { unreachable } from '#core/unreachable.ts';
import { isLineBreak, type CharacterSet } from './characterSet.ts';
import type { Choice, Instruction, Program } from './program.ts';
import type { Assertion } from './syntax.ts';

/** How many steps may still be taken; counted down by whoever takes one. */
export interface StepBudget {
  steps: number;
}

/** Why a search was given up: the budget is used up, or too many ways wait to be tried. */
export type RegexShortage = 'outOfSteps' | 'outOfSpace';

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  /** What each capture group took, from group 1; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[];
}

export interface Search {
  readonly text: string;
  readonly from: number;
  /** Whether a match must take the whole text from there. */
  readonly extent: 'anywhere' | 'whole';
  /** Whether a surrogate pair counts as one character. */
  readonly isWide: boolean;
}

/**
 * The first match at or after `from`.
 *
 * Backtracking, but with a memory once it takes long: a place in the pattern and in the text that led
 * nowhere is not tried again, so that the work is at most their product. In patterns with
 * backreferences, look-arounds or atomic groups more than the place decides; for them, as for all, the
 * budget is the limit.
 */
export function match(
  program: Program,
  search: Search,
  budget: StepBudget,
): RegexMatch | undefined | RegexShortage {
  const machine = newMachine(program, search, budget);
  const found = find(machine, program);
  budget.steps = machine.steps + machine.reserve;
  return found;
}

/** One search in one text. */
interface Machine extends Search {
  readonly slots: Int32Array;
  /** Steps to take before looking after the reserve. */
  steps: number;
  /** Steps to be taken with a memory only. */
  reserve: number;
  /** One bit for each place of choice in the pattern and each position from `from` on. */
  visited: Uint32Array | undefined;
  readonly memoryBits: number;
}

/** Without a memory a search takes so many steps, and four more a character. */
const patience = 4_096;
const maximumMemoryBits = 2 ** 28;

function newMachine(program: Program, search: Search, budget: StepBudget): Machine {
  const positions = search.text.length - search.from + 1;
  const memoryBits = program.idCount * positions;
  const canRemember = program.canRemember && memoryBits <= maximumMemoryBits;
  const steps = canRemember ? Math.min(budget.steps, patience + 4 * positions) : budget.steps;
  return {
    ...search,
    slots: new Int32Array(program.slotCount).fill(-1),
    steps,
    reserve: budget.steps - steps,
    memoryBits,
    visited: undefined,
  };
}

/** Goes on with the reserve, from now on with a memory. */
function hasMore(machine: Machine): boolean {
  if (machine.reserve === 0) return false;
  const words = (machine.memoryBits >> 5) + 1;
  machine.steps += machine.reserve - (words >> 2);
  machine.reserve = 0;
  machine.visited = new Uint32Array(words);
  return machine.steps >= 0;
}

function find(machine: Machine, program: Program): RegexMatch | undefined | RegexShortage {
  const { text, from, isWide } = machine;
  const isWhole = machine.extent === 'whole';
  const last = program.isAnchored || isWhole ? from : text.length;
  for (let start = from; start <= last; start++) {
    if (program.first !== undefined && !isWhole) start = nextOf(machine, program.first, start);
    if (start > last) break;
    const end = run(machine, program.instructions, start, isWhole);
    if (end === outOfSteps) return 'outOfSteps';
    if (end === outOfSpace) return 'outOfSpace';
    if (end !== noMatch) return { start, end, groups: groupsOf(machine, program.groupCount) };
    if (isWide && isPairAt(text, start)) start++;
  }
  return undefined;
}

/** The first position from `start` on where one of the set stands; behind the text if there is none. */
function nextOf(machine: Machine, set: CharacterSet, start: number): number {
  const { text } = machine;
  let position = start;
  if (set.only !== undefined) {
    position = text.indexOf(String.fromCodePoint(set.only), start);
    if (position === -1) position = text.length + 1;
  } else {
    while (position < text.length && widthAt(machine, set, position) === 0) {
      position += machine.isWide && isPairAt(text, position) ? 2 : 1;
    }
    if (position === text.length) position++;
  }
  machine.steps -= (position - start) >> (set.only === undefined ? 2 : 4);
  return position;
}

function groupsOf({ slots, text }: Machine, groupCount: number): readonly (string | undefined)[] {
  const groups: (string | undefined)[] = [];
  for (let group = 1; group <= groupCount; group++) {
    const start = slots[group * 2] ?? -1;
    const end = slots[group * 2 + 1] ?? -1;
    groups.push(start < 0 || end < start ? undefined : text.slice(start, end));
  }
  return groups;
}

// What `run` gives when it gives no position.
const noMatch = -1;
const outOfSteps = -2;
const outOfSpace = -3;

// What to do when the way tried leads to nothing; on the stack as […values, kind].
const goBack = 0; // position, place
const undo = 1; // slot, former value
const giveUpOne = 2; // least position, position, place
const takeOneMore = 3; // how many more, position, place of the loop

/** Entries of the stack. */
const maximumStack = 3_000_000;

/**
 * Runs instructions at a position and gives the end of the match. Without one, slots are as before.
 *
 * The ways not yet tried are on a stack of its own, so that neither long texts nor nested repeats can
 * exhaust the stack of the host.
 */
function run(
  machine: Machine,
  instructions: readonly Instruction[],
  start: number,
  isWhole: boolean,
): number {
  const { text, slots } = machine;
  const stack: number[] = [];
  let position = start;
  let place = 0;
  for (;;) {
    if (--machine.steps < 0 && !hasMore(machine)) return outOfSteps;
    const instruction = instructions[place] as Instruction;
    place++;
    let isFailed = false;
    switch (instruction.op) {
      case 'char':
        if (instruction.isBackward) isFailed = text.charCodeAt(--position) !== instruction.code;
        else isFailed = text.charCodeAt(position++) !== instruction.code;
        break;
      case 'set': {
        const { set, isBackward } = instruction;
        const width = isBackward ? widthBefore(machine, set, position) : widthAt(machine, set, position);
        isFailed = width === 0;
        position += isBackward ? -width : width;
        break;
      }
      case 'repeatSet': {
        const { set, min, max, mode } = instruction;
        const before = position;
        for (let count = 0; count < min; count++) {
          const width = widthAt(machine, set, position);
          if (width === 0) isFailed = true;
          if (isFailed) break;
          position += width;
        }
        if (isFailed || isVisited(machine, instruction, position)) {
          isFailed = true;
        } else if (mode === 'lazy') {
          stack.push(max - min, position, place - 1, takeOneMore);
        } else {
          const least = position;
          const mayBeVisited = machine.visited !== undefined && max === Infinity;
          for (let count = min; count < max; count++) {
            const width = widthAt(machine, set, position);
            if (width === 0) break;
            if (mayBeVisited && isVisited(machine, instruction, position + width)) {
              // All ways on from there have been tried. One that may not give up has no others.
              isFailed = mode === 'possessive';
              break;
            }
            position += width;
          }
          if (mode === 'greedy' && position > least) stack.push(least, position, place, giveUpOne);
        }
        machine.steps -= (position - before) >> 2;
        break;
      }
      case 'split':
        if (isVisited(machine, instruction, position)) {
          isFailed = true;
          break;
        }
        if (stack.length > maximumStack) return outOfSpace;
        stack.push(position, instruction.second, goBack);
        place = instruction.first;
        break;
      case 'jump':
        place = instruction.to;
        break;
      case 'save':
        stack.push(instruction.slot, slots[instruction.slot] ?? -1, undo);
        slots[instruction.slot] = position;
        break;
      case 'forget':
        for (let slot = instruction.from; slot < instruction.to; slot++) {
          const value = slots[slot] ?? -1;
          if (value === -1) continue;
          stack.push(slot, value, undo);
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
        const length = referenceLength(machine, instruction, position);
        isFailed = length === -1;
        position += instruction.isBackward ? -length : length;
        break;
      }
      case 'look': {
        const end = runInside(machine, instruction.instructions, position, stack, instruction.isNegative);
        if (end < noMatch) return end;
        isFailed = (end === noMatch) !== instruction.isNegative;
        break;
      }
      case 'atomic': {
        const end = runInside(machine, instruction.instructions, position, stack, false);
        if (end < noMatch) return end;
        isFailed = end === noMatch;
        position = end;
        break;
      }
      case 'match':
        if (!isWhole || position === text.length) return position;
        isFailed = true;
        break;
      default:
        return unreachable(instruction);
    }
    while (isFailed) {
      const kind = stack.pop();
      if (kind === undefined) return noMatch;
      const third = stack.pop() ?? 0;
      const second = stack.pop() ?? 0;
      if (kind === undo) {
        slots[second] = third;
      } else if (kind === goBack) {
        place = third;
        position = second;
        isFailed = false;
      } else if (kind === giveUpOne) {
        const least = stack.pop() ?? 0;
        position = second - (machine.isWide && second - 2 >= least && isPairAt(text, second - 2) ? 2 : 1);
        if (position > least) stack.push(least, position, third, giveUpOne);
        place = third;
        isFailed = false;
      } else {
        const more = stack.pop() ?? 0;
        const loop = instructions[third];
        if (more === 0 || loop?.op !== 'repeatSet') continue;
        const width = widthAt(machine, loop.set, second);
        if (width === 0 || (loop.max === Infinity && isVisited(machine, loop, second + width))) continue;
        position = second + width;
        stack.push(more - 1, position, third, takeOneMore);
        place = third + 1;
        isFailed = false;
      }
    }
  }
}

/** Whether this choice has been made at this position before; if so, it led nowhere. */
function isVisited({ visited, slots, text, from }: Machine, choice: Choice, position: number): boolean {
  if (visited === undefined) return false;
  let { id } = choice;
  for (const slot of choice.rounds) {
    if (slots[slot] !== position) break;
    id++;
  }
  const bit = id * (text.length - from + 1) + position - from;
  const word = visited[bit >> 5] ?? 0;
  const mask = 1 << (bit & 31);
  if ((word & mask) !== 0) return true;
  visited[bit >> 5] = word | mask;
  return false;
}

/** How many code units the character at the position has, if it is in the set; otherwise 0. */
function widthAt({ text, isWide }: Machine, set: CharacterSet, position: number): 0 | 1 | 2 {
  if (position >= text.length) return 0;
  const code = isWide ? (text.codePointAt(position) ?? 0) : text.charCodeAt(position);
  if (!set.has(code)) return 0;
  return code > 0xffff ? 2 : 1;
}

function widthBefore(machine: Machine, set: CharacterSet, position: number): 0 | 1 | 2 {
  if (position === 0) return 0;
  const isPair = machine.isWide && position > 1 && isPairAt(machine.text, position - 2);
  return widthAt(machine, set, position - (isPair ? 2 : 1));
}

function isPairAt(text: string, position: number): boolean {
  return (
    (text.charCodeAt(position) & 0xfc00) === 0xd800 && (text.charCodeAt(position + 1) & 0xfc00) === 0xdc00
  );
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
    case 'boundary':
      return isWordAt(text, position - 1) !== isWordAt(text, position);
    case 'noBoundary':
      return isWordAt(text, position - 1) === isWordAt(text, position);
    default:
      return unreachable(assertion);
  }
}

function isWordAt(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

/** How long the group's text is that stands here again; -1 when it does not. What took no part fits anywhere. */
function referenceLength(
  machine: Machine,
  reference: Extract<Instruction, { op: 'backreference' }>,
  position: number,
): number {
  const start = machine.slots[reference.group * 2] ?? -1;
  const end = machine.slots[reference.group * 2 + 1] ?? -1;
  if (start < 0 || end < start) return 0;
  const length = end - start;
  const from = reference.isBackward ? position - length : position;
  if (from < 0 || from + length > machine.text.length) return -1;
  machine.steps -= reference.ignoreCase ? length : length >> 4;
  const wanted = machine.text.slice(start, end);
  const found = machine.text.slice(from, from + length);
  const isSame = wanted === found || (reference.ignoreCase && folded(wanted) === folded(found));
  return isSame ? length : -1;
}

function folded(text: string): string {
  return Array.from({ length: text.length }, (_, index) => foldedUnit(text.charAt(index))).join('');
}

/** The character that stands for all its cases, as JavaScript without `u` compares them. */
function foldedUnit(char: string): string {
  const upper = char.toUpperCase();
  const isLoss = upper.length !== 1 || (char.charCodeAt(0) >= 128 && upper.charCodeAt(0) < 128);
  return isLoss ? char : upper;
}

/** Runs instructions within others; what their groups took is undone with the steps around them. */
function runInside(
  machine: Machine,
  instructions: readonly Instruction[],
  start: number,
  stack: number[],
  isNegative: boolean,
): number {
  const before = machine.slots.slice();
  const end = run(machine, instructions, start, false);
  if (end === noMatch) return end;
  for (const [slot, value] of before.entries()) {
    if (machine.slots[slot] === value) continue;
    if (isNegative) machine.slots[slot] = value;
    else stack.push(slot, value, undo);
  }
  return end;
}
