import { isJsonObject, type Json } from '#core/json.ts';
import { say, type Message } from '#core/text/message.ts';

/** Values of an execution that no other execution has: its name, its ARN, its times. */
export interface Identity {
  /** Texts that may stand anywhere in a text: ARNs and timestamps. */
  readonly inside: readonly string[];
  /** Texts that only count as a whole: names. */
  readonly whole: readonly string[];
}

/** Where two values differ, and how: `$.order.total: 7 was recorded, and it is 8`; nothing where they are the same. */
export function differenceOf(recorded: Json, own: Json, identity: Identity, path = '$'): Message | undefined {
  if (recorded === own || isIncidental(recorded, own, identity)) return undefined;
  if (Array.isArray(recorded) && Array.isArray(own)) return listDifference(recorded, own, identity, path);
  if (isJsonObject(recorded) && isJsonObject(own)) {
    for (const name of new Set([...Object.keys(recorded), ...Object.keys(own)])) {
      // The Context Object has it since November 2023; older recordings do not.
      if (name === 'RedriveCount' && !Object.hasOwn(recorded, name)) continue;
      const at = `${path}.${name}`;
      if (!Object.hasOwn(own, name)) return say`${at} was recorded, and is missing`;
      if (!Object.hasOwn(recorded, name))
        return say`${at} was not recorded, and is ${shown(own[name] ?? null)}`;
      const difference = differenceOf(recorded[name] ?? null, own[name] ?? null, identity, at);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  const texts = jsonTexts(recorded, own);
  if (texts) return differenceOf(texts[0], texts[1], identity, path);
  return say`${path}: ${shown(recorded)} was recorded, and it is ${shown(own)}`;
}

function listDifference(
  recorded: readonly Json[],
  own: readonly Json[],
  identity: Identity,
  path: string,
): Message | undefined {
  if (recorded.length !== own.length)
    return say`${path}: ${recorded.length} items were recorded, and there are ${own.length}`;
  for (const [index, item] of recorded.entries()) {
    const difference = differenceOf(item, own[index] ?? null, identity, `${path}[${index}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Whether two values differ only in what differs between any two executions: time, chance and identity. */
function isIncidental(recorded: Json, own: Json, { inside, whole }: Identity): boolean {
  if (typeof recorded === 'number' && typeof own === 'number')
    return isInstant(recorded) && isInstant(own) ? true : Math.abs(recorded - own) <= 1e-12 * Math.abs(own);
  if (typeof own !== 'string' || typeof recorded !== 'string') return false;
  if (whole.includes(own)) return true;
  if (inside.some(text => own.includes(text))) return true;
  return own !== recorded && masked(own) === masked(recorded);
}

/** Milliseconds since 1970, between 2001 and 2286. */
function isInstant(value: number): boolean {
  return Number.isInteger(value) && value > 1e12 && value < 1e13;
}

/** A text without times, UUIDs and tokens. */
function masked(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g, '<time>')
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi, '<uuid>')
    .replaceAll(/\b[\da-f]{32}\b/gi, '<token>')
    .replaceAll(/arn:[\w-]+:states:[\w-]*:\d*:(execution|express|mapRun):[^\s"]+/g, '<arn of $1>')
    .replaceAll(/event id #\d+/g, 'event id #<n>');
}

/** Both values read, where one or both are JSON in a text. */
function jsonTexts(recorded: Json, own: Json): readonly [Json, Json] | undefined {
  const isText = (value: Json): value is string => typeof value === 'string' && /^\s*[[{]/.test(value);
  if (!isText(recorded) && !isText(own)) return undefined;
  try {
    return [
      isText(recorded) ? (JSON.parse(recorded) as Json) : recorded,
      isText(own) ? (JSON.parse(own) as Json) : own,
    ];
  } catch {
    return undefined;
  }
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
