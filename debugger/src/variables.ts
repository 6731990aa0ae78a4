import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json } from '#core/json.ts';
import type { Edit } from '#interpreter/edit.ts';
import type { StrandPath } from '#interpreter/snapshot.ts';
import { isStructured, preview, typeOf, type Secrets, type Structured } from '#core/preview.ts';
import { isSecret, mask } from '#core/secrets.ts';

/** From so many children on the client is asked to page. */
const pageFrom = 100;

/** What a change of a value changes: which of a strand's values, and where in it. */
export interface Target {
  readonly strand: StrandPath;
  readonly what: Editable;
  readonly path: readonly (string | number)[];
}

/** The values of a strand that can be changed; a variable by its name. */
export type Editable =
  | { readonly kind: Exclude<Edit['kind'], 'variable' | 'state' | 'restart'> }
  | { readonly kind: 'variable'; readonly name: string };

/** A line of the variables view. */
export interface Row {
  readonly name: string;
  readonly value: Json;
  /** Shown instead of the value's own preview and type. */
  readonly text?: string;
  readonly type?: string;
  /** Absent where it cannot be changed. */
  readonly target?: Target;
  /** An expression for it, in the query language of the state; grows with the members. */
  readonly expression?: string;
  readonly attributes?: readonly string[];
  /** Where the value was made, for `locations`. */
  readonly made?: () => DebugProtocol.LocationsResponse['body'] | undefined;
}

/** What can be opened: rows that are made page by page. */
interface Opened {
  readonly length: number;
  rows(from: number, to: number): readonly Row[];
  readonly isList: boolean;
}

interface Page {
  readonly start: number;
  readonly count: number | undefined;
  readonly filter: 'indexed' | 'named' | undefined;
}

/**
 * The references that the client holds between two stops. Values are not copied; a big one is only
 * looked into page by page.
 */
export class VariableStore {
  readonly #secrets: Secrets;
  #opened: Opened[] = [];
  #made: (() => DebugProtocol.LocationsResponse['body'] | undefined)[] = [];

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Forgets all references: the execution goes on. */
  clear(): void {
    this.#opened = [];
    this.#made = [];
  }

  /** A scope of rows that are known. */
  rows(rows: readonly Row[]): { readonly variablesReference: number; readonly namedVariables: number } {
    const variablesReference = this.#open({
      length: rows.length,
      rows: (from, to) => rows.slice(from, to),
      isList: false,
    });
    return { variablesReference, namedVariables: rows.length };
  }

  /** A scope of rows that are made when they are looked at. */
  list(
    length: number,
    row: (index: number) => Row,
  ): { readonly variablesReference: number; readonly indexedVariables: number } {
    const rows = (from: number, to: number): readonly Row[] =>
      Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, index) => row(from + index));
    return { variablesReference: this.#open({ length, rows, isList: true }), indexedVariables: length };
  }

  /** A scope that shows the members of a value, or the value itself where it has none. */
  members(row: Row): {
    readonly variablesReference: number;
    readonly namedVariables?: number;
    readonly indexedVariables?: number;
  } {
    if (!isStructured(row.value)) return this.rows([row]);
    const opened = membersOf(row, row.value);
    const variablesReference = this.#open(opened);
    return opened.isList
      ? { variablesReference, indexedVariables: opened.length }
      : { variablesReference, namedVariables: opened.length };
  }

  /** The lines of what a reference stands for; none for one of an older stop. */
  variables(reference: number, page: Page): DebugProtocol.Variable[] {
    return this.rowsOf(reference, page).map(row => this.variable(row));
  }

  rowsOf(reference: number, { start, count, filter }: Page): readonly Row[] {
    const opened = this.#opened[reference - 1];
    if (!opened) return [];
    if (filter !== undefined && opened.isList !== (filter === 'indexed')) return [];
    const from = Math.max(0, start);
    return opened.rows(from, count !== undefined && count > 0 ? from + count : opened.length);
  }

  /** The row of that name below a reference. */
  rowNamed(reference: number, name: string): Row | undefined {
    const index = /^\[(\d+)\]$/.exec(name)?.[1];
    const opened = this.#opened[reference - 1];
    if (opened?.isList && index !== undefined) return opened.rows(Number(index), Number(index) + 1)[0];
    return opened?.rows(0, opened.length).find(row => row.name === name);
  }

  variable(row: Row): DebugProtocol.Variable {
    if (this.#secrets === 'masked' && isSecret(row.name, row.value)) return this.#masked(row);
    const { name, value, text, type, attributes, expression, made } = row;
    const hints = [...(attributes ?? []), ...(row.target ? [] : ['readOnly'])];
    return {
      name,
      value: text ?? preview(value, this.#secrets),
      type: type ?? typeOf(value),
      ...this.reference(row),
      ...(expression !== undefined && { evaluateName: expression }),
      ...(hints.length > 0 && { presentationHint: { attributes: hints } }),
      ...(made && { valueLocationReference: this.#made.push(made) }),
    };
  }

  /** A reference to a value, and how many members it has; 0 for one without members, as the protocol wants it. */
  reference(row: Row): {
    readonly variablesReference: number;
    readonly indexedVariables?: number;
    readonly namedVariables?: number;
  } {
    const { value } = row;
    if (!isStructured(value)) return { variablesReference: 0 };
    const opened = membersOf(row, value);
    return {
      variablesReference: this.#open(opened),
      ...(opened.isList && { indexedVariables: opened.length, namedVariables: 0 }),
      ...(!opened.isList && opened.length >= pageFrom && { namedVariables: opened.length }),
    };
  }

  /** Where a value was made. */
  madeAt(reference: number): DebugProtocol.LocationsResponse['body'] | undefined {
    return this.#made[reference - 1]?.();
  }

  /** Shows its value when it is clicked: the client fetches the only member of a lazy variable then. */
  #masked(row: Row): DebugProtocol.Variable {
    const revealed: Row = { ...row, name: '' };
    return {
      name: row.name,
      value: mask,
      type: typeOf(row.value),
      variablesReference: this.#open({ length: 1, rows: () => [revealed], isList: false }),
      presentationHint: { lazy: true, visibility: 'private' },
    };
  }

  #open(opened: Opened): number {
    return this.#opened.push(opened);
  }
}

function membersOf(row: Row, value: Structured): Opened {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return {
      length: items.length,
      isList: true,
      rows: (from, to) => items.slice(from, to).map((item, index) => member(row, from + index, item)),
    };
  }
  const members = value as Readonly<Record<string, Json>>;
  const names = Object.keys(members);
  return {
    length: names.length,
    isList: false,
    rows: (from, to) => names.slice(from, to).map(name => member(row, name, members[name] ?? null)),
  };
}

