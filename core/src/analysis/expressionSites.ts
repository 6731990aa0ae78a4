import { embeddedJsonata } from '#core/expressions/embedded.ts';
import {
  readJsonata,
  readPath,
  readPayloadValue,
  type Expression,
  type JsonataExpression,
} from '#core/expressions/expression.ts';
import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import { fieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ObjectName, QueryLanguage, ValueKind } from '#core/language/values.ts';
import { lazy } from '#core/lazy.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import {
  hasPlaceholder,
  propertyOf,
  valueOf,
  type ObjectNode,
  type PropertyNode,
  type StringNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { contextPathsIn, type ContextPath } from './contextPaths.ts';
import { awsLocation } from './location.ts';
import { runsByOwner } from './runs.ts';

/** What a string must be to be evaluated where it stands. */
export type Grammar =
  'jsonata' | 'path' | 'referencePath' | 'resultPath' | 'pathOrIntrinsic' | 'payloadValue';

/** Which object of a state an expression stands in; the index is that of the Catcher or Choice Rule. */
export type Part =
  | { readonly kind: 'state' }
  | { readonly kind: 'Catch'; readonly index: number }
  | { readonly kind: 'Choices'; readonly index: number };

/** Where in a state something stands. */
export interface Place {
  readonly state: State;
  readonly part: Part;
  /** The field of that part that is evaluated: `Parameters`, `Assign`, `ItemReader`, `Condition` … */
  readonly field: string;
}

/** A string that AWS evaluates. */
export interface ExpressionSite extends Place {
  readonly node: StringNode;
  readonly grammar: Grammar;
  /** Where in the state, as AWS words it: `Arguments/FunctionName`, `Catch[0]/Output/error`. */
  readonly location: string;
  /** The expression without delimiters and outer blanks; `start` and `end` are indexes into the node's value. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The key that ends in `.$` whose value it is. */
  readonly suffixed: PropertyNode | undefined;
  /** An array of a Payload Template stands around it. */
  readonly isInArray: boolean;
  /** A substitution such as `${Table}` stands in it: what it says is known at deployment only. */
  readonly isDeferred: boolean;
  /** Read when first asked for, once for all equal texts of a state machine. */
  readonly expression: Expression;
}

/** A string that is not evaluated where it stands, though it looks as if it were meant to be. */
export interface LiteralSite extends Place {
  readonly kind:
    /** JSONata: one of `{%` and `%}` is missing. */
    | 'unbalanced'
    /** A value of a JSONata field that starts with `$` or `States.`, or has `{%` somewhere inside. */
    | 'jsonataText'
    /** A value of a Payload Template that starts with `$`, `States.` or `{%`, under a key without `.$`. */
    | 'templateText'
    /** A string that starts with `$`, `States.` or `{%`, in a field that has a twin for paths (`Error` and `ErrorPath`). */
    | 'pathTwin';
  readonly node: StringNode;
  readonly property: PropertyNode | undefined;
}

/** A key that ends in `.$` for nothing: in JSONata, or in JSONPath with a value that is no string. */
export interface SuffixedKey extends Place {
  readonly property: PropertyNode;
}

/** `Assign`, of a state, Catcher or Choice Rule. */
export interface AssignSite extends Place {
  readonly property: PropertyNode;
}

/** An expression together with its place. */
export interface Reading<E> {
  readonly site: ExpressionSite;
  readonly expression: E;
}

/** What in a state machine is evaluated, or looks as if it were. In the order of `machine.states`. */
export interface ExpressionSites {
  readonly all: readonly ExpressionSite[];
  readonly jsonata: readonly ExpressionSite[];
  /** All that are not JSONata. */
  readonly jsonPath: readonly ExpressionSite[];
  readonly literals: readonly LiteralSite[];
  /** Keys whose `.$` is of no use. */
  readonly suffixedKeys: readonly SuffixedKey[];
  /** The objects of Payload Templates that have keys with `.$` and keys without. */
  readonly mixedObjects: readonly (Place & { readonly node: ObjectNode })[];
  readonly assigns: readonly AssignSite[];
  /** The JSONata that could be read and is not decided at deployment. */
  readonly readableJsonata: readonly Reading<JsonataExpression>[];
  /** What could not be read, or is refused as it stands, and is not decided at deployment. */
  readonly faulty: readonly ExpressionSite[];
  /** The fields that take a Reference Path, `ResultPath` among them. */
  readonly referencePaths: readonly ExpressionSite[];
  /** Every path into the Context Object that is not decided at deployment. */
  readonly contextPaths: readonly ContextPath[];
  of(state: State): readonly ExpressionSite[];
  /** The expression that the string holds. */
  siteOf(node: StringNode): ExpressionSite | undefined;
  /** The expression whose string (quotes included) the offset touches. */
  at(offset: Offset): ExpressionSite | undefined;
}

