import { unreachable } from '#core/unreachable.ts';
import type { CharacterSet } from './characterSet.ts';
import type { Assertion, ParsedRegex, RegexDialect, RegexNode, RepeatMode } from './syntax.ts';

/**
 * A regular expression as instructions for a backtracking machine.
 *
 * `slots` hold the start and end of each capture group (0 and 1 are not used) and behind them the
 * positions where rounds of loops began.
 */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly groupCount: number;
  readonly slotCount: number;
  /** How many numbers the choices have, all together. */
  readonly idCount: number;
  /** Whether the place in pattern and text decides alone if a way leads to a match. */
  readonly canRemember: boolean;
  /** Every match begins with one of these. */
  readonly first: CharacterSet | undefined;
  /** Every match begins where the text does. */
  readonly isAnchored: boolean;
}

/**
 * A place where the machine may go on in several ways.
 *
 * Which of them lead to a match depends on whether the rounds around it have read anything yet. A round
 * within another cannot have begun before it, so that the number of those that have not tells all; the
 * choice has a number for each, from `id` on.
 */
export interface Choice {
  readonly id: number;
  /** The slots where the rounds around it that must read something began, from the innermost. */
  readonly rounds: readonly number[];
}

/** `isBackward` reads the character before the position, in a look-behind. */
export type Instruction =
  | { readonly op: 'char'; readonly code: number; readonly isBackward: boolean }
  | { readonly op: 'set'; readonly set: CharacterSet; readonly isBackward: boolean }
  /** Many of one set, without instructions for each. */
  | (Choice & {
      readonly op: 'repeatSet';
      readonly set: CharacterSet;
      readonly min: number;
      readonly max: number;
      readonly mode: RepeatMode;
    })
  /** Goes on at `first`, and at `second` if that leads to nothing. */
  | (Choice & { readonly op: 'split'; readonly first: number; readonly second: number })
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  /** Forgets the groups of a loop's former round. */
  | { readonly op: 'forget'; readonly from: number; readonly to: number }
  /** Fails if nothing was read since the slot was saved: a loop must move on. */
  | { readonly op: 'progress'; readonly slot: number }
  | { readonly op: 'assert'; readonly assertion: Assertion }
  | {
      readonly op: 'backreference';
      readonly group: number;
      readonly ignoreCase: boolean;
      readonly isBackward: boolean;
    }
  | { readonly op: 'look'; readonly instructions: readonly Instruction[]; readonly isNegative: boolean }
  | { readonly op: 'atomic'; readonly instructions: readonly Instruction[] }
  | { readonly op: 'match' };

/** Counted repeats are written out; a pattern that grows beyond this is refused. */
const maximumInstructions = 20_000;

/** Translates the tree; undefined when it is too large: `((a{9}){1000}){1000}`. */
export function compileProgram(regex: ParsedRegex, dialect: RegexDialect): Program | undefined {
  const groupCount = regex.groupNames.length;
  const writer = new ProgramWriter(dialect, (groupCount + 1) * 2);
  const instructions: Instruction[] = [];
  if (!writer.write(regex.node, instructions, false)) return undefined;
  instructions.push({ op: 'match' });
  return {
    instructions,
    groupCount,
    slotCount: writer.slotCount,
    idCount: writer.idCount,
    canRemember: writer.isRegular,
    first: firstSet(regex.node),
    isAnchored: instructions[0]?.op === 'assert' && instructions[0].assertion === 'start',
  };
}

function firstSet(node: RegexNode): CharacterSet | undefined {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'sequence':
      return node.nodes[0] && firstSet(node.nodes[0]);
    case 'repeat':
      return node.min > 0 ? firstSet(node.node) : undefined;
    case 'group':
    case 'atomic':
      return firstSet(node.node);
    case 'alternatives':
    case 'assert':
    case 'look':
    case 'backreference':
      return undefined;
    default:
      return unreachable(node);
  }
}

type Repeat = Extract<RegexNode, { kind: 'repeat' }>;

class ProgramWriter {
  slotCount: number;
  idCount = 0;
  isRegular = true;
  readonly #dialect: RegexDialect;
  /** As in `Choice`, where the writer is. */
  #rounds: readonly number[] = [];
  #size = 0;

  constructor(dialect: RegexDialect, slotCount: number) {
    this.#dialect = dialect;
    this.slotCount = slotCount;
  }

  /** Appends the instructions of a node; false when there are too many. */
  write(node: RegexNode, out: Instruction[], isBackward: boolean): boolean {
    if (++this.#size > maximumInstructions) return false;
    switch (node.kind) {
      case 'set':
        out.push(single(node.set, isBackward));
        return true;
      case 'sequence': {
        const nodes = isBackward ? node.nodes.toReversed() : node.nodes;
        return nodes.every(each => this.write(each, out, isBackward));
      }
      case 'alternatives':
        return this.#alternatives(node.nodes, out, isBackward);
      case 'repeat':
        return this.#repeat(node, out, isBackward);
      case 'group': {
        const [start, end] = [node.index * 2, node.index * 2 + 1];
        out.push({ op: 'save', slot: isBackward ? end : start });
        const isWritten = this.write(node.node, out, isBackward);
        out.push({ op: 'save', slot: isBackward ? start : end });
        return isWritten;
      }
      case 'assert':
        out.push({ op: 'assert', assertion: node.assertion });
        return true;
      case 'backreference':
        this.isRegular = false;
        out.push({ op: 'backreference', group: node.group, ignoreCase: node.ignoreCase, isBackward });
        return true;
      case 'look': {
        const instructions = this.#inner(node.node, node.isBehind);
        if (instructions) out.push({ op: 'look', instructions, isNegative: node.isNegative });
        return instructions !== undefined;
      }
      case 'atomic':
        return this.#atomic(node.node, out, isBackward);
      default:
        return unreachable(node);
    }
  }

  #atomic(node: RegexNode, out: Instruction[], isBackward: boolean): boolean {
    const instructions = this.#inner(node, isBackward);
    if (instructions) out.push({ op: 'atomic', instructions });
    return instructions !== undefined;
  }

