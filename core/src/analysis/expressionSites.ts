import { embeddedJsonata } from '#core/expressions/embedded.ts';
import { readJsonata, readPath, readPayloadValue, type Expression } from '#core/expressions/expression.ts';
import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import { fieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ObjectName, ValueKind } from '#core/language/values.ts';
import { lazy } from '#core/lazy.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import {
  hasPlaceholder,
  type ObjectNode,
  type PropertyNode,
  type StringNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';
import type { Offset, Span } from '#core/text/span.ts';

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
  /** As AWS words it: `Arguments/FunctionName`, `Catch[0]/Output/error`. */
  readonly location: string;
}

/** A string that AWS evaluates. */
export interface ExpressionSite extends Place {
  readonly node: StringNode;
  readonly grammar: Grammar;
  /** The expression without delimiters and outer blanks; `start` and `end` are indexes into the node's value. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
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
    /** A value of a JSONata field that starts with `$` or `States.`. */
    | 'jsonataText'
    /** A value of a Payload Template that starts with `$` or `States.`, under a key without `.$`. */
    | 'templateText'
    /** A string that starts with `$`, in a field that has a twin for paths (`Error` and `ErrorPath`). */
    | 'pathTwin';
  readonly node: StringNode;
  readonly property: PropertyNode | undefined;
}

/** A key that ends in `.$`, whose value is evaluated in JSONPath. */
export interface SuffixedKey extends Place {
  readonly property: PropertyNode;
  readonly isInArray: boolean;
}

/** `Assign`, of a state, Catcher or Choice Rule. */
export interface AssignSite extends Place {
  readonly property: PropertyNode;
}

/** What in a state machine is evaluated, or looks as if it were. In the order of `machine.states`. */
export interface ExpressionSites {
  readonly all: readonly ExpressionSite[];
  readonly jsonata: readonly ExpressionSite[];
  /** All that are not JSONata. */
  readonly jsonPath: readonly ExpressionSite[];
  readonly literals: readonly LiteralSite[];
  readonly suffixedKeys: readonly SuffixedKey[];
  /** The objects of Payload Templates with more than one member. */
  readonly templateObjects: readonly (Place & { readonly node: ObjectNode })[];
  readonly assigns: readonly AssignSite[];
  of(state: State): readonly ExpressionSite[];
  /** The key that ends in `.$` whose value the string is. */
  suffixedKeyOf(node: StringNode): SuffixedKey | undefined;
  /** The expression whose string (quotes included) the offset touches. */
  at(offset: Offset): ExpressionSite | undefined;
}

/** Where a part of an expression stands in the file, through delimiters, escapes and folding. */
export function spanIn(site: ExpressionSite, start: number, end: number): Span {
  const from = site.node.offsetOf(Math.min(site.start + start, site.end));
  const to = site.node.offsetOf(Math.min(site.start + end, site.end));
  return { start: from, end: Math.max(from, to) };
}

/** Which position of the expression's text an offset of the file lies at; clamped to the text. */
export function positionIn(site: ExpressionSite, offset: Offset): number {
  return Math.max(0, Math.min(site.node.indexOf(offset) - site.start, site.end - site.start));
}

