import type { Pointer } from '#core/model/pointer.ts';
import { nextStrand, outcomeOf } from '#interpreter/advance.ts';
import { edited, type Edit } from '#interpreter/edit.ts';
import type { Answer } from '#interpreter/host.ts';
import type { TaskRequest } from '#interpreter/request.ts';
import type { Outcome, Snapshot, StrandPath } from '#interpreter/snapshot.ts';
import type { ExecutionView } from '#protocol/execution.ts';
import { previousStage, previousState } from './backwards.ts';
import type { Breakpoints } from './breakpoints.ts';
import { Refusal } from './connection.ts';
import type { Definition } from './definition.ts';
import type { ExceptionFilters } from './exceptionFilters.ts';
import { ExecutionViews, statusOf } from './executionView.ts';
import type { Launched } from './launch.ts';
import { preview, type Secrets } from '#core/preview.ts';
import { say, type Words } from '#core/text/message.ts';
import type { Translate } from '#core/text/translate.ts';
import { goingBackOf, runningOf, waitingOf, type Busy } from './progress.ts';
import { raisedIn, type Raised } from './raised.ts';
import type { Entry, Recording } from './recording.ts';
import { transplanted } from './reload.ts';
import { walk, type Goal, type Stop, type Stopped } from './stepping.ts';
import { Stops, whereItIs } from './stops.ts';
import { Timeline, type Told } from './timeline.ts';
import { strandAt } from './strands.ts';

/** How the execution is to be debugged. */
export interface DebugOptions {
  readonly stopOnEntry: boolean;
  readonly stopAtEnd: boolean;
  /** "Run without debugging": nothing stops it but questions that only the user can answer. */
  readonly noDebug: boolean;
  readonly secrets: Secrets;
}

/** Whom an execution tells what becomes of it. */
export interface Listener {
  stopped(stop: Stop): void;
  /** It has ended by itself, was stopped, or cannot go on. */
  ended(outcome: Outcome | undefined): void;
  /** A task waits for the user's answer. */
  asks(request: TaskRequest): void;
  say(told: Told): void;
  /** How a machine looks now, by its file. */
  view(path: string, view: ExecutionView): void;
  /** The client should look at values again. */
  changed(): void;
  yield(): Promise<void>;
  /** It goes on, perhaps for long; how far, `busy` tells. */
  goesOn(busy: (translate: Translate) => Busy): void;
  /** It has come to a halt. */
  halts(): void;
}

/** Milliseconds between two pictures of a running execution. */
const viewInterval = 250;

/** An execution under the debugger: goes forward and back over its recording, and stops where it should. */
export class Debuggee {
  readonly launched: Launched;
  readonly recording: Recording;
  readonly #options: DebugOptions;
  readonly #breakpoints: Breakpoints;
  readonly #stops: Stops;
  readonly #listener: Listener;
  readonly #views: ExecutionViews;
  readonly #timeline: Timeline;
  #hasBegun = false;
  #isRunning = false;
  #isOver = false;
  #wantsPause = false;
  #focus: StrandPath = '';
  #asking: { readonly request: TaskRequest; readonly goal: Goal } | undefined;
  #lastView = 0;

  constructor(
    launched: Launched,
    options: DebugOptions,
    stops: { readonly breakpoints: Breakpoints; readonly filters: ExceptionFilters },
    listener: Listener,
    viewsBefore = 0,
  ) {
    this.launched = launched;
    this.recording = launched.recording;
    this.#options = options;
    this.#breakpoints = stops.breakpoints;
    this.#stops = new Stops(launched.recording, stops);
    this.#listener = listener;
    this.#views = new ExecutionViews(this.recording, viewsBefore);
    this.#timeline = new Timeline(options.secrets);
  }

  /** Until then the client sets its breakpoints. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The strand the user looks at. */
  get focus(): StrandPath {
    return this.#focus;
  }

  /** The error it has stopped at. */
  get raised(): Raised | undefined {
    return this.#stops.raised;
  }

  /** The Choice Rule that a strand is about to evaluate, where it has stopped there. */
  ruleOf(strand: StrandPath): number | undefined {
    return this.#stops.ruleOf(strand);
  }

  get asking(): TaskRequest | undefined {
    return this.#asking?.request;
  }

  /** How many pictures were made; those of a restarted execution go on from there. */
  get views(): number {
    return this.#views.sequence;
  }

  // ---- forwards

