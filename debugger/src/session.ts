import type { DebugProtocol } from '@vscode/debugprotocol';
import { isJsonObject, type Json } from '#core/json.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { Span } from '#core/text/span.ts';
import { nextStrand, stageOf, strandAt, strandsOf } from '#interpreter/advance.ts';
import { contextObject } from '#interpreter/contextObject.ts';
import type { StageName } from '#interpreter/program.ts';
import type { Reply, TaskRequest } from '#interpreter/request.ts';
import type { Outcome, Strand, StrandPath } from '#interpreter/snapshot.ts';
import { DebugConnection, Refusal, request, type RequestTable } from './connection.ts';
import { viewOf } from './executionView.ts';
import type { Files } from './files.ts';
import { launch, launchShape, type Launched } from './launch.ts';
import { placesOf, spanOfStage, type Place } from './places.ts';
import type { Entry } from './recording.ts';
import { anything, boolean, integer, list, object, oneOf, optional, string } from './shape.ts';
import { walk, type Goal, type Stopped } from './stepping.ts';
import { preview, VariableStore } from './variables.ts';

/** What a session needs of the place it runs in. */
export interface Platform {
  readonly files: Files;
  /** Lets messages in that have arrived. */
  yield(): Promise<void>;
}

interface Breakpoint {
  readonly id: number;
  readonly place: Place | undefined;
  readonly line: number;
}

/** A debug session: the requests of the protocol over a recording of one execution. */
export class DebugSession {
  readonly #connection: DebugConnection;
  readonly #platform: Platform;
  readonly #variables = new VariableStore();
  readonly #threads = new Map<StrandPath, number>();
  #lineBase = 1;
  #launched: Launched | undefined;
  #program = '';
  #source: DebugProtocol.Source = {};
  #stopOnEntry = false;
  #noDebug = false;
  #isRunning = false;
  #isOver = false;
  #wantsPause = false;
  #focus: StrandPath = '';
  /** As the client asked for them, by source path: the definition may be read later. */
  #wanted = new Map<string, readonly DebugProtocol.SourceBreakpoint[]>();
  #breakpoints: readonly Breakpoint[] = [];
  #nextBreakpoint = 1;
  #configured: (() => void) | undefined;
  #views = 0;

  constructor(
    send: (message: DebugProtocol.ProtocolMessage) => void,
    platform: Platform,
    report: (problem: string) => void,
  ) {
    this.#platform = platform;
    this.#connection = new DebugConnection(send, report);
    this.#connection.serve(this.#table());
  }

  receive(message: unknown): void {
    this.#connection.receive(message);
  }

