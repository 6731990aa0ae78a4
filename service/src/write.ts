import type { Json } from '#core/json.ts';
import { quote, quoteLines } from '#core/syntax/quote.ts';

/** How the file around is indented. */
export interface Indentation {
  /** Of the line the value begins on. */
  readonly current: string;
  /** Of one level. */
  readonly unit: string;
}

/** A value as JSON text, its inner lines indented below the current one. */
export function jsonText(value: Json, { current, unit }: Indentation): string {
  return JSON.stringify(value, undefined, unit).replaceAll('\n', `\n${current}`);
}

/** A value as JSON in one line, with the blanks people put. */
export function inlineJsonText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => inlineJsonText(item)).join(', ')}]`;
  const members = Object.entries(value).map(
    ([name, member]: [string, Json]) => `${JSON.stringify(name)}: ${inlineJsonText(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** What follows a YAML key: a scalar on the same line, or lines of their own. */
export function yamlAfterColon(value: Json, { current, unit }: Indentation): string {
  const text = yamlText(value, { current: current + unit, unit });
  return isBlock(value) ? `\n${current}${unit}${text}` : ` ${text}`;
}

/** A value as YAML; its first line stands where it is put, the others are indented. */
export function yamlText(value: Json, indentation: Indentation): string {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'string' ? quoteLines(value, indentation.current) : JSON.stringify(value);
  }
  if (!isBlock(value)) return Array.isArray(value) ? '[]' : '{}';
  const { current, unit } = indentation;
  let text = '';
  if (Array.isArray(value)) {
    const inner = { current: `${current}  `, unit };
    for (const item of value as readonly Json[])
      text += `${text && `\n${current}`}- ${yamlText(item, inner)}`;
    return text;
  }
  for (const [name, member] of Object.entries<Json>(value)) {
    text += `${text && `\n${current}`}${quote(name, 'plain')}:${yamlAfterColon(member, indentation)}`;
  }
  return text;
}

function isBlock(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
