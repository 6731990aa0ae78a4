import { unreachable } from '#core/unreachable.ts';
import type { Assertion, CharacterSet, RegexDialect, RegexNode, RepeatMode } from './syntax.ts';

/**
 * A regular expression as instructions for a backtracking machine.
 *
 * `slots` hold the start and end of each capture group (0 and 1 those of the match) and behind them the
 * positions that loops remember.
 */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slotCount: number;
}

export type Instruction =
  | { readonly op: 'match' }
  | { readonly op: 'char'; readonly code: number }
  | { readonly op: 'set'; readonly set: CharacterSet }
  /** Tries `first`, and `second` if that leads to nothing. */
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  /** Forgets the groups of a former round of a loop. */
  | { readonly op: 'reset'; readonly from: number; readonly to: number }
  /** Fails if nothing was read since the slot was saved: a loop must move on. */
  | { readonly op: 'progress'; readonly slot: number }
  | { readonly op: 'assert'; readonly assertion: Assertion }
  | { readonly op: 'backreference'; readonly group: number; readonly ignoreCase: boolean }
  /** Many of one set, without an instruction for each. */
  | {
      readonly op: 'repeatSet';
      readonly set: CharacterSet;
      readonly min: number;
      readonly max: number;
      readonly mode: RepeatMode;
    }
  | {
      readonly op: 'look';
      readonly program: Program;
      readonly isBehind: boolean;
      readonly isNegative: boolean;
      readonly width: Width;
    }
  | { readonly op: 'atomic'; readonly program: Program };

/** How many code units a pattern can take. */
export interface Width {
  readonly min: number;
  readonly max: number;
}

/** Patterns that need more are refused: `(a{1000}){1000}`. */
const maximumInstructions = 20_000;

