import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DebugSession } from '#debugger/session.ts';

/** Files of a conversation, by path. */
export type TestFiles = Record<string, string>;

/** What answers may hold; a test knows which of it its request gives. */
export interface Answered {
  readonly stackFrames: DebugProtocol.StackFrame[];
  readonly totalFrames: number;
  readonly scopes: DebugProtocol.Scope[];
  readonly variables: DebugProtocol.Variable[];
  readonly threads: DebugProtocol.Thread[];
  readonly breakpoints: DebugProtocol.Breakpoint[];
  readonly targets: { readonly id: number; readonly label: string }[];
  readonly dataId: string;
  readonly result: string;
  readonly variablesReference: number;
  readonly refused: string;
  readonly mockFile: unknown;
}

/** What events may hold. */
export interface Told {
  readonly reason?: string;
  readonly threadId?: number;
  readonly description?: string;
  readonly text?: string;
  readonly output?: string;
  readonly request?: number;
  readonly exitCode?: number;
  readonly view?: unknown;
  readonly breakpoint?: DebugProtocol.Breakpoint;
}

/** What to hide: values that say nothing and would make every transcript long. */
export interface ConversationOptions {
  /** Events that are not written down; the graph's pictures are many. */
  readonly quiet?: readonly string[];
}

type Message = DebugProtocol.ProtocolMessage & { readonly [name: string]: unknown };

/**
 * A client without a process: requests go straight to a session, and everything that is said is
 * written down as compact text. Numbers of messages are left out; the order is what it was.
 */
export class Conversation {
  readonly #session: DebugSession;
  readonly #quiet: ReadonlySet<string>;
  readonly #lines: string[] = [];
  readonly #events: { readonly event: string; readonly body: Told }[] = [];
  readonly #answers = new Map<number, (answer: DebugProtocol.Response) => void>();
  #waiting: (() => void)[] = [];
  #sequence = 1;
  #seen = 0;
  readonly problems: string[] = [];
  /** Every message of the session, as it came. */
  readonly received: Message[] = [];
  /** May be changed while the conversation goes on, as a user edits. */
  readonly files: TestFiles;