  #inner(node: RegexNode, isBackward: boolean): readonly Instruction[] | undefined {
    this.isRegular = false;
    const instructions: Instruction[] = [];
    if (!this.write(node, instructions, isBackward)) return undefined;
    instructions.push({ op: 'match' });
    return instructions;
  }

  #alternatives(nodes: readonly RegexNode[], out: Instruction[], isBackward: boolean): boolean {
    const jumps: number[] = [];
    for (const [index, node] of nodes.entries()) {
      const isLast = index === nodes.length - 1;
      const split = isLast ? 0 : this.#placeholder(out);
      if (!this.write(node, out, isBackward)) return false;
      if (isLast) break;
      jumps.push(this.#placeholder(out));
      out[split] = this.#split(split + 1, out.length);
    }
    for (const jump of jumps) out[jump] = { op: 'jump', to: out.length };
    return true;
  }

  #repeat(repeat: Repeat, out: Instruction[], isBackward: boolean): boolean {
    const { node, min, max, mode } = repeat;
    if (node.kind === 'set' && !isBackward) {
      out.push({ op: 'repeatSet', set: node.set, min, max, mode, ...this.#choice() });
      return true;
    }
    if (mode === 'possessive') return this.#atomic({ ...repeat, mode: 'greedy' }, out, isBackward);
    for (let round = 0; round < min; round++) if (!this.#round(repeat, out, isBackward)) return false;
    if (max === Infinity) return this.#loop(repeat, out, isBackward);
    const splits: number[] = [];
    for (let round = min; round < max; round++) {
      splits.push(this.#placeholder(out));
      const isWritten =
        this.#dialect === 'javascript'
          ? this.#movingRound(repeat, out, isBackward)
          : this.#round(repeat, out, isBackward);
      if (!isWritten) return false;
    }
    for (const split of splits) out[split] = this.#again(mode, split + 1, out.length);
    return true;
  }

  #loop(repeat: Repeat, out: Instruction[], isBackward: boolean): boolean {
    const split = this.#placeholder(out);
    if (!this.#movingRound(repeat, out, isBackward)) return false;
    out.push({ op: 'jump', to: split });
    out[split] = this.#again(repeat.mode, split + 1, out.length);
    return true;
  }

  /**
   * A round that is given up if it reads nothing. JavaScript wants it of all beyond those there must be,
   * Java of those without number only.
   */
  #movingRound(repeat: Repeat, out: Instruction[], isBackward: boolean): boolean {
    if (!canBeEmpty(repeat.node)) return this.#round(repeat, out, isBackward);
    const slot = this.slotCount++;
    const around = this.#rounds;
    out.push({ op: 'save', slot });
    this.#rounds = [slot, ...around];
    const isWritten = this.#round(repeat, out, isBackward);
    this.#rounds = around;
    out.push({ op: 'progress', slot });
    return isWritten;
  }

  /** JavaScript forgets what groups took in the round before, Java does not. */
  #round({ node, firstGroup, lastGroup }: Repeat, out: Instruction[], isBackward: boolean): boolean {
    if (this.#dialect === 'javascript' && firstGroup < lastGroup) {
      out.push({ op: 'forget', from: firstGroup * 2, to: lastGroup * 2 });
    }
    return this.write(node, out, isBackward);
  }

  /** Keeps a place for an instruction that must know what follows. */
  #placeholder(out: Instruction[]): number {
    return out.push({ op: 'match' }) - 1;
  }

  #again(mode: RepeatMode, again: number, exit: number): Instruction {
    return mode === 'lazy' ? this.#split(exit, again) : this.#split(again, exit);
  }

  #split(first: number, second: number): Instruction {
    return { op: 'split', first, second, ...this.#choice() };
  }

  #choice(): Choice {
    const choice = { id: this.idCount, rounds: this.#rounds };
    this.idCount += this.#rounds.length + 1;
    return choice;
  }
}

function single(set: CharacterSet, isBackward: boolean): Instruction {
  return set.only === undefined || set.only > 0xffff
    ? { op: 'set', set, isBackward }
    : { op: 'char', code: set.only, isBackward };
}

function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.nodes.every(canBeEmpty);
    case 'alternatives':
      return node.nodes.some(canBeEmpty);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.node);
    case 'group':
    case 'atomic':
      return canBeEmpty(node.node);
    case 'assert':
    case 'look':
    case 'backreference':
      return true;
    default:
      return unreachable(node);
  }
}
