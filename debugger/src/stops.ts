import { say, type Words } from '#core/text/message.ts';
import { strandsOf } from '#interpreter/advance.ts';
import type { TaskRequest } from '#interpreter/request.ts';
import type { Snapshot, Strand, StrandPath } from '#interpreter/snapshot.ts';
import type { Breakpoints } from './breakpoints.ts';
import { causeInWords } from './causes.ts';
import { reads } from './dataBreakpoints.ts';
import { stateOf } from './definition.ts';
import type { Scene } from './evaluate.ts';
import type { ExceptionFilters } from './exceptionFilters.ts';
import { errorName, outlook } from './exceptionInfo.ts';
import { leaving, stageTitle } from './places.ts';
import type { Raised } from './raised.ts';
import type { Entry, Recording } from './recording.ts';
import type { Stop } from './stepping.ts';
import { strandAt } from './strands.ts';

type Direction = 'forwards' | 'backwards';

const endings = {
  SUCCEEDED: say`Paused before the end: the execution succeeds`,
  FAILED: say`Paused before the end: the execution fails`,
  TIMED_OUT: say`Paused before the end: the execution times out`,
  ABORTED: say`Paused before the end: the execution is aborted`,
};

/** Where an execution stops by itself: at breakpoints, errors and changes of data, at each moment once. */
export class Stops {
  readonly #recording: Recording;
  readonly #breakpoints: Breakpoints;
  readonly #filters: ExceptionFilters;
  #raised: Raised | undefined;
  /** The Choice Rule before which it has stopped; -1 before all of them. */
  #rule: { readonly strand: StrandPath; readonly index: number } | undefined;
  /** What was looked at for breakpoints last, by strand: the same moment is not met twice. */
  readonly #met = new Map<StrandPath, string>();
  /** A moment that was stopped at although it is followed by the end, or by an answer of the mock file. */
  #shown: string | undefined;

  constructor(
    recording: Recording,
    { breakpoints, filters }: { readonly breakpoints: Breakpoints; readonly filters: ExceptionFilters },
  ) {
    this.#recording = recording;
    this.#breakpoints = breakpoints;
    this.#filters = filters;
  }

  /** The error it has stopped at. */
  get raised(): Raised | undefined {
    return this.#raised;
  }

  /** The Choice Rule that a strand is about to evaluate, where it has stopped there. */
  ruleOf(strand: StrandPath): number | undefined {
    return this.#rule?.strand === strand ? this.#rule.index : undefined;
  }

  // ---- what becomes of the execution

  /** It has stopped. */
  arrived({ strand, reason, rule = reason === 'breakpoint' ? -1 : undefined }: Stop): void {
    this.#rule = rule === undefined ? undefined : { strand, index: rule };
  }

  /** It goes on from where it has stopped. */
  leave(): void {
    this.#rule = undefined;
    this.#raised = undefined;
  }

  /** It was brought to another moment, whose stops count anew. */
  moved(): void {
    this.#met.clear();
    this.#shown = undefined;
    this.#raised = undefined;
  }

  /** Its data or definition is another one: the present moment is, too. */
  changed(): void {
    this.#met.clear();
  }

  /** An error that is not the present one any more, as the state begins again. */
  forgetError(): void {
    this.#raised = undefined;
  }

  // ---- where to stop