  constructor(
    files: TestFiles = {},
    { quiet = ['stepwiseExecution', 'output', 'process'] }: ConversationOptions = {},
  ) {
    this.#quiet = new Set(quiet);
    this.files = { ...files };
    this.#session = new DebugSession(
      message => this.#receive(message as Message),
      {
        files: {
          read: name => {
            const text = this.files[name];
            return text === undefined
              ? Promise.reject(new Error(`no such file: ${name}`))
              : Promise.resolve(text);
          },
          list: folder => {
            const names = Object.keys(this.files).filter(name => name.startsWith(`${folder}/`));
            const listed = names.map(name => ({
              path: name.slice(folder.length + 1),
              size: this.files[name]?.length ?? 0,
              modified: 0,
            }));
            return Promise.resolve(listed);
          },
        },
        yield: () => new Promise(resolve => setImmediate(resolve)),
        sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
        now: () => this.now(),
      },
      problem => this.problems.push(problem),
    );
  }

  /** The clock of the session; it stands unless a test moves it. */
  now: () => number = () => 0;

  /** The conversation so far. */
  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  /** Sends a request; gives the body of its answer, and writes both down. */
  async ask<Body = Answered>(command: string, args?: unknown): Promise<Body> {
    const answer = await this.send(command, args);
    return (answer.body ?? {}) as Body;
  }

  /** Sends a request and gives the whole answer. */
  async send(command: string, args?: unknown): Promise<DebugProtocol.Response> {
    const seq = this.#sequence++;
    this.#lines.push(`→ ${command}${args === undefined ? '' : ` ${compact(args)}`}`);
    const answer = new Promise<DebugProtocol.Response>(resolve => this.#answers.set(seq, resolve));
    this.#session.receive({
      seq,
      type: 'request',
      command,
      ...(args === undefined ? {} : { arguments: args }),
    });
    return answer;
  }

  /** Waits for the next event of that name that was not waited for yet. */
  async event(name: string): Promise<Told> {
    for (;;) {
      const at = this.#events.findIndex((each, index) => index >= this.#seen && each.event === name);
      if (at >= 0) {
        this.#seen = at + 1;
        return this.#events[at]?.body ?? {};
      }
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
  }

  /** Every event of that name until now. */
  eventsOf(name: string): readonly Told[] {
    return this.#events.filter(({ event }) => event === name).map(({ body }) => body);
  }

  /** Initializes and launches; breakpoints are set as a client does, after `initialized`. */
  async launch(
    args: Record<string, unknown>,
    setUp: () => Promise<void> = async () => undefined,
    client: object = {},
  ): Promise<void> {
    await this.initialize(client);
    const launched = this.ask(typeof args['history'] === 'string' ? 'attach' : 'launch', args);
    await this.event('initialized');
    await setUp();
    await this.ask('configurationDone');
    await launched;
  }

  /** Not written down: what the debugger can do has a transcript of its own. */
  initialize(client: object = {}): Promise<unknown> {
    return this.quietly(() =>
      this.ask('initialize', { adapterID: 'asl', linesStartAt1: true, columnsStartAt1: true, ...client }),
    );
  }

  /** Resumes, and waits for the stop; gives its reason. */
  async resume(command: string, args: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.send(command, { threadId: 1, ...args });
    if (!answer.success) return `refused: ${answer.message ?? ''}`;
    return this.stop();
  }

  /** Waits for the next stop or the end. */
  async stop(): Promise<string> {
    for (;;) {
      const at = this.#events.findIndex(
        ({ event }, index) => index >= this.#seen && (event === 'stopped' || event === 'terminated'),
      );
      if (at >= 0) {
        this.#seen = at + 1;
        const { event, body } = this.#events[at] ?? { event: '', body: {} };
        if (event === 'terminated') return 'terminated';
        this.thread = body.threadId ?? 0;
        return body.reason ?? '';
      }
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
  }

  /** The thread of the last stop. */
  thread = 1;

  /** Names of the frames, innermost first, with their lines. Not written down. */
  async frames(threadId = this.thread): Promise<readonly string[]> {
    const frames = await this.quietly(() =>
      this.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId }),
    );
    return (frames.stackFrames ?? []).map(({ name, line }) => `${name}:${line}`);
  }

  /** The variables of a scope, by name. Not written down. */
  async scope(name: string, threadId = this.thread): Promise<Record<string, string>> {
    return this.quietly(async () => {
      const { stackFrames } = await this.ask('stackTrace', { threadId });
      const { scopes } = await this.ask('scopes', { frameId: stackFrames[0]?.id });
      const scope = scopes.find(each => each.name === name);
      if (!scope) return {};
      const { variables } = await this.ask('variables', { variablesReference: scope.variablesReference });
      return Object.fromEntries(variables.map(each => [each.name, each.value]));
    });
  }

  /** Does something that is not worth writing down. */
  async quietly<T>(action: () => Promise<T>): Promise<T> {
    const length = this.#lines.length;
    const result = await action();
    this.#lines.length = length;
    return result;
  }

  /** Writes a remark into the transcript. */
  note(text: string): void {
    this.#lines.push(`# ${text}`);
  }

  #receive(message: Message): void {
    this.received.push(message);
    if (message.type === 'event') {
      const { event, body } = message as unknown as { event: string; body: Told };
      this.#events.push({ event, body });
      if (event === 'output' && !this.#quiet.has(event)) this.#lines.push(outputLine(body));
      else if (!this.#quiet.has(event))
        this.#lines.push(`! ${event}${body === undefined ? '' : ` ${compact(body)}`}`);
      for (const wake of this.#waiting.splice(0)) wake();
      return;
    }
    const answer = message as unknown as DebugProtocol.Response;
    const text = answer.success ? compact(answer.body ?? {}) : `✗ ${answer.message ?? ''}`;
    this.#lines.push(`← ${answer.command}${text === '{}' ? '' : ` ${text}`}`);
    this.#answers.get(answer.request_seq)?.(answer);
    this.#answers.delete(answer.request_seq);
  }
}

function outputLine(body: unknown): string {
  const { category, output, line } = body as DebugProtocol.OutputEvent['body'];
  return `! output ${category ?? 'console'} ${JSON.stringify(output.trimEnd())}${line === undefined ? '' : ` @${line}`}`;
}

/** JSON without quotes around names; long lists begin a line for each item. */
function compact(value: unknown): string {
  const line = write(value);
  if (line.length <= 130 || typeof value !== 'object' || value === null) return line;
  const lists = Object.entries(value).filter(([, member]) => Array.isArray(member) && member.length > 0);
  const rest = Object.fromEntries(
    Object.entries(value).filter(([name]) => !lists.some(([list]) => list === name)),
  );
  const head = Object.keys(rest).length > 0 ? write(rest) : '';
  return [
    head,
    ...lists.map(
      ([name, items]) => `${name}\n${(items as unknown[]).map(item => `    ${write(item)}`).join('\n')}`,
    ),
  ]
    .filter(part => part !== '')
    .join('\n  ');
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${/^[\w.$]+$/.test(name) ? name : JSON.stringify(name)}: ${write(member)}`).join(', ')}}`;
}

/** The examples that ship with the extension, as files of a conversation. */
export function example(
  name: string,
  ending: 'json' | 'yaml' = 'json',
): TestFiles & { readonly program: string } {
  const folder = path.join(import.meta.dirname, '../../examples', name);
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const program = `/${name}.asl.${ending}`;
  return {
    program,
    [program]: read(`${name}.asl.${ending}`),
    '/MockConfigFile.json': read('MockConfigFile.json'),
    '/input.json': read('input.json'),
  };
}
