import fc from 'fast-check';
import jsonata from 'jsonata';
import { afterEach, expect, test, vi } from 'vitest';
import type { Json } from '#core/json.ts';
import { compileJsonata, evaluateJsonata } from '#interpreter/jsonata/evaluate.ts';
import { NOW } from './check.ts';
import { documents, expressions, functionCalls } from './generated.ts';

/*
 * The jsonata package (2.2) is the oracle. Where it and the language of Step Functions part, or where
 * it depends on which of two failing parts it happens to evaluate first, a case proves nothing.
 */
test('generated expressions have the values and errors that the jsonata package gives', async () => {
  await fc.assert(
    fc.asyncProperty(expressions, documents, async (text, document) => {
      const copy = structuredClone(document);
      const wanted = await wantedFrom(text, copy);
      fc.pre(wanted !== undefined && JSON.stringify(copy) === JSON.stringify(document));
      const before = JSON.stringify(document);
      const got = ours(text, document as Json);
      expect(JSON.stringify(document)).toBe(before);
      expect(got).toEqual(wanted);
    }),
    { numRuns: 700, seed: 20_241_122 },
  );
}, 60_000);

test('calls of functions with pictures, patterns and positions give what the jsonata package gives', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  await fc.assert(
    fc.asyncProperty(functionCalls, async text => {
      const wanted = await wantedFrom(text, undefined);
      fc.pre(wanted !== undefined);
      expect(ours(text, null)).toEqual(wanted);
    }),
    { numRuns: 700, seed: 20_241_122 },
  );
}, 60_000);

afterEach(() => {
  vi.useRealTimers();
});

type Outcome = { readonly value: unknown } | { readonly nothing: true } | { readonly failed: true };

/** Undefined where the package itself goes wrong: it crashes, or makes a number that JSON has not. */
async function wantedFrom(text: string, document: unknown): Promise<Outcome | undefined> {
  try {
    const value: unknown = await jsonata(text).evaluate(document);
    if (value === undefined) return { nothing: true };
    return hasInfinity(value) ? undefined : { value: JSON.parse(JSON.stringify(value)) };
  } catch (error) {
    return isJsonataError(error) ? { failed: true } : undefined;
  }
}

function isJsonataError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error;
}

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

function ours(text: string, document: Json): Outcome {
  const compiled = compileJsonata(text);
  if (compiled.kind === 'invalid') return { failed: true };
  const result = evaluateJsonata(compiled, {
    variable: () => undefined,
    environment: { now: () => NOW, random: () => 0.5, uuid: () => '' },
    input: document,
  });
  switch (result.kind) {
    case 'value':
      return { value: result.value };
    case 'nothing':
    case 'function':
      return { nothing: true };
    case 'failed':
      return { failed: true };
    case 'exhausted':
      throw new Error(`${text} used up its ${result.resource}`);
  }
}

/** Single expressions where one thing fails: the code and every word of the message must be the package's. */
test.each([
  `1 + 'a'`,
  `'a' + 1`,
  `-'a'`,
  `1 < 'a'`,
  `[] < 1`,
  `1 & {"a": 1/0}`,
  `sum([1])`,
  `nothing(1)`,
  `$nothing(1)`,
  `$sum('a')`,
  `$sum(['a', 1])`,
  `$sum(1, 2)`,
  `$uppercase(1)`,
  `[null].$uppercase()`,
  `$length(null)`,
  `$pad('a')`,
  `{1: 2}`,
  `{"a": 1, "a" & "": 2}`,
  `[{"a": "x", "b": "x"}]{a: 1, b: 2}`,
  `['a', 1]^($)`,
  `[{"a": []}, {"a": 1}]^(a)`,
  `1 ~> 2`,
  `$single([1, 2])`,
  `$single([])`,
  `$reduce([1], function($x) { $x })`,
  `$sqrt(-1)`,
  `$power(10, 1000)`,
  `$number('x')`,
  `$error('no way')`,
  `$error()`,
  `$assert(false, 'not so')`,
  `$match('a', /a/, -1)`,
  `$replace('a', '', 'b')`,
  `$replace('a', 'a', 'b', -1)`,
  `$replace('a', /a/, function() { 1 })`,
  `$replace('ab', /x*/, '-')`,
  `$split('a', 'b', -1)`,
  `$contains('a', function() { {"no": "match"} })`,
  `$formatBase(10, 99)`,
  `$formatNumber(1, '#;#;#')`,
  `$formatNumber(1, '0.0.0')`,
  `$formatInteger(1, 'x')`,
  `$toMillis('not a time')`,
  `$fromMillis(0, '[q]')`,
  `$fromMillis(0, '[Y')`,
  `$decodeUrl('%')`,
  `$sort([1, 'a'])`,
  `[1..'a']`,
  `['a'..1]`,
  `{} ~> |$|1|`,
  `{} ~> |$|{}, 1|`,
  `($clone := 1; {} ~> |$|{}|)`,
  `function($x)<n:n>{ $x }('a')`,
  `function($x)<a<n>:n>{ $x }(['a'])`,
  `1(?)`,
  `sum(?)`,
  `true and 1 + 'a'`,
  `($f := $uppercase; $f(1))`,
  `($f := function() { $uppercase(1) }; $f())`,
  `([1]; $v^(a)(1))`,
  `($v := 1; $v^($)[5](1))`,
  `($v := []; $v^($)(1))`,
  `($v := []; $v^($)(?))`,
])('%s fails in the same words', async text => {
  let wanted: unknown;
  try {
    await jsonata(text).evaluate(undefined);
  } catch (error) {
    wanted = error;
  }
  const compiled = compileJsonata(text);
  if (compiled.kind === 'invalid') throw new Error(`${text} cannot be read`);
  const result = evaluateJsonata(compiled, {
    variable: () => undefined,
    environment: { now: () => 0, random: () => 0.5, uuid: () => '' },
  });
  expect(result.kind).toBe('failed');
  if (result.kind === 'failed') expect(wanted).toMatchObject({ code: result.code, message: result.message });
});
