import { isStateType, type QueryLanguage } from '#core/language/values.ts';
import { propertyOf, valueOf, type ObjectNode, type StringNode, type SyntaxNode } from '#core/syntax/node.ts';
import type { Writable } from '#core/writable.ts';
import { child, type Pointer } from './pointer.ts';
import type {
  ChoiceRule,
  MapState,
  ParallelState,
  Scope,
  State,
  StateMachine,
  Transition,
} from './stateMachine.ts';

/**
 * Reads a state machine from the tree of its definition. Never fails; see `StateMachine`. Where several
 * machines run together, each has a `pointer` of its own in front of those of its states.
 */
export function buildStateMachine(node: ObjectNode, pointer: Pointer = ''): StateMachine {
  const queryLanguage = queryLanguageOf(node) ?? 'JSONPath';
  const scopes: Scope[] = [];
  const states: State[] = [];
  const builder = new Builder(queryLanguage, scopes, states);
  const root = builder.scope('stateMachine', node, pointer, undefined);
  return { node, root, queryLanguage, scopes, states };
}

/** The language that is meant: `jsonata` is refused, but none of the fields of JSONata is wrong for that. */
function queryLanguageOf(node: ObjectNode): QueryLanguage | undefined {
  switch (textOf(valueOf(node, 'QueryLanguage'))?.toLowerCase()) {
    case 'jsonata':
      return 'JSONata';
    case 'jsonpath':
      return 'JSONPath';
    default:
      return undefined;
  }
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

function stringAt(node: ObjectNode, name: string): StringNode | undefined {
  const value = valueOf(node, name);
  return value?.kind === 'string' ? value : undefined;
}

function objectsAt(node: ObjectNode, name: string): readonly ObjectNode[] {
  const value = valueOf(node, name);
  if (value?.kind !== 'array') return none;
  return value.items.every(isObject) ? value.items : value.items.filter(isObject);
}

function isObject(node: SyntaxNode): node is ObjectNode {
  return node.kind === 'object';
}

const none: readonly never[] = [];

class Builder {
  readonly #queryLanguage: QueryLanguage;
  readonly #scopes: Scope[];
  readonly #states: State[];
  /** Branches and processors whose states are meant to use JSONata in a JSONPath state machine. */
  readonly #jsonataScopes = new Set<Scope>();

  constructor(queryLanguage: QueryLanguage, scopes: Scope[], states: State[]) {
    this.#queryLanguage = queryLanguage;
    this.#scopes = scopes;
    this.#states = states;
  }

  scope(
    kind: Scope['kind'],
    node: ObjectNode,
    pointer: Pointer,
    owner: ParallelState | MapState | undefined,
  ): Scope {
    const statesNode = valueOf(node, 'States');
    const states: State[] = [];
    const stateByName = new Map<string, State>();
    const scope: Scope = {
      kind,
      pointer,
      node,
      owner,
      startAt: stringAt(node, 'StartAt'),
      statesNode: statesNode?.kind === 'object' ? statesNode : undefined,
      states,
      stateByName,
    };
    this.#scopes.push(scope);
    if (owner && (this.#jsonataScopes.has(owner.scope) || queryLanguageOf(node) === 'JSONata'))
      this.#jsonataScopes.add(scope);
    const inner: (() => void)[] = [];
    const statesPointer = child(pointer, 'States');
    for (const property of scope.statesNode?.properties ?? []) {
      if (property.value?.kind !== 'object') continue;
      const state = this.#state(
        scope,
        property.key,
        property.value,
        child(statesPointer, property.key.value),
        property,
        inner,
      );
      states.push(state);
      this.#states.push(state);
      if (!stateByName.has(state.name)) stateByName.set(state.name, state);
    }
    for (const build of inner) build();
    return scope;
  }

  #state(
    scope: Scope,
    key: StringNode,
    node: ObjectNode,
    pointer: Pointer,
    property: State['property'],
    inner: (() => void)[],
  ): State {
    const typeNode = valueOf(node, 'Type');
    const type = textOf(typeNode);
    const transitions: Transition[] = [];
    const rules = type === 'Choice' ? rulesOf(node, transitions) : none;
    const catchers = objectsAt(node, 'Catch');
    transition(transitions, 'Default', node, 'Default');
    transition(transitions, 'Next', node, 'Next');
    for (const [index, catcher] of catchers.entries())
      transition(transitions, 'Catch', catcher, 'Next', index);
    const endNode = valueOf(node, 'End');
    const base = {
      pointer,
      name: key.value,
      property,
      key,
      node,
      scope,
      // AWS refuses the language of a branch or processor, but nothing in its states is wrong for that.
      queryLanguage:
        queryLanguageOf(node) ?? (this.#jsonataScopes.has(scope) ? 'JSONata' : this.#queryLanguage),
      // A copy, since an array that grew by push keeps room for sixteen more.
      transitions: transitions.slice(),
      isTerminal: type === 'Succeed' || type === 'Fail' || (endNode?.kind === 'boolean' && endNode.value),
      retriers: objectsAt(node, 'Retry'),
      catchers,
    };
    if (type === undefined || !isStateType(type)) return { ...base, type: 'Unknown', typeNode };
    switch (type) {
      case 'Task':
        return { ...base, type, resource: stringAt(node, 'Resource') };
      case 'Choice': {
        const choices = valueOf(node, 'Choices');
        return { ...base, type, choicesNode: choices?.kind === 'array' ? choices : undefined, rules };
      }
      case 'Parallel': {
        const branches: Scope[] = [];
        const state: ParallelState = { ...base, type, branches };
        const branchesNode = valueOf(node, 'Branches');
        inner.push(() => {
          if (branchesNode?.kind !== 'array') return;
          for (const [index, item] of branchesNode.items.entries()) {
            if (item.kind !== 'object') continue;
            branches.push(this.scope('branch', item, child(child(pointer, 'Branches'), index), state));
          }
        });
        return state;
      }
      case 'Map': {
        const field = propertyOf(node, 'ItemProcessor') ?? propertyOf(node, 'Iterator');
        const processorNode = field?.value?.kind === 'object' ? field.value : undefined;
        const mode = textOf(valueOf(processorNode && valueOf(processorNode, 'ProcessorConfig'), 'Mode'));
        const state: Writable<MapState> = {
          ...base,
          type,
          processor: undefined,
          isDistributed: mode === 'DISTRIBUTED',
        };
        inner.push(() => {
          if (!field || !processorNode) return;
          state.processor = this.scope(
            'itemProcessor',
            processorNode,
            child(pointer, field.key.value),
            state,
          );
        });
        return state;
      }
      default:
        return { ...base, type };
    }
  }
}

function rulesOf(node: ObjectNode, transitions: Transition[]): readonly ChoiceRule[] {
  const choices = valueOf(node, 'Choices');
  if (choices?.kind !== 'array') return [];
  const rules: ChoiceRule[] = [];
  for (const [index, item] of choices.items.entries()) {
    if (item.kind !== 'object') continue;
    rules.push({ index, node: item, next: stringAt(item, 'Next') });
    transition(transitions, 'Choice', item, 'Next', index);
  }
  return rules;
}

function transition(
  into: Transition[],
  kind: Transition['kind'],
  node: ObjectNode,
  field: string,
  index = 0,
): void {
  const target = stringAt(node, field);
  if (target) into.push({ kind, index, node, target });
}
