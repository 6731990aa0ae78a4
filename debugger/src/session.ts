import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { innerScopes, type State } from '#core/model/stateMachine.ts';
import { strandAt } from '#interpreter/advance.ts';
import type { Answer } from '#interpreter/host.ts';
import type { TaskRequest } from '#interpreter/request.ts';
import type { Outcome, Strand, StrandPath } from '#interpreter/snapshot.ts';
import {
  answerRequest,
  executionEvent,
  inlineValuesRequest,
  mockCaseRequest,
  momentRequest,
  reloadRequest,
  taskEvent,
  type ExecutionEvent,
  type InlineValuesReply,
  type ReloadReply,
  type TaskEvent,
} from '#protocol/debugHost.ts';
import { Breakpoints, ExceptionFilters, placeFor } from './breakpoints.ts';
import { capabilities } from './capabilities.ts';
import { completionsFor } from './completions.ts';
import { Cancelled, DebugConnection, Refusal, request, type Call, type RequestTable } from './connection.ts';
import { consoleCommandIn, help, type ConsoleCommand } from './consoleCommands.ts';
import { dataIdOf, watchedIn } from './dataBreakpoints.ts';
import { Debuggee, type Listener } from './debuggee.ts';
import { stateAt, stateOf, type Definition } from './definition.ts';
import { clientShape, Dialect, fileKey, fileName } from './dialect.ts';
import { evaluate, type Scene } from './evaluate.ts';
import { exceptionInfo } from './exceptionInfo.ts';
import type { Files } from './files.ts';
import { framesOf, Threads, type Frame } from './frames.ts';
import { attach, attachShape, launch, launchShape, readDefinition, type Launched } from './launch.ts';
import { mockFileFrom } from './mocks.ts';
import { preview, typeOf, type Secrets } from './preview.ts';
import { inlineValues, scopesOf } from './scopes.ts';
import { isSecretName, mask } from './secrets.ts';
import { anything, boolean, integer, list, object, oneOf, optional, string, type Shaped } from './shape.ts';
import type { Goal, Stop } from './stepping.ts';
import type { Told } from './timeline.ts';
import { valueAt, VariableStore, withValueAt, type Target } from './variables.ts';

/** What a session needs of the place it runs in. */
export interface Platform {
  readonly files: Files;
  /** Lets messages in that have arrived. */
  yield(): Promise<void>;
  sleep(milliseconds: number): Promise<void>;
}

/** How the execution was begun, so that it can be begun again. */
type Begun =
  | { readonly kind: 'launch'; readonly args: Shaped<typeof launchShape> }
  | { readonly kind: 'attach'; readonly args: Shaped<typeof attachShape> };

const terms = {
  condition: optional(string),
  hitCondition: optional(string),
};
const onThread = object({
  threadId: integer,
  singleThread: optional(boolean),
  granularity: optional(oneOf('statement', 'line', 'instruction')),
  targetId: optional(integer),
});
const sourceShape = object({ path: optional(string), name: optional(string) });

