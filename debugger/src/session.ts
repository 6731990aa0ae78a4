import type { DebugProtocol } from '@vscode/debugprotocol';
import type { TaskRequest } from '#interpreter/request.ts';
import type { Outcome } from '#interpreter/snapshot.ts';
import { executionEvent, taskEvent, type ExecutionEvent, type TaskEvent } from '#protocol/debugHost.ts';
import { answersOf } from './answers.ts';
import { capabilitiesIn } from './capabilities.ts';
import { causeInWords } from './causes.ts';
import { Cancelled, DebugConnection, Refusal, request, type Call, type RequestTable } from './connection.ts';
import { SessionContext, type Begun, type Platform } from './context.ts';
import { Debuggee, type Listener } from './debuggee.ts';
import { stateAt } from './definition.ts';
import { clientShape, Dialect } from './dialect.ts';
import { attach, attachShape, launch, launchShape, type Launched } from './launch.ts';
import { preview } from '#core/preview.ts';
import { inWords, say, type Words } from '#core/text/message.ts';
import { anything, object } from './shape.ts';
import { Progress } from './progress.ts';
import type { Stop } from './stepping.ts';
import type { Told } from './timeline.ts';
import { breakpointRequests } from './requests/breakpointRequests.ts';
import { changingRequests } from './requests/changingRequests.ts';
import { fileRequests } from './requests/fileRequests.ts';
import { lookingRequests } from './requests/lookingRequests.ts';
import { movingRequests } from './requests/movingRequests.ts';
import { ownRequests } from './requests/ownRequests.ts';
import { VariableStore } from './variables.ts';

/** A debug session: the requests of the protocol over one execution after the other. */
export class DebugSession {
  readonly #connection: DebugConnection;
  readonly #context: SessionContext;
  readonly #progress: Progress;
  #configured: (() => void) | undefined;
  #isLaunching = false;
  /** The client has left while it was launched. */
  #isGivenUp = false;
  /** The client has set its breakpoints. */
  #isConfigured = false;

  constructor(
    send: (message: DebugProtocol.ProtocolMessage) => void,
    platform: Platform,
    report: (problem: string) => void,
  ) {
    this.#connection = new DebugConnection(send, report);
    this.#context = new SessionContext(this.#connection, platform);
    this.#progress = new Progress(
      (event, body) => {
        this.#connection.event(event, body);
      },
      () => platform.now(),
    );
    this.#connection.onCancelProgress = id => {
      if (this.#progress.isMeant(id)) this.#context.debuggee?.pause();
    };
    this.#connection.serve({
      ...this.#lifecycle(),
      ...breakpointRequests(this.#context),
      ...movingRequests(this.#context),
      ...lookingRequests(this.#context),
      ...changingRequests(this.#context),
      ...fileRequests(this.#context),
      ...ownRequests(this.#context),
    });
  }

  receive(message: unknown): void {
    this.#connection.receive(message);
  }

  // ---- beginning and ending

  #lifecycle(): RequestTable {
    return {
      initialize: request(clientShape, {
        run: client => {
          this.#context.dialect = new Dialect(client);
          this.#context.breakpoints.dialect = this.#context.dialect;
          this.#connection.translate = this.#context.dialect.translate;
          return capabilitiesIn(this.#context.dialect.translate);
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
        refuse: this.#context.whenLaunched,
        run: (args, call) => this.#restart(args.arguments, call),
      }),
      terminate: request(anything, {
        run: (_args, call) => {
          this.#giveUpLaunch();
          call.afterwards(() => {
            if (this.#context.debuggee) this.#context.debuggee.abort();
            else this.#connection.event('terminated');
          });
          return {};
        },
      }),
      disconnect: request(anything, {
        run: () => {
          this.#giveUpLaunch();
          this.#context.debuggee?.abandon();
          return {};
        },
      }),
    };
  }

  async #start(begun: Begun): Promise<undefined> {
    if (this.#context.begun || this.#isLaunching)
      throw new Refusal(say`This session has launched an execution already.`, { showUser: false });
    const ready = new Promise<void>(resolve => {
      this.#configured = resolve;
    });
    const launched = await this.#prepare(begun);
    this.#context.begun = begun;
    this.#adopt(begun, launched);
    this.#connection.event('process', {
      name: this.#context.now().launched.machineName,
      isLocalProcess: true,
      startMethod: begun.kind,
    });
    this.#connection.event('initialized');
    void ready.then(() => {
      this.#isConfigured = true;
      this.#go();
    });
    return undefined;
  }

  #giveUpLaunch(): void {
    this.#isGivenUp = this.#isLaunching;
  }

  /** Reads what is to be run; cancelled where the client leaves meanwhile. */
  async #prepare(begun: Begun): Promise<Launched> {
    this.#isLaunching = true;
    this.#isGivenUp = false;
    try {
      const { platform } = this.#context;
      const launched =
        begun.kind === 'launch' ? await launch(begun.args, platform) : await attach(begun.args, platform);
      if (this.#isGivenUp) throw new Cancelled();
      return launched;
    } finally {
      this.#isLaunching = false;
    }
  }

  #adopt({ kind, args }: Begun, launched: Launched): void {
    const views = this.#context.debuggee?.views ?? 0;
    this.#context.secrets = args.revealSecrets === true ? 'revealed' : 'masked';
    this.#context.variables = new VariableStore(this.#context.secrets);
    this.#context.threads.most = Math.max(1, args.maxThreads ?? 100);
    this.#context.debuggee = new Debuggee(
      launched,
      {
        stopOnEntry: args.stopOnEntry ?? kind === 'attach',
        stopAtEnd: args.stopAtEnd ?? kind === 'attach',
        noDebug: 'noDebug' in args && args.noDebug === true,
        secrets: this.#context.secrets,
      },
      { breakpoints: this.#context.breakpoints, filters: this.#context.filters },
      this.#listener(),
      views,
    );
    this.#context.standOn(launched);
  }

  /** Begins, unless it was ended before it could. */
  #go(): void {
    const debuggee = this.#context.now();
    if (debuggee.isOver) return;
    const { launched } = debuggee;
    for (const why of this.#context.definition.unfit) this.#context.print(why, 'stderr');
    const pace = launched.world.options.pace;
    this.#context.print(
      launched.replay
        ? say`Following the recorded execution. Its answers are given again; nothing is called.`
        : pace.kind === 'virtual'
          ? say`Execution started. Time is virtual: waits take none.`
          : pace.factor === 1
            ? say`Execution started. Time passes as it is.`
            : say`Execution started. Time passes ${pace.factor} times faster.`,
    );
    debuggee.begin();
  }

