import type { Json } from '#core/json.ts';
import { placeAndReason, readJson } from '#core/syntax/readJson.ts';
import { say, type Words } from '#core/text/message.ts';

/** Commands of the debug console; everything else there is an expression. */
export type ConsoleCommand =
  | { readonly kind: 'help' }
  /** Answers the task that waits for the user. */
  | { readonly kind: 'succeed'; readonly output: Json }
  | { readonly kind: 'fail'; readonly error: string; readonly cause: string }
  | { readonly kind: 'heartbeat' }
  /** Goes to a moment of the recording. */
  | { readonly kind: 'moment'; readonly position: number }
  | { readonly kind: 'wrong'; readonly message: Words };

export const commandNames = ['help', 'succeed', 'fail', 'heartbeat', 'moment'] as const;

export const help = say`:succeed {"json": …}   gives the task that waits its result
:fail Name Cause       lets it fail
:heartbeat             tells that it is alive
:moment 42             goes to a moment of the recording, back or forward
Everything else is evaluated in the query language of the state; {% … %} is JSONata.`;

/** Reads a line of the console that begins with a colon; nothing for an expression. */
export function consoleCommandIn(line: string): ConsoleCommand | undefined {
  const match = /^\s*:(\w+)\s*([\s\S]*)$/.exec(line);
  if (!match) return undefined;
  const [, name = '', rest = ''] = match;
  switch (commandNames.find(known => known === name)) {
    case 'help':
      return { kind: 'help' };
    case 'succeed':
      return succeed(rest);
    case 'fail': {
      const [error = '', ...cause] = rest.trim().split(/\s+/);
      return error === ''
        ? { kind: 'wrong', message: say`Name the error: :fail States.Timeout it took too long` }
        : { kind: 'fail', error, cause: cause.join(' ') };
    }
    case 'heartbeat':
      return { kind: 'heartbeat' };
    case 'moment':
      return /^\d+$/.test(rest.trim())
        ? { kind: 'moment', position: Number(rest) }
        : { kind: 'wrong', message: say`Give the number of the moment: :moment 42` };
    case undefined:
      return { kind: 'wrong', message: say`There is no command ':${name}'.\n${help}` };
  }
}

function succeed(text: string): ConsoleCommand {
  if (text.trim() === '') return { kind: 'succeed', output: {} };
  const reading = readJson(text);
  return reading.kind === 'read'
    ? { kind: 'succeed', output: reading.value as Json }
    : { kind: 'wrong', message: say`The result must be JSON. ${placeAndReason(reading.problem)}` };
}
