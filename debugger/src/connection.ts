import type { DebugProtocol } from '@vscode/debugprotocol';
import { inWords, say, type Words } from '#core/text/message.ts';
import { inEnglish, type Translate } from '#core/text/translate.ts';
import { WrongArguments, type Shape } from './shape.ts';

/** One request of the protocol: what its arguments look like, when it is allowed, and what it does. */
export interface RequestHandler<Arguments = unknown> {
  readonly shape: Shape<Arguments>;
  /** Why the request cannot be served now; nothing where it can. */
  readonly refuse?: () => Words | undefined;
  readonly run: (args: Arguments, call: Call) => unknown;
}

export type RequestTable = Readonly<Record<string, RequestHandler>>;

/** Makes a row of the table; the arguments that the handler gets are what the shape reads. */
export function request<Arguments>(
  shape: Shape<Arguments>,
  handler: Omit<RequestHandler<Arguments>, 'shape'>,
): RequestHandler {
  return { ...handler, shape } as RequestHandler;
}

/** A request that is being served. */
export interface Call {
  /** Its answer is not wanted any more. */
  readonly isCancelled: boolean;
  /** Does something when the answer has been sent: what it brings about must not be heard before. */
  afterwards(action: () => void): void;
}

interface OpenCall {
  readonly command: string;
  isCancelled: boolean;
}

/** A request that cannot be served, in words for the user. */
export class Refusal extends Error {
  readonly reason: Words;
  /** Whether the editor should show the message, or only whoever asked. */
  readonly showUser: boolean;

  constructor(reason: Words, options: { readonly showUser: boolean } = { showUser: true }) {
    super(inWords(reason));
    this.reason = reason;
    this.showUser = options.showUser;
  }
}

/** Ends a request whose answer is not wanted any more. */
export class Cancelled extends Error {}

/**
 * One client's conversation: every request is checked and answered exactly once, whatever it is and
 * whatever its handler does. Transports bring messages in and carry them out.
 */
export class DebugConnection {
  readonly #send: (message: DebugProtocol.ProtocolMessage) => void;
  readonly #report: (problem: string) => void;
  readonly #open = new Map<number, OpenCall>();
  /** What goes on under that id is to stop. */
  onCancelProgress: (progressId: unknown) => void = () => undefined;
  /** Refusals are said in the client's language. */
  translate: Translate = inEnglish;
  #table: RequestTable = {};
  #sequence = 1;

  constructor(send: (message: DebugProtocol.ProtocolMessage) => void, report: (problem: string) => void) {
    this.#send = send;
    this.#report = report;
  }

  /** Says who serves the requests; must be called before the first message arrives. */
  serve(table: RequestTable): void {
    this.#table = table;
  }

  event(event: string, body?: unknown): void {
    const message: DebugProtocol.Event = { seq: this.#sequence++, type: 'event', event };
    this.#send(body === undefined ? message : ({ ...message, body } as DebugProtocol.Event));
  }

  /** Takes a message from the client. Never throws. */
  receive(message: unknown): void {
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      this.#report(`A message that is no object is skipped: ${JSON.stringify(message)?.slice(0, 200)}`);
      return;
    }
    const { type, seq, command, arguments: args } = message as Readonly<Record<string, unknown>>;
    if (type === 'response') return;
    if (type !== 'request' || typeof seq !== 'number') {
      this.#report(
        `A message that is neither request nor response is skipped: ${JSON.stringify(message).slice(0, 200)}`,
      );
      return;
    }
    if (typeof command !== 'string') {
      const message = inWords(say`The request names no command.`, this.translate);
      this.#answer(seq, '', { success: false, message });
      return;
    }
    if (command === 'cancel') this.#cancel(seq, args);
    else void this.#serve(seq, command, args);
  }

  /** Cancels questions that are still being served: a request that resumes the execution makes them moot. */
  cancelQuestions(): void {
    for (const call of this.#open.values()) if (questions.has(call.command)) call.isCancelled = true;
  }

  async #serve(seq: number, command: string, args: unknown): Promise<void> {
    const handler = Object.hasOwn(this.#table, command) ? this.#table[command] : undefined;
    if (!handler) {
      this.#answer(seq, command, this.#refused(say`Stepwise does not know the request '${command}'.`, false));
      return;
    }
    const call: OpenCall = { command, isCancelled: false };
    this.#open.set(seq, call);
    const actions: (() => void)[] = [];
    try {
      const checked = handler.shape(args ?? {}, '');
      const reason = handler.refuse?.();
      if (reason !== undefined) throw new Refusal(reason, { showUser: false });
      const body = await handler.run(checked, {
        get isCancelled() {
          return call.isCancelled;
        },
        afterwards: action => {
          actions.push(action);
        },
      });
      if (call.isCancelled) throw new Cancelled();
      this.#answer(seq, command, { success: true, ...(body !== undefined && { body }) });
    } catch (error) {
      this.#answer(seq, command, this.#failure(command, error));
    } finally {
      this.#open.delete(seq);
    }
    for (const action of actions) action();
  }

  #failure(command: string, error: unknown): Answer {
    // The protocol's own word; without the error, VS Code would show it to the user.
    if (error instanceof Cancelled) {
      const message = 'cancelled';
      return { success: false, message, body: { error: { id: 1, format: message, showUser: false } } };
    }
    if (error instanceof WrongArguments)
      return this.#refused(`${command}: ${inWords(error.reason, this.translate)}`, false);
    if (error instanceof Refusal) return this.#refused(error.reason, error.showUser);
    this.#report(
      `bug in '${command}': ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return this.#refused(say`Stepwise could not serve '${command}'. The log has the details.`, false);
  }

  #refused(reason: Words, showUser: boolean): Answer {
    const message = inWords(reason, this.translate);
    const error: DebugProtocol.Message = { id: 1, format: message, showUser };
    return { success: false, message, body: { error } };
  }

  #cancel(seq: number, args: unknown): void {
    const given = typeof args === 'object' && args !== null ? args : {};
    const requestId = 'requestId' in given ? given.requestId : undefined;
    if ('progressId' in given) this.onCancelProgress(given.progressId);
    const open = typeof requestId === 'number' ? this.#open.get(requestId) : undefined;
    if (open) open.isCancelled = true;
    this.#answer(seq, 'cancel', { success: true });
  }

  #answer(request_seq: number, command: string, answer: Answer): void {
    this.#send({
      seq: this.#sequence++,
      type: 'response',
      request_seq,
      command,
      ...answer,
    } as DebugProtocol.Response);
  }
}

/** Requests whose answers are about the moment at which the execution has stopped. */
const questions: ReadonlySet<string> = new Set([
  'stackTrace',
  'scopes',
  'variables',
  'evaluate',
  'completions',
  'exceptionInfo',
]);

interface Answer {
  readonly success: boolean;
  readonly message?: string;
  readonly body?: unknown;
}
