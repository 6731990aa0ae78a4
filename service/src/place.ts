import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { fieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ObjectName, QueryLanguage } from '#core/language/values.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import type { ArrayNode, ObjectNode, PropertyNode, SyntaxNode } from '#core/syntax/node.ts';
import { touches, type Offset } from '#core/text/span.ts';
import { formatOf } from './writing.ts';

/**
 * What the specification says about the spot under the cursor. Completion, hover and signature help
 * start here; it works on text that is half written, because it descends by position only.
 */
export type Place = KeyPlace | ValuePlace;

interface PlaceBase {
  readonly machine: MachineAnalysis;
  readonly offset: Offset;
  readonly scope: Scope;
  /** The innermost state around; none in the outermost object. */
  readonly state: State | undefined;
  readonly language: QueryLanguage;
  /** The object or array directly around the spot. */
  readonly container: Container;
}

/** Where the name of a property belongs. */
export interface KeyPlace extends PlaceBase {
  readonly kind: 'key';
  readonly container: ObjectContainer;
  /** The property whose name the cursor is in; none between properties. */
  readonly property: PropertyNode | undefined;
}

/** Where a value belongs: behind a colon, or in an array. */
export interface ValuePlace extends PlaceBase {
  readonly kind: 'value';
  /** The property it is the value of, at whatever depth of arrays. */
  readonly property: PropertyNode | undefined;
  readonly value: SyntaxNode | undefined;
  /** The specification's field in or below which the value stands. */
  readonly field: FieldRow | undefined;
  /** Keys and indexes below the field. */
  readonly path: readonly (string | number)[];
}

export type ObjectContainer = FieldsContainer | StatesContainer | DataContainer<ObjectNode>;
export type Container = ObjectContainer | DataContainer<ArrayNode>;

/** An object whose fields the specification lists. */
export interface FieldsContainer {
  readonly kind: 'fields';
  readonly name: ObjectName;
  readonly node: ObjectNode;
}

/** A `States` object: names to states. */
export interface StatesContainer {
  readonly kind: 'states';
  readonly node: ObjectNode;
}

/** The user's own data below a field: a Payload Template, variables, a literal result, a list. */
export interface DataContainer<Node> {
  readonly kind: 'data';
  /** None below a field that the specification does not know. */
  readonly field: FieldRow | undefined;
  readonly node: Node;
  readonly path: readonly (string | number)[];
}

/** What belongs at an offset; none outside of every definition. */
export function placeAt(machine: MachineAnalysis, offset: Offset): Place | undefined {
  const { text } = machine.analysis.source;
  const line = formatOf(machine) === 'yaml' ? lonelyWordAt(text, offset) : undefined;
  const place = descend(machine, offset);
  if (!line) return place;
  // A name by itself may still be a value on a line of its own, but never a property where it stands.
  return lonelyKeyAt(machine, offset, line) ?? (place?.kind === 'value' ? place : undefined);
}

function descend(machine: MachineAnalysis, offset: Offset): Place | undefined {
  const { root } = machine.machine;
  const isWithin = touches(root.node, offset) || formatOf(machine) === 'yaml';
  return isWithin ? new Descent(machine, offset).atRoot() : undefined;
}

