import type { DebugProtocol } from '@vscode/debugprotocol';
import { propertyOf } from '#core/syntax/node.ts';
import { inWords, say, type Words } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import type { Translate } from '#core/text/translate.ts';
import { strandsOf } from '#interpreter/advance.ts';
import type { Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { at, lengthOf } from '#interpreter/table.ts';
import { moduleId, stateOf, type Definition, type WrittenMachine } from './definition.ts';
import type { Dialect } from './dialect.ts';
import { presentStage, stageTitle } from './places.ts';
import type { Recording } from './recording.ts';
import { movedStrand } from './reload.ts';
import { strandAt, enclosuresOf } from './strands.ts';

/** A line of the call stack, before it is put into the protocol's words. */
export interface Frame {
  readonly kind: 'stage' | 'state' | 'scope' | 'execution';
  readonly strand: Strand;
  readonly name: Words;
  readonly machine: WrittenMachine;
  readonly span: Span;
}

/**
 * The call stack of a strand: its stage, its state, the branch or iteration it is, then the state around
 * that, and so on up to the execution; of one that a task has started, further to that task. `rule` is
 * the Choice Rule that is evaluated next. Places are those of the text as it was read last, also where the
 * past ran by another one.
 */
export function framesOf(recording: Recording, path: StrandPath, rule?: number): readonly Frame[] {
  const { snapshot, definition, newestDefinition: newest } = recording;
  const frames: Frame[] = [];
  const first = strandAt(snapshot, path);
  for (let strand = first; strand; strand = parentOf(snapshot, strand)) {
    const compiled = stateOf(definition, strand);
    const title = strand === first ? stageTitle(compiled.state, compiled, presentStage(strand)) : undefined;
    const moved = newest === definition ? undefined : movedStrand(strand, definition.program, newest.program);
    const written = moved ? newest : definition;
    const { state } = stateOf(written, strand);
    const machine = written.machineOf(strand.state);
    const of = { strand, machine };
    const evaluated = strand === first && state.type === 'Choice' ? state.rules[rule ?? -1] : undefined;
    if (evaluated)
      frames.push({ ...of, kind: 'stage', name: say`rule ${evaluated.index + 1}`, span: evaluated.node });
    else if (title !== undefined)
      frames.push({
        ...of,
        kind: 'stage',
        name: title,
        span: machine.spanOf(state, presentStage(moved ?? strand)),
      });
    frames.push({ ...of, kind: 'state', name: state.name, span: state.key });
    if (strand.kind === 'execution' || strand.kind === 'workflow')
      frames.push({
        ...of,
        kind: 'execution',
        name: executionName(snapshot, strand),
        span: startOf(written, strand),
      });
    else frames.push({ ...of, kind: 'scope', name: scopeName(strand), span: startOf(written, strand) });
  }
  return frames;
}

function executionName(snapshot: Snapshot, { execution: index }: Strand): Words {
  const execution = at(snapshot.executions, index);
  return execution ? `${execution.stateMachineName} · ${execution.name}` : say`Execution`;
}

/** `Each[3]` for an iteration, `Fan[1]` for a branch. */
function scopeName({ path }: Strand): string {
  return strandTitle(path).split(' › ').at(-1) ?? '';
}

/** Where the scope of a strand begins. */
function startOf({ program }: Definition, { scope: pointer }: Strand): Span {
  const scope = program.scopes.get(pointer);
  if (!scope) throw new Error(`bug: there is no scope ${pointer}`);
  const { node } = scope.scope;
  return propertyOf(node, 'StartAt')?.key ?? { start: node.start, end: node.start };
}

export function parentOf({ strands }: Snapshot, { parent }: Strand): Strand | undefined {
  return parent === undefined ? undefined : (at(strands, parent) ?? undefined);
}

/**
 * `/States/Each/ItemProcessor[3]` is `Each[3]`, `/States/Fan/Branches/1` is `Fan[1]`. Of a machine that starts
 * itself again and again, only the outermost and the innermost are named.
 */
export function strandTitle(path: StrandPath): string {
  const titles = enclosuresOf(path).map(({ name, index }) => `${name}[${index}]`);
  const between = titles.length - 2 * namedEnds;
  if (between > 1) titles.splice(namedEnds, between, `… ${between} …`);
  return titles.join(' › ');
}

/** So many enclosures are named at each end of a title. */
const namedEnds = 3;

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
  list(snapshot: Snapshot, focus: StrandPath, translate: Translate): readonly DebugProtocol.Thread[] {
    const paths: StrandPath[] = [];
    const count = lengthOf(snapshot.strands);
    for (let id = 0; id < count && paths.length < this.most; id++) {
      const strand = at(snapshot.strands, id);
      if (strand) paths.push(strand.path);
    }
    if (!paths.includes(focus) && strandAt(snapshot, focus)) paths[paths.length - 1] = focus;
    if (paths.length === 0) paths.push('');
    return paths.map(path => ({
      id: this.idOf(path),
      name: path === '' ? translate('Execution') : strandTitle(path),
    }));
  }

  /** Puts frames into the protocol's words; their numbers hold until `forget`. */
  described(frames: readonly Frame[], dialect: Dialect): readonly DebugProtocol.StackFrame[] {
    return frames.map(frame => {
      const { machine } = frame;
      const { line, column, endLine, endColumn } = dialect.range(frame.span, machine.lines);
      const id = this.#frames.push(frame);
      return {
        id,
        name: inWords(frame.name, dialect.translate),
        source: dialect.source(machine.path),
        line,
        column,
        endLine,
        endColumn,
        moduleId: moduleId(machine),
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
