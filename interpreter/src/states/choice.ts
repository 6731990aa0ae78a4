import { isJsonObject } from '#core/json.ts';
import { comparisons } from '#core/language/comparisons.ts';
import type { ChoiceState } from '#core/model/stateMachine.ts';
import type { ObjectNode } from '#core/syntax/node.ts';
import { propertyOf, valueOf } from '#core/syntax/node.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { say } from '#core/text/message.ts';
import type { Compiler } from '../compiler.ts';
import { comparisonOf, type Test } from '../comparison.ts';
import { assignment, entering, inputPath, outputPath, tooManyVariables } from '../dataFlow.ts';
import type { Bindings, Expression } from '../expression.ts';
import { compileRawPath } from '../expressions.ts';
import { fail, leave } from '../flow.ts';
import { PathFailure } from '../jsonPath/pathFailure.ts';
import type { CompiledState, Stage } from '../program.ts';
import { goOn } from '../run.ts';
import { Failure, runtimeFailure } from '../statesError.ts';

/** Whether a rule applies. */
type Rule = (bound: Bindings) => boolean | Failure;

/** What a rule, or the state itself for its Default, does when it is taken. */
interface Way {
  readonly next: CompiledState | undefined;
  readonly assign: Expression | undefined;
  readonly output: Expression | undefined;
}

/**
 * A Choice state takes the first rule that applies, or else its Default.
 *
 * The Assign and Output of the rule count, those of the state only with the Default.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function choiceStages(compiler: Compiler, state: ChoiceState): Stage[] {
  const jsonata = state.queryLanguage === 'JSONata';
  const rules = state.rules.map(({ node, index }): Rule => {
    if (!jsonata) return ruleOf(compiler, node);
    const condition = compiler.jsonataOf(node, 'Condition', 'boolean', 'Condition');
    if (!condition) compiler.problem(node, say`Rule ${index + 1} has no Condition.`);
    return bound => {
      const value = condition?.(bound) ?? false;
      return value instanceof Failure ? value : value === true;
    };
  });
  const defaultTarget = compiler.stateAt(state.scope, compiler.string(state.node, 'Default'));
  let ways: readonly Way[] | undefined;
  const link = (): readonly Way[] => [
    ...state.rules.map(rule => way(rule.node, rule.next && compiler.stateAt(state.scope, rule.next))),
    way(state.node, defaultTarget),
  ];
  const way = (node: ObjectNode, target: string | undefined): Way => ({
    next: target === undefined ? undefined : compiler.states.get(target),
    assign: assignment(compiler, state.queryLanguage, node, 'Assign'),
    output: jsonata ? compiler.jsonata(node, 'Output') : undefined,
  });
  const chosen = (index: number | undefined): Way => {
    ways ??= link();
    const found = index === undefined || index < 0 ? ways.at(-1) : ways[index];
    if (!found) throw new Error('bug: no rule was chosen');
    return found;
  };
  compiler.later(() => {
    ways = link();
  });
  const needsAssign = [state.node, ...state.rules.map(rule => rule.node)].some(node =>
    propertyOf(node, 'Assign'),
  );
  const needsOutput =
    jsonata && [state.node, ...state.rules.map(rule => rule.node)].some(node => propertyOf(node, 'Output'));
  const stages: Stage[] = [
    entering('ChoiceStateEntered', state.name),
    ...inputPath(compiler, state),
    {
      name: 'choice',
      perform(run, strand) {
        const bound = run.bind(strand, strand.data);
        for (let i = 0; i < rules.length; i++) {
          const applies = rules[i]?.(bound);
          if (applies === true) {
            strand.chosen = i;
            return goOn;
          }
          if (applies instanceof Failure) return fail(run, strand, applies);
        }
        if (defaultTarget === undefined)
          return fail(
            run,
            strand,
            runtimeFailure(
              'Failed to transition out of the state. The state does not point to a next state.',
            ),
          );
        strand.chosen = -1;
        return goOn;
      },
    },
  ];
  if (needsAssign)
    stages.push({
      name: 'assign',
      perform(run, strand) {
        const value = chosen(strand.chosen).assign?.(run.bind(strand, strand.data));
        if (value instanceof Failure) return fail(run, strand, value);
        if (!isJsonObject(value)) return goOn;
        const tooMuch = tooManyVariables(run, strand, state.name, value);
        if (tooMuch) return fail(run, strand, tooMuch);
        strand.assigned = value;
        return goOn;
      },
    });
  if (needsOutput)
    stages.push({
      name: 'output',
      perform(run, strand) {
        const value = chosen(strand.chosen).output?.(run.bind(strand, strand.data));
        if (value instanceof Failure) return fail(run, strand, value);
        if (value !== undefined) strand.data = value;
        return goOn;
      },
    });
  stages.push(...(jsonata ? [] : outputPath(compiler, state)));
  stages.push({
    name: 'output',
    perform: (run, strand, compiled) => leave(run, strand, compiled, strand.data, chosen(strand.chosen).next),
  });
  return stages;
}

function ruleOf(compiler: Compiler, node: ObjectNode): Rule {
  for (const name of ['And', 'Or'] as const) {
    const list = valueOf(node, name);
    if (list?.kind !== 'array') continue;
    const rules = list.items.flatMap(item => (item.kind === 'object' ? [ruleOf(compiler, item)] : []));
    const decisive = name === 'Or';
    return bound => {
      for (const rule of rules) {
        const applies = rule(bound);
        if (applies === decisive || applies instanceof Failure) return applies;
      }
      return !decisive;
    };
  }
  const not = valueOf(node, 'Not');
  if (not?.kind === 'object') {
    const rule = ruleOf(compiler, not);
    return bound => {
      const applies = rule(bound);
      return applies instanceof Failure ? applies : !applies;
    };
  }
  return comparisonRule(compiler, node);
}

function comparisonRule(compiler: Compiler, node: ObjectNode): Rule {
  const variable = compiler.string(node, 'Variable');
  const comparison = comparisons.find(({ name }) => propertyOf(node, name));
  const comparand = comparison && valueOf(node, comparison.name);
  if (!variable || !comparison || !comparand) {
    compiler.problem(node, say`The rule needs a Variable and one comparison operator.`);
    return () => false;
  }
  const left = compileRawPath(variable.value, compiler.refuse(variable));
  if (comparison.test === 'Present') {
    const expected = comparand.kind === 'boolean' && comparand.value;
    return bound => !(left(bound) instanceof PathFailure) === expected;
  }
  const test: Test = comparisonOf(comparison);
  if (!comparison.path) {
    const right = toJson(comparand);
    return bound => {
      const value = left(bound);
      return value instanceof PathFailure ? missing(variable.value) : test(value, right);
    };
  }
  if (comparand.kind !== 'string') {
    compiler.problem(comparand, say`${comparison.name} must be a path.`);
    return () => false;
  }
  const right = compileRawPath(comparand.value, compiler.refuse(comparand));
  return bound => {
    const value = left(bound);
    if (value instanceof PathFailure) return missing(variable.value);
    const other = right(bound);
    return other instanceof PathFailure ? missing(comparand.value) : test(value, other);
  };
}

function missing(path: string): Failure {
  return runtimeFailure(
    `Invalid path '${path}': The choice state's condition path references an invalid value.`,
  );
}