/** The line of the offset, where it holds nothing but a word without a colon, or nothing at all. */
function lonelyWordAt(text: string, offset: Offset): Line | undefined {
  const line = lineAround(text, offset);
  const dashes = dashesOf(line.text);
  const isLonely = /^["']?[\w.$ -]*["']?\s*$/.test(line.text.slice(dashes));
  return isLonely && offset - line.start >= dashes ? line : undefined;
}

/**
 * In YAML a name without a colon is not yet a property, and an empty line belongs to nothing: there the
 * indentation tells which object the name is meant for.
 */
function lonelyKeyAt(machine: MachineAnalysis, offset: Offset, line: Line): Place | undefined {
  const { text } = machine.analysis.source;
  const dashes = dashesOf(line.text);
  const isItem = line.text.slice(0, dashes).includes('-');
  const written = line.text.trim() === '' ? offset - line.start : dashes;
  // The items of a list may stand as far left as the key that holds them.
  const column = isItem ? line.text.indexOf('-') : written;
  for (let above = lineBefore(text, line.start); above; above = lineBefore(text, above.start)) {
    const at = keyColumn(above.text);
    if (at === undefined || at > column) continue;
    if (at < column && /:\s*[|>][-+\d]*\s*(?:#.*)?$/.test(above.text)) return undefined;
    const descent = new Descent(machine, above.start + at);
    return at === column && !isItem ? descent.besides(offset) : descent.below(offset, isItem);
  }
  return isItem ? undefined : new Descent(machine, offset).newKeyAtRoot();
}

/** How far blanks and the dashes of lists reach. */
function dashesOf(line: string): number {
  return /^\s*(?:-\s+)*(?:-$)?/.exec(line)?.[0].length ?? 0;
}

interface Line {
  readonly start: Offset;
  readonly text: string;
}

function lineAround(text: string, offset: Offset): Line {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return { start, text: text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '') };
}

function lineBefore(text: string, start: Offset): Line | undefined {
  return start === 0 ? undefined : lineAround(text, start - 1);
}

/** Where the key on a line stands, behind the dashes of lists: 6 in `    - a: 1`. */
function keyColumn(line: string): number | undefined {
  const key = /^(\s*(?:-\s+)*)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#'"-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s|$)/;
  return key.exec(line)?.[1]?.length;
}

/**
 * The object whose `Resource` decides what may stand here: the Task, ItemReader or ResultWriter whose
 * Parameters or Arguments the spot is in.
 */
export function integrationOwner({ container }: Place): ObjectNode | undefined {
  if (container.kind !== 'data') return undefined;
  if (container.field?.name !== 'Parameters' && container.field?.name !== 'Arguments') return undefined;
  let node: SyntaxNode | undefined = container.node;
  for (let depth = 0; depth <= container.path.length; depth++) node = node?.parent;
  return node?.kind === 'object' ? node : undefined;
}

class Descent {
  readonly #machine: MachineAnalysis;
  #offset: Offset;
  readonly #scopes: ReadonlyMap<SyntaxNode, Scope>;
  readonly #states: ReadonlyMap<SyntaxNode, State>;
  #scope: Scope;
  #state: State | undefined;
  /** The object in which a name is awaited, whatever its position. */
  #awaiting: ObjectNode | undefined;

  constructor(machine: MachineAnalysis, offset: Offset) {
    this.#machine = machine;
    this.#offset = offset;
    this.#scope = machine.machine.root;
    this.#scopes = new Map(machine.machine.scopes.map(scope => [scope.node, scope]));
    this.#states = new Map(machine.machine.states.map(state => [state.node, state]));
  }

  atRoot(): Place {
    return this.inObject(this.#root());
  }

  /** A new property of the outermost object. */
  newKeyAtRoot(): KeyPlace {
    return this.#key(this.#root(), undefined);
  }

  /** A new property beside the one whose key the offset is in. */
  besides(offset: Offset): Place | undefined {
    const place = this.atRoot();
    return place.kind === 'key' ? { ...place, offset, property: undefined } : undefined;
  }

  /** A new property in what is, or is to become, the value of the property whose key the offset is in. */
  below(offset: Offset, isItem: boolean): Place | undefined {
    const place = this.atRoot();
    if (place.kind !== 'key' || !place.property) return undefined;
    const { container, property } = place;
    const span = { start: offset, end: offset, parent: container.node };
    const isThere = property.value?.kind === 'object' && !isItem;
    const object: ObjectNode = isThere ? property.value : { kind: 'object', properties: [], ...span };
    const list: ArrayNode = { kind: 'array', items: [object], ...span };
    this.#offset = offset;
    this.#awaiting = object;
    const found = this.#inValueOf(container, property, isItem ? list : object);
    if (found.kind !== 'key' || found.container.kind !== 'data')
      return found.kind === 'key' ? found : undefined;
    return holdsData(found.container.field) ? found : undefined;
  }

  #root(): FieldsContainer {
    return { kind: 'fields', name: 'StateMachine', node: this.#machine.machine.root.node };
  }

  inObject(container: ObjectContainer): Place {
    const { node } = container;
    this.#scope = this.#scopes.get(node) ?? this.#scope;
    this.#state = this.#states.get(node) ?? this.#state;
    if (node === this.#awaiting) return this.#key(container, undefined);
    const property = propertyBefore(node, this.#offset);
    if (!property) return this.#key(container, undefined);
    // In front of an opening quote a new property begins; a bare YAML name would be lengthened.
    const isBefore = this.#offset === property.key.start && property.key.style !== 'plain';
    if (touches(property.key, this.#offset)) return this.#key(container, isBefore ? undefined : property);
    if (property.colon === undefined) return this.#key(container, undefined);
    const { value } = property;
    if (value && this.#offset > value.end) return this.#key(container, undefined);
    if (!value && this.#isPastProperty(property)) return this.#key(container, undefined);
    return this.#inValueOf(container, property, value);
  }

  #inValueOf(container: ObjectContainer, property: PropertyNode, value: SyntaxNode | undefined): Place {
    const name = property.key.value;
    switch (container.kind) {
      case 'states': {
        if (value?.kind !== 'object' || !this.#isInside(value))
          return this.#value(container, property, value, undefined, []);
        const state = this.#states.get(value);
        this.#state = state;
        // Of a state without a type: what a Task takes, which is nearly everything.
        const name = state && state.type !== 'Unknown' ? state.type : 'Task';
        return this.inObject({ kind: 'fields', name, node: value });
      }
      case 'data':
        return this.#inData(container, container.field, property, value, [...container.path, name]);
      case 'fields': {
        const field = fieldOf(container.name, this.#languageIn(container), name);
        return this.#inField(container, field, property, value);
      }
    }
  }

  #inField(
    container: Container,
    field: FieldRow | undefined,
    property: PropertyNode,
    value: SyntaxNode | undefined,
  ): Place {
    if (value && this.#isInside(value)) {
      const kind = field?.value;
      if (value.kind === 'object' && kind?.is === 'states')
        return this.inObject({ kind: 'states', node: value });
      if (value.kind === 'object' && kind?.is === 'object')
        return this.inObject({ kind: 'fields', name: kind.of, node: value });
      if (value.kind === 'array' && kind?.is === 'list') {
        const item = value.items.findLast(candidate => candidate.start <= this.#offset);
        if (item?.kind === 'object' && this.#isInside(item))
          return this.inObject({ kind: 'fields', name: kind.of, node: item });
      }
    }
    return this.#inData(container, field, property, value, []);
  }

  #inData(
    container: Container,
    field: FieldRow | undefined,
    property: PropertyNode,
    value: SyntaxNode | undefined,
    path: readonly (string | number)[],
  ): Place {
    if (value && this.#isInside(value)) {
      if (value.kind === 'object') return this.inObject({ kind: 'data', field, node: value, path });
      if (value.kind === 'array') {
        const list: DataContainer<ArrayNode> = { kind: 'data', field, node: value, path };
        const index = value.items.findLastIndex(
          item => item.start <= this.#offset && this.#offset <= item.end,
        );
        const at = index < 0 ? value.items.filter(item => item.end < this.#offset).length : index;
        return this.#inData(list, field, property, value.items[index], [...path, at]);
      }
    }
    return this.#value(container, property, value, field, path);
  }

  #key(container: ObjectContainer, property: PropertyNode | undefined): KeyPlace {
    return { kind: 'key', ...this.#base(), container, property };
  }

  #value(
    container: Container,
    property: PropertyNode,
    value: SyntaxNode | undefined,
    field: FieldRow | undefined,
    path: readonly (string | number)[],
  ): ValuePlace {
    return { kind: 'value', ...this.#base(), container, property, value, field, path };
  }

  #base(): Omit<PlaceBase, 'container'> {
    return {
      machine: this.#machine,
      offset: this.#offset,
      scope: this.#scope,
      state: this.#state,
      language: this.#language(),
    };
  }

  #language(): QueryLanguage {
    return this.#state?.queryLanguage ?? this.#machine.machine.queryLanguage;
  }

  #languageIn(container: FieldsContainer): QueryLanguage {
    return this.#states.get(container.node)?.queryLanguage ?? this.#language();
  }

  /** Whether the offset is between the brackets; in YAML, which has none, whether it touches the value. */
  #isInside(node: SyntaxNode): boolean {
    if (node === this.#awaiting) return true;
    const { source } = this.#machine.analysis;
    if (/[[{]/.test(source.text.charAt(node.start)) && (node.kind === 'object' || node.kind === 'array')) {
      const isClosed = /[\]}]/.test(source.text.charAt(node.end - 1));
      return (
        node.start < this.#offset && (this.#offset < node.end || (!isClosed && this.#offset <= node.end))
      );
    }
    return touches(node, this.#offset);
  }

  /** Behind a property that has no value yet: does the offset still belong to it? */
  #isPastProperty(property: PropertyNode): boolean {
    const { source } = this.#machine.analysis;
    const between = source.text.slice(property.colon, this.#offset);
    return formatOf(this.#machine) === 'yaml' ? between.includes('\n') : between.includes(',');
  }
}

/** Whether the user's own names may stand below the field. */
function holdsData(field: FieldRow | undefined): boolean {
  switch (field?.value.is) {
    case 'payloadTemplate':
    case 'jsonataValue':
    case 'assign':
    case 'json':
      return true;
    default:
      return false;
  }
}

function fieldOf(name: ObjectName, language: QueryLanguage, field: string): FieldRow | undefined {
  return (
    fieldsIn(name, language).get(field) ??
    fieldsIn(name, language === 'JSONata' ? 'JSONPath' : 'JSONata').get(field)
  );
}

function propertyBefore(node: ObjectNode, offset: Offset): PropertyNode | undefined {
  return node.properties.findLast(property => !property.inherited && property.start <= offset);
}
