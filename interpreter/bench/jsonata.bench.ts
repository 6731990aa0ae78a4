import jsonata from 'jsonata';
import type { Json } from '#core/json.ts';
import type { Bindings } from '#interpreter/expression.ts';
import { compileJsonata, evaluateJsonata, type CompiledJsonata } from '#interpreter/jsonata/evaluate.ts';
import { jsonataExpression } from '#interpreter/jsonataValue.ts';

/*
 * Evaluations per second of CPU time, by the evaluator and as states have it, where simple expressions go a
 * shorter way; beside the jsonata package in the same run:
 *
 *   npx node interpreter/bench/jsonata.bench.ts
 */

const states = {
  input: {
    n: 41,
    max: 10_000,
    customer: { name: 'Ada', address: { city: 'London' } },
    items: Array.from({ length: 20 }, (_, i) => ({
      id: `i${i}`,
      price: i * 3,
      quantity: i % 4,
      tags: ['a', 'b'],
    })),
  },
  context: { Execution: { Id: 'arn' } },
};

const expressions: { readonly [name: string]: string } = {
  'a path': '$states.input.customer.address.city',
  'an addition': '$states.input.n + 1',
  'a comparison': '$states.input.n < $states.input.max',
  'text put together': "'Hello ' & $states.input.customer.name & '!'",
  'an object': '{"name": $states.input.customer.name, "n": $states.input.n * 2}',
  'a condition': "$states.input.n > 40 and $exists($states.input.customer) ? 'big' : 'small'",
  'a filter over 20 items': '$states.input.items[price > 30].id',
  'a sum over 20 items': '$sum($states.input.items.(price * quantity))',
  '$map over 20 items': '$map($states.input.items, function($i) { $i.price * 2 })',
  'grouping of 20 items': '$states.input.items{$string(quantity): $count(id)}',
  'sorting of 20 items': '$states.input.items^(>price).id',
  'a regular expression': "$replace('2024-11-22', /(\\d+)-(\\d+)-(\\d+)/, '$3.$2.$1')",
};

const situation = {
  variable: (name: string): Json | undefined => (name === 'states' ? states : undefined),
  environment: { now: () => 0, random: () => 0.5, uuid: () => '' },
};

const random = { next: () => 0.5 };
const bound: Bindings = {
  input: null,
  stateInput: states.input,
  variables: {},
  result: undefined,
  errorOutput: undefined,
  random,
  context: () => states.context,
  now: () => 0,
};

const lines: { readonly [column: string]: string | number }[] = [];
for (const [name, text] of Object.entries(expressions)) {
  const compiled = ourEvaluation(text);
  const expression = jsonataExpression(compiled, text, 'Output');
  const inState = perSecond(() => expression(bound), 200_000);
  const ours = perSecond(() => evaluateJsonata(compiled, situation), 200_000);
  const theirs = await perSecondAsync(text, 2_000);
  lines.push({
    expression: name,
    'in a state, µs': Number((1e6 / inState).toFixed(3)),
    'evaluator, µs': Number((1e6 / ours).toFixed(3)),
    'jsonata, µs': Number((1e6 / theirs).toFixed(3)),
    'times, in a state': Math.round(inState / theirs),
    'times, evaluator': Math.round(ours / theirs),
  });
}
console.table(lines);

function ourEvaluation(text: string): CompiledJsonata {
  const compiled = compileJsonata(text);
  if (compiled.kind === 'invalid') throw new Error(`${text} cannot be read`);
  const result = evaluateJsonata(compiled, situation);
  if (result.kind !== 'value') throw new Error(`${text} gave ${result.kind}`);
  return compiled;
}

function perSecond(evaluate: () => unknown, times: number): number {
  const measure = (count: number): number => {
    const start = process.cpuUsage();
    for (let i = 0; i < count; i++) evaluate();
    const { user, system } = process.cpuUsage(start);
    return (count / (user + system)) * 1e6;
  };
  measure(times / 4);
  return measure(times);
}

async function perSecondAsync(text: string, times: number): Promise<number> {
  const expression = jsonata(text);
  const measure = async (count: number): Promise<number> => {
    const start = process.cpuUsage();
    for (let i = 0; i < count; i++) await expression.evaluate(undefined, { states });
    const { user, system } = process.cpuUsage(start);
    return (count / (user + system)) * 1e6;
  };
  await measure(times / 4);
  return measure(times);
}
