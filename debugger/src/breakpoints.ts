import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json } from '#core/json.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { MockedAnswer } from '#core/mocking/mockFile.ts';
import { lineMap, type LineMap } from '#core/text/lineMap.ts';
import { strandAt } from '#interpreter/advance.ts';
import type { Snapshot, Strand } from '#interpreter/snapshot.ts';
import { readDataId, valueOfWatched, type Watched } from './dataBreakpoints.ts';
import type { Definition } from './definition.ts';
import { fileKey, type Dialect } from './dialect.ts';
import { evaluate, holds, isSame, type Scene } from './evaluate.ts';
import { globPattern, statesNamed } from './names.ts';
import { isAt, type Place } from './places.ts';
import { preview, type Secrets } from './preview.ts';
import type { Raised } from './raised.ts';
import type { Stop, StopReason } from './stepping.ts';

/** What a client may say of any breakpoint. */
export interface Terms {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

interface Base extends Terms {
  readonly id: number;
  /** The positions of the recording at which it was met, in their order; made anew after a change of the past. */
  readonly met: number[];
}

type SourceBreakpoint = Base & {
  readonly kind: 'breakpoint';
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
};
type FunctionBreakpoint = Base & { readonly kind: 'function breakpoint'; readonly name: string };
type DataBreakpoint = Base & {
  readonly kind: 'data breakpoint';
  readonly watched: Watched | undefined;
  readonly access: 'read' | 'write' | 'readWrite';
};
type Breakpoint = SourceBreakpoint | FunctionBreakpoint | DataBreakpoint;

/** The mock file of a session, for breakpoints on its answers. */
export interface MockSource {
  readonly path: string;
  readonly text: string;
  readonly answers: readonly MockedAnswer[];
}

/** What the breakpoints stand on: absent before the launch. */
export interface Ground {
  readonly definition: Definition;
  readonly mocks: MockSource | undefined;
}

/** Which way the recording is walked; logpoints speak forwards only. */
export type Direction = 'forwards' | 'backwards';

/** A line for the console, with the place it speaks of. */
export type Say = (text: string, at: { readonly state?: State; readonly isError?: boolean }) => void;

/** All breakpoints of a session: those in files, on states by name, and on data. */
export class Breakpoints {
  dialect: Dialect;
  readonly #say: Say;
  readonly secrets: () => Secrets;
  #nextId = 1;
  #all: readonly Breakpoint[] = [];
  #ground: Ground | undefined;
  #mockLines: LineMap | undefined;
  /** Places and answers by the breakpoint that stands on them. */
  #places = new Map<Breakpoint, Place>();
  #answers = new Map<Breakpoint, MockedAnswer>();
  /** Breakpoints by the state they can stop in. */
  #byState = new Map<string, Breakpoint[]>();
  #complained = new Set<number>();