function member({ target, expression }: Row, key: string | number, value: Json): Row {
  return {
    name: typeof key === 'number' ? `[${key}]` : key,
    value,
    ...(target && { target: { ...target, path: [...target.path, key] } }),
    ...(expression !== undefined && { expression: `${expression}${step(key, expression)}` }),
  };
}

/** The step to a member, in a JSONPath expression or in a JSONata one. */
function step(key: string | number, expression: string): string {
  if (typeof key === 'number') return `[${key}]`;
  if (/^[A-Za-z_]\w*$/.test(key)) return `.${key}`;
  const isPath = /^\$\$?(?=[.[]|$)/.test(expression) || expression === '$';
  return isPath ? `[${quoted(key)}]` : `.\`${key}\``;
}

function quoted(key: string): string {
  return `'${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/**
 * Whether a value can be put at a place inside another without a loss: members are added to objects, items at the
 * end of arrays, and both to `null`.
 */
export function hasPlace(value: Json, [key, ...rest]: readonly (string | number)[]): boolean {
  if (key === undefined) return true;
  if (value === null) return (typeof key === 'string' || key === 0) && hasPlace(null, rest);
  if (!isStructured(value) || Array.isArray(value) !== (typeof key === 'number')) return false;
  if (Array.isArray(value) && Number(key) > value.length) return false;
  return hasPlace(valueAt(value, [key]) ?? null, rest);
}

/** The value with another one at a place inside; members that are not there are added. */
export function withValueAt(value: Json, path: readonly (string | number)[], replacement: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (typeof key === 'number') {
    const items: readonly Json[] = Array.isArray(value) ? value : [];
    const changed = [...items];
    while (changed.length < key) changed.push(null);
    changed[key] = withValueAt(items[key] ?? null, rest, replacement);
    return changed;
  }
  const members =
    isStructured(value) && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {};
  return { ...members, [key]: withValueAt(members[key] ?? null, rest, replacement) };
}

/** The value at a place inside another; nothing where there is none. */
export function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let found = value;
  for (const key of path) {
    if (found === undefined || !isStructured(found)) return undefined;
    if (Array.isArray(found)) found = typeof key === 'number' ? (found as readonly Json[])[key] : undefined;
    else found = Object.hasOwn(found, key) ? (found as Readonly<Record<string, Json>>)[key] : undefined;
  }
  return found;
}