/** A debug session: the requests of the protocol over one execution after the other. */
export class DebugSession {
  readonly #connection: DebugConnection;
  readonly #platform: Platform;
  #dialect = new Dialect({
    linesStartAt1: true,
    columnsStartAt1: true,
    pathFormat: 'path',
    supportsInvalidatedEvent: false,
    locale: undefined,
  });
  #secrets: Secrets = 'masked';
  #variables = new VariableStore('masked');
  readonly #threads = new Threads();
  readonly #filters = new ExceptionFilters();
  readonly #breakpoints: Breakpoints;
  #begun: Begun | undefined;
  #debuggee: Debuggee | undefined;
  #configured: (() => void) | undefined;
  #isLaunching = false;
  #gotoTargets: Pointer[] = [];
  #stepTargets: StrandPath[] = [];

  constructor(
    send: (message: DebugProtocol.ProtocolMessage) => void,
    platform: Platform,
    report: (problem: string) => void,
  ) {
    this.#platform = platform;
    this.#connection = new DebugConnection(send, report);
    this.#breakpoints = new Breakpoints(
      this.#dialect,
      () => this.#secrets,
      (text, { state, isError }) => {
        this.#print(text, isError === true ? 'stderr' : 'console', state);
      },
    );
    this.#connection.serve({
      ...this.#lifecycle(),
      ...this.#settingBreakpoints(),
      ...this.#moving(),
      ...this.#looking(),
      ...this.#changing(),
      ...this.#files(),
      ...this.#own(),
    });
  }

  receive(message: unknown): void {
    this.#connection.receive(message);
  }

  // ---- what is allowed when

  readonly #whenLaunched = (): string | undefined =>
    this.#debuggee ? undefined : 'Nothing has been launched.';

  readonly #whenStopped = (): string | undefined => {
    if (!this.#debuggee) return 'Nothing has been launched.';
    if (this.#debuggee.isOver) return 'The execution is over.';
    return this.#debuggee.isRunning ? 'The execution is running.' : undefined;
  };

  #now(): Debuggee {
    if (!this.#debuggee) throw new Refusal('Nothing has been launched.', { showUser: false });
    return this.#debuggee;
  }

  get #definition(): Definition {
    return this.#now().recording.definition;
  }

  // ---- beginning and ending

  #lifecycle(): RequestTable {
    return {
      initialize: request(clientShape, {
        run: client => {
          this.#dialect = new Dialect(client);
          this.#breakpoints.dialect = this.#dialect;
          return capabilities;
        },
      }),
      launch: request(launchShape, { run: args => this.#start({ kind: 'launch', args }) }),
      attach: request(attachShape, { run: args => this.#start({ kind: 'attach', args }) }),
      configurationDone: request(anything, {
        run: (_args, call) => {
          call.afterwards(() => this.#configured?.());
          return {};
        },
      }),
      restart: request(object({ arguments: anything }), {
        refuse: this.#whenLaunched,
        run: (args, call) => this.#restart(args.arguments, call),
      }),
      terminate: request(anything, {
        run: (_args, call) => {
          call.afterwards(() => {
            if (this.#debuggee) this.#debuggee.abort();
            else this.#connection.event('terminated');
          });
          return {};
        },
      }),
      disconnect: request(anything, {
        run: () => {
          this.#debuggee?.abandon();
          return {};
        },
      }),
    };
  }

  async #start(begun: Begun): Promise<undefined> {
    if (this.#begun || this.#isLaunching)
      throw new Refusal('This session has launched an execution already.', { showUser: false });
    this.#isLaunching = true;
    const ready = new Promise<void>(resolve => {
      this.#configured = resolve;
    });
    try {
      const launched = await this.#prepare(begun);
      this.#begun = begun;
      this.#adopt(begun, launched);
    } finally {
      this.#isLaunching = false;
    }
    this.#connection.event('process', {
      name: this.#now().launched.machineName,
      isLocalProcess: true,
      startMethod: begun.kind,
    });
    this.#connection.event('initialized');
    void ready.then(() => {
      this.#go();
    });
    return undefined;
  }

  #prepare(begun: Begun): Promise<Launched> {
    return begun.kind === 'launch' ? launch(begun.args, this.#platform) : attach(begun.args, this.#platform);
  }

  #adopt({ kind, args }: Begun, launched: Launched): void {
    const views = this.#debuggee?.views ?? 0;
    this.#secrets = args.revealSecrets === true ? 'revealed' : 'masked';
    this.#variables = new VariableStore(this.#secrets);
    this.#threads.most = Math.max(1, args.maxThreads ?? 100);
    this.#debuggee = new Debuggee(
      launched,
      {
        stopOnEntry: args.stopOnEntry ?? kind === 'attach',
        stopAtEnd: args.stopAtEnd ?? kind === 'attach',
        noDebug: 'noDebug' in args && args.noDebug === true,
        secrets: this.#secrets,
      },
      { breakpoints: this.#breakpoints, filters: this.#filters },
      this.#listener(),
      views,
    );
    this.#standOn(launched);
  }

  #standOn({ recording, mocks }: Launched): void {
    const ground = { definition: recording.definition, mocks: mocks?.source };
    for (const breakpoint of this.#breakpoints.standOn(ground))
      this.#connection.event('breakpoint', { reason: 'changed', breakpoint });
  }

  #go(): void {
    const { launched } = this.#now();
    const pace = launched.world.options.pace;
    this.#print(
      launched.replay
        ? 'Following the recorded execution. Its answers are given again; nothing is called.'
        : pace.kind === 'virtual'
          ? 'Execution started. Time is virtual: waits take none.'
          : `Execution started. Time passes ${pace.factor === 1 ? 'as it is' : `${pace.factor} times faster`}.`,
    );
    this.#now().begin();
  }

  /** Reads everything again and begins anew; breakpoints stay. */
  async #restart(given: unknown, call: Call): Promise<object> {
    const begun = this.#begun;
    if (!begun) throw new Refusal('Nothing has been launched.', { showUser: false });
    const again: Begun =
      typeof given !== 'object' || given === null
        ? begun
        : begun.kind === 'launch'
          ? { kind: 'launch', args: launchShape(given, 'arguments') }
          : { kind: 'attach', args: attachShape(given, 'arguments') };
    const launched = await this.#prepare(again);
    this.#debuggee?.abandon();
    this.#begun = again;
    this.#breakpoints.restart();
    this.#adopt(again, launched);
    call.afterwards(() => {
      this.#go();
    });
    return {};
  }

  #listener(): Listener {
    return {
      stopped: stop => {
        this.#stopped(stop);
      },
      ended: outcome => {
        this.#ended(outcome);
      },
      asks: task => {
        this.#asks(task);
      },
      say: told => {
        this.#tell(told);
      },
      view: view => {
        const body: ExecutionEvent = { program: this.#begun?.args.program ?? '', view };
        this.#connection.event(executionEvent, body);
      },
      changed: () => undefined,
      yield: () => this.#platform.yield(),
    };
  }

  #stopped({ reason, strand, breakpoints, description, text }: Stop): void {
    this.#variables.clear();
    this.#threads.forget();
    this.#connection.event('stopped', {
      reason,
      threadId: this.#threads.idOf(strand),
      allThreadsStopped: true,
      ...(description !== undefined && { description }),
      ...(text !== undefined && { text }),
      ...(breakpoints.length > 0 && { hitBreakpointIds: breakpoints }),
    });
  }

  #ended(outcome: Outcome | undefined): void {
    if (outcome)
      this.#print(this.#outcomeText(outcome), outcome.status === 'SUCCEEDED' ? 'stdout' : 'stderr');
    this.#connection.event('exited', { exitCode: exitCodes[outcome?.status ?? 'ABORTED'] });
    this.#connection.event('terminated');
  }

  #outcomeText(outcome: Outcome): string {
    if (outcome.status === 'SUCCEEDED')
      return `Execution succeeded: ${preview(outcome.output, this.#secrets, 2_000)}`;
    const words = { FAILED: 'failed', TIMED_OUT: 'timed out', ABORTED: 'was aborted' }[outcome.status];
    return [`Execution ${words}`, outcome.error, outcome.cause]
      .filter(part => part !== undefined && part !== '')
      .join(': ');
  }

  /** Tells the client, in VS Code the one that shows a choice, that a task waits for the user. */
  #asks(task: TaskRequest): void {
    const debuggee = this.#now();
    const compiled = debuggee.recording.program.states.get(task.state);
    const handlers = [...(compiled?.retriers ?? []), ...(compiled?.catchers ?? [])];
    const body: TaskEvent = {
      request: task.id,
      stateName: task.stateName,
      resource: task.resource.arn,
      parameters: task.parameters,
      attempt: task.attempt,
      ...(task.token !== undefined && { token: task.token }),
      earlier: debuggee.answersOf(task.stateName),
      errors: [...new Set(handlers.flatMap(({ errors }) => errors))],
    };
    this.#connection.event(taskEvent, body);
    this.#print(
      `'${task.stateName}' waits for your answer: :succeed {…} or :fail Name Cause`,
      'important',
      compiled?.state,
    );
  }

  // ---- breakpoints

  #settingBreakpoints(): RequestTable {
    const breakpoint = object({
      line: integer,
      column: optional(integer),
      logMessage: optional(string),
      ...terms,
    });
    return {
      setBreakpoints: request(
        object({
          source: sourceShape,
          breakpoints: optional(list(breakpoint)),
          lines: optional(list(integer)),
        }),
        {
          run: ({ source, breakpoints, lines }) => ({
            breakpoints: this.#breakpoints.setInFile(
              source.path ?? source.name ?? '',
              breakpoints ?? (lines ?? []).map(line => ({ line })),
            ),
          }),
        },
      ),
      setFunctionBreakpoints: request(object({ breakpoints: list(object({ name: string, ...terms })) }), {
        run: ({ breakpoints }) => ({ breakpoints: this.#breakpoints.setOnStates(breakpoints) }),
      }),
      setDataBreakpoints: request(
        object({
          breakpoints: list(
            object({ dataId: string, accessType: optional(oneOf('read', 'write', 'readWrite')), ...terms }),
          ),
        }),
        { run: ({ breakpoints }) => ({ breakpoints: this.#breakpoints.setOnData(breakpoints) }) },
      ),
      setExceptionBreakpoints: request(
        object({
          filters: list(string),
          filterOptions: optional(list(object({ filterId: string, condition: optional(string) }))),
        }),
        {
          run: ({ filters, filterOptions }) => ({
            breakpoints: this.#filters.set([
              ...filters.map(filterId => ({ filterId })),
              ...(filterOptions ?? []),
            ]),
          }),
        },
      ),
      dataBreakpointInfo: request(
        object({ variablesReference: optional(integer), name: string, frameId: optional(integer) }),
        {
          refuse: this.#whenLaunched,
          run: args => this.#dataBreakpointInfo(args.variablesReference, args.name),
        },
      ),
      breakpointLocations: request(
        object({
          source: sourceShape,
          line: integer,
          column: optional(integer),
          endLine: optional(integer),
          endColumn: optional(integer),
        }),
        { run: args => ({ breakpoints: this.#locations(args) }) },
      ),
    };
  }

  #dataBreakpointInfo(reference: number | undefined, name: string): object {
    const row =
      reference === undefined || reference === 0 ? undefined : this.#variables.rowNamed(reference, name);
    const watched = row?.expression === undefined ? watchedIn(name) : watchedIn(row.expression);
    if (!watched)
      return {
        dataId: null,
        description: 'Variables and paths can be watched: $total, $.order.id, $states.input.id',
      };
    return {
      dataId: dataIdOf(watched),
      description: watched.name,
      accessTypes: watched.root === 'variable' ? ['write', 'read', 'readWrite'] : ['write'],
      canPersist: true,
    };
  }

  #locations({
    source,
    line,
    column,
    endLine,
    endColumn,
  }: {
    readonly source: { readonly path: string | undefined };
    readonly line: number;
    readonly column: number | undefined;
    readonly endLine: number | undefined;
    readonly endColumn: number | undefined;
  }): readonly DebugProtocol.BreakpointLocation[] {
    if (!this.#debuggee || fileKey(source.path ?? '') !== fileKey(this.#definition.path)) return [];
    const { places, lines } = this.#definition;
    const from = lines.offsetAt({
      line: this.#dialect.lineFrom(line),
      character: column === undefined ? 0 : this.#dialect.columnFrom(column),
    });
    const last = this.#dialect.lineFrom(endLine ?? line);
    const to =
      endColumn === undefined
        ? lines.lineStart(last + 1)
        : lines.offsetAt({ line: last, character: this.#dialect.columnFrom(endColumn) });
    return places
      .filter(
        ({ span }) => span.start >= from && span.start <= to && lines.positionAt(span.start).line <= last,
      )
      .map(({ span }) => this.#dialect.range(span, lines));
  }

  // ---- moving

  #moving(): RequestTable {
    const resume = (
      goal: (strand: StrandPath, args: Shaped<typeof onThread>) => Goal,
      answer: (args: Shaped<typeof onThread>) => object = () => ({}),
    ): ReturnType<typeof request> =>
      request(onThread, {
        refuse: this.#whenStopped,
        run: (args, call) => {
          const strand = this.#strandOf(args.threadId);
          const towards = goal(strand, args);
          const debuggee = this.#now();
          this.#forget();
          debuggee.setOff();
          call.afterwards(() => {
            debuggee.go(towards);
          });
          return answer(args);
        },
      });
    const isAlone = ({ singleThread }: Shaped<typeof onThread>): boolean => singleThread === true;
    return {
      continue: resume(
        (strand, args) => ({ kind: 'continue', strand, alone: isAlone(args) }),
        args => ({ allThreadsContinued: !isAlone(args) }),
      ),
      next: resume((strand, args) => ({
        kind: args.granularity === 'instruction' ? 'stage' : 'over',
        strand,
        alone: isAlone(args),
      })),
      stepIn: resume((strand, args) => {
        const target = args.targetId === undefined ? undefined : this.#stepTargets[args.targetId - 1];
        return { kind: 'into', strand, alone: isAlone(args), ...(target !== undefined && { target }) };
      }),
      stepOut: resume((strand, args) => ({ kind: 'out', strand, alone: isAlone(args) })),
      stepBack: request(onThread, {
        refuse: this.#whenStopped,
        run: ({ threadId, granularity }, call) => {
          const strand = this.#strandOf(threadId);
          this.#forget();
          call.afterwards(() => {
            this.#now().stepBack(strand, granularity === 'instruction' ? 'stage' : 'state');
          });
          return {};
        },
      }),
      reverseContinue: request(onThread, {
        refuse: this.#whenStopped,
        run: (_args, call) => {
          const debuggee = this.#now();
          this.#forget();
          debuggee.setOff();
          call.afterwards(() => void debuggee.reverseContinue());
          return {};
        },
      }),
      pause: request(anything, {
        refuse: this.#whenLaunched,
        run: () => {
          this.#now().pause();
          return {};
        },
      }),
      restartFrame: request(object({ frameId: integer }), {
        refuse: this.#whenStopped,
        run: ({ frameId }, call) => {
          const { strand } = this.#frame(frameId);
          this.#forget();
          call.afterwards(() => {
            this.#now().jump(strand.path, { kind: 'restart' }, 'step');
          });
          return {};
        },
      }),
      gotoTargets: request(object({ source: sourceShape, line: integer, column: optional(integer) }), {
        refuse: this.#whenStopped,
        run: ({ source, line, column }) => ({ targets: this.#targetsOn(source.path ?? '', line, column) }),
      }),
      goto: request(object({ threadId: integer, targetId: integer }), {
        refuse: this.#whenStopped,
        run: ({ threadId, targetId }, call) => this.#goto(this.#strandOf(threadId), targetId, call),
      }),
      stepInTargets: request(object({ frameId: integer }), {
        refuse: this.#whenStopped,
        run: ({ frameId }) => ({ targets: this.#targetsInside(this.#frame(frameId).strand) }),
      }),
    };
  }

  /** What was shown of the last stop is void, and so are questions about it. */
  #forget(): void {
    this.#connection.cancelQuestions();
    this.#variables.clear();
    this.#threads.forget();
  }

  #targetsOn(path: string, line: number, column: number | undefined): readonly DebugProtocol.GotoTarget[] {
    if (fileKey(path) !== fileKey(this.#definition.path)) return [];
    const place = placeFor(
      this.#definition,
      this.#dialect.lineFrom(line),
      column === undefined ? undefined : this.#dialect.columnFrom(column),
    );
    const state = place && stateAt(this.#definition, place.state);
    if (!state) return [];
    const id = this.#gotoTargets.push(state.pointer);
    return [{ id, label: state.name, ...this.#dialect.range(state.key, this.#definition.lines) }];
  }

  #goto(path: StrandPath, targetId: number, call: Call): object {
    const pointer = this.#gotoTargets[targetId - 1];
    const target = pointer === undefined ? undefined : stateAt(this.#definition, pointer);
    if (!target) throw new Refusal(`There is no target ${targetId}.`, { showUser: false });
    const strand = strandAt(this.#now().recording.snapshot, path);
    if (!strand || target.scope.pointer !== strand.scope)
      throw new Refusal(
        `'${target.name}' is in another scope: a strand can only go on with states beside its own.`,
      );
    this.#forget();
    call.afterwards(() => {
      this.#now().jump(path, { kind: 'state', state: target.pointer }, 'goto');
    });
    return {};
  }

  #targetsInside(strand: Strand): readonly DebugProtocol.StepInTarget[] {
    this.#stepTargets = [];
    const compiled = stateOf(this.#definition, strand);
    const { state } = compiled;
    const title = compiled.stages[strand.stage]?.name;
    const isBefore = title === 'parallel' || title === 'map';
    if (!strand.fork && !isBefore) return [];
    const scopes = innerScopes(state);
    const place = (pointer: Pointer): StrandPath => `${strand.path}${pointer.slice(strand.scope.length)}`;
    const [first] = scopes;
    if (state.type === 'Parallel')
      return scopes.map((scope, index) => this.#stepTarget(place(scope.pointer), `Branch ${index}`, state));
    if (!first) return [];
    const items: Json = strand.fork ? strand.fork.items : (strand.result ?? strand.data);
    const length = Array.isArray(items) ? items.length : 0;
    return Array.from({ length: Math.min(length, this.#threads.most) }, (_, index) =>
      this.#stepTarget(`${place(first.pointer)}[${index}]`, `Iteration ${index}`, state),
    );
  }

  #stepTarget(path: StrandPath, label: string, state: State): DebugProtocol.StepInTarget {
    const id = this.#stepTargets.push(path);
    return { id, label: `${state.name}: ${label}` };
  }

  #strandOf(threadId: number): StrandPath {
    const path = this.#threads.pathOf(threadId);
    if (path === undefined) throw new Refusal(`There is no thread ${threadId}.`, { showUser: false });
    return path;
  }

  #frame(frameId: number): Frame {
    const frame = this.#threads.frame(frameId);
    if (!frame) throw new Refusal(`There is no frame ${frameId}.`, { showUser: false });
    return frame;
  }

  // ---- looking

  #looking(): RequestTable {
    return {
      threads: request(anything, {
        run: () => {
          if (!this.#debuggee) return { threads: [{ id: this.#threads.idOf(''), name: 'Execution' }] };
          const { recording, focus } = this.#debuggee;
          return { threads: this.#threads.list(recording.snapshot, focus) };
        },
      }),
      stackTrace: request(
        object({ threadId: integer, startFrame: optional(integer), levels: optional(integer) }),
        {
          refuse: this.#whenStopped,
          run: ({ threadId, startFrame, levels }) => {
            const frames = framesOf(this.#now().recording, this.#strandOf(threadId));
            const from = Math.max(0, startFrame ?? 0);
            const page = frames.slice(from, levels !== undefined && levels > 0 ? from + levels : undefined);
            return {
              stackFrames: this.#threads.described(page, this.#definition, this.#dialect),
              totalFrames: frames.length,
            };
          },
        },
      ),
      scopes: request(object({ frameId: integer }), {
        refuse: this.#whenStopped,
        run: ({ frameId }) => ({
          scopes: scopesOf(this.#frame(frameId), this.#now().recording, this.#variables, this.#dialect),
        }),
      }),
      variables: request(
        object({
          variablesReference: integer,
          start: optional(integer),
          count: optional(integer),
          filter: optional(oneOf('indexed', 'named')),
        }),
        {
          refuse: this.#whenLaunched,
          run: ({ variablesReference, start, count, filter }) => ({
            variables: this.#variables.variables(variablesReference, { start: start ?? 0, count, filter }),
          }),
        },
      ),
      exceptionInfo: request(object({ threadId: integer }), {
        refuse: this.#whenStopped,
        run: () => {
          const { raised, recording } = this.#now();
          if (!raised) throw new Refusal('The execution has not stopped at an error.', { showUser: false });
          return exceptionInfo(raised, recording.program);
        },
      }),
      evaluate: request(
        object({ expression: string, frameId: optional(integer), context: optional(string) }),
        {
          refuse: this.#whenLaunched,
          run: ({ expression, frameId, context }, call) =>
            this.#evaluate(expression, frameId, context ?? 'repl', call),
        },
      ),
      completions: request(
        object({ text: string, column: integer, line: optional(integer), frameId: optional(integer) }),
        {
          refuse: this.#whenStopped,
          run: ({ text, column, line, frameId }) => {
            const lines = text.split('\n');
            const lineIndex = line === undefined ? 0 : this.#dialect.lineFrom(line);
            const before = (lines[lineIndex] ?? '').slice(0, this.#dialect.columnFrom(column));
            return { targets: completionsFor(before, this.#scene(frameId)) };
          },
        },
      ),
      locations: request(object({ locationReference: integer }), {
        refuse: this.#whenLaunched,
        run: ({ locationReference }) => {
          const location = this.#variables.madeAt(locationReference);
          if (!location) throw new Refusal('It is not known where this value was made.', { showUser: false });
          return location;
        },
      }),
    };
  }

  /** Where expressions are evaluated: in a frame, or where the execution has stopped. */
  #scene(frameId: number | undefined): Scene {
    const { recording, focus } = this.#now();
    const { snapshot, program } = recording;
    const strand =
      frameId === undefined
        ? (strandAt(snapshot, focus) ?? strandAt(snapshot, ''))
        : this.#frame(frameId).strand;
    if (!strand) throw new Refusal('The execution is over.', { showUser: false });
    return { program, snapshot, strand };
  }

  #evaluate(expression: string, frameId: number | undefined, context: string, call: Call): object {
    const command = context === 'repl' ? consoleCommandIn(expression) : undefined;
    if (command) return { result: this.#obey(command, call), variablesReference: 0 };
    const evaluated = evaluate(expression, this.#scene(frameId));
    if (evaluated.kind === 'failed') throw new Refusal(evaluated.message, { showUser: false });
    const { value } = evaluated;
    if (context === 'clipboard')
      return {
        result: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
        variablesReference: 0,
      };
    const watched = watchedIn(expression);
    const name = String(watched?.path.at(-1) ?? '');
    const isHidden = this.#secrets === 'masked' && context !== 'repl' && isSecretName(name);
    if (isHidden) return { result: mask, type: typeOf(value), variablesReference: 0 };
    const target = watched && this.#targetOf(expression, frameId);
    return {
      result: preview(value, this.#secrets, context === 'repl' ? 1_000 : 200),
      type: typeOf(value),
      ...this.#variables.reference({ name, value, expression, ...(target && { target }) }),
    };
  }

  /** Does what a command of the console says; the answer is shown there. */
  #obey(command: ConsoleCommand, call: Call): string {
    const debuggee = this.#now();
    const asking = debuggee.asking?.id ?? -1;
    switch (command.kind) {
      case 'help':
        return help;
      case 'wrong':
        throw new Refusal(command.message, { showUser: false });
      case 'succeed':
        this.#answer(asking, { kind: 'succeeded', output: command.output }, call);
        return 'The task has succeeded.';
      case 'fail':
        this.#answer(asking, { kind: 'failed', error: command.error, cause: command.cause }, call);
        return 'The task has failed.';
      case 'heartbeat':
        debuggee.heartbeat();
        return 'The task is alive.';
      case 'moment':
        this.#refuseWhileRunning();
        call.afterwards(() => {
          this.#forget();
          debuggee.goToMoment(command.position);
        });
        return `Moment ${command.position} of ${debuggee.recording.end}.`;
    }
  }

  /** Gives the task that waits its answer. */
  #answer(requestId: number, answer: Answer, call: Call): void {
    const debuggee = this.#now();
    if (debuggee.asking?.id !== requestId)
      throw new Refusal('No task waits for this answer.', { showUser: false });
    call.afterwards(() => {
      this.#forget();
      debuggee.answer(requestId, answer);
    });
  }

  #refuseWhileRunning(): void {
    const reason = this.#whenStopped();
    if (reason !== undefined) throw new Refusal(reason, { showUser: false });
  }

  // ---- changing

  #changing(): RequestTable {
    return {
      setVariable: request(object({ variablesReference: integer, name: string, value: string }), {
        refuse: this.#whenStopped,
        run: ({ variablesReference, name, value }) => {
          const row = this.#variables.rowNamed(variablesReference, name);
          if (!row?.target) throw new Refusal(`'${name}' cannot be changed.`);
          return this.#change(row.target, value, row.name);
        },
      }),
      setExpression: request(object({ expression: string, value: string, frameId: optional(integer) }), {
        refuse: this.#whenStopped,
        run: ({ expression, value, frameId }) => {
          const target = this.#targetOf(expression, frameId);
          if (!target)
            throw new Refusal(
              `'${expression}' cannot be changed: name a variable or a path, such as $total or $.order.id.`,
            );
          return this.#change(target, value, expression);
        },
      }),
    };
  }

  /** What an assignment to an expression changes, where that is one place. */
  #targetOf(expression: string, frameId: number | undefined): Target | undefined {
    const watched = watchedIn(expression);
    if (!watched) return undefined;
    const { strand } = this.#scene(frameId);
    const { root, path } = watched;
    if (root !== 'variable') return { strand: strand.path, what: { kind: root }, path };
    const [name, ...rest] = path;
    return { strand: strand.path, what: { kind: 'variable', name: String(name) }, path: rest };
  }

  #change(target: Target, text: string, name: string): object {
    const debuggee = this.#now();
    const { recording } = debuggee;
    const strand = strandAt(recording.snapshot, target.strand);
    if (!strand) throw new Refusal('The strand has ended.', { showUser: false });
    const value = this.#valueOf(text, { program: recording.program, snapshot: recording.snapshot, strand });
    const root = rootValue(strand, target);
    const changed = withValueAt(root, target.path, value);
    const { what } = target;
    debuggee.edit(
      target.strand,
      what.kind === 'variable'
        ? { kind: 'variable', name: what.name, value: changed }
        : { kind: what.kind, value: changed },
      name,
    );
    this.#invalidate();
    const after = strandAt(recording.snapshot, target.strand);
    const shown = (after && valueAt(rootValue(after, target), target.path)) ?? value;
    return {
      value: preview(shown, this.#secrets),
      type: typeOf(shown),
      ...this.#variables.reference({ name, value: shown, target }),
    };
  }

  /** What the user typed: JSON, or an expression. */
  #valueOf(text: string, scene: Scene): Json {
    try {
      return JSON.parse(text) as Json;
    } catch {
      const evaluated = evaluate(text, scene);
      if (evaluated.kind === 'value') return evaluated.value;
      throw new Refusal(`The new value is neither JSON nor an expression: ${evaluated.message}`);
    }
  }

  #invalidate(): void {
    if (this.#dialect.supportsInvalidated)
      this.#connection.event('invalidated', { areas: ['stacks', 'variables'] });
  }

  // ---- files

  #files(): RequestTable {
    return {
      loadedSources: request(anything, {
        refuse: this.#whenLaunched,
        run: () => ({ sources: this.#now().launched.files.map(path => this.#dialect.source(path)) }),
      }),
      modules: request(object({ startModule: optional(integer), moduleCount: optional(integer) }), {
        refuse: this.#whenLaunched,
        run: () => ({ modules: [this.#module()], totalModules: 1 }),
      }),
      source: request(object({ source: optional(sourceShape), sourceReference: optional(integer) }), {
        refuse: this.#whenLaunched,
        run: ({ source }) => this.#content(source?.path ?? ''),
      }),
    };
  }

  #module(): DebugProtocol.Module & { readonly states: number } {
    const { path, machine } = this.#definition;
    return {
      id: path,
      name: this.#now().launched.machineName,
      path,
      isUserCode: true,
      symbolStatus: `${machine.machine.queryLanguage}, ${machine.workflowType ?? 'STANDARD'}`,
      states: machine.machine.states.length,
    };
  }

  async #content(path: string): Promise<object> {
    const { launched } = this.#now();
    const known = launched.files.find(file => fileKey(file) === fileKey(path));
    if (known === undefined) throw new Refusal(`'${fileName(path)}' is not part of the execution.`);
    if (fileKey(known) === fileKey(this.#definition.path)) return { content: this.#definition.text };
    return { content: await this.#platform.files.read(known) };
  }

  // ---- requests of our own

  #own(): RequestTable {
    return {
      [answerRequest]: request(
        object({
          request: integer,
          kind: oneOf('succeeded', 'failed', 'heartbeat'),
          output: anything,
          error: optional(string),
          cause: optional(string),
        }),
        {
          refuse: this.#whenStopped,
          run: ({ request: id, kind, output, error, cause }, call) => {
            if (kind === 'heartbeat') this.#now().heartbeat();
            else if (kind === 'failed') this.#answer(id, { kind, error, cause }, call);
            else this.#answer(id, { kind, output: (output ?? null) as Json }, call);
            return {};
          },
        },
      ),
      [mockCaseRequest]: request(object({ name: string }), {
        refuse: this.#whenLaunched,
        run: ({ name }) => {
          const debuggee = this.#now();
          return { mockFile: mockFileFrom(debuggee.calls(), debuggee.launched.machineName, name) };
        },
      }),
      [reloadRequest]: request(anything, { refuse: this.#whenStopped, run: () => this.#reload() }),
      [inlineValuesRequest]: request(object({ frameId: optional(integer) }), {
        refuse: this.#whenStopped,
        run: ({ frameId }): InlineValuesReply => {
          const { strand } = this.#scene(frameId);
          const { lines } = this.#definition;
          return {
            values: inlineValues(this.#now().recording, strand).map(({ offset, value }) => ({
              ...this.#dialect.place(lines.positionAt(offset)),
              text: preview(value, this.#secrets, 100),
            })),
          };
        },
      }),
      [momentRequest]: request(object({ position: integer }), {
        refuse: this.#whenStopped,
        run: ({ position }, call) => {
          this.#forget();
          call.afterwards(() => {
            this.#now().goToMoment(position);
          });
          return {};
        },
      }),
    };
  }

  /** Goes on with the text of the definition as it is now. */
  async #reload(): Promise<ReloadReply> {
    const begun = this.#begun;
    if (!begun) throw new Cancelled();
    let definition: Definition;
    try {
      definition = await readDefinition(begun.args, this.#platform.files);
    } catch (error) {
      if (error instanceof Refusal) return { refused: error.message };
      throw error;
    }
    this.#refuseWhileRunning();
    if (definition.text === this.#definition.text) return {};
    const refused = this.#now().redefine(definition);
    if (refused !== undefined) return { refused };
    this.#variables.clear();
    this.#standOn(this.#now().launched);
    this.#connection.event('loadedSource', {
      reason: 'changed',
      source: this.#dialect.source(definition.path),
    });
    this.#print('The edited definition is used from here on.');
    this.#invalidate();
    return {};
  }

  // ---- what the user reads

  #tell({ text, state, isError }: Told): void {
    const known = state === undefined ? undefined : stateAt(this.#definition, state);
    this.#print(text, isError ? 'stderr' : 'console', known);
  }

  #print(
    text: string,
    category: 'stdout' | 'stderr' | 'console' | 'important' = 'console',
    state?: State,
  ): void {
    this.#connection.event('output', {
      category,
      output: `${text}\n`,
      ...(state && {
        source: this.#dialect.source(this.#definition.path),
        ...this.#dialect.place(this.#definition.lines.positionAt(state.key.start)),
      }),
    });
  }
}

function rootValue(strand: Strand, { what }: Target): Json {
  switch (what.kind) {
    case 'input':
      return strand.input;
    case 'data':
      return strand.data;
    case 'result':
      return strand.result ?? null;
    case 'variable':
      return strand.variables[what.name] ?? null;
  }
}

const exitCodes = { SUCCEEDED: 0, FAILED: 1, TIMED_OUT: 2, ABORTED: 3 } as const;