  constructor(dialect: Dialect, secrets: () => Secrets, say: Say) {
    this.dialect = dialect;
    this.secrets = secrets;
    this.#say = say;
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  // ---- setting

  setInFile(
    path: string,
    wanted: readonly (Terms & { readonly line: number; readonly column?: number | undefined })[],
  ): readonly DebugProtocol.Breakpoint[] {
    const file = fileKey(path);
    const old = this.#all.filter(known => known.kind === 'breakpoint' && known.file === file);
    const made = wanted.map((each): SourceBreakpoint => {
      const line = this.dialect.lineFrom(each.line);
      const column = each.column === undefined ? undefined : this.dialect.columnFrom(each.column);
      const same = old.find(
        known => known.kind === 'breakpoint' && known.line === line && known.column === column,
      );
      return { kind: 'breakpoint', file, line, column, ...this.#base(each, same) };
    });
    this.#replace(old, made);
    return made.map(breakpoint => this.#described(breakpoint));
  }

  setOnStates(wanted: readonly (Terms & { readonly name: string })[]): readonly DebugProtocol.Breakpoint[] {
    const old = this.#all.filter(known => known.kind === 'function breakpoint');
    const made = wanted.map((each): FunctionBreakpoint => {
      const same = old.find(({ name }) => name === each.name);
      return { kind: 'function breakpoint', name: each.name, ...this.#base(each, same) };
    });
    this.#replace(old, made);
    return made.map(breakpoint => this.#described(breakpoint));
  }

  setOnData(
    wanted: readonly (Terms & {
      readonly dataId: string;
      readonly accessType?: 'read' | 'write' | 'readWrite' | undefined;
    })[],
  ): readonly DebugProtocol.Breakpoint[] {
    const old = this.#all.filter(known => known.kind === 'data breakpoint');
    const made = wanted.map((each): DataBreakpoint => ({
      kind: 'data breakpoint',
      watched: readDataId(each.dataId),
      access: each.accessType ?? 'write',
      ...this.#base(each, undefined),
    }));
    this.#replace(old, made);
    return made.map(breakpoint => this.#described(breakpoint));
  }

  /** Finds the places again, in another definition or for the first time; what has changed is returned. */
  standOn(ground: Ground): readonly DebugProtocol.Breakpoint[] {
    const before = new Map(this.#all.map(each => [each.id, JSON.stringify(this.#described(each))]));
    this.#ground = ground;
    this.#mockLines = ground.mocks && lineMap(ground.mocks.text);
    this.#resolve();
    return this.#all
      .map(each => this.#described(each))
      .filter(described => JSON.stringify(described) !== before.get(described.id ?? 0));
  }

  /** Forgets what was met after a moment that is the end of the recording now. */
  cutAfter(position: number): void {
    for (const { met } of this.#all) while ((met.at(-1) ?? 0) > position) met.pop();
  }

  /** Forgets all that was met: another execution begins. */
  restart(): void {
    for (const { met } of this.#all) met.length = 0;
    this.#complained.clear();
  }

  #base(terms: Terms, same: Base | undefined): Base {
    const { condition, hitCondition, logMessage } = terms;
    return {
      id: same?.id ?? this.#nextId++,
      met: same && same.hitCondition === hitCondition && same.condition === condition ? same.met : [],
      condition: condition === '' ? undefined : condition,
      hitCondition: hitCondition === '' ? undefined : hitCondition,
      logMessage: logMessage === '' ? undefined : logMessage,
    };
  }

  #replace(old: readonly Breakpoint[], made: readonly Breakpoint[]): void {
    this.#all = [...this.#all.filter(known => !old.includes(known)), ...made];
    this.#resolve();
  }

  #resolve(): void {
    this.#places.clear();
    this.#answers.clear();
    this.#byState.clear();
    if (!this.#ground) return;
    const { definition, mocks } = this.#ground;
    const add = (state: string, breakpoint: Breakpoint): void => {
      const known = this.#byState.get(state);
      if (known) known.push(breakpoint);
      else this.#byState.set(state, [breakpoint]);
    };
    for (const breakpoint of this.#all) {
      if (breakpoint.kind === 'function breakpoint') {
        for (const { pointer } of statesNamed(definition.machine.machine, breakpoint.name))
          add(pointer, breakpoint);
      } else if (breakpoint.kind === 'breakpoint') {
        if (breakpoint.file === fileKey(definition.path)) {
          const place = placeFor(definition, breakpoint.line, breakpoint.column);
          if (!place) continue;
          this.#places.set(breakpoint, place);
          add(place.state, breakpoint);
        } else if (mocks && breakpoint.file === fileKey(mocks.path)) {
          const answer = this.#answerFor(mocks, breakpoint.line);
          if (answer) this.#answers.set(breakpoint, answer);
        }
      }
    }
  }

  /** The answer whose key stands on the line, or is the next below it. */
  #answerFor(mocks: MockSource, line: number): MockedAnswer | undefined {
    const lines = this.#mockLines;
    if (!lines) return undefined;
    const within = mocks.answers.filter(({ key }) => lines.positionAt(key.start).line >= line);
    return within.toSorted((a, b) => a.key.start - b.key.start)[0];
  }

  // ---- describing

  #described(breakpoint: Breakpoint): DebugProtocol.Breakpoint {
    const { id } = breakpoint;
    switch (breakpoint.kind) {
      case 'breakpoint':
        return this.#describedInFile(breakpoint);
      case 'function breakpoint': {
        if (!this.#ground) return { id, verified: false, message: 'Nothing has been launched yet.' };
        const { definition } = this.#ground;
        const [first] = statesNamed(definition.machine.machine, breakpoint.name);
        if (!first)
          return {
            id,
            verified: false,
            message: `No state is called '${breakpoint.name}'. A pattern with *, type:Map or resource:*sqs* are understood as well.`,
          };
        return { id, verified: true, ...this.#placed(definition, first.key) };
      }
      case 'data breakpoint':
        return breakpoint.watched
          ? { id, verified: true }
          : { id, verified: false, message: 'Nothing goes by that id.' };
    }
  }

  #describedInFile(breakpoint: SourceBreakpoint): DebugProtocol.Breakpoint {
    const { id } = breakpoint;
    const line = this.dialect.line(breakpoint.line);
    if (!this.#ground) return { id, verified: false, line, message: 'Nothing has been launched yet.' };
    const { definition, mocks } = this.#ground;
    const place = this.#places.get(breakpoint);
    if (place) return { id, verified: true, ...this.#placed(definition, place.span) };
    const answer = this.#answers.get(breakpoint);
    if (answer && mocks && this.#mockLines) {
      const source = this.dialect.source(mocks.path);
      return { id, verified: true, source, ...this.dialect.range(answer.key, this.#mockLines) };
    }
    return { id, verified: false, line, message: this.#whyNot(breakpoint.file) };
  }

  #whyNot(file: string): string {
    if (file === fileKey(this.#ground?.definition.path ?? ''))
      return 'No state stands at or below this line.';
    if (file === fileKey(this.#ground?.mocks?.path ?? '')) return 'No answer stands at or below this line.';
    return 'This file is not part of the execution.';
  }

  #placed(definition: Definition, span: Place['span']): Partial<DebugProtocol.Breakpoint> {
    return {
      source: this.dialect.source(definition.path),
      ...this.dialect.range(span, definition.lines),
    };
  }

  // ---- meeting

  /** The stop before a strand's next stage, if breakpoints hold there; logpoints speak and let pass. */
  stopAt(scene: Scene, position: number, direction: Direction): Stop | undefined {
    const { strand } = scene;
    const candidates = this.#byState.get(strand.state);
    if (!candidates) return undefined;
    const hits = candidates.filter(
      breakpoint => this.#isAt(breakpoint, strand) && this.#holds(breakpoint, scene, position, direction),
    );
    const [first] = hits;
    if (!first) return undefined;
    const reason: StopReason = first.kind;
    const place = this.#places.get(first);
    return {
      reason,
      strand: strand.path,
      breakpoints: hits.map(({ id }) => id),
      ...(place?.when.kind === 'chosen' && { description: `Paused at ${place.title}` }),
    };
  }

  #isAt(breakpoint: Breakpoint, strand: Strand): boolean {
    if (breakpoint.kind === 'function breakpoint') return strand.stage === 0;
    const place = this.#places.get(breakpoint);
    return place !== undefined && isAt(strand, place);
  }

  /** The stop at a Retrier that has just decided to try again. */
  stopAtRetry(
    raised: Raised,
    sceneOf: (path: string) => Scene | undefined,
    position: number,
    direction: Direction,
  ): Stop | undefined {
    const { handling } = raised;
    if (handling.kind !== 'retried') return undefined;
    const scene = sceneOf(handling.strand);
    if (!scene) return undefined;
    const hits = (this.#byState.get(handling.state) ?? []).filter(breakpoint => {
      const when = this.#places.get(breakpoint)?.when;
      return (
        when?.kind === 'retry' &&
        when.index === handling.retrier &&
        this.#holds(breakpoint, scene, position, direction)
      );
    });
    const [first] = hits;
    if (!first) return undefined;
    return {
      reason: 'breakpoint',
      strand: handling.strand,
      breakpoints: hits.map(({ id }) => id),
      description: `Paused at ${this.#places.get(first)?.title ?? ''}, which tries again`,
    };
  }

  /** The stop before an answer of the mock file is served. */
  stopAtAnswer(answer: MockedAnswer, scene: Scene, position: number): Stop | undefined {
    const hits = this.#all.filter(
      breakpoint =>
        this.#answers.get(breakpoint)?.key.start === answer.key.start &&
        this.#holds(breakpoint, scene, position, 'forwards'),
    );
    if (hits.length === 0) return undefined;
    return {
      reason: 'breakpoint',
      strand: scene.strand.path,
      breakpoints: hits.map(({ id }) => id),
      description: `Paused before answer '${answer.key.value}' is given to '${scene.program.states.get(scene.strand.state)?.name ?? ''}'`,
    };
  }

  /** The stop after data that are watched have changed, or when a stage has read them. */
  stopAtData(
    sceneBefore: Scene,
    after: Snapshot,
    reads: (watched: Watched) => boolean,
    position: number,
    direction: Direction,
  ): Stop | undefined {
    const { strand: was } = sceneBefore;
    const now = strandAt(after, was.path);
    for (const breakpoint of this.#all) {
      if (breakpoint.kind !== 'data breakpoint' || !breakpoint.watched) continue;
      const { watched, access } = breakpoint;
      const old = valueOfWatched(watched, was);
      const fresh = now && valueOfWatched(watched, now);
      const isWritten = now !== undefined && !isSameOrAbsent(old, fresh);
      const isMet = (access !== 'read' && isWritten) || (access !== 'write' && reads(watched));
      if (
        !isMet ||
        !this.#holds(
          breakpoint,
          now ? { ...sceneBefore, snapshot: after, strand: now } : sceneBefore,
          position,
          direction,
        )
      )
        continue;
      const text = isWritten
        ? `${watched.name} was ${this.#shown(old)} and is ${this.#shown(fresh)}`
        : `${watched.name} was read: ${this.#shown(old)}`;
      return {
        reason: 'data breakpoint',
        strand: now ? was.path : '',
        breakpoints: [breakpoint.id],
        description: text,
        text,
      };
    }
    return undefined;
  }

  get watchesData(): boolean {
    return this.#all.some(({ kind }) => kind === 'data breakpoint');
  }

  #shown(value: Json | undefined): string {
    return value === undefined ? 'nothing' : preview(value, this.secrets(), 60);
  }

  /** Condition, number of hits, and message, in this order. */
  #holds(breakpoint: Breakpoint, scene: Scene, position: number, direction: Direction): boolean {
    const { condition, hitCondition, logMessage, met, id } = breakpoint;
    if (direction === 'backwards' && logMessage !== undefined) return false;
    if (condition !== undefined) {
      const answer = holds(condition, scene);
      if (typeof answer === 'object') {
        this.#complain(id, `The condition '${condition}' cannot be evaluated: ${answer.message}`, scene);
        return true;
      }
      if (!answer) return false;
    }
    if (hitCondition !== undefined) {
      let index = met.indexOf(position);
      if (index < 0) index = met.push(position) - 1;
      const isCounted = counts(hitCondition, index + 1);
      if (isCounted === undefined) {
        this.#complain(id, `The hit count '${hitCondition}' is none: try 3, >= 3, or % 10.`, scene);
        return true;
      }
      if (!isCounted) return false;
    }
    if (logMessage === undefined) return true;
    const state = scene.program.states.get(scene.strand.state)?.state;
    this.#say(interpolated(logMessage, scene, this.secrets()), state ? { state } : {});
    return false;
  }

  #complain(id: number, problem: string, scene: Scene): void {
    if (this.#complained.has(id)) return;
    this.#complained.add(id);
    const state = scene.program.states.get(scene.strand.state)?.state;
    this.#say(problem, { ...(state && { state }), isError: true });
  }
}

function isSameOrAbsent(old: Json | undefined, fresh: Json | undefined): boolean {
  if (old === undefined || fresh === undefined) return old === fresh;
  return isSame(old, fresh);
}

/**
 * The place a breakpoint on a line belongs to: one that stands on it (of several the first, or the one
 * at the column), else the smallest that the line lies in, else the next below.
 */
export function placeFor(definition: Definition, line: number, column?: number): Place | undefined {
  const { places, lines, text } = definition;
  const lineAt = (offset: number): number => lines.positionAt(offset).line;
  const onLine = places.filter(({ span }) => lineAt(span.start) === line);
  if (onLine.length > 0 && column === undefined) return onLine[0];
  if (onLine.length > 0) {
    const offset = lines.offsetAt({ line, character: column ?? 0 });
    return onLine.findLast(({ span }) => span.start <= offset) ?? onLine[0];
  }
  const start = lines.lineStart(line);
  const blank = /^\s*/.exec(text.slice(start, lines.lineStart(line + 1)))?.[0].length ?? 0;
  const offset = start + blank;
  const around = places.filter(({ extent }) => extent.start <= offset && offset < extent.end);
  const [innermost] = around.toSorted(
    (a, b) => a.extent.end - a.extent.start - (b.extent.end - b.extent.start),
  );
  return innermost ?? places.find(({ span }) => lineAt(span.start) >= line);
}

/** Whether the n-th hit counts: `5` is the fifth, `>= 3` from the third on, `% 10` every tenth. */
export function counts(hitCondition: string, hits: number): boolean | undefined {
  const match = /^\s*(>=|<=|==|=|>|<|%)?\s*(\d+)\s*$/.exec(hitCondition);
  if (!match) return undefined;
  const number = Number(match[2]);
  switch (match[1]) {
    case '>=':
      return hits >= number;
    case '<=':
      return hits <= number;
    case '>':
      return hits > number;
    case '<':
      return hits < number;
    case '%':
      return number > 0 && hits % number === 0;
    default:
      return hits === number;
  }
}

/** A log message with the values of its expressions: `{$.orderId}`, `{$total * 2}`; braces inside belong to them. */
export function interpolated(message: string, scene: Scene, secrets: Secrets): string {
  let out = '';
  for (let at = 0; at < message.length;) {
    if (message[at] !== '{') {
      out += message[at];
      at++;
      continue;
    }
    let depth = 0;
    let end = at;
    for (; end < message.length; end++) {
      if (message[end] === '{') depth++;
      else if (message[end] === '}' && --depth === 0) break;
    }
    const inside = message.slice(at + 1, end);
    const text = inside.startsWith('%') && inside.endsWith('%') ? `{${inside}}` : inside;
    const evaluated = evaluate(text, scene);
    if (evaluated.kind === 'failed') out += `{${evaluated.message}}`;
    else
      out += typeof evaluated.value === 'string' ? evaluated.value : preview(evaluated.value, secrets, 400);
    at = end + 1;
  }
  return out;
}

/** Filters of errors to stop at. */
export type ExceptionFilter = 'all' | 'uncaught' | 'caught' | 'retried';

/** Which errors to stop at: by what becomes of them, and by globs of their names. */
export class ExceptionFilters {
  #filters: readonly { readonly filter: ExceptionFilter; readonly names: RegExp | undefined }[] = [];

  set(
    filters: readonly { readonly filterId: string; readonly condition?: string | undefined }[],
  ): readonly DebugProtocol.Breakpoint[] {
    const known = filters.flatMap(({ filterId, condition }) => {
      const filter = exceptionFilters.find(name => name === filterId);
      return filter ? [{ filter, names: namesIn(condition) }] : [];
    });
    this.#filters = known;
    return filters.map(({ filterId }) =>
      exceptionFilters.some(name => name === filterId)
        ? { verified: true }
        : { verified: false, message: `There is no filter '${filterId}'.` },
    );
  }

  meant(raised: Raised): boolean {
    const name = raised.error.error ?? '';
    return this.#filters.some(
      ({ filter, names }) =>
        (filter === 'all' || filter === raised.handling.kind) && (names === undefined || names.test(name)),
    );
  }
}

const exceptionFilters: readonly ExceptionFilter[] = ['all', 'uncaught', 'caught', 'retried'];

/** `States.Timeout, Lambda.*`: any of the globs. */
function namesIn(condition: string | undefined): RegExp | undefined {
  const globs = (condition ?? '').split(/[\s,;|]+/).filter(glob => glob !== '');
  if (globs.length === 0) return undefined;
  return new RegExp(globs.map(glob => globPattern(glob).source).join('|'), 'i');
}