export function collectExpressionSites(machine: StateMachine): ExpressionSites {
  const collector = new Collector();
  for (const state of machine.states) collector.state(state);
  const { all, ofState, ...lists } = collector.finish();
  const keys = lazy(() => new Map(lists.suffixedKeys.map(key => [key.property.value, key])));
  const inFile = lazy(() => all.toSorted((a, b) => a.node.start - b.node.start));
  return {
    ...lists,
    all,
    of: state => ofState.get(state) ?? [],
    suffixedKeyOf: node => keys().get(node),
    at: offset => lastAtOrBefore(inFile(), offset),
  };
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

const ofState: Part = { kind: 'state' };

/** Lives for one walk over a state machine. */
class Collector {
  readonly #all: ExpressionSite[] = [];
  readonly #jsonata: ExpressionSite[] = [];
  readonly #jsonPath: ExpressionSite[] = [];
  readonly #ofState = new Map<State, readonly ExpressionSite[]>();
  readonly #literals: LiteralSite[] = [];
  readonly #suffixedKeys: SuffixedKey[] = [];
  readonly #templateObjects: (Place & { readonly node: ObjectNode })[] = [];
  readonly #assigns: AssignSite[] = [];
  readonly #readings = new Readings();

  finish(): Omit<ExpressionSites, 'of' | 'at' | 'suffixedKeyOf'> & {
    readonly ofState: ReadonlyMap<State, readonly ExpressionSite[]>;
  } {
    return {
      all: this.#all,
      jsonata: this.#jsonata,
      jsonPath: this.#jsonPath,
      ofState: this.#ofState,
      literals: this.#literals,
      suffixedKeys: this.#suffixedKeys,
      templateObjects: this.#templateObjects,
      assigns: this.#assigns,
    };
  }

  state(state: State): void {
    if (state.type === 'Unknown') return;
    const before = this.#all.length;
    this.#fields(state.type, state.node, state, ofState, '', undefined);
    if (this.#all.length > before) this.#ofState.set(state, this.#all.slice(before));
  }

  /** `field`: the outermost field, when the object is itself the value of one. */
  #fields(
    object: ObjectName,
    node: ObjectNode,
    state: State,
    part: Part,
    prefix: string,
    field: string | undefined,
  ): void {
    const rows = fieldsIn(object, state.queryLanguage);
    for (const property of node.properties) {
      const { key, value } = property;
      const row = rows.get(key.value);
      if (!row || !value || row.value.is === 'text' || row.value.is === 'stateName') continue;
      const location = prefix + key.value;
      this.#value(row, property, value, { state, part, field: field ?? key.value, location }, rows);
    }
  }

  #value(
    row: FieldRow,
    property: PropertyNode,
    node: SyntaxNode,
    place: Place,
    rows: ReadonlyMap<string, FieldRow>,
  ): void {
    const kind = row.value;
    switch (kind.is) {
      case 'path':
      case 'referencePath':
      case 'resultPath':
      case 'pathOrIntrinsic':
        this.#whole(kind.is, node, place);
        return;
      case 'comparand':
        if (kind.path) this.#whole('path', node, place);
        else this.#plain(row, property, node, place, rows);
        return;
      case 'payloadTemplate':
        this.#template(node, place, undefined, false);
        return;
      case 'jsonataValue':
      case 'jsonataArray':
      case 'condition':
        this.#jsonataValue(node, place, property);
        return;
      case 'assign':
        this.#assigns.push({ ...place, property });
        if (place.state.queryLanguage === 'JSONata') this.#jsonataValue(node, place, property);
        else this.#template(node, place, undefined, false);
        return;
      case 'string':
      case 'timestamp':
      case 'number':
      case 'oneOf':
        this.#plain(row, property, node, place, rows);
        return;
      case 'object':
        if (node.kind === 'object' && !holdsStates(kind.of))
          this.#fields(kind.of, node, place.state, place.part, `${place.location}/`, place.field);
        return;
      case 'list':
        if (node.kind === 'array' && !holdsStates(kind.of)) this.#list(kind.of, node.items, place);
        return;
      default:
        return;
    }
  }

  #list(of: ObjectName, items: readonly SyntaxNode[], place: Place): void {
    for (const [index, item] of items.entries()) {
      if (item.kind !== 'object') continue;
      const isPart = of === 'Catcher' || of === 'ChoiceRule';
      const part: Part = isPart ? { kind: of === 'Catcher' ? 'Catch' : 'Choices', index } : place.part;
      const prefix = `${place.location}[${index}]/`;
      this.#fields(of, item, place.state, part, prefix, isPart ? undefined : place.field);
    }
  }

  /** A field whose whole string is the expression. */
  #whole(grammar: Grammar, node: SyntaxNode, place: Place): void {
    const text = contentOf(node);
    if (text) this.#add(grammar, text, node.kind === 'tag', place, 0, text.value.length);
  }

  /** A field that takes a literal, and in JSONata an expression for it. */
  #plain(
    row: FieldRow,
    property: PropertyNode,
    node: SyntaxNode,
    place: Place,
    rows: ReadonlyMap<string, FieldRow>,
  ): void {
    const text = contentOf(node);
    if (!text) return;
    if (place.state.queryLanguage === 'JSONata') {
      if (takesJsonata(row.value)) this.#jsonataString(text, node.kind === 'tag', place, property);
    } else if (text.value.startsWith('$') && rows.has(`${row.name}Path`)) {
      this.#literals.push({ ...place, kind: 'pathTwin', node: text, property });
    }
  }

  #template(node: SyntaxNode, place: Place, property: PropertyNode | undefined, isInArray: boolean): void {
    switch (node.kind) {
      case 'object':
        if (node.properties.length > 1) this.#templateObjects.push({ ...place, node });
        for (const member of node.properties) {
          const { value } = member;
          if (!value) continue;
          const name = member.key.value;
          const isSuffixed = name.endsWith(payloadSuffix);
          // Most members are plain scalars, which need no place.
          if (!isSuffixed && value.kind !== 'object' && value.kind !== 'array' && !mayBeMeant(value))
            continue;
          const inside: Place = { ...place, location: `${place.location}/${name}` };
          if (isSuffixed) this.#suffixed(member, value, inside, isInArray);
          else this.#template(value, inside, member, isInArray);
        }
        return;
      case 'array':
        for (const [index, item] of node.items.entries()) {
          if (item.kind !== 'object' && item.kind !== 'array' && !mayBeMeant(item)) continue;
          this.#template(item, { ...place, location: `${place.location}[${index}]` }, undefined, true);
        }
        return;
      case 'string':
        if (property && mayBeMeant(node))
          this.#literals.push({ ...place, kind: 'templateText', node, property });
        return;
      default:
        return;
    }
  }

  #suffixed(property: PropertyNode, value: SyntaxNode, place: Place, isInArray: boolean): void {
    this.#suffixedKeys.push({ ...place, property, isInArray });
    this.#whole('payloadValue', value, place);
  }

  #jsonataValue(node: SyntaxNode, place: Place, property: PropertyNode | undefined): void {
    switch (node.kind) {
      case 'object':
        for (const member of node.properties) {
          const { value } = member;
          if (!value) continue;
          const name = member.key.value;
          const isSuffixed = name.endsWith(payloadSuffix);
          const inside: Place = { ...place, location: `${place.location}/${name}` };
          if (isSuffixed) this.#suffixedKeys.push({ ...inside, property: member, isInArray: false });
          this.#jsonataValue(value, inside, isSuffixed ? undefined : member);
        }
        return;
      case 'array':
        for (const [index, item] of node.items.entries())
          this.#jsonataValue(item, { ...place, location: `${place.location}[${index}]` }, property);
        return;
      default: {
        const text = contentOf(node);
        if (text) this.#jsonataString(text, node.kind === 'tag', place, property);
      }
    }
  }

  #jsonataString(
    node: StringNode,
    isTagged: boolean,
    place: Place,
    property: PropertyNode | undefined,
  ): void {
    const embedded = embeddedJsonata(node.value);
    if (embedded.kind === 'expression') {
      this.#add('jsonata', node, isTagged, place, embedded.start, embedded.end);
    } else if (embedded.kind === 'unbalanced') {
      this.#literals.push({ ...place, kind: 'unbalanced', node, property });
    } else if (property && mayBeMeant(node)) {
      this.#literals.push({ ...place, kind: 'jsonataText', node, property });
    }
  }

  #add(
    grammar: Grammar,
    node: StringNode,
    isTagged: boolean,
    place: Place,
    start: number,
    end: number,
  ): void {
    const site = new Site(grammar, node, isTagged, place, start, end, this.#readings);
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
  readonly location: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isDeferred: boolean;
  readonly #readings: Readings;
  #expression: Expression | undefined;

  constructor(
    grammar: Grammar,
    node: StringNode,
    isTagged: boolean,
    place: Place,
    start: number,
    end: number,
    readings: Readings,
  ) {
    this.grammar = grammar;
    this.node = node;
    this.state = place.state;
    this.part = place.part;
    this.field = place.field;
    this.location = place.location;
    this.text = node.value.slice(start, end);
    this.start = start;
    this.end = end;
    this.isDeferred = isTagged || (this.text.includes('${') && hasPlaceholder(this.text));
    this.#readings = readings;
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

function mayBeMeant(node: SyntaxNode): boolean {
  return node.kind === 'string' && (node.value.startsWith('$') || node.value.startsWith('States.'));
}

function takesJsonata(kind: ValueKind): boolean {
  if (kind.is === 'number' || kind.is === 'oneOf') return kind.jsonata === true;
  return kind.is === 'string' || kind.is === 'timestamp';
}

/** Their states are states of the machine, and walked as such. */
function holdsStates(object: ObjectName): boolean {
  return object === 'Branch' || object === 'ItemProcessor' || object === 'Iterator';
}
