import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { MockedAnswer } from '#core/mocking/mockFile.ts';
import { lineMap, type LineMap } from '#core/text/lineMap.ts';
import { say, type Message, type Words } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import { advance, strandAt } from '#interpreter/advance.ts';
import type { Snapshot, Strand } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import { readDataId, valueOfWatched, type Watched } from './dataBreakpoints.ts';
import type { Definition } from './definition.ts';
import { fileKey, type Dialect } from './dialect.ts';
import { holds, isSame, type Scene } from './evaluate.ts';
import { statesNamed } from './names.ts';
import { isAt, placeFor, type Place } from './places.ts';
import { preview, type Secrets } from '#core/preview.ts';
import type { Raised } from './raised.ts';
import type { Stop, StopReason } from './stepping.ts';
import { counts, interpolated, type Terms } from './terms.ts';

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
  readonly dataId: string;
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
export type Tell = (text: Words, at: { readonly state?: State; readonly isError?: boolean }) => void;

/** All breakpoints of a session: those in files, on states by name, and on data. */
export class Breakpoints {
  dialect: Dialect;
  readonly #tell: Tell;
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

  constructor(dialect: Dialect, secrets: () => Secrets, tell: Tell) {
    this.dialect = dialect;
    this.secrets = secrets;
    this.#tell = tell;
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
    const unclaimed = [...old];
    const made = wanted.map((each): SourceBreakpoint => {
      const line = this.dialect.lineFrom(each.line);
      const column = each.column === undefined ? undefined : this.dialect.columnFrom(each.column);
      const same = claim(
        unclaimed,
        known => known.kind === 'breakpoint' && known.line === line && known.column === column,
      );
      return { kind: 'breakpoint', file, line, column, ...this.#base(each, same) };
    });
    this.#replace(old, made);
    return made.map(breakpoint => this.#described(breakpoint));
  }

  setOnStates(wanted: readonly (Terms & { readonly name: string })[]): readonly DebugProtocol.Breakpoint[] {
    const old = this.#all.filter(known => known.kind === 'function breakpoint');
    const unclaimed = [...old];
    const made = wanted.map((each): FunctionBreakpoint => {
      const same = claim(unclaimed, ({ name }) => name === each.name);
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
    const unclaimed = [...old];
    const made = wanted.map((each): DataBreakpoint => {
      const { dataId, accessType: access = 'write' } = each;
      const same = claim(unclaimed, known => known.dataId === dataId && known.access === access);
      const watched = readDataId(dataId);
      return { kind: 'data breakpoint', dataId, watched, access, ...this.#base(each, same) };
    });
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
        for (const { pointer } of this.#statesNamed(definition, breakpoint.name)) add(pointer, breakpoint);
      } else if (breakpoint.kind === 'breakpoint') {
        const machines = definition.machines.filter(({ path }) => fileKey(path) === breakpoint.file);
        if (machines.length > 0) {
          const place = placeFor(machines, breakpoint.line, breakpoint.column);
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
    const { translate } = this.dialect;
    switch (breakpoint.kind) {
      case 'breakpoint':
        return this.#describedInFile(breakpoint);
      case 'function breakpoint': {
        if (!this.#ground)
          return { id, verified: false, message: translate('Nothing has been launched yet.') };
        const { definition } = this.#ground;
        const [first] = this.#statesNamed(definition, breakpoint.name);
        if (!first)
          return {
            id,
            verified: false,
            message: translate(
              "No state is called '{0}'. A pattern with *, type:Map or resource:*sqs* are understood as well.",
              breakpoint.name,
            ),
          };
        return { id, verified: true, ...this.#placed(definition, first.pointer, first.key) };
      }
      case 'data breakpoint':
        return breakpoint.watched
          ? { id, verified: true }
          : { id, verified: false, message: translate('Nothing goes by that id.') };
    }
  }

  #describedInFile(breakpoint: SourceBreakpoint): DebugProtocol.Breakpoint {
    const { id } = breakpoint;
    const line = this.dialect.line(breakpoint.line);
    if (!this.#ground)
      return { id, verified: false, line, message: this.dialect.translate('Nothing has been launched yet.') };
    const { definition, mocks } = this.#ground;
    const place = this.#places.get(breakpoint);
    if (place) return { id, verified: true, ...this.#placed(definition, place.state, place.span) };
    const answer = this.#answers.get(breakpoint);
    if (answer && mocks && this.#mockLines) {
      const source = this.dialect.source(mocks.path);
      return { id, verified: true, source, ...this.dialect.range(answer.key, this.#mockLines) };
    }
    return { id, verified: false, line, message: this.#whyNot(breakpoint.file) };
  }

  #whyNot(file: string): string {
    const { translate } = this.dialect;
    if (this.#ground?.definition.machines.some(({ path }) => fileKey(path) === file))
      return translate('No state stands at or below this line.');
    if (this.#ground?.mocks && file === fileKey(this.#ground.mocks.path))
      return translate('No answer stands at or below this line.');
    return translate('This file is not part of the execution.');
  }

  #placed(definition: Definition, state: Pointer, span: Span): Partial<DebugProtocol.Breakpoint> {
    const { path, lines } = definition.machineOf(state);
    return { source: this.dialect.source(path), ...this.dialect.range(span, lines) };
  }

  #statesNamed({ machines }: Definition, name: string): readonly State[] {
    return machines.flatMap(({ analysis }) => statesNamed(analysis.machine, name));
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
    if (!first) return this.stopAtRule(scene, -1, position, direction);
    const reason: StopReason = first.kind;
    const place = this.#places.get(first);
    const description = place?.when.kind === 'chosen' ? place.description : undefined;
    return {
      reason,
      strand: strand.path,
      breakpoints: hits.map(({ id }) => id),
      ...(description && { description }),
    };
  }

  /** The stop before a rule of a Choice state is evaluated: the first behind `after` that will be. */
  stopAtRule(scene: Scene, after: number, position: number, direction: Direction): Stop | undefined {
    const { strand } = scene;
    const coming = (this.#byState.get(strand.state) ?? []).flatMap(breakpoint => {
      const place = this.#places.get(breakpoint);
      const isNext = place?.when.kind === 'rule' && place.stage === strand.stage && place.when.index > after;
      return isNext ? [{ breakpoint, place, rule: place.when.index }] : [];
    });
    if (coming.length === 0) return undefined;
    const last = lastRule(scene);
    for (const { rule, place } of coming.toSorted((one, other) => one.rule - other.rule)) {
      if (rule > last) return undefined;
      const hits = coming.filter(
        each => each.rule === rule && this.#holds(each.breakpoint, scene, position, direction),
      );
      if (hits.length > 0)
        return {
          reason: 'breakpoint',
          strand: strand.path,
          breakpoints: hits.map(({ breakpoint }) => breakpoint.id),
          ...(place.description && { description: place.description }),
          rule,
        };
    }
    return undefined;
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
    const description = this.#places.get(first)?.description;
    return {
      reason: 'breakpoint',
      strand: handling.strand,
      breakpoints: hits.map(({ id }) => id),
      ...(description && { description }),
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
      description: say`Paused before answer '${answer.key.value}' is given to '${scene.program.states.get(scene.strand.state)?.name ?? ''}'`,
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
    const hits: { readonly id: number; readonly text: Message }[] = [];
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
        ? say`${watched.name} was ${this.#shown(old)} and is ${this.#shown(fresh)}`
        : say`${watched.name} was read: ${this.#shown(old)}`;
      hits.push({ id: breakpoint.id, text });
    }
    const [first] = hits;
    return (
      first && {
        reason: 'data breakpoint',
        strand: now ? was.path : '',
        breakpoints: hits.map(({ id }) => id),
        description: first.text,
        text: hits.map(({ text }) => text),
      }
    );
  }

  get watchesData(): boolean {
    return this.#all.some(({ kind }) => kind === 'data breakpoint');
  }

  #shown(value: Json | undefined): Words {
    return value === undefined ? say`nothing` : preview(value, this.secrets(), 60);
  }

  /** Condition, number of hits, and message, in this order. */
  #holds(breakpoint: Breakpoint, scene: Scene, position: number, direction: Direction): boolean {
    const { condition, hitCondition, logMessage, met, id } = breakpoint;
    if (direction === 'backwards' && logMessage !== undefined) return false;
    if (condition !== undefined) {
      const answer = holds(condition, scene);
      if (typeof answer === 'object') {
        this.#complain(id, say`The condition '${condition}' cannot be evaluated: ${answer.message}`, scene);
        return true;
      }
      if (!answer) return false;
    }
    if (hitCondition !== undefined) {
      let index = (met.at(-1) ?? -1) < position ? -1 : met.indexOf(position);
      if (index < 0) index = met.push(position) - 1;
      const isCounted = counts(hitCondition, index + 1);
      if (isCounted === undefined) {
        this.#complain(id, say`The hit count '${hitCondition}' is none: try 3, >= 3, or % 10.`, scene);
        return true;
      }
      if (!isCounted) return false;
    }
    if (logMessage === undefined) return true;
    const state = scene.program.states.get(scene.strand.state)?.state;
    this.#tell(
      interpolated(logMessage, scene, this.secrets(), this.dialect.translate),
      state ? { state } : {},
    );
    return false;
  }

  #complain(id: number, problem: Words, scene: Scene): void {
    if (this.#complained.has(id)) return;
    this.#complained.add(id);
    const state = scene.program.states.get(scene.strand.state)?.state;
    this.#tell(problem, { ...(state && { state }), isError: true });
  }
}

/** Takes what is meant out of a list, so that no two breakpoints get the same number. */
function claim<T>(from: T[], isMeant: (each: T) => boolean): T | undefined {
  const index = from.findIndex(isMeant);
  return index < 0 ? undefined : from.splice(index, 1)[0];
}

/** The last rule that the Choice state is going to look at: the one that applies, if any does. */
function lastRule({ program, snapshot, strand }: Scene): number {
  const next = advance(program, snapshot, strand.path);
  const chosen = next.kind === 'stepped' ? at(next.snapshot.strands, strand.id)?.chosen : undefined;
  return chosen === undefined || chosen < 0 ? Infinity : chosen;
}

function isSameOrAbsent(old: Json | undefined, fresh: Json | undefined): boolean {
  if (old === undefined || fresh === undefined) return old === fresh;
  return isSame(old, fresh);
}