  #table(): RequestTable {
    const stopped = (): string | undefined => {
      if (!this.#launched) return 'Nothing has been launched.';
      return this.#isRunning ? 'The execution is running.' : undefined;
    };
    const launched = (): string | undefined => (this.#launched ? undefined : 'Nothing has been launched.');
    const onThread = object({ threadId: integer });
    const resume = (goal: (strand: StrandPath) => Goal): ReturnType<typeof request> =>
      request(onThread, {
        refuse: stopped,
        run: ({ threadId }) => {
          const strand = this.#strandOf(threadId);
          this.#go(goal(strand));
          return {};
        },
      });
    return {
      initialize: request(object({ linesStartAt1: optional(boolean) }), {
        run: args => {
          this.#lineBase = args.linesStartAt1 === false ? 0 : 1;
          return capabilities;
        },
      }),
      launch: request(launchShape, { run: args => this.#launch(args) }),
      configurationDone: request(anything, {
        run: () => {
          this.#configured?.();
          return {};
        },
      }),
      setBreakpoints: request(
        object({
          source: object({ path: optional(string) }),
          breakpoints: optional(list(object({ line: integer }))),
        }),
        {
          run: ({ source, breakpoints }) => {
            this.#wanted.set(source.path ?? '', breakpoints ?? []);
            return { breakpoints: this.#resolve(source.path ?? '') };
          },
        },
      ),
      setExceptionBreakpoints: request(anything, { run: () => ({}) }),
      threads: request(anything, { run: () => ({ threads: this.#threadList() }) }),
      stackTrace: request(
        object({ threadId: integer, startFrame: optional(integer), levels: optional(integer) }),
        {
          refuse: stopped,
          run: ({ threadId, startFrame, levels }) => {
            const frames = this.#frames(this.#strandOf(threadId));
            const from = startFrame ?? 0;
            return {
              stackFrames: frames.slice(from, levels ? from + levels : undefined),
              totalFrames: frames.length,
            };
          },
        },
      ),
      scopes: request(object({ frameId: integer }), {
        refuse: stopped,
        run: ({ frameId }) => ({ scopes: this.#scopes(frameId) }),
      }),
      variables: request(
        object({
          variablesReference: integer,
          start: optional(integer),
          count: optional(integer),
          filter: optional(oneOf('indexed', 'named')),
        }),
        {
          refuse: launched,
          run: args => ({
            variables: this.#variables.members(args.variablesReference, {
              start: args.start ?? 0,
              count: args.count,
              filter: args.filter,
            }),
          }),
        },
      ),
      continue: request(onThread, {
        refuse: stopped,
        run: () => {
          this.#go({ kind: 'continue' });
          return { allThreadsContinued: true };
        },
      }),
      next: resume(strand => ({ kind: 'over', strand, event: this.#launched?.recording.position ?? 0 })),
      stepIn: resume(strand => ({ kind: 'into', strand })),
      stepOut: resume(strand => ({ kind: 'out', strand })),
      pause: request(anything, {
        refuse: launched,
        run: () => {
          this.#wantsPause = true;
          return {};
        },
      }),
      terminate: request(anything, {
        run: () => {
          this.#end(undefined);
          return {};
        },
      }),
      disconnect: request(anything, {
        run: () => {
          this.#isOver = true;
          this.#wantsPause = true;
          return {};
        },
      }),
    };
  }

  async #launch(args: Parameters<typeof launch>[0]): Promise<undefined> {
    if (this.#launched)
      throw new Refusal('This session has launched an execution already.', { showUser: false });
    this.#program = args.program;
    this.#source = { name: args.program.split(/[\\/]/).at(-1) ?? args.program, path: args.program };
    this.#stopOnEntry = args.stopOnEntry === true;
    this.#noDebug = args.noDebug === true;
    const ready = new Promise<void>(resolve => {
      this.#configured = resolve;
    });
    this.#launched = await launch(args, this.#platform.files);
    this.#connection.event('initialized');
    void ready.then(() => {
      this.#begin();
    });
    return undefined;
  }

  #begin(): void {
    this.#resolve(this.#program);
    this.#print(`Execution started. Time is virtual: waits take none.`);
    const strand = this.#launched && nextStrand(this.#launched.recording.snapshot);
    const hit = strand && !this.#noDebug ? this.#breakpointsAt(strand) : [];
    if (this.#stopOnEntry && !this.#noDebug)
      this.#stopped({ kind: 'stopped', reason: 'entry', strand: '', breakpoints: [] });
    else if (hit.length > 0)
      this.#stopped({ kind: 'stopped', reason: 'breakpoint', strand: '', breakpoints: hit });
    else this.#go({ kind: 'continue' });
  }

  #go(goal: Goal): void {
    const { recording, mocks } = this.#now();
    this.#isRunning = true;
    this.#wantsPause = false;
    this.#variables.clear();
    const answer = (task: TaskRequest): Reply | undefined => {
      const given = mocks?.call(task);
      if (!given) {
        return {
          kind: 'failed',
          request: task.id,
          error: 'States.Runtime',
          cause: `No answer for the task '${task.stateName}': give the launch configuration a "mockFile" and a "testCase".`,
        };
      }
      if (given.kind === 'silent') return undefined;
      if (given.kind === 'succeeded') return { kind: 'succeeded', request: task.id, output: given.output };
      return { kind: 'failed', request: task.id, error: given.error, cause: given.cause };
    };
    void walk(recording, goal, {
      breakpointsAt: strand => (this.#noDebug ? [] : this.#breakpointsAt(strand)),
      exceptionIn: () => undefined,
      isPausing: () => this.#wantsPause,
      answer,
      serve: asked =>
        asked.kind === 'read'
          ? {
              kind: 'read',
              request: asked.id,
              found: { kind: 'missing', cause: `Nothing stands for the bucket '${asked.bucket}'.` },
            }
          : { kind: 'written', request: asked.id },
      happened: entry => {
        this.#tell(entry);
      },
      yield: () => this.#platform.yield(),
    }).then(
      result => {
        this.#isRunning = false;
        this.#stopped(result);
      },
      (error: unknown) => {
        this.#isRunning = false;
        this.#print(`Stepwise failed: ${error instanceof Error ? error.message : String(error)}`, 'stderr');
        this.#end(undefined);
      },
    );
  }

  #stopped(result: Stopped): void {
    if (this.#isOver) return;
    this.#sendView();
    switch (result.kind) {
      case 'ended':
        this.#end(result.outcome);
        return;
      case 'stuck':
        this.#print('Nothing can go on: a task has neither an answer nor a timeout.', 'stderr');
        this.#stopEvent('pause', '', [], 'Waiting for a task that nobody answers');
        return;
      case 'stopped':
        this.#focus = result.strand;
        this.#stopEvent(result.reason, result.strand, result.breakpoints, result.text);
        return;
    }
  }

  #stopEvent(
    reason: string,
    path: StrandPath,
    breakpoints: readonly number[],
    text: string | undefined,
  ): void {
    const { recording } = this.#now();
    const strand = strandAt(recording.snapshot, path);
    const state = strand && this.#state(strand);
    const stage = strand && stageOf(recording.program, strand);
    const description = state
      ? `Paused ${stage === 'input' || stage === undefined ? 'before' : `at ${stage} of`} '${state.name}'`
      : undefined;
    this.#connection.event('stopped', {
      reason,
      threadId: this.#threadId(path),
      allThreadsStopped: true,
      ...(description && { description }),
      ...(text !== undefined && { text }),
      ...(breakpoints.length > 0 && { hitBreakpointIds: breakpoints }),
    });
  }

  #end(outcome: Outcome | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#wantsPause = true;
    if (outcome) this.#print(outcomeText(outcome), outcome.status === 'SUCCEEDED' ? 'stdout' : 'stderr');
    this.#connection.event('exited', { exitCode: exitCodes[outcome?.status ?? 'ABORTED'] });
    this.#connection.event('terminated');
  }

  #now(): Launched {
    if (!this.#launched) throw new Refusal('Nothing has been launched.', { showUser: false });
    return this.#launched;
  }

  #state(strand: Strand): State | undefined {
    return this.#now().recording.program.states.get(strand.state)?.state;
  }

  // ---- breakpoints

  #resolve(path: string): readonly DebugProtocol.Breakpoint[] {
    const wanted = this.#wanted.get(path) ?? [];
    if (!this.#launched || path !== this.#program) {
      return wanted.map(({ line }) => ({
        id: this.#nextBreakpoint++,
        verified: false,
        line,
        message: this.#launched ? 'This file is not being debugged.' : 'Not launched yet.',
      }));
    }
    const { machine, recording } = this.#launched;
    const places = placesOf(
      machine,
      state => recording.program.states.get(state)?.stages.map(stage => stage.name) ?? [],
    );
    const lineOf = (span: Span): number =>
      machine.analysis.lines.positionAt(span.start).line + this.#lineBase;
    const breakpoints = wanted.map(({ line }): Breakpoint => {
      const place = places.find(({ span }) => lineOf(span) >= line);
      return { id: this.#nextBreakpoint++, place, line: place ? lineOf(place.span) : line };
    });
    this.#breakpoints = breakpoints;
    return breakpoints.map(({ id, place, line }) =>
      place
        ? { id, verified: true, line, source: this.#source }
        : { id, verified: false, line, message: 'No state stands at or below this line.' },
    );
  }

  #breakpointsAt(strand: Strand): readonly number[] {
    const stage = stageOf(this.#now().recording.program, strand);
    return this.#breakpoints
      .filter(({ place }) => place?.state === strand.state && place.stage === stage)
      .map(({ id }) => id);
  }

  // ---- threads, frames, scopes

  #threadId(path: StrandPath): number {
    const known = this.#threads.get(path);
    if (known !== undefined) return known;
    const id = this.#threads.size + 1;
    this.#threads.set(path, id);
    return id;
  }

  #strandOf(threadId: number): StrandPath {
    for (const [path, id] of this.#threads) if (id === threadId) return path;
    throw new Refusal(`There is no thread ${threadId}.`, { showUser: false });
  }

  #threadList(): readonly DebugProtocol.Thread[] {
    if (!this.#launched) return [{ id: this.#threadId(''), name: 'Execution' }];
    const strands = strandsOf(this.#launched.recording.snapshot).slice(0, mostThreads);
    const paths = strands.map(({ path }) => path);
    if (!paths.includes(this.#focus) && strandAt(this.#launched.recording.snapshot, this.#focus))
      paths.push(this.#focus);
    if (paths.length === 0) paths.push('');
    return paths.map(path => ({
      id: this.#threadId(path),
      name: path === '' ? 'Execution' : strandName(path),
    }));
  }

  /** The state of the strand, then those of the strands around it. Frame ids are thread ids and depth in one number. */
  #frames(path: StrandPath): readonly DebugProtocol.StackFrame[] {
    const { recording, machine } = this.#now();
    const frames: DebugProtocol.StackFrame[] = [];
    const strands = strandsOf(recording.snapshot);
    for (let strand = strandAt(recording.snapshot, path); strand; strand = parentOf(strands, strand)) {
      const state = this.#state(strand);
      if (!state) break;
      const stage = stageOf(recording.program, strand);
      const start = machine.analysis.lines.positionAt(spanOfStage(state, stage).start);
      const suffix = frames.length === 0 && stage !== undefined && stage !== 'input' ? ` · ${stage}` : '';
      frames.push({
        id: this.#threadId(strand.path),
        name: `${state.name}${suffix}`,
        source: this.#source,
        line: start.line + this.#lineBase,
        column: start.character + this.#lineBase,
      });
    }
    return frames;
  }

  #scopes(frameId: number): readonly DebugProtocol.Scope[] {
    const { recording } = this.#now();
    const strand = strandAt(recording.snapshot, this.#strandOf(frameId));
    if (!strand) return [];
    const execution = recording.snapshot.executions.flat()[strand.execution];
    const stage: StageName | undefined = stageOf(recording.program, strand);
    const scopes: readonly (readonly [string, Json])[] = [
      ['Input', strand.input],
      ...(stage === 'input' ? [] : [[stage === 'output' ? 'Output' : 'Data', strand.data] as const]),
      ...(strand.result === undefined ? [] : [['Result', strand.result] as const]),
      ['Variables', strand.variables],
      ...(execution ? [['Context', contextObject(recording.program, execution, strand)] as const] : []),
    ];
    return scopes.map(([name, value]) => ({
      name,
      variablesReference: this.#variables.scope(value),
      expensive: name === 'Context',
      ...(Array.isArray(value) && { indexedVariables: value.length }),
      ...(isJsonObject(value) && { namedVariables: Object.keys(value).length }),
    }));
  }

  // ---- what the user reads

  #tell(entry: Entry): void {
    for (const event of entry.events) {
      if (event.type === 'ExecutionStarted' || !event.type.endsWith('StateEntered')) continue;
      this.#print(`${event.name ?? ''}  ${preview(event.data ?? null, 160)}`);
    }
  }

  #print(text: string, category: 'stdout' | 'stderr' | 'console' = 'console'): void {
    this.#connection.event('output', { category, output: `${text}\n` });
  }

  #sendView(): void {
    const { recording } = this.#now();
    this.#connection.event('stepwiseExecution', {
      program: this.#program,
      view: viewOf(recording, this.#focus, ++this.#views),
    });
  }
}

const mostThreads = 100;

const exitCodes = { SUCCEEDED: 0, FAILED: 1, TIMED_OUT: 2, ABORTED: 3 } as const;

function outcomeText(outcome: Outcome): string {
  if (outcome.status === 'SUCCEEDED') return `Execution succeeded: ${preview(outcome.output, 2_000)}`;
  const words = { FAILED: 'failed', TIMED_OUT: 'timed out', ABORTED: 'was aborted' }[outcome.status];
  return [`Execution ${words}`, outcome.error, outcome.cause]
    .filter(part => part !== undefined && part !== '')
    .join(': ');
}

/** `/States/Each/ItemProcessor[3]` is `Each[3]`, `/States/Fan/Branches/1` is `Fan[1]`. */
function strandName(path: StrandPath): string {
  return path
    .split('/States/')
    .slice(1)
    .map(part =>
      part.replace(/\/(?:ItemProcessor|Iterator)\[(\d+)\]$/, '[$1]').replace(/\/Branches\/(\d+)$/, '[$1]'),
    )
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
}

function parentOf(strands: readonly Strand[], { parent }: Strand): Strand | undefined {
  return strands.find(({ id }) => id === parent);
}

const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsTerminateRequest: true,
  supportsDelayedStackTraceLoading: true,
};
