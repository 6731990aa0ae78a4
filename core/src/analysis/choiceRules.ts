import { comparisonNamed, type Comparison } from '#core/language/comparisons.ts';
import type { ChoiceState, StateMachine } from '#core/model/stateMachine.ts';
import {
  isDeferred,
  valueOf,
  type ObjectNode,
  type PropertyNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';

/** A JSONPath Choice Rule, or one nested in it. */
export interface RuleNode {
  readonly node: ObjectNode;
  /** The operators that compare, such as `StringEquals`. */
  readonly comparisons: readonly { readonly property: PropertyNode; readonly comparison: Comparison }[];
  /** `And`, `Or` and `Not`. */
  readonly combinations: readonly PropertyNode[];
  /** Fields the specification does not know; one of them may be a misspelt operator. */
  readonly others: readonly PropertyNode[];
}

/** Reads one rule; those nested in it are in `nestedRules`. */
export function ruleNode(node: ObjectNode): RuleNode {
  const comparisons: RuleNode['comparisons'][number][] = [];
  const combinations: PropertyNode[] = [];
  const others: PropertyNode[] = [];
  for (const property of node.properties) {
    const name = property.key.value;
    if (isCombination(name)) combinations.push(property);
    else {
      const comparison = comparisonNamed(name);
      if (comparison) comparisons.push({ property, comparison });
      else if (!ruleFields.has(name)) others.push(property);
    }
  }
  return { node, comparisons, combinations, others };
}

const ruleFields: ReadonlySet<string> = new Set(['Variable', 'Next', 'Comment', 'Assign', 'Output']);

function isCombination(name: string): boolean {
  return name === 'And' || name === 'Or' || name === 'Not';
}

/** A JSONPath Choice with all its rules: outer ones before those nested in them. */
export interface ChoiceRules {
  readonly state: ChoiceState;
  readonly rules: readonly RuleNode[];
}

/** The JSONPath Choices, in the order of `machine.states`; rules that are decided at deployment are left out. */
export function collectChoiceRules({ states }: StateMachine): readonly ChoiceRules[] {
  const found: ChoiceRules[] = [];
  for (const state of states) {
    if (state.type !== 'Choice' || state.queryLanguage !== 'JSONPath') continue;
    const rules: RuleNode[] = [];
    for (const { node } of state.rules) addRules(node, rules);
    found.push({ state, rules });
  }
  return found;
}

function addRules(node: ObjectNode, rules: RuleNode[]): void {
  if (isDeferred(node)) return;
  const rule = ruleNode(node);
  rules.push(rule);
  for (const nested of nestedRules(rule)) addRules(nested, rules);
}

/** The rules that `And`, `Or` or `Not` of a rule holds. */
export function nestedRules({ combinations }: RuleNode): readonly ObjectNode[] {
  return combinations.flatMap(({ value }) => {
    if (value?.kind === 'array') return value.items.filter(item => item.kind === 'object');
    return value?.kind === 'object' ? [value] : [];
  });
}

/** The path a rule compares: `$.order.total`. */
export function variableOf(node: ObjectNode): string | undefined {
  const value = valueOf(node, 'Variable');
  return value?.kind === 'string' && !isDeferred(value) ? value.value : undefined;
}

/** What a rule tests, as text that is the same for equal tests; where it leads and what it assigns does not count. */
export function testText(node: SyntaxNode | undefined): string {
  if (!node) return '';
  switch (node.kind) {
    case 'object': {
      const parts = node.properties
        .filter(({ key }) => !notTested.has(key.value))
        .map(({ key, value }) => `${JSON.stringify(key.value)}:${testText(value)}`);
      return `{${parts.toSorted().join(',')}}`;
    }
    case 'array':
      return `[${node.items.map(testText).join(',')}]`;
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'placeholder':
      return `\${${node.name}}`;
    case 'tag':
      return `${node.tag} ${testText(node.content)}`;
    default:
      return node satisfies never;
  }
}

const notTested: ReadonlySet<string> = new Set(['Next', 'Comment', 'Assign', 'Output']);
