import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json } from '#core/json.ts';

/** Longest preview of a value in one line. */
const previewLength = 120;
/** From so many children on the client is asked to page. */
const pageFrom = 100;

/** Something that the variables view can open: its members by name, made when it is opened. */
interface Opened {
  readonly value: Json;
}

/**
 * The references that the client holds between two stops. Values are not copied; a big one is only
 * looked into page by page.
 */
export class VariableStore {
  #opened: Opened[] = [];

  /** Forgets all references: the execution goes on. */
  clear(): void {
    this.#opened = [];
  }

  /** A reference to a value; 0 for one without members, as the protocol wants it. */
  reference(value: Json): number {
    return isStructured(value) ? this.#opened.push({ value }) : 0;
  }

  /** A scope always can be opened, whatever its value. */
  scope(value: Json): number {
    return this.#opened.push({ value });
  }

  /** The members of what a reference stands for, or none for one of an older stop. */
  members(
    reference: number,
    page: {
      readonly start: number;
      readonly count: number | undefined;
      readonly filter: 'indexed' | 'named' | undefined;
    },
  ): DebugProtocol.Variable[] {
    const opened = this.#opened[reference - 1];
    if (!opened) return [];
    const { value } = opened;
    if (!isStructured(value)) return [this.variable('value', value)];
    if (Array.isArray(value)) {
      if (page.filter === 'named') return [];
      const from = Math.max(0, page.start);
      const items: readonly Json[] = value.slice(from, page.count ? from + page.count : undefined);
      return items.map((item, index) => this.variable(`[${from + index}]`, item));
    }
    if (page.filter === 'indexed') return [];
    const entries = Object.entries(value);
    const from = Math.max(0, page.start);
    return entries
      .slice(from, page.count ? from + page.count : undefined)
      .map(([name, member]) => this.variable(name, member));
  }

  variable(name: string, value: Json): DebugProtocol.Variable {
    return {
      name,
      value: preview(value),
      type: typeOf(value),
      variablesReference: this.reference(value),
      ...(Array.isArray(value) && { indexedVariables: value.length, namedVariables: 0 }),
      ...(isStructured(value) &&
        !Array.isArray(value) &&
        Object.keys(value).length >= pageFrom && { namedVariables: Object.keys(value).length }),
    };
  }
}

function isStructured(value: Json): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null;
}

export function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A value in one short line; only as much of it is read as is shown. */
export function preview(value: Json, length = previewLength): string {
  const out: string[] = [];
  let left = length;
  const put = (text: string): void => {
    out.push(text);
    left -= text.length;
  };
  const write = (part: Json, depth: number): void => {
    if (left <= 0) return;
    if (!isStructured(part)) {
      put(
        typeof part === 'string' && part.length > left
          ? `${JSON.stringify(part.slice(0, left)).slice(0, -1)}…"`
          : JSON.stringify(part),
      );
      return;
    }
    const isList = Array.isArray(part);
    if (depth > 3) {
      put(isList ? '[…]' : '{…}');
      return;
    }
    put(isList ? '[' : '{');
    const names = isList ? undefined : Object.keys(part);
    const count = names?.length ?? (part as readonly Json[]).length;
    for (let index = 0; index < count && left > 0; index++) {
      const name = names?.[index] ?? String(index);
      if (index > 0) put(', ');
      if (names) put(`${name}: `);
      write((part as Readonly<Record<string, Json>>)[name] ?? null, depth + 1);
    }
    if (left <= 0) put('…');
    put(isList ? ']' : '}');
  };
  write(value, 0);
  return out.join('');
}