  /** Before a strand's next stage. */
  before(strand: Strand): Stop | undefined {
    if (this.#breakpoints.isEmpty) return undefined;
    const moment = `${strand.state} ${strand.stage} ${strand.enteredEvent} ${strand.retryCount}`;
    if (this.#met.get(strand.path) === moment) return undefined;
    this.#met.set(strand.path, moment);
    return this.#breakpoints.stopAt(this.#sceneOf(strand), this.#recording.position, 'forwards');
  }

  /** On the way back. */
  backAt(strand: Strand): Stop | undefined {
    return this.#breakpoints.stopAt(this.#sceneOf(strand), this.#recording.position, 'backwards');
  }

  /** At the next Choice Rule with a breakpoint, behind the one it has stopped at. */
  atNextRule(): Stop | undefined {
    const scene = this.#rule && this.#sceneAt(this.#rule.strand);
    return (
      this.#rule &&
      scene &&
      this.#breakpoints.stopAtRule(scene, this.#rule.index, this.#recording.position, 'forwards')
    );
  }

  /** Because of an entry's errors or its changes of data. */
  within(entry: Entry, before: Snapshot, raised: readonly Raised[], direction: Direction): Stop | undefined {
    const recording = this.#recording;
    for (const each of raised) {
      const atRetry = this.#breakpoints.stopAtRetry(
        each,
        path => this.#sceneAt(path),
        recording.position,
        direction,
      );
      if (atRetry) return atRetry;
      if (!this.#filters.meant(each)) continue;
      this.#raised = each;
      return this.#atError(each);
    }
    if (!this.#breakpoints.watchesData) return undefined;
    const strand = strandBehind(entry, before);
    return (
      strand &&
      this.#breakpoints.stopAtData(
        { program: recording.program, snapshot: before, strand },
        recording.snapshot,
        watched => reads(recording.definition, watched, strand),
        recording.position,
        direction,
      )
    );
  }

  /**
   * The stop at an entry that ends the execution. No state is left to look at then, so the moment before is
   * gone back to, and is passed the next time.
   *
   * @param stop what the entry is worth by itself
   * @param always whether the end is worth a stop
   */
  atEnd(entry: Entry, stop: Stop | undefined, always: boolean): Stop | undefined {
    const recording = this.#recording;
    if (!recording.outcome) return stop;
    const shown = `end ${recording.position}`;
    if (this.#shown === shown || (!stop && !always)) return undefined;
    this.#shown = shown;
    const ending = endings[recording.outcome.status];
    recording.moveTo(recording.position - 1);
    return (
      stop ?? {
        reason: 'pause',
        strand: entry.kind === 'stepped' ? entry.step.strand : '',
        breakpoints: [],
        description: ending,
      }
    );
  }

  /** Before a response of the mock file is given. */
  atAnswer(answer: Parameters<Breakpoints['stopAtAnswer']>[0], request: TaskRequest): Stop | undefined {
    const { position } = this.#recording;
    const shown = `answer ${position} ${request.id}`;
    if (this.#shown === shown) return undefined;
    const scene = this.#sceneAt(request.strand);
    const stop = scene && this.#breakpoints.stopAtAnswer(answer, scene, position);
    if (stop) this.#shown = shown;
    return stop;
  }

  #atError(raised: Raised): Stop {
    const { handling, error, strand, stateName } = raised;
    const name = errorName(error);
    const cause = causeInWords(error.cause ?? '');
    return {
      reason: 'exception',
      strand: handling.kind === 'uncaught' ? strand : handling.strand,
      breakpoints: [],
      description: say`Paused on ${name} in '${stateName}'`,
      text: [cause === '' ? name : say`${name}: ${cause}`, outlook(raised, this.#recording.program)],
    };
  }

  #sceneOf(strand: Strand): Scene {
    return { program: this.#recording.program, snapshot: this.#recording.snapshot, strand };
  }

  #sceneAt(path: StrandPath): Scene | undefined {
    const strand = strandAt(this.#recording.snapshot, path);
    return strand && this.#sceneOf(strand);
  }
}

/** The strand an entry is about, as it was before. */
function strandBehind(entry: Entry, before: Snapshot): Strand | undefined {
  if (entry.kind === 'stepped') return strandAt(before, entry.step.strand);
  if (entry.kind !== 'delivered' || !('request' in entry.reply)) return undefined;
  const { request } = entry.reply;
  return strandsOf(before).find(({ waiting }) => waiting?.id === request);
}

/** What is told of a stop that has no description of its own: `Paused before Parameters of 'Pay'`. */
export function whereItIs({ strand: path, reason }: Stop, { definition, snapshot }: Recording): Words {
  const strand = strandAt(snapshot, path);
  if (!strand) return say`Paused`;
  const compiled = stateOf(definition, strand);
  const stage = stageTitle(compiled.state, compiled, strand.stage);
  if (reason === 'pause' && strand.waiting)
    return strand.waiting.kind === 'task' && strand.waiting.execution === undefined
      ? say`Paused while '${compiled.name}' waits for its task`
      : say`Paused while '${compiled.name}' waits`;
  if (stage === undefined) return say`Paused before '${compiled.name}'`;
  return stage === leaving
    ? say`Paused at the end of '${compiled.name}'`
    : say`Paused before ${stage} of '${compiled.name}'`;
}