/** Translates the tree; `undefined` when the pattern is too large. */
export function compileProgram(
  node: RegexNode,
  groupCount: number,
  dialect: RegexDialect,
): Program | undefined {
  const builder: Builder = {
    instructions: [],
    dialect,
    slots: { next: (groupCount + 1) * 2 },
    size: { count: 0 },
  };
  try {
    emit(builder, node);
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
  builder.instructions.push({ op: 'match' });
  return { instructions: builder.instructions, slotCount: builder.slots.next };
}

/** Thrown and caught in this file only. */
class TooLarge extends Error {}

interface Builder {
  readonly instructions: Instruction[];
  readonly dialect: RegexDialect;
  /** Shared with the programs inside. */
  readonly slots: { next: number };
  readonly size: { count: number };
}

function push(builder: Builder, instruction: Instruction): number {
  if (++builder.size.count > maximumInstructions) throw new TooLarge();
  return builder.instructions.push(instruction) - 1;
}

function emit(builder: Builder, node: RegexNode): void {
  switch (node.kind) {
    case 'empty':
      return;
    case 'set':
      push(builder, single(node.set));
      return;
    case 'sequence':
      for (const each of node.nodes) emit(builder, each);
      return;
    case 'alternatives':
      emitAlternatives(builder, node.nodes);
      return;
    case 'repeat':
      emitRepeat(builder, node);
      return;
    case 'group':
      push(builder, { op: 'save', slot: node.index * 2 });
      emit(builder, node.node);
      push(builder, { op: 'save', slot: node.index * 2 + 1 });
      return;
    case 'assert':
      push(builder, { op: 'assert', assertion: node.assertion });
      return;
    case 'backreference':
      push(builder, { op: 'backreference', group: node.index, ignoreCase: node.ignoreCase });
      return;
    case 'look': {
      const { isBehind, isNegative } = node;
      push(builder, {
        op: 'look',
        program: inner(builder, node.node),
        isBehind,
        isNegative,
        width: widthOf(node.node),
      });
      return;
    }
    case 'atomic':
      push(builder, { op: 'atomic', program: inner(builder, node.node) });
      return;
    default:
      unreachable(node);
  }
}

function single(set: CharacterSet): Instruction {
  return set.only === undefined || set.only > 0xffff ? { op: 'set', set } : { op: 'char', code: set.only };
}

function inner(builder: Builder, node: RegexNode): Program {
  const nested: Builder = { ...builder, instructions: [] };
  emit(nested, node);
  push(nested, { op: 'match' });
  return { instructions: nested.instructions, slotCount: 0 };
}

function emitAlternatives(builder: Builder, nodes: readonly RegexNode[]): void {
  const jumps: number[] = [];
  nodes.forEach((node, index) => {
    if (index === nodes.length - 1) {
      emit(builder, node);
      return;
    }
    const split = push(builder, { op: 'match' });
    emit(builder, node);
    jumps.push(push(builder, { op: 'match' }));
    builder.instructions[split] = { op: 'split', first: split + 1, second: builder.instructions.length };
  });
  for (const jump of jumps) builder.instructions[jump] = { op: 'jump', to: builder.instructions.length };
}

function emitRepeat(builder: Builder, node: RegexNode & { kind: 'repeat' }): void {
  const { min, max, mode } = node;
  if (node.node.kind === 'set') {
    push(builder, { op: 'repeatSet', set: node.node.set, min, max, mode });
    return;
  }
  if (mode === 'possessive') {
    push(builder, { op: 'atomic', program: inner(builder, { ...node, mode: 'greedy' }) });
    return;
  }
  for (let i = 0; i < min; i++) emitRound(builder, node.node);
  if (max === Infinity) {
    emitLoop(builder, node.node, mode);
    return;
  }
  const splits: number[] = [];
  for (let i = min; i < max; i++) {
    splits.push(push(builder, { op: 'match' }));
    emitRound(builder, node.node);
  }
  const end = builder.instructions.length;
  for (const split of splits) builder.instructions[split] = choice(mode, split + 1, end);
}

function emitLoop(builder: Builder, node: RegexNode, mode: RepeatMode): void {
  const split = push(builder, { op: 'match' });
  const canBeEmpty = widthOf(node).min === 0;
  const slot = canBeEmpty ? builder.slots.next++ : 0;
  if (canBeEmpty) push(builder, { op: 'save', slot });
  emitRound(builder, node);
  if (canBeEmpty) push(builder, { op: 'progress', slot });
  push(builder, { op: 'jump', to: split });
  builder.instructions[split] = choice(mode, split + 1, builder.instructions.length);
}

function choice(mode: RepeatMode, again: number, end: number): Instruction {
  return mode === 'lazy'
    ? { op: 'split', first: end, second: again }
    : { op: 'split', first: again, second: end };
}

/** One round of a loop. JavaScript forgets what groups caught in the round before, Java does not. */
function emitRound(builder: Builder, node: RegexNode): void {
  const groups = groupsIn(node);
  if (builder.dialect === 'javascript' && groups.length > 0) {
    push(builder, { op: 'reset', from: Math.min(...groups) * 2, to: Math.max(...groups) * 2 + 1 });
  }
  emit(builder, node);
}

function groupsIn(node: RegexNode): readonly number[] {
  switch (node.kind) {
    case 'group':
      return [node.index, ...groupsIn(node.node)];
    case 'sequence':
    case 'alternatives':
      return node.nodes.flatMap(groupsIn);
    case 'repeat':
    case 'look':
    case 'atomic':
      return groupsIn(node.node);
    case 'empty':
    case 'set':
    case 'assert':
    case 'backreference':
      return [];
    default:
      return unreachable(node);
  }
}

function widthOf(node: RegexNode): Width {
  switch (node.kind) {
    case 'set':
      return { min: 1, max: 2 };
    case 'sequence':
      return node.nodes
        .map(widthOf)
        .reduce((sum, each) => ({ min: sum.min + each.min, max: sum.max + each.max }), {
          min: 0,
          max: 0,
        });
    case 'alternatives': {
      const widths = node.nodes.map(widthOf);
      return {
        min: Math.min(...widths.map(each => each.min)),
        max: Math.max(...widths.map(each => each.max)),
      };
    }
    case 'repeat': {
      const { min, max } = widthOf(node.node);
      return { min: min * node.min, max: max === 0 ? 0 : max * node.max };
    }
    case 'group':
    case 'atomic':
      return widthOf(node.node);
    case 'backreference':
      return { min: 0, max: Infinity };
    case 'empty':
    case 'assert':
    case 'look':
      return { min: 0, max: 0 };
    default:
      return unreachable(node);
  }
}
