import type { DebugProtocol } from '@vscode/debugprotocol';
import { membersOf } from '#core/model/pointer.ts';
import { propertyOf } from '#core/syntax/node.ts';
import type { Span } from '#core/text/span.ts';
import { strandsOf } from '#interpreter/advance.ts';
import type { Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { at, lengthOf } from '#interpreter/table.ts';
import { stateOf, type Definition } from './definition.ts';
import type { Dialect } from './dialect.ts';
import { stageTitle } from './places.ts';
import type { Recording } from './recording.ts';
import { strandAt } from './strands.ts';

/** A line of the call stack, before it is put into the protocol's words. */
export interface Frame {
  readonly kind: 'stage' | 'state' | 'scope' | 'execution';
  readonly strand: Strand;
  readonly name: string;
  readonly span: Span;
}

/**
 * The call stack of a strand: its stage, its state, the branch or iteration it is, then the state around
 * that, and so on up to the execution.
 */
export function framesOf(recording: Recording, path: StrandPath): readonly Frame[] {
  const { snapshot, definition } = recording;
  const frames: Frame[] = [];
  const first = strandAt(snapshot, path);
  for (let strand = first; strand; strand = parentOf(snapshot, strand)) {
    const { state, ...compiled } = stateOf(definition, strand);
    const title = strand === first ? stageTitle(state, { state, ...compiled }, strand.stage) : '';
    if (title !== '')
      frames.push({ kind: 'stage', strand, name: title, span: definition.spanOf(state, strand.stage) });
    frames.push({ kind: 'state', strand, name: state.name, span: state.key });
    if (strand.path !== '')
      frames.push({ kind: 'scope', strand, name: scopeName(strand), span: scopeSpan(definition, strand) });
  }
  const root = strandAt(snapshot, '');
  if (root) {
    const execution = at(snapshot.executions, 0);
    const { root: scope } = definition.machine.machine;
    const span = propertyOf(scope.node, 'StartAt')?.key ?? { start: scope.node.start, end: scope.node.start };
    const name = execution ? `${execution.stateMachineName} · ${execution.name}` : 'Execution';
    frames.push({ kind: 'execution', strand: root, name, span });
  }
  return frames;
}

/** `Each[3]` for an iteration, `Fan[1]` for a branch. */
function scopeName({ path }: Strand): string {
  return strandTitle(path).split(' › ').at(-1) ?? '';
}

function scopeSpan({ program, machine }: Definition, { scope }: Strand): Span {
  const { node } = program.scopes.get(scope)?.scope ?? machine.machine.root;
  return propertyOf(node, 'StartAt')?.key ?? { start: node.start, end: node.start };
}

export function parentOf({ strands }: Snapshot, { parent }: Strand): Strand | undefined {
  return parent === undefined ? undefined : (at(strands, parent) ?? undefined);
}

/** `/States/Each/ItemProcessor[3]` is `Each[3]`, `/States/Fan/Branches/1` is `Fan[1]`. */
export function strandTitle(path: StrandPath): string {
  const titles: string[] = [];
  const members = membersOf(path);
  for (const [index, member] of members.entries()) {
    if (member !== 'States') continue;
    const name = members[index + 1] ?? '';
    const [, iteration] = /^(?:ItemProcessor|Iterator)\[(\d+)\]$/.exec(members[index + 2] ?? '') ?? [];
    titles.push(`${name}[${iteration ?? members[index + 3] ?? ''}]`);
  }
  return titles.join(' › ');
}

/** Threads and frames by the numbers the client knows them by; the numbers of threads never change. */
export class Threads {
  /** Most threads that are listed. */
  most = 100;
  readonly #ids = new Map<StrandPath, number>();
  readonly #paths: StrandPath[] = [];
  #frames: Frame[] = [];

  idOf(path: StrandPath): number {
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    const id = this.#paths.push(path);
    this.#ids.set(path, id);
    return id;
  }

  pathOf(id: number): StrandPath | undefined {
    return this.#paths[id - 1];
  }

  /** The live strands, the one in focus among them; no more than the client can show. */
  list(snapshot: Snapshot, focus: StrandPath): readonly DebugProtocol.Thread[] {
    const paths: StrandPath[] = [];
    const count = lengthOf(snapshot.strands);
    for (let id = 0; id < count && paths.length < this.most; id++) {
      const strand = at(snapshot.strands, id);
      if (strand) paths.push(strand.path);
    }
    if (!paths.includes(focus) && strandAt(snapshot, focus)) paths[paths.length - 1] = focus;
    if (paths.length === 0) paths.push('');
    return paths.map(path => ({ id: this.idOf(path), name: path === '' ? 'Execution' : strandTitle(path) }));
  }

  /** Puts frames into the protocol's words; their numbers hold until `forget`. */
  described(
    frames: readonly Frame[],
    definition: Definition,
    dialect: Dialect,
  ): readonly DebugProtocol.StackFrame[] {
    const source = dialect.source(definition.path);
    return frames.map(frame => {
      const { line, column, endLine, endColumn } = dialect.range(frame.span, definition.lines);
      const id = this.#frames.push(frame);
      return {
        id,
        name: frame.name,
        source,
        line,
        column,
        endLine,
        endColumn,
        moduleId: definition.path,
        canRestart: frame.kind === 'state' || frame.kind === 'stage',
        ...(frame.kind === 'scope' && { presentationHint: 'subtle' as const }),
      };
    });
  }

  frame(id: number): Frame | undefined {
    return this.#frames[id - 1];
  }

  /** Frames of the past stop are no more. */
  forget(): void {
    this.#frames = [];
  }
}

/** How many strands there are beyond those that are listed as threads. */
export function strandCount(snapshot: Snapshot): number {
  return strandsOf(snapshot).length;
}