/** Where a part of an expression stands in the file, through delimiters, escapes and folding. */
export function spanIn(site: ExpressionSite, start: number, end: number): Span {
  const from = site.node.offsetOf(Math.min(site.start + start, site.end));
  const to = site.node.offsetOf(Math.min(site.start + end, site.end));
  return { start: from, end: Math.max(from, to) };
}

/** Whether the path is the `Variable` of an `IsPresent`, which asks whether there is anything. */
export function isPresenceTest({ node }: ExpressionSite): boolean {
  const rule = node.parent;
  return valueOf(rule, 'Variable') === node && propertyOf(rule, 'IsPresent') !== undefined;
}

/** Which position of the expression's text an offset of the file lies at; clamped to the text. */
export function positionIn(site: ExpressionSite, offset: Offset): number {
  return Math.max(0, Math.min(site.node.indexOf(offset) - site.start, site.end - site.start));
}

export function collectExpressionSites(machine: StateMachine): ExpressionSites {
  const collector = new Collector();
  for (const state of machine.states) collector.state(state);
  const lists = collector.finish();
  const { all } = lists;
  const byNode = lazy(() => new Map(all.map(site => [site.node, site])));
  const byState = lazy(() => runsByOwner(all, ({ state }) => state));
  const inFile = lazy(() => all.toSorted((a, b) => a.node.start - b.node.start));
  const readableJsonata = lazy(() => readable(lists.jsonata));
  const referencePaths = lazy(() =>
    lists.jsonPath.filter(({ grammar }) => grammar === 'referencePath' || grammar === 'resultPath'),
  );
  const contextPaths = lazy(() => [...contextPathsIn(all)]);
  const faulty = lazy(() => all.filter(site => !site.isDeferred && site.expression.errors.length > 0));
  return {
    ...lists,
    get readableJsonata() {
      return readableJsonata();
    },
    get faulty() {
      return faulty();
    },
    get referencePaths() {
      return referencePaths();
    },
    get contextPaths() {
      return contextPaths();
    },
    of: state => byState().get(state) ?? [],
    siteOf: node => byNode().get(node),
    at: offset => lastAtOrBefore(inFile(), offset),
  };
}

function readable(sites: readonly ExpressionSite[]): readonly Reading<JsonataExpression>[] {
  const readings: Reading<JsonataExpression>[] = [];
  for (const site of sites) {
    if (site.isDeferred) continue;
    const { expression } = site;
    if (expression.kind === 'jsonata' && expression.errors.length === 0) readings.push({ site, expression });
  }
  return readings;
}

function lastAtOrBefore(sites: readonly ExpressionSite[], offset: Offset): ExpressionSite | undefined {
  let low = 0;
  let high = sites.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sites[middle]?.node.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = sites[low - 1];
  return found && offset <= found.node.end ? found : undefined;
}

const wholeState: Part = { kind: 'state' };

/** Lives for one walk over a state machine. */
class Collector {
  readonly #all: ExpressionSite[] = [];
  readonly #jsonata: ExpressionSite[] = [];
  readonly #jsonPath: ExpressionSite[] = [];
  readonly #literals: LiteralSite[] = [];
  readonly #suffixedKeys: SuffixedKey[] = [];
  readonly #mixedObjects: (Place & { readonly node: ObjectNode })[] = [];
  readonly #assigns: AssignSite[] = [];
  readonly #readings = new Readings();
  /** Where the walk is. */
  #state: State | undefined;
  #part: Part = wholeState;
  #field = '';
  #isInArray = false;

  finish(): Pick<
    ExpressionSites,
    'all' | 'jsonata' | 'jsonPath' | 'literals' | 'suffixedKeys' | 'mixedObjects' | 'assigns'
  > {
    return {
      all: this.#all,
      jsonata: this.#jsonata,
      jsonPath: this.#jsonPath,
      literals: this.#literals,
      suffixedKeys: this.#suffixedKeys,
      mixedObjects: this.#mixedObjects,
      assigns: this.#assigns,
    };
  }

  state(state: State): void {
    if (state.type === 'Unknown') return;
    this.#state = state;
    this.#part = wholeState;
    const rows = fieldsIn(state.type, state.queryLanguage);
    for (const property of state.node.properties) {
      const row = rows.get(property.key.value);
      if (!row || !property.value) continue;
      this.#field = row.name;
      this.#value(state.type, row, property, property.value);
    }
  }

  #place(): Place {
    if (!this.#state) throw new Error('bug: no state is walked');
    return { state: this.#state, part: this.#part, field: this.#field };
  }

  #language(): QueryLanguage {
    return this.#state?.queryLanguage ?? 'JSONPath';
  }

