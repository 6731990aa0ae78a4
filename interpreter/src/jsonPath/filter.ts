import type {
  FilterCondition,
  FilterOperand,
  FilterOperator,
  JsonPath,
} from '#core/expressions/jsonPath/ast.ts';
import { parseJaywayPath } from '#core/expressions/jsonPath/parse.ts';
import { parsePermissiveJson } from '#core/expressions/jsonPath/permissiveJson.ts';
import { unescapeText } from '#core/expressions/jsonPath/cursor.ts';
import type { Json } from '#core/json.ts';
import { unreachable } from '#core/unreachable.ts';
import { compileRegex } from '#interpreter/regex/boundedRegex.ts';
import type { BoundedRegex } from '#interpreter/regex/boundedRegex.ts';
import { PathFailure, exhausted, leadsNowhere } from './pathFailure.ts';
import type { Budget } from './pathFailure.ts';

/** Whether an item passes a filter; a failure ends the whole evaluation. */
export type Accepts = (scope: FilterScope, item: Json) => boolean | PathFailure;

/** What a filter sees besides the item. */
export interface FilterScope {
  readonly root: Json;
  readonly budget: Budget;
  /** Values of `$` paths in filters, which are the same for all items. */
  readonly cache: Map<JsonPath, NestedResult>;
}

/** The value of a path in a filter; `missing` for a definite path that leads nowhere. */
export type NestedResult = Json | PathFailure | typeof missing;

export const missing: unique symbol = Symbol('missing');

/** Compiles a path inside the filter. */
export type CompileNested = (
  path: JsonPath,
  requireProperties: boolean,
) => (scope: FilterScope & { readonly document: Json }) => NestedResult;

/**
 * Compiles the condition of a filter with Jayway's rules.
 *
 * Where an operand is of a type the operator cannot take (`in` with a number on its right, say), Jayway
 * gives up on the whole condition, and the item does not pass, whatever else the condition says.
 */
export function compileFilter(condition: FilterCondition, compileNested: CompileNested): Accepts {
  const test = compileCondition(condition, compileNested);
  return (scope, item) => {
    if (--scope.budget.steps < 0) return exhausted();
    const result = test(scope, item);
    return result === refused ? false : result;
  };
}

/** The condition cannot be evaluated for this item. */
const refused: unique symbol = Symbol('refused');

type Verdict = boolean | typeof refused | PathFailure;

type Test = (scope: FilterScope, item: Json) => Verdict;

function compileCondition(condition: FilterCondition, compileNested: CompileNested): Test {
  switch (condition.kind) {
    case 'or':
    case 'and': {
      const tests = condition.operands.map(operand => compileCondition(operand, compileNested));
      const decisive = condition.kind === 'or';
      return (scope, item) => {
        for (const test of tests) {
          const verdict = test(scope, item);
          if (verdict === decisive || typeof verdict !== 'boolean') return verdict;
        }
        return !decisive;
      };
    }
    case 'not': {
      const test = compileCondition(condition.operand, compileNested);
      return (scope, item) => {
        const verdict = test(scope, item);
        return typeof verdict === 'boolean' ? !verdict : verdict;
      };
    }
    case 'exists':
      return testExistence(condition.path, condition.negated, compileNested);
    case 'comparison':
      return compileComparison(condition.operator, condition.left, condition.right, compileNested);
    default:
      return unreachable(condition);
  }
}

/** Jayway starts from the item here even if the path starts with `$`. */
function testExistence(path: JsonPath, isNegated: boolean, compileNested: CompileNested): Test {
  const evaluate = compileNested(path, true);
  return (scope, item) => {
    const value = evaluate({ root: scope.root, budget: scope.budget, cache: scope.cache, document: item });
    if (value instanceof PathFailure && !leadsNowhere(value)) {
      return value.kind === 'invalid' ? refused : value;
    }
    const exists = typeof value !== 'symbol' && !(value instanceof PathFailure);
    return exists !== isNegated;
  };
}

// --- operands ----------------------------------------------------------------------------------

/** A pattern, or a path that leads nowhere: neither is equal to any value. */
class Pattern {
  readonly regex: BoundedRegex | undefined;
  constructor(regex: BoundedRegex | undefined) {
    this.regex = regex;
  }
}

const nothing: unique symbol = Symbol('nothing');

type Operand = Json | Pattern | typeof nothing;

type ReadOperand = (scope: FilterScope, item: Json) => Operand | typeof refused | PathFailure;

function compileOperand(operand: FilterOperand, compileNested: CompileNested): ReadOperand {
  switch (operand.kind) {
    case 'path':
      return readPath(operand.path, compileNested);
    case 'string':
    case 'number':
    case 'boolean':
    case 'json': {
      const { value } = operand;
      return () => value;
    }
    case 'null':
      return () => null;
    case 'pattern': {
      const pattern = new Pattern(compileRegex(operand.source, operand.flags, 'java'));
      return () => pattern;
    }
    case 'bareword': {
      const failure = new PathFailure('invalid', `Failed to parse filter: ${operand.text} is not in quotes`);
      return () => failure;
    }
    default:
      return unreachable(operand);
  }
}

