import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { fieldsIn } from '#core/language/fields.ts';
import type { FieldRow, ObjectName, QueryLanguage } from '#core/language/values.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import type { ArrayNode, ObjectNode, PropertyNode, SyntaxNode } from '#core/syntax/node.ts';
import { touches, type Offset } from '#core/text/span.ts';

/**
 * What the specification says about the spot under the cursor. Completion, hover and signature help
 * start here; it works on text that is half written, because it descends by position only.
 */
export type Place = KeyPlace | ValuePlace;

interface PlaceBase {
  readonly machine: MachineAnalysis;
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
  const root = machine.machine.root;
  if (!touches(root.node, offset)) return undefined;
  return new Descent(machine, offset).inObject({ kind: 'fields', name: 'StateMachine', node: root.node });
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
  readonly #offset: Offset;
  readonly #scopes: ReadonlyMap<SyntaxNode, Scope>;
  readonly #states: ReadonlyMap<SyntaxNode, State>;
  #scope: Scope;
  #state: State | undefined;

  constructor(machine: MachineAnalysis, offset: Offset) {
    this.#machine = machine;
    this.#offset = offset;
    this.#scope = machine.machine.root;
    this.#scopes = new Map(machine.machine.scopes.map(scope => [scope.node, scope]));
    this.#states = new Map(machine.machine.states.map(state => [state.node, state]));
  }

  inObject(container: ObjectContainer): Place {
    const { node } = container;
    this.#scope = this.#scopes.get(node) ?? this.#scope;
    this.#state = this.#states.get(node) ?? this.#state;
    const property = propertyBefore(node, this.#offset);
    if (!property) return this.#key(container, undefined);
    if (touches(property.key, this.#offset)) return this.#key(container, property);
    if (property.colon === undefined) return this.#key(container, undefined);
    const { value } = property;
    if (value && this.#offset > value.end) return this.#key(container, undefined);
    if (!value && this.#isPastProperty(property)) return this.#key(container, undefined);
    return this.#inValueOf(container, property);
  }

  #inValueOf(container: ObjectContainer, property: PropertyNode): Place {
    const name = property.key.value;
    const { value } = property;
    switch (container.kind) {
      case 'states': {
        if (value?.kind !== 'object' || !this.#isInside(value))
          return this.#value(container, property, value, undefined, []);
        const state = this.#states.get(value);
        const type = state && state.type !== 'Unknown' ? state.type : 'Pass';
        if (state?.type === 'Unknown') {
          this.#state = state;
          return this.#inUnknownState(value, type);
        }
        return this.inObject({ kind: 'fields', name: type, node: value });
      }
      case 'data':
        return this.#inData(container, container.field, property, value, [...container.path, name]);
      case 'fields': {
        const field = fieldOf(container.name, this.#languageIn(container), name);
        return this.#inField(container, field, property, value);
      }
    }
  }

  /** Of a state without a type everything is offered that some state has; a Task has most. */
  #inUnknownState(node: ObjectNode, _type: ObjectName): Place {
    return this.inObject({ kind: 'fields', name: 'Task', node });
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
    return source.format === 'yaml' ? between.includes('\n') : between.includes(',');
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
