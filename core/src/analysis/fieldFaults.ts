import { fieldsIn, fieldsOf, requiredFieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ObjectName, QueryLanguage, ValueKind } from '#core/language/values.ts';
import type { Scope, State, StateMachine } from '#core/model/stateMachine.ts';
import {
  isDeferred,
  propertyOf,
  valueOf,
  type ObjectNode,
  type PropertyNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';
import { closest } from '#core/text/closest.ts';
import { countCodePoints } from '#core/text/codePoints.ts';
import type { Span } from '#core/text/span.ts';
import { isTimestamp } from './timestamp.ts';

/** An object of a definition together with the table its fields stand in. */
export interface FieldOwner {
  readonly object: ObjectName;
  readonly node: ObjectNode;
  readonly language: QueryLanguage;
  /** The state the object is or stands in; none for the state machine, branches and processors. */
  readonly state: State | undefined;
}

/** Where a definition departs from the tables of fields. Each rule of the group turns one kind into findings. */
export type FieldFault =
  /** No object of that kind knows the field. */
  | { readonly kind: 'unknown'; readonly owner: FieldOwner; readonly property: PropertyNode }
  /** The object knows the field in the other query language only. */
  | {
      readonly kind: 'otherLanguage';
      readonly owner: FieldOwner;
      readonly property: PropertyNode;
      readonly row: FieldRow;
    }
  | { readonly kind: 'missing'; readonly owner: FieldOwner; readonly rows: readonly FieldRow[] }
  /** Two fields that exclude each other; `property` is the later one in the file. */
  | {
      readonly kind: 'excluded';
      readonly owner: FieldOwner;
      readonly property: PropertyNode;
      readonly row: FieldRow;
      readonly other: PropertyNode;
    }
  | ValueFault;

export interface ValueFault {
  readonly kind: 'value';
  readonly owner: FieldOwner;
  readonly property: PropertyNode;
  readonly row: FieldRow;
  /** The field's value or an item of it. */
  readonly value: SyntaxNode;
  readonly problem: ValueProblem;
}

export type ValueProblem =
  /** A JSON value of another type than the field takes. */
  | 'type'
  /** A fraction where a whole number must stand. */
  | 'fraction'
  | 'tooLow'
  | 'tooHigh'
  /** None of the words the field takes. */
  | 'word'
  | 'empty'
  | 'tooLong'
  /** No timestamp as in RFC 3339. */
  | 'timestamp';

/** Holds a definition against the tables of fields, once for all rules. */
export function findFieldFaults(
  machine: StateMachine,
  isBroken: (span: Span) => boolean,
): readonly FieldFault[] {
  const finder = new FaultFinder(isBroken);
  for (const scope of machine.scopes) {
    finder.object({
      object: objectOf(scope),
      node: scope.node,
      language: machine.queryLanguage,
      state: undefined,
    });
    for (const state of scope.states) {
      if (state.type === 'Unknown') continue;
      finder.object({ object: state.type, node: state.node, language: state.queryLanguage, state });
    }
  }
  return finder.faults;
}

function objectOf({ kind, owner, node }: Scope): ObjectName {
  switch (kind) {
    case 'stateMachine':
      return 'StateMachine';
    case 'branch':
      return 'Branch';
    case 'itemProcessor':
      return valueOf(owner?.node, 'Iterator') === node ? 'Iterator' : 'ItemProcessor';
    default:
      return kind satisfies never;
  }
}

/** These are scopes: the model lists them, so that no recursion follows the nesting of states. */
const scopes: ReadonlySet<ObjectName> = new Set<ObjectName>(['Branch', 'ItemProcessor', 'Iterator']);

class FaultFinder {
  readonly faults: FieldFault[] = [];
  readonly #isBroken: (span: Span) => boolean;

  constructor(isBroken: (span: Span) => boolean) {
    this.#isBroken = isBroken;
  }

  object(owner: FieldOwner): void {
    const { node } = owner;
    const rows = fieldsIn(owner.object, owner.language);
    const exclusive: PropertyNode[] = [];
    let foreign = false;
    let required = 0;
    for (const property of node.properties) {
      const row = rows.get(property.key.value);
      if (row) {
        if (row.required === true) required++;
        if (row.excludes) {
          this.#excluded(owner, property, row, exclusive);
          exclusive.push(property);
        }
        if (property.value) this.#value(owner, property, row, row.value, property.value);
      } else if (!isUnfinished(property)) {
        foreign = this.#unexpected(owner, property, exclusive, foreign) || foreign;
      }
    }
    if (!foreign && required < requiredFieldsIn(owner.object, owner.language).length) this.#missing(owner);
  }

  /** Of the fields of the other query language that stand in one Choice Rule, the first tells it all. */
  #unexpected(
    owner: FieldOwner,
    property: PropertyNode,
    exclusive: PropertyNode[],
    foreign: boolean,
  ): boolean {
    if (property.key.value.includes('${')) return false;
    const row = fieldsOf(owner.object).find(({ name }) => name === property.key.value);
    if (!row) {
      this.faults.push({ kind: 'unknown', owner, property });
      return false;
    }
    if (row.excludes?.some(name => propertyOf(owner.node, name))) {
      this.#excluded(owner, property, row, exclusive);
      exclusive.push(property);
      return false;
    }
    const isRule = owner.object === 'ChoiceRule' || owner.object === 'NestedChoiceRule';
    if (!(isRule && foreign)) this.faults.push({ kind: 'otherLanguage', owner, property, row });
    return isRule;
  }

  /** `before` holds the fields that exclude others and stand before this one. */
  #excluded(owner: FieldOwner, property: PropertyNode, row: FieldRow, before: readonly PropertyNode[]): void {
    const other = before.find(({ key }) => row.excludes?.includes(key.value));
    if (!other || isNoEnd(property) || isNoEnd(other)) return;
    this.faults.push({ kind: 'excluded', owner, property, row, other });
  }

  #missing(owner: FieldOwner): void {
    let missing: FieldRow[] | undefined;
    for (const row of requiredFieldsIn(owner.object, owner.language)) {
      if (isWritten(owner, row.name)) continue;
      (missing ??= []).push(row);
    }
    if (missing && !this.#isBroken(owner.node)) this.faults.push({ kind: 'missing', owner, rows: missing });
  }

  #value(owner: FieldOwner, property: PropertyNode, row: FieldRow, kind: ValueKind, value: SyntaxNode): void {
    const problem = valueProblem(kind, value, owner.language);
    if (problem) this.faults.push({ kind: 'value', owner, property, row, value, problem });
    else if (kind.is === 'object' && value.kind === 'object' && !scopes.has(kind.of)) {
      if (!isDeferred(value)) this.object(inside(owner, kind.of, value));
    } else if (kind.is === 'list' && value.kind === 'array') {
      for (const item of value.items) {
        if (item.kind === 'object') {
          if (!scopes.has(kind.of) && !isDeferred(item)) {
            this.object(inside(owner, kind.of, item));
          }
        } else if (!isDeferred(item)) {
          this.faults.push({ kind: 'value', owner, property, row, value: item, problem: 'type' });
        }
      }
    } else if (kind.is === 'states' && value.kind === 'object') {
      for (const state of value.properties) {
        if (state.value && state.value.kind !== 'object' && !isDeferred(state.value)) {
          this.faults.push({
            kind: 'value',
            owner,
            property: state,
            row,
            value: state.value,
            problem: 'type',
          });
        }
      }
    }
  }
}