  /** Stops before the first state if that is wanted, else runs. */
  begin(): void {
    this.#hasBegun = true;
    const { stopOnEntry, noDebug } = this.#options;
    const strand = nextStrand(this.recording.snapshot);
    const hit = strand && !noDebug ? this.#stops.before(strand) : undefined;
    if (stopOnEntry && !noDebug) this.#arrive({ reason: 'entry', strand: '', breakpoints: [] });
    else if (hit) this.#arrive(hit);
    else this.go({ kind: 'continue', strand: '', alone: false });
  }

  /** It is about to go on: from now on it counts as running, and may be paused. */
  setOff(): void {
    this.#isRunning = true;
    this.#wantsPause = false;
  }

  /** Goes on towards a goal; what becomes of it, the listener hears. */
  go(goal: Goal): void {
    if (!this.#isRunning) this.setOff();
    const next = this.#stops.atNextRule();
    if (next) {
      this.#isRunning = false;
      this.#arrive(next);
      return;
    }
    this.#stops.leave();
    this.#asking = undefined;
    this.#forgetFuture();
    const { recording } = this;
    const { world } = this.launched;
    // What is ended from outside is not heard any more, though it takes its last step.
    const stops = (): boolean => !this.#options.noDebug && !this.#isOver;
    void walk(recording, goal, {
      stopAt: strand => (stops() ? this.#stops.before(strand) : undefined),
      stopAfter: (entry, before, raised) => (stops() ? this.#stopAfter(entry, before, raised) : undefined),
      next: () => this.launched.replay?.next(recording),
      isPausing: () => this.#wantsPause,
      turn: requests =>
        world.turn(requests, recording.snapshot, {
          beginning: request => recording.definition.beginning(request),
          stopAtAnswer: (answer, request) => (stops() ? this.#stops.atAnswer(answer, request) : undefined),
          isPausing: () => this.#wantsPause,
          passing: share => {
            this.#listener.goesOn(translate => waitingOf(recording, share, translate));
          },
        }),
      happened: (entry, before, raised) => {
        if (this.#isOver) return;
        this.#forgetFuture();
        this.#views.happened(entry, before, raised);
        for (const told of this.#timeline.tell(entry, recording, raised)) this.#listener.say(told);
      },
      yield: async () => {
        this.#showWhileRunning();
        this.#listener.goesOn(translate => runningOf(recording, translate));
        await this.#listener.yield();
      },
    }).then(
      result => {
        this.#isRunning = false;
        if (!this.#isOver) this.#finish(result, goal);
      },
      (error: unknown) => {
        this.#isRunning = false;
        const text = say`Stepwise failed: ${error instanceof Error ? error.message : String(error)}`;
        this.#listener.say({ text, state: undefined, isError: true });
        this.#end(undefined);
      },
    );
  }

  pause(): void {
    this.#wantsPause = true;
  }

  #finish(result: Stopped, goal: Goal): void {
    switch (result.kind) {
      case 'ended':
        this.#end(result.outcome);
        return;
      case 'stopped':
        this.#arrive(result.stop);
        return;
      case 'asking':
        this.#ask(result.request, goal);
        return;
      case 'stuck': {
        const [request] = result.requests;
        this.#arrive({
          reason: 'pause',
          strand: request?.strand ?? '',
          breakpoints: [],
          description: say`Nothing can go on: '${request?.stateName ?? ''}' waits for an answer that nobody gives`,
        });
      }
    }
  }

  #arrive(stop: Stop): void {
    this.#listener.halts();
    this.#focus = stop.strand;
    this.#stops.arrived(stop);
    this.#show();
    this.#listener.stopped({ ...stop, description: stop.description ?? whereItIs(stop, this.recording) });
  }

  #end(outcome: Outcome | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#wantsPause = true;
    this.#listener.halts();
    this.#show();
    this.#listener.ended(outcome);
  }

  /** Stops the execution as StopExecution does. */
  abort(): void {
    if (this.#isOver) return;
    this.#wantsPause = true;
    this.recording.moveTo(this.recording.end);
    if (!this.recording.outcome) this.recording.reply({ kind: 'stop', error: undefined, cause: undefined });
    this.#end(this.recording.outcome);
  }

  /** Nobody listens any more. */
  abandon(): void {
    this.#isOver = true;
    this.#wantsPause = true;
  }

  /** An entry is made: what it is worth by itself, by the recording that it repeats, and as the end. */
  #stopAfter(entry: Entry, before: Snapshot, raised: readonly Raised[]): Stop | undefined {
    const stop = this.#stops.within(entry, before, raised, 'forwards');
    return this.#follow() ?? this.#stops.atEnd(entry, stop, this.#options.stopAtEnd);
  }

  /** Compares what happened with the recorded execution, where one is repeated. */
  #follow(): Stop | undefined {
    const { recording } = this;
    const { replay } = this.launched;
    const found = replay?.follow(recording);
    if (!found) return undefined;
    const { strand, text } = found;
    this.#listener.say({ text, state: strandAt(recording.snapshot, strand)?.state, isError: true });
    const isOver = recording.outcome !== undefined;
    if (isOver) recording.moveTo(recording.position - 1);
    return found.kind === 'unfinished'
      ? { reason: 'pause', strand, breakpoints: [], description: text, text: [text] }
      : {
          reason: 'exception',
          strand,
          breakpoints: [],
          description: say`The execution goes another way than the recorded one`,
          text: [text],
        };
  }

  // ---- backwards

  stepBack(path: StrandPath, granularity: 'state' | 'stage'): void {
    const back =
      granularity === 'stage' ? previousStage(this.recording, path) : previousState(this.recording, path);
    this.#goBack(back ?? { position: 0, strand: '' });
    this.#arrive({
      reason: 'step',
      strand: back?.strand ?? '',
      breakpoints: [],
      ...(!back && { description: say`The beginning of the execution` }),
    });
  }

  /** Back to the last moment at which something would have stopped it, else to the beginning. */
  async reverseContinue(): Promise<void> {
    if (!this.#isRunning) this.setOff();
    const stop = await this.#lastStop();
    this.#isRunning = false;
    if (!this.#isOver) this.#arrive(stop);
  }

  async #lastStop(): Promise<Stop> {
    const { recording } = this;
    for (let position = recording.position - 1; position >= 0; position--) {
      const next = recording.at(position + 1);
      this.#goBack({ position, strand: this.#focus });
      const entry = recording.entry;
      const before = recording.snapshotAt(Math.max(0, position - 1));
      const raised = position > 0 ? raisedIn(recording.program, before, entry, recording.snapshot) : [];
      const after = position > 0 ? this.#stops.within(entry, before, raised, 'backwards') : undefined;
      if (after) return after;
      const strand = next.kind === 'stepped' ? strandAt(recording.snapshot, next.step.strand) : undefined;
      const hit = strand && this.#stops.backAt(strand);
      if (hit) return hit;
      if (position % 200 === 0) {
        this.#listener.goesOn(translate => goingBackOf(recording, translate));
        await this.#listener.yield();
      }
      if (this.#wantsPause) return { reason: 'pause', strand: strand?.path ?? '', breakpoints: [] };
    }
    return {
      reason: 'entry',
      strand: '',
      breakpoints: [],
      description: say`The beginning of the execution`,
    };
  }

  /** Goes to a moment of the recording. Of an execution that is over the moment is only shown. */
  goToMoment(position: number): void {
    const { recording } = this;
    const to = Math.max(0, Math.min(position, recording.end));
    if (this.#isOver) {
      recording.moveTo(to);
      this.#focus = this.#strandThere();
      this.#show();
      return;
    }
    this.#goBack({ position: recording.outcome ? Math.min(to, recording.end - 1) : to, strand: this.#focus });
    if (recording.outcome) recording.moveTo(recording.position - 1);
    this.#arrive({ reason: 'goto', strand: this.#strandThere(), breakpoints: [] });
  }

  /** The strand that goes on at the present moment. */
  #strandThere(): StrandPath {
    const { recording } = this;
    const entry = recording.position < recording.end ? recording.at(recording.position + 1) : undefined;
    return entry?.kind === 'stepped' ? entry.step.strand : (nextStrand(recording.snapshot)?.path ?? '');
  }

  #goBack({ position }: { readonly position: number; readonly strand: StrandPath }): void {
    this.recording.moveTo(position);
    this.#stops.moved();
    this.#asking = undefined;
  }

  // ---- changes

  /** Changes a value, or where a strand is. What was recorded after this moment is forgotten. */
  edit(path: StrandPath, edit: Edit, what: Words): void {
    const { recording } = this;
    const snapshot = edited(recording.program, recording.snapshot, path, edit);
    if (!snapshot) throw new Refusal(say`${what} cannot be changed here.`);
    const dropped = recording.end - recording.position;
    recording.edit(snapshot);
    this.#useNewestDefinition();
    this.launched.replay?.leave(recording);
    this.#stops.changed();
    this.#forgetFuture();
    if (dropped > 0)
      this.#listener.say({
        text:
          dropped === 1
            ? say`From here on it goes another way: ${what} was changed, and 1 recorded moment is forgotten.`
            : say`From here on it goes another way: ${what} was changed, and ${dropped} recorded moments are forgotten.`,
        state: undefined,
        isError: false,
      });
    this.#show();
  }

  /** Another future of a past that ran by an older text goes on with the present one, where that can be. */
  #useNewestDefinition(): void {
    const { recording } = this;
    const { newestDefinition } = recording;
    if (recording.definition === newestDefinition) return;
    const moved = transplanted(recording.snapshot, recording.program, newestDefinition.program);
    if (moved.kind === 'moved') recording.redefine(newestDefinition, moved.snapshot);
  }

  /** Begins the state again, or goes on with another one of the same scope. */
  jump(path: StrandPath, edit: Edit & { readonly kind: 'state' | 'restart' }, reason: 'goto' | 'step'): void {
    const state = strandAt(this.recording.snapshot, path)?.state ?? '';
    this.edit(
      path,
      edit,
      edit.kind === 'state' ? say`The state` : say`The state '${nameOf(this.recording, state)}'`,
    );
    this.#stops.forgetError();
    this.#asking = undefined;
    this.#arrive({ reason, strand: path, breakpoints: [] });
  }

  /** Goes on with another text of the definition. Gives why it cannot be, or nothing. */
  redefine(definition: Definition): Words | undefined {
    const { recording } = this;
    const moved = transplanted(recording.snapshot, recording.program, definition.program);
    if (moved.kind === 'refused') return moved.reason;
    recording.redefine(definition, moved.snapshot);
    this.launched.replay?.leave(recording);
    this.#stops.changed();
    this.#forgetFuture();
    this.#show();
    return undefined;
  }

  /** Gives the task that waits its answer, and goes on as before. */
  answer(requestId: number, answer: Answer): void {
    const asking = this.#asking;
    if (asking?.request.id !== requestId) return;
    this.launched.world.give(asking.request, answer);
    this.go(asking.goal);
  }

  heartbeat(): void {
    const request = this.#asking?.request;
    if (!request) throw new Refusal(say`No task waits for an answer.`);
    this.recording.reply({ kind: 'heartbeat', request: request.id });
  }

  #ask(request: TaskRequest, goal: Goal): void {
    this.#listener.halts();
    this.#asking = { request, goal };
    this.#focus = request.strand;
    this.#show();
    if (!this.#options.noDebug)
      this.#listener.stopped({
        reason: 'pause',
        strand: request.strand,
        breakpoints: [],
        description: say`'${request.stateName}' waits for your answer`,
        text: [request.resource.arn, preview(request.parameters, this.#options.secrets, 500)],
      });
    this.#listener.asks(request);
  }

  /** What is remembered by position is void for what has been cut off. */
  #forgetFuture(): void {
    const { recording } = this;
    if (!recording.isAtEnd) return;
    this.#breakpoints.cutAfter(recording.end);
    this.#timeline.cutAfter(recording.end);
    this.#views.cutAfter(recording.end);
  }

  // ---- pictures

  /** Shows one iteration of a Map from now on, or all of them together. */
  chooseIteration(map: Pointer, index: number | undefined): void {
    this.#views.chooseIteration(map, index);
    this.#show();
  }

  #showWhileRunning(): void {
    if (Date.now() - this.#lastView >= viewInterval) this.#show();
  }

  #show(): void {
    this.#lastView = Date.now();
    for (const { path, view } of this.#views.viewsOf(this.#focus, this.#status()))
      this.#listener.view(path, view);
    this.#listener.changed();
  }

  /** What is over stays so at every moment of it that is looked at. */
  #status(): ExecutionView['status'] {
    if (!this.#isOver) return this.#isRunning ? 'running' : 'stopped';
    const outcome = outcomeOf(this.recording.snapshotAt(this.recording.end));
    return outcome ? statusOf(outcome) : 'stopped';
  }
}

function nameOf({ program }: Recording, pointer: string): string {
  return program.states.get(pointer)?.name ?? '';
}