function readPath(path: JsonPath, compileNested: CompileNested): ReadOperand {
  const evaluate = compileNested(path, false);
  const isOfRoot = path.origin.kind !== 'item';
  return (scope, item) => {
    let value = isOfRoot ? scope.cache.get(path) : undefined;
    if (value === undefined) {
      const { root, budget, cache } = scope;
      value = evaluate({ root, budget, cache, document: isOfRoot ? root : item });
      if (isOfRoot) scope.cache.set(path, value);
    }
    if (typeof value === 'symbol') return nothing;
    if (!(value instanceof PathFailure)) return value;
    if (leadsNowhere(value)) return nothing;
    return value.kind === 'invalid' ? refused : value;
  };
}

function compileComparison(
  operator: FilterOperator,
  left: FilterOperand,
  right: FilterOperand,
  compileNested: CompileNested,
): Test {
  const readLeft = compileOperand(left, compileNested);
  const readRight = compileOperand(right, compileNested);
  // Jayway keeps a JSON literal as text until it stands on the right, so on the left it equals nothing.
  const isLeftText = left.kind === 'json';
  const compare = comparators[operator];
  return (scope, item) => {
    const leftValue = readLeft(scope, item);
    if (leftValue === refused || leftValue instanceof PathFailure) return leftValue;
    const rightValue = readRight(scope, item);
    if (rightValue === refused || rightValue instanceof PathFailure) return rightValue;
    if (isLeftText && isEquality(operator)) return operator.startsWith('!');
    return compare(leftValue, rightValue, scope.budget);
  };
}

function isEquality(operator: FilterOperator): boolean {
  return operator === '==' || operator === '!=' || operator === '===' || operator === '!==';
}

// --- operators ---------------------------------------------------------------------------------

type Comparator = (left: Operand, right: Operand, budget: Budget) => Verdict;

const comparators: Readonly<Record<FilterOperator, Comparator>> = {
  '==': (left, right, budget) => isEqual(left, right, budget),
  '!=': (left, right, budget) => !isEqual(left, right, budget),
  '===': (left, right, budget) => isSameType(left, right) && isEqual(left, right, budget),
  '!==': (left, right, budget) => !(isSameType(left, right) && isEqual(left, right, budget)),
  '<': (left, right) => isOrdered(left, right, (a, b) => a < b),
  '<=': (left, right) => isOrdered(left, right, (a, b) => a <= b),
  '>': (left, right) => isOrdered(left, right, (a, b) => a > b),
  '>=': (left, right) => isOrdered(left, right, (a, b) => a >= b),
  '=~': matches,
  in: isIn,
  nin: (left, right, budget) => negate(isIn(left, right, budget)),
  contains,
  subsetof: (left, right, budget) => compareLists(left, right, budget, 'all', true),
  anyof: (left, right, budget) => compareLists(left, right, budget, 'some', true),
  noneof: (left, right, budget) => compareLists(left, right, budget, 'some', false),
  size: hasSize,
  empty: isEmpty,
  exists: (left, right) =>
    typeof left === 'boolean' && typeof right === 'boolean' ? left === right : refused,
  // These take operands that can be made in Java only.
  all: () => refused,
  type: () => refused,
  matches: () => refused,
};

function negate(verdict: Verdict): Verdict {
  return typeof verdict === 'boolean' ? !verdict : verdict;
}

/** Only two numbers or two texts have an order. */
function isOrdered(
  left: Operand,
  right: Operand,
  order: (a: string | number, b: string | number) => boolean,
): boolean {
  if (typeof left === 'number' && typeof right === 'number') return order(left, right);
  return typeof left === 'string' && typeof right === 'string' && order(left, right);
}

function isSameType(left: Operand, right: Operand): boolean {
  return typeof left === typeof right && (left === null) === (right === null);
}

/** A number and a text are equal if the text spells the number. */
function isEqual(left: Operand, right: Operand, budget: Budget): boolean {
  if (left === right) return typeof left !== 'symbol';
  if (typeof left === 'string' && typeof right === 'number') return left === JSON.stringify(right);
  if (typeof left === 'number' && typeof right === 'string') {
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(right) && Number(right) === left;
  }
  if (left instanceof Pattern || right instanceof Pattern) return false;
  return isContainer(left) && isContainer(right) && isDeepEqual(left, right, budget);
}

function isContainer(value: Operand): value is Exclude<Json, string | number | boolean | null> {
  return typeof value === 'object' && value !== null && !(value instanceof Pattern);
}

/** Values are not compared deeper than this, so that none can exhaust the stack. */
const maximumDepth = 1000;

