import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import { inWords, say, type Words } from '#core/text/message.ts';
import type { Answer } from '#interpreter/host.ts';
import type { StrandPath } from '#interpreter/snapshot.ts';
import { Breakpoints } from './breakpoints.ts';
import { ExceptionFilters } from './exceptionFilters.ts';
import { Refusal, type Call, type DebugConnection } from './connection.ts';
import type { Debuggee } from './debuggee.ts';
import type { Definition, WrittenMachine } from './definition.ts';
import { Dialect, fileKey } from './dialect.ts';
import type { Scene } from './evaluate.ts';
import type { Files } from './files.ts';
import { Threads, type Frame } from './frames.ts';
import type { AttachArguments, LaunchArguments, Launched } from './launch.ts';
import type { Secrets } from '#core/preview.ts';
import { VariableStore } from './variables.ts';
import { strandAt } from './strands.ts';

/** What a session needs of the place it runs in. */
export interface Platform {
  readonly files: Files;
  /** Lets messages in that have arrived. */
  yield(): Promise<void>;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds that only grow, to tell how long something takes. */
  now(): number;
}

/** How the execution was begun, so that it can be begun again. */
export type Begun =
  | { readonly kind: 'launch'; readonly args: LaunchArguments }
  | { readonly kind: 'attach'; readonly args: AttachArguments };

/** What the requests of a session share: the connection, what the client knows by numbers, and the execution. */
export class SessionContext {
  readonly connection: DebugConnection;
  readonly platform: Platform;
  readonly threads = new Threads();
  readonly filters = new ExceptionFilters();
  readonly breakpoints: Breakpoints;
  dialect = new Dialect({
    linesStartAt1: true,
    columnsStartAt1: true,
    pathFormat: 'path',
    supportsInvalidatedEvent: false,
    supportsProgressReporting: false,
    locale: undefined,
    texts: undefined,
  });
  secrets: Secrets = 'masked';
  variables = new VariableStore('masked');
  begun: Begun | undefined;
  debuggee: Debuggee | undefined;
  /** Places to jump to, and strands to step into, by the numbers that the client knows them by. */
  gotoTargets: Pointer[] = [];
  stepTargets: StrandPath[] = [];
  /** Goes on after an answer that was given and holds. */
  #held: (() => void) | undefined;

  constructor(connection: DebugConnection, platform: Platform) {
    this.connection = connection;
    this.platform = platform;
    this.breakpoints = new Breakpoints(
      this.dialect,
      () => this.secrets,
      (text, { state, isError }) => {
        this.print(text, isError === true ? 'stderr' : 'stdout', state);
      },
    );
  }

  /** Why a request cannot be served that needs an execution. */
  readonly whenLaunched = (): Words | undefined =>
    this.debuggee ? undefined : say`Nothing has been launched.`;

  /** Why a request cannot be served that needs an execution which has stopped. */
  readonly whenStopped = (): Words | undefined => {
    if (!this.debuggee) return say`Nothing has been launched.`;
    if (this.debuggee.isOver) return say`The execution is over.`;
    if (!this.debuggee.hasBegun) return say`The execution has not begun yet.`;
    return this.debuggee.isRunning ? say`The execution is running.` : undefined;
  };

  /** The execution; refuses where there is none. */
  now(): Debuggee {
    if (!this.debuggee) throw new Refusal(say`Nothing has been launched.`, { showUser: false });
    return this.debuggee;
  }

  /** The machines of the execution that are written in a file: of a template there may be several. */
  machinesIn(path: string): readonly WrittenMachine[] {
    const key = fileKey(path);
    return this.debuggee ? this.definition.machines.filter(machine => fileKey(machine.path) === key) : [];
  }

  /** The definition as it is at the present moment. */
  get definition(): Definition {
    return this.now().recording.definition;
  }

  /** Finds the places of the breakpoints in a definition that is new to them. */
  standOn({ recording, mocks }: Launched): void {
    const ground = { definition: recording.definition, mocks: mocks?.source };
    for (const breakpoint of this.breakpoints.standOn(ground))
      this.connection.event('breakpoint', { reason: 'changed', breakpoint });
  }

  /** What was shown of the last stop is void, and so are questions about it. */
  forget(): void {
    this.connection.cancelQuestions();
    this.variables.clear();
    this.threads.forget();
  }

  /** The strand that the client knows by the number of a thread. */
  strandOf(threadId: number): StrandPath {
    const path = this.threads.pathOf(threadId);
    if (path === undefined) throw new Refusal(say`There is no thread ${threadId}.`, { showUser: false });
    return path;
  }

  /** The frame that the client knows by a number. */
  frame(frameId: number): Frame {
    const frame = this.threads.frame(frameId);
    if (!frame) throw new Refusal(say`There is no frame ${frameId}.`, { showUser: false });
    // A change of a value leaves the frames that the client knows in their places.
    return { ...frame, strand: strandAt(this.now().recording.snapshot, frame.strand.path) ?? frame.strand };
  }

  /** Where expressions are evaluated: in a frame, or where the execution has stopped. */
  scene(frameId: number | undefined): Scene {
    const { recording, focus } = this.now();
    const { snapshot, program } = recording;
    const strand =
      frameId === undefined
        ? (strandAt(snapshot, focus) ?? strandAt(snapshot, ''))
        : this.frame(frameId).strand;
    if (!strand) throw new Refusal(say`The execution is over.`, { showUser: false });
    return { program, snapshot, strand };
  }

  /** Gives the task that waits its answer, and goes on: at once, or when `goOn` says so. */
  answer(
    requestId: number,
    answer: Answer,
    call: Call,
    { holds }: { readonly holds?: boolean | undefined } = {},
  ): void {
    const debuggee = this.now();
    const { asking } = debuggee;
    if (asking?.id !== requestId) throw new Refusal(say`No task waits for this answer.`, { showUser: false });
    // The protocol implies it for its own requests only; else the client goes on showing the question.
    this.connection.event('continued', {
      threadId: this.threads.idOf(asking.strand),
      allThreadsContinued: true,
    });
    const goOn = (): void => {
      if (this.debuggee !== debuggee) return;
      this.forget();
      debuggee.answer(requestId, answer);
    };
    if (holds === true) this.#held = goOn;
    else call.afterwards(goOn);
  }

  /** Goes on after an answer that held; does nothing where none does. */
  goOn(call: Call): void {
    const held = this.#held;
    this.#held = undefined;
    if (held) call.afterwards(held);
  }

  /** For requests of which only a part needs an execution that has stopped. */
  refuseWhileRunning(): void {
    const reason = this.whenStopped();
    if (reason !== undefined) throw new Refusal(reason, { showUser: false });
  }

  /** Lets the client look at the values again. */
  invalidate(): void {
    if (this.dialect.supportsInvalidated)
      this.connection.event('invalidated', { areas: ['stacks', 'variables'] });
  }

  /** Writes a line into the debug console, with a link to the state it speaks of. */
  print(words: Words, category: 'stdout' | 'stderr' | 'console' = 'stdout', state?: State): void {
    this.connection.event('output', {
      category,
      output: `${inWords(words, this.dialect.translate)}\n`,
      ...(state && this.#placeOf(state)),
    });
  }

  #placeOf({ pointer, key }: State): Pick<DebugProtocol.OutputEvent['body'], 'source' | 'line' | 'column'> {
    const { path, lines } = this.definition.machineOf(pointer);
    return { source: this.dialect.source(path), ...this.dialect.place(lines.positionAt(key.start)) };
  }
}