function inside({ language, state }: FieldOwner, object: ObjectName, node: ObjectNode): FieldOwner {
  return { object, node, language, state };
}

/** Whether the field stands there, as it is, with `.$`, or misspelt: then that is the fault, and not that it is missing. */
export function isWritten({ node, object, language }: FieldOwner, name: string): boolean {
  if (propertyOf(node, name)) return true;
  const known = fieldsIn(object, language);
  return node.properties.some(
    ({ key }) => key.value === `${name}.$` || (!known.has(key.value) && closest(key.value, [name]) === name),
  );
}

/** A key that is being typed: no colon behind it yet. */
function isUnfinished(property: PropertyNode): boolean {
  return property.value === undefined && property.colon === undefined;
}

/** `"End": false` counts as absent; and what is wrong with `"End": "true"` is told by itself. */
function isNoEnd({ key, value }: PropertyNode): boolean {
  return key.value === 'End' && !(value?.kind === 'boolean' && value.value);
}

/** Whether a JSONata state evaluates the string: it stands between `{%` and `%}`. */
export function isJsonata(value: SyntaxNode): boolean {
  if (value.kind !== 'string') return false;
  return value.value.startsWith('{%') || value.value.endsWith('%}');
}

function valueProblem(kind: ValueKind, value: SyntaxNode, language: QueryLanguage): ValueProblem | undefined {
  if (kind.is === 'json' || kind.is === 'jsonataValue') return objectOnlyProblem(kind, value);
  if (isPlainMatch(kind, value)) return undefined;
  if (isDeferred(value)) return undefined;
  const mayBeExpression = language === 'JSONata' && isJsonata(value);
  switch (kind.is) {
    case 'text':
      if (value.kind !== 'string') return 'type';
      if (kind.nonEmpty === true && value.value === '') return 'empty';
      return kind.maxLength !== undefined && countCodePoints(value.value) > kind.maxLength
        ? 'tooLong'
        : undefined;
    case 'string':
      return value.kind === 'string' ? undefined : 'type';
    case 'oneOf':
      if (kind.jsonata === true && mayBeExpression) return undefined;
      return value.kind === 'string' && kind.values.includes(value.value) ? undefined : 'word';
    case 'boolean':
    case 'flag':
      return value.kind === 'boolean' ? undefined : 'type';
    case 'number':
      if (kind.jsonata === true && mayBeExpression) return undefined;
      return numberProblem(kind, value);
    case 'timestamp':
      if (mayBeExpression) return undefined;
      if (value.kind !== 'string') return 'type';
      return isTimestamp(value.value) ? undefined : 'timestamp';
    case 'stateName':
      return value.kind === 'string' ? undefined : 'type';
    case 'resource':
      if (value.kind !== 'string') return 'type';
      return value.value === '' ? 'empty' : undefined;
    case 'path':
    case 'referencePath':
      return value.kind === 'string' || (value.kind === 'null' && kind.nullable === true)
        ? undefined
        : 'type';
    case 'resultPath':
      return value.kind === 'string' || value.kind === 'null' ? undefined : 'type';
    case 'pathOrIntrinsic':
      return value.kind === 'string' ? undefined : 'type';
    case 'payloadTemplate':
      return value.kind === 'object' || kind.anyValue === true ? undefined : 'type';
    case 'jsonataArray':
      return value.kind === 'array' || value.kind === 'object' || mayBeExpression ? undefined : 'type';
    case 'condition':
      return value.kind === 'boolean' || mayBeExpression ? undefined : 'type';
    case 'assign':
      return value.kind === 'object' ? undefined : 'type';
    case 'errorNames':
    case 'strings':
      if (value.kind !== 'array') return 'type';
      if (value.items.length === 0)
        return kind.is === 'strings' && kind.nonEmpty !== true ? undefined : 'empty';
      return value.items.every(item => item.kind === 'string' || isDeferred(item)) ? undefined : 'type';
    case 'object':
      return value.kind === 'object' ? undefined : 'type';
    case 'list':
      if (value.kind !== 'array') return 'type';
      return kind.nonEmpty && value.items.length === 0 ? 'empty' : undefined;
    case 'states':
      if (value.kind !== 'object') return 'type';
      return value.properties.length === 0 ? 'empty' : undefined;
    case 'comparand':
      return comparandProblem(kind, value);
    default:
      return kind satisfies never;
  }
}