function isDeepEqual(left: Json, right: Json, budget: Budget, depth = 0): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right) || depth > maximumDepth) return false;
  const names = Object.keys(left);
  budget.steps -= names.length;
  if (budget.steps < 0 || names.length !== Object.keys(right).length) return false;
  const [leftMembers, rightMembers] = [left as Members, right as Members];
  return names.every(name => {
    if (!Object.hasOwn(right, name)) return false;
    return isDeepEqual(leftMembers[name] ?? null, rightMembers[name] ?? null, budget, depth + 1);
  });
}

type Members = { readonly [name: string]: Json };

/** The items as Jayway sees them in a list; items that are arrays or objects it cannot handle. */
function listOf(operand: Operand): readonly Operand[] | typeof refused | PathFailure | undefined {
  if (!isContainer(operand)) return refused;
  if (!Array.isArray(operand)) return undefined;
  const items: readonly Json[] = operand;
  if (items.some(item => typeof item === 'object' && item !== null)) {
    return new PathFailure('incalculable', 'Could not determine value type');
  }
  return items.map(item => (typeof item === 'string' ? listedText(item) : item));
}

/** In lists Jayway takes quotes and escapes off texts, and takes some for paths or JSON, equal to nothing. */
function listedText(text: string): string | typeof nothing {
  const first = text.charAt(0);
  const last = text.charAt(text.length - 1);
  if ((first === '$' || first === '@') && parseJaywayPath(text).errors.length === 0) return nothing;
  const isBracketed = (first === '[' && last === ']') || (first === '{' && last === '}');
  if (isBracketed && parsePermissiveJson(text) !== undefined) return nothing;
  const isQuoted = text.length > 1 && first === last && (first === "'" || first === '"');
  return unescapeText(isQuoted ? text.slice(1, -1) : text);
}

function includes(list: readonly Operand[], wanted: Operand, budget: Budget): boolean {
  budget.steps -= list.length;
  return budget.steps >= 0 && list.some(item => isEqual(wanted, item, budget));
}

function isIn(left: Operand, right: Operand, budget: Budget): Verdict {
  const list = listOf(right);
  if (list === undefined) return false;
  return Array.isArray(list) ? includes(list, left, budget) : (list as typeof refused | PathFailure);
}

function contains(left: Operand, right: Operand, budget: Budget): Verdict {
  if (typeof left === 'string' && typeof right === 'string') {
    budget.steps -= left.length >> 6;
    return left.includes(right);
  }
  return isContainer(left) ? isIn(right, left, budget) : false;
}

function compareLists(
  left: Operand,
  right: Operand,
  budget: Budget,
  quantity: 'all' | 'some',
  whenSo: boolean,
): Verdict {
  const rightList = listOf(right);
  if (rightList === undefined) return false;
  if (!Array.isArray(rightList)) return rightList as typeof refused | PathFailure;
  const leftList = listOf(left);
  if (leftList === undefined) return false;
  if (!Array.isArray(leftList)) return leftList as typeof refused | PathFailure;
  const [wanted, available]: [readonly Operand[], readonly Operand[]] = [leftList, rightList];
  const isFound = (item: Operand): boolean => includes(available, item, budget);
  return (quantity === 'all' ? wanted.every(isFound) : wanted.some(isFound)) === whenSo;
}

function hasSize(left: Operand, right: Operand): Verdict {
  if (typeof right !== 'number') return false;
  const size = Math.trunc(right);
  if (typeof left === 'string') return left.length === size;
  if (!isContainer(left)) return false;
  return (Array.isArray(left) ? left.length : -1) === size;
}

function isEmpty(left: Operand, right: Operand): Verdict {
  if (typeof left !== 'string' && !isContainer(left)) return false;
  if (typeof right !== 'boolean') return refused;
  const size = typeof left === 'string' ? left.length : Object.keys(left).length;
  return (size === 0) === right;
}

/** The whole text must match; of an array, one item. What is neither text, number nor boolean counts as ''. */
function matches(left: Operand, right: Operand, budget: Budget): Verdict {
  if (left instanceof Pattern === right instanceof Pattern) return false;
  const pattern = left instanceof Pattern ? left : (right as Pattern);
  const value = left instanceof Pattern ? right : left;
  if (pattern.regex === undefined) return refused;
  if (!Array.isArray(value)) return isMatch(pattern.regex, textOf(value), budget);
  const list = listOf(value);
  if (list === undefined || !Array.isArray(list)) return (list ?? false) as Verdict;
  for (const item of list as readonly Operand[]) {
    const verdict = isMatch(pattern.regex, textOf(item), budget);
    if (verdict !== false) return verdict;
  }
  return false;
}

function isMatch(regex: BoundedRegex, text: string, budget: Budget): Verdict {
  const verdict = regex.matchesAll(text, budget);
  return typeof verdict === 'string' ? exhausted() : verdict;
}

function textOf(value: Operand): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : '';
}
