import type { Rule } from '#core/analysis/rule.ts';
import { valueOf, type SyntaxNode } from '#core/syntax/node.ts';
import { nestedRules, ruleNode, testText, variableOf, type RuleNode } from '#core/analysis/choiceRules.ts';
import { say } from '#core/text/message.ts';

/** An `And` whose parts cannot all hold. */
export const contradiction: Rule = {
  code: 'choice/contradiction',
  severity: 'warning',
  summary: 'The rule can never match.',
  explanation:
    'Its Condition is `false`, or its `And` asks one value to be two things: equal to two texts, smaller than 1 and greater than 2, absent and equal to something. `Or` was probably meant.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"And":[{"Variable":"$.a","NumericLessThan":1},{"Variable":"$.a","NumericGreaterThan":2}],"Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}',
  *check({ machine, choiceRules }) {
    for (const state of machine.states) {
      if (state.type !== 'Choice') continue;
      for (const { node } of state.rules) {
        const condition = valueOf(node, 'Condition');
        if (!condition || !isFalse(condition)) continue;
        const { start, end } = condition;
        yield { start, end, message: say`This rule never matches.`, state: state.pointer };
      }
    }
    for (const { state, rules } of choiceRules) {
      for (const rule of rules) {
        const and = rule.combinations.find(({ key }) => key.value === 'And');
        if (!and || rule.combinations.length > 1) continue;
        const variable = contradictory(rule);
        if (variable === undefined) continue;
        yield {
          start: and.key.start,
          end: and.key.end,
          message: say`This can never match: '${variable}' would have to be two things at once. Is 'Or' meant?`,
          state: state.pointer,
        };
      }
    }
  },
};

function isFalse(condition: SyntaxNode): boolean {
  if (condition.kind === 'boolean') return !condition.value;
  return condition.kind === 'string' && /^\{%\s*false\s*%\}$/.test(condition.value);
}

/** What a conjunction asks of one variable. */
interface Demand {
  type: string | undefined;
  equals: string | number | boolean | undefined;
  above: number;
  below: number;
  isAbove: boolean;
  isBelow: boolean;
  isAbsent: boolean;
  isNeeded: boolean;
}

function contradictory(rule: RuleNode): string | undefined {
  const parts = nestedRules(rule);
  for (const part of parts) {
    const negated = valueOf(part, 'Not');
    if (negated?.kind !== 'object') continue;
    const text = testText(negated);
    if (parts.some(other => testText(other) === text)) return variableOf(negated);
  }
  const demands = new Map<string, Demand>();
  for (const part of conjuncts(rule)) {
    const variable = variableOf(part.node);
    const [only, second] = part.comparisons;
    if (variable === undefined || !only || second || !only.property.value) continue;
    const demand = demands.get(variable) ?? noDemand();
    demands.set(variable, demand);
    if (!add(demand, only.comparison.name, only.property.value)) return variable;
  }
  return undefined;
}

/** The tests that must all hold: those of the And, and of Ands inside it. */
function* conjuncts(rule: RuleNode): Generator<RuleNode> {
  for (const node of nestedRules(rule)) {
    const part = ruleNode(node);
    if (part.combinations.length === 0) yield part;
    else if (part.combinations.every(({ key }) => key.value === 'And')) yield* conjuncts(part);
  }
}

function noDemand(): Demand {
  return {
    type: undefined,
    equals: undefined,
    above: -Infinity,
    below: Infinity,
    isAbove: false,
    isBelow: false,
    isAbsent: false,
    isNeeded: false,
  };
}

/** Adds a test; false when nothing can fulfil all of them. */
function add(demand: Demand, name: string, value: SyntaxNode): boolean {
  const test = /^Is(Present|Null|Numeric|String|Boolean|Timestamp)$/.exec(name)?.[1];
  if (test !== undefined) return value.kind !== 'boolean' || addTest(demand, test, value.value);
  const [, type, relation] = /^(String|Numeric|Boolean|Timestamp)(\w+)$/.exec(name) ?? [];
  if (type === undefined || relation === undefined) return true;
  demand.isNeeded = true;
  if (!addType(demand, type)) return false;
  const operand = operandOf(type, value);
  if (operand === undefined) return true;
  if (relation === 'Equals') {
    // A text and an instant may well be one value.
    if (typeof demand.equals === typeof operand && demand.equals !== operand) return false;
    demand.equals = operand;
  } else if (typeof operand === 'number') {
    narrow(demand, relation, operand);
  }
  return isSatisfiable(demand);
}

/** What the value is compared as: a timestamp as its instant. */
function operandOf(type: string, value: SyntaxNode): string | number | boolean | undefined {
  if (value.kind !== 'string' && value.kind !== 'number' && value.kind !== 'boolean') return undefined;
  if (type !== 'Timestamp') return value.value;
  const instant = Date.parse(String(value.value));
  return Number.isNaN(instant) ? undefined : instant;
}

function addTest(demand: Demand, test: string, isTrue: boolean): boolean {
  if (test === 'Present') {
    if (isTrue) demand.isNeeded = true;
    else demand.isAbsent = true;
    return isSatisfiable(demand);
  }
  if (!isTrue) return true;
  demand.isNeeded = true;
  return addType(demand, test) && isSatisfiable(demand);
}

function addType(demand: Demand, type: string): boolean {
  // A timestamp is a string, too.
  const wanted = type === 'Timestamp' ? 'String' : type;
  if (demand.type !== undefined && demand.type !== wanted) return false;
  demand.type = wanted;
  return true;
}

function narrow(demand: Demand, relation: string, limit: number): void {
  const isStrict = !relation.endsWith('Equals');
  if (relation.startsWith('GreaterThan') && limit >= demand.above) {
    demand.isAbove = isStrict || (limit === demand.above && demand.isAbove);
    demand.above = limit;
  } else if (relation.startsWith('LessThan') && limit <= demand.below) {
    demand.isBelow = isStrict || (limit === demand.below && demand.isBelow);
    demand.below = limit;
  }
}

function isSatisfiable(demand: Demand): boolean {
  const { equals, above, below, isAbove, isBelow, isAbsent, isNeeded } = demand;
  if (isAbsent && isNeeded) return false;
  if (above > below || (above === below && (isAbove || isBelow))) return false;
  if (typeof equals !== 'number') return true;
  return (isAbove ? equals > above : equals >= above) && (isBelow ? equals < below : equals <= below);
}