/** The common case, decided before anything else is looked at. */
function isPlainMatch(kind: ValueKind, value: SyntaxNode): boolean {
  switch (kind.is) {
    case 'stateName':
    case 'string':
    case 'path':
    case 'referencePath':
    case 'resultPath':
    case 'pathOrIntrinsic':
      return value.kind === 'string';
    case 'payloadTemplate':
    case 'assign':
    case 'object':
      return value.kind === 'object';
    default:
      return false;
  }
}

function objectOnlyProblem(kind: ValueKind, value: SyntaxNode): ValueProblem | undefined {
  if (kind.is !== 'jsonataValue' || kind.objectOnly !== true) return undefined;
  return value.kind === 'object' || isDeferred(value) || isJsonata(value) ? undefined : 'type';
}

function numberProblem(kind: ValueKind & { is: 'number' }, value: SyntaxNode): ValueProblem | undefined {
  if (value.kind !== 'number') return 'type';
  if (kind.integer && !Number.isInteger(value.value)) return 'fraction';
  if (value.value < kind.min) return 'tooLow';
  return value.value > kind.max ? 'tooHigh' : undefined;
}

function comparandProblem(
  kind: ValueKind & { is: 'comparand' },
  value: SyntaxNode,
): ValueProblem | undefined {
  if (kind.path) return value.kind === 'string' ? undefined : 'type';
  switch (kind.type) {
    case 'string':
      return value.kind === 'string' ? undefined : 'type';
    case 'number':
      return value.kind === 'number' ? undefined : 'type';
    case 'boolean':
      return value.kind === 'boolean' ? undefined : 'type';
    case 'timestamp':
      return value.kind === 'string' && isTimestamp(value.value) ? undefined : 'timestamp';
    default:
      return kind.type satisfies never;
  }
}