  #value(object: ObjectName, row: FieldRow, property: PropertyNode, node: SyntaxNode): void {
    const kind = row.value;
    switch (kind.is) {
      case 'path':
      case 'referencePath':
      case 'resultPath':
      case 'pathOrIntrinsic':
        this.#whole(kind.is, node);
        return;
      case 'comparand':
        if (kind.path) this.#whole('path', node);
        else this.#plain(object, row, property, node);
        return;
      case 'payloadTemplate':
        this.#templateField(node);
        return;
      case 'jsonataValue':
      case 'jsonataArray':
      case 'condition':
        this.#jsonataValue(node, property);
        return;
      case 'assign':
        this.#assigns.push({ ...this.#place(), property });
        if (this.#language() === 'JSONata') this.#jsonataValue(node, property);
        else this.#templateField(node);
        return;
      case 'string':
      case 'timestamp':
      case 'number':
      case 'oneOf':
        this.#plain(object, row, property, node);
        return;
      case 'object':
        if (node.kind === 'object' && !holdsStates(kind.of)) this.#fields(kind.of, node);
        return;
      case 'list':
        if (node.kind === 'array' && !holdsStates(kind.of)) this.#list(kind.of, node.items);
        return;
      default:
        return;
    }
  }

  /** The fields of an object inside a state, of a Catcher or a Choice Rule. */
  #fields(object: ObjectName, node: ObjectNode): void {
    const rows = fieldsIn(object, this.#language());
    const isPart = object === 'Catcher' || object === 'ChoiceRule';
    for (const property of node.properties) {
      const row = rows.get(property.key.value);
      if (!row || !property.value) continue;
      if (isPart) this.#field = row.name;
      this.#value(object, row, property, property.value);
    }
  }