  /** Reads everything again and begins anew; breakpoints stay. */
  async #restart(given: unknown, call: Call): Promise<object> {
    const begun = this.#context.begun;
    if (!begun) throw new Refusal(say`Nothing has been launched.`, { showUser: false });
    const again: Begun =
      typeof given !== 'object' || given === null
        ? begun
        : begun.kind === 'launch'
          ? { kind: 'launch', args: launchShape(given, 'arguments') }
          : { kind: 'attach', args: attachShape(given, 'arguments') };
    const launched = await this.#prepare(again);
    this.#context.debuggee?.abandon();
    this.#context.begun = again;
    this.#context.breakpoints.restart();
    this.#adopt(again, launched);
    call.afterwards(() => {
      if (this.#isConfigured) this.#go();
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
      view: (program, view) => {
        const body: ExecutionEvent = { program, view };
        this.#connection.event(executionEvent, body);
      },
      changed: () => undefined,
      goesOn: busy => {
        const { supportsProgress, translate } = this.#context.dialect;
        if (supportsProgress) this.#progress.goesOn(() => busy(translate));
      },
      halts: () => {
        this.#progress.end();
      },
      yield: () => this.#context.platform.yield(),
    };
  }

  #stopped({ reason, strand, breakpoints, description, text }: Stop): void {
    const { translate } = this.#context.dialect;
    this.#context.variables.clear();
    this.#context.threads.forget();
    this.#connection.event('stopped', {
      reason,
      threadId: this.#context.threads.idOf(strand),
      allThreadsStopped: true,
      ...(description !== undefined && { description: inWords(description, translate) }),
      ...(text && { text: text.map(line => inWords(line, translate)).join('\n') }),
      ...(breakpoints.length > 0 && { hitBreakpointIds: breakpoints }),
    });
  }

  #ended(outcome: Outcome | undefined): void {
    if (outcome)
      this.#context.print(this.#outcomeText(outcome), outcome.status === 'SUCCEEDED' ? 'stdout' : 'stderr');
    this.#connection.event('exited', { exitCode: exitCodes[outcome?.status ?? 'ABORTED'] });
    this.#connection.event('terminated');
  }

  #outcomeText(outcome: Outcome): Words {
    if (outcome.status === 'SUCCEEDED')
      return say`Execution succeeded: ${preview(outcome.output, this.#context.secrets, 2_000)}`;
    const { translate } = this.#context.dialect;
    const words = [endings[outcome.status], outcome.error ?? '', causeInWords(outcome.cause ?? '')];
    return words
      .map(part => inWords(part, translate))
      .filter(part => part !== '')
      .join(': ');
  }

  /** Tells the client, in VS Code the one that shows a choice, that a task waits for the user. */
  #asks(task: TaskRequest): void {
    const debuggee = this.#context.now();
    const compiled = debuggee.recording.program.states.get(task.state);
    const handlers = [...(compiled?.retriers ?? []), ...(compiled?.catchers ?? [])];
    const body: TaskEvent = {
      request: task.id,
      stateName: task.stateName,
      resource: task.resource.arn,
      parameters: task.parameters,
      attempt: task.attempt,
      ...(task.token !== undefined && { token: task.token }),
      earlier: answersOf(debuggee.recording, task.stateName),
      errors: [...new Set(handlers.flatMap(({ errors }) => errors))],
    };
    this.#connection.event(taskEvent, body);
    this.#context.print(
      say`'${task.stateName}' waits for your answer: :succeed {…} or :fail Name Cause`,
      'console',
      compiled?.state,
    );
  }

  #tell({ text, state, isError }: Told): void {
    const known = state === undefined ? undefined : stateAt(this.#context.definition, state);
    this.#context.print(text, isError ? 'stderr' : 'stdout', known);
  }
}

const endings = {
  FAILED: say`Execution failed`,
  TIMED_OUT: say`Execution timed out`,
  ABORTED: say`Execution was aborted`,
};

const exitCodes = { SUCCEEDED: 0, FAILED: 1, TIMED_OUT: 2, ABORTED: 3 } as const;
