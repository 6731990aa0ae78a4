import type { Json } from '#core/json.ts';
import { inWords } from '#core/text/message.ts';
import { prepareJson, type Prepared } from '#interpreter/prepare.ts';
import { UsageError, type Io } from './command.ts';

/** What was prepared; a refusal ends the command. */
export function orUsage<T>(prepared: Prepared<T>): T {
  if (prepared.kind === 'refused') throw new UsageError(inWords(prepared.reason));
  return prepared.value;
}

/** The value of an option that takes JSON, or `@FILE` for the JSON in a file. */
export async function readJson(option: string, given: string | undefined, io: Io): Promise<Json | undefined> {
  if (given === undefined) return undefined;
  const path = given.startsWith('@') ? given.slice(1) : undefined;
  return orUsage(
    prepareJson(path === undefined ? { path: option, text: given } : { path, text: await io.read(path) }),
  );
}

/** The value of an option that takes a number above 0. */
export function readNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new UsageError(`${option} must be a number above 0, not '${text}'.`);
  return value;
}