  #list(of: ObjectName, items: readonly SyntaxNode[]): void {
    const part = this.#part;
    const field = this.#field;
    for (const [index, item] of items.entries()) {
      if (item.kind !== 'object') continue;
      if (of === 'Catcher') this.#part = { kind: 'Catch', index };
      else if (of === 'ChoiceRule') this.#part = { kind: 'Choices', index };
      this.#fields(of, item);
    }
    this.#part = part;
    this.#field = field;
  }

  /** A field whose whole string is the expression. */
  #whole(grammar: Grammar, node: SyntaxNode): void {
    const text = contentOf(node);
    if (text) this.#add(grammar, text, node, 0, text.value.length);
  }

  /** A field that takes a literal, and in JSONata an expression for it. */
  #plain(object: ObjectName, row: FieldRow, property: PropertyNode, node: SyntaxNode): void {
    const text = contentOf(node);
    if (!text) return;
    if (this.#language() === 'JSONata') {
      if (takesJsonata(row.value)) this.#jsonataString(text, node, property);
    } else if (mayBeMeant(text) && fieldsIn(object, 'JSONPath').has(`${row.name}Path`)) {
      this.#literals.push({ ...this.#place(), kind: 'pathTwin', node: text, property });
    } else if (mayBeMeant(text) && fieldsIn(object, 'JSONPath').has(`${row.name}${payloadSuffix}`)) {
      this.#literals.push({ ...this.#place(), kind: 'templateText', node: text, property });
    }
  }

  #templateField(node: SyntaxNode): void {
    this.#isInArray = false;
    this.#template(node, undefined);
  }

  #template(node: SyntaxNode, property: PropertyNode | undefined): void {
    switch (node.kind) {
      case 'object': {
        let suffixed = 0;
        for (const member of node.properties) {
          const { value } = member;
          const name = member.key.value;
          const isSuffixed = name.endsWith(payloadSuffix);
          if (isSuffixed) suffixed++;
          if (!value) continue;
          if (isSuffixed) this.#suffixed(member, value);
          // Most members are plain scalars, which nobody needs to look at.
          else if (isInteresting(value)) this.#template(value, member);
        }
        if (suffixed > 0 && suffixed < node.properties.length)
          this.#mixedObjects.push({ ...this.#place(), node });
        return;
      }
      case 'array': {
        const wasInArray = this.#isInArray;
        this.#isInArray = true;
        for (const item of node.items) if (isInteresting(item)) this.#template(item, undefined);
        this.#isInArray = wasInArray;
        return;
      }
      case 'string':
        if (property && mayBeMeant(node))
          this.#literals.push({ ...this.#place(), kind: 'templateText', node, property });
        return;
      default:
        return;
    }
  }

  #suffixed(property: PropertyNode, value: SyntaxNode): void {
    const text = contentOf(value);
    if (text) this.#add('payloadValue', text, value, 0, text.value.length, property);
    else this.#suffixedKeys.push({ ...this.#place(), property });
  }

  #jsonataValue(node: SyntaxNode, property: PropertyNode | undefined): void {
    switch (node.kind) {
      case 'object':
        for (const member of node.properties) {
          const { value } = member;
          if (!value) continue;
          const name = member.key.value;
          const isSuffixed = name.endsWith(payloadSuffix);
          if (isSuffixed) this.#suffixedKeys.push({ ...this.#place(), property: member });
          this.#jsonataValue(value, isSuffixed ? undefined : member);
        }
        return;
      case 'array':
        for (const item of node.items) this.#jsonataValue(item, property);
        return;
      case 'string':
      case 'tag': {
        const text = contentOf(node);
        if (text) this.#jsonataString(text, node, property);
        return;
      }
      default:
        return;
    }
  }

  #jsonataString(text: StringNode, node: SyntaxNode, property: PropertyNode | undefined): void {
    const embedded = embeddedJsonata(text.value);
    if (embedded.kind === 'expression') {
      this.#add('jsonata', text, node, embedded.start, embedded.end);
    } else if (embedded.kind === 'unbalanced') {
      this.#literals.push({ ...this.#place(), kind: 'unbalanced', node: text, property });
    } else if (property && (mayBeMeant(text) || text.value.includes('{%'))) {
      this.#literals.push({ ...this.#place(), kind: 'jsonataText', node: text, property });
    }
  }

  #add(
    grammar: Grammar,
    text: StringNode,
    node: SyntaxNode,
    start: number,
    end: number,
    suffixed?: PropertyNode,
  ): void {
    if (!this.#state) return;
    const site = new Site(
      grammar,
      text,
      this.#state,
      this.#part,
      this.#field,
      start,
      end,
      suffixed,
      suffixed !== undefined && this.#isInArray,
      node.kind === 'tag',
      this.#readings,
    );
    this.#all.push(site);
    (grammar === 'jsonata' ? this.#jsonata : this.#jsonPath).push(site);
  }
}

/** Keeps what it has read, so that equal texts of a state machine are read once. */
class Readings {
  readonly #jsonata = new Map<string, Expression>();
  readonly #paths = new Map<string, Expression>();
  readonly #payloadValues = new Map<string, Expression>();

  read(grammar: Grammar, text: string): Expression {
    if (grammar === 'jsonata') return remembered(this.#jsonata, text, readJsonata);
    if (grammar === 'payloadValue' || grammar === 'pathOrIntrinsic')
      return remembered(this.#payloadValues, text, readPayloadValue);
    return remembered(this.#paths, text, readPath);
  }
}

function remembered(
  known: Map<string, Expression>,
  text: string,
  read: (text: string) => Expression,
): Expression {
  let expression = known.get(text);
  if (!expression) known.set(text, (expression = read(text)));
  return expression;
}

class Site implements ExpressionSite {
  readonly grammar: Grammar;
  readonly node: StringNode;
  readonly state: State;
  readonly part: Part;
  readonly field: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly suffixed: PropertyNode | undefined;
  readonly isInArray: boolean;
  readonly isDeferred: boolean;
  readonly #readings: Readings;
  #expression: Expression | undefined;

  constructor(
    grammar: Grammar,
    node: StringNode,
    state: State,
    part: Part,
    field: string,
    start: number,
    end: number,
    suffixed: PropertyNode | undefined,
    isInArray: boolean,
    isTagged: boolean,
    readings: Readings,
  ) {
    this.grammar = grammar;
    this.node = node;
    this.state = state;
    this.part = part;
    this.field = field;
    this.text = start === 0 && end === node.value.length ? node.value : node.value.slice(start, end);
    this.start = start;
    this.end = end;
    this.suffixed = suffixed;
    this.isInArray = isInArray;
    this.isDeferred = isTagged || (this.text.includes('${') && hasPlaceholder(this.text));
    this.#readings = readings;
  }

  get location(): string {
    return awsLocation(this.state.node, this.node).slice(1);
  }

  get expression(): Expression {
    return (this.#expression ??= this.#readings.read(this.grammar, this.text));
  }
}

/** The text of a string, also behind a tag such as `!Sub`. */
function contentOf(node: SyntaxNode): StringNode | undefined {
  if (node.kind === 'string') return node;
  return node.kind === 'tag' && node.content?.kind === 'string' ? node.content : undefined;
}

function isInteresting(node: SyntaxNode): boolean {
  return node.kind === 'object' || node.kind === 'array' || mayBeMeant(node);
}

function mayBeMeant(node: SyntaxNode): boolean {
  if (node.kind !== 'string') return false;
  const { value } = node;
  return value.startsWith('$') || value.startsWith('States.') || value.startsWith('{%');
}

function takesJsonata(kind: ValueKind): boolean {
  if (kind.is === 'number' || kind.is === 'oneOf') return kind.jsonata === true;
  return kind.is === 'string' || kind.is === 'timestamp';
}

/** Their states are states of the machine, and walked as such. */
function holdsStates(object: ObjectName): boolean {
  return object === 'Branch' || object === 'ItemProcessor' || object === 'Iterator';
}
