import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, type MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { inWords } from '#core/text/message.ts';
import { compile } from '#interpreter/compile.ts';
import { runToEnd } from '#interpreter/execute.ts';
import type { SyncHost } from '#interpreter/host.ts';
import { machineInJsonata, stateInJsonata } from '#service/jsonata/convertState.ts';
import { Inconvertible } from '#service/jsonata/expressions.ts';

function machineOf(definition: Json): MachineAnalysis {
  const text = JSON.stringify(definition);
  const [machine] = analyze({ uri: 'test:///a', version: 1, format: 'json', text }).machines;
  if (!machine) throw new Error('no machine');
  return machine;
}

function outcomeOf(definition: Json, input: Json, host: SyncHost): unknown {
  const compiled = compile(machineOf(definition).machine);
  if (compiled.kind === 'refused') return { refused: compiled.problems.map(({ message }) => message) };
  return runToEnd(compiled.program, { input }, host, { maxStages: 500 }).outcome;
}

/** Answers with what it was asked, so that differences of the task's input show in the output. */
const echo: SyncHost = {
  call: ({ parameters }) => ({ kind: 'succeeded', output: { asked: parameters, list: [1], text: 'x' } }),
};
const failing: SyncHost = { call: () => ({ kind: 'failed', error: 'Broken', cause: 'because' }) };

function stateConverted(state: JsonObject): JsonObject | Inconvertible {
  const [found] = machineOf({ StartAt: 'A', States: { A: state } }).machine.states;
  if (!found) throw new Error('no state');
  return stateInJsonata(found);
}

const fn = 'arn:aws:lambda:us-east-1:123456789012:function:f';

describe('what people write', () => {
  test('a Task with Parameters, ResultSelector and ResultPath', () => {
    expect(
      stateConverted({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'f', 'Payload.$': '$.order' },
        ResultSelector: { 'body.$': '$.Payload.body' },
        ResultPath: '$.reply',
        TimeoutSecondsPath: '$.limit',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'B' }],
        Next: 'B',
      }),
    ).toEqual({
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'f', Payload: '{% $states.input.order %}' },
      TimeoutSeconds: '{% $number($states.input.limit) %}',
      Output: "{% $merge([$states.input, {'reply': {'body': $states.result.Payload.body}}]) %}",
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Next: 'B',
          Output: "{% $merge([$states.input, {'error': $states.errorOutput}]) %}",
        },
      ],
      Next: 'B',
    });
  });

  test('a Choice', () => {
    expect(
      stateConverted({
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.n', NumericGreaterThan: 3 },
              { Not: { Variable: '$.name', StringMatches: 'a*/b' } },
              { Variable: '$.x', IsPresent: true },
            ],
            Next: 'B',
          },
        ],
        Default: 'C',
      }),
    ).toMatchObject({
      Choices: [
        {
          Condition:
            "{% (($type($states.input.n) = 'number' and $states.input.n > 3) and $not(($type($states.input.name) = 'string' and $contains($states.input.name, /^a[\\s\\S]*\\/b$/))) and ($type($states.input) = 'object' and $exists($states.input.x))) %}",
          Next: 'B',
        },
      ],
      Default: 'C',
    });
  });

  test.each([
    ['$.a[*].b', { Type: 'Pass', InputPath: '$.a[*].b', End: true }],
    ['States.Format', { Type: 'Pass', Parameters: { 'a.$': "States.Format('{}', $.n)" }, End: true }],
    [
      'distributed',
      {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
          StartAt: 'X',
          States: { X: { Type: 'Succeed' } },
        },
        End: true,
      },
    ],
    ['substitutions', { Type: 'Pass', Parameters: { a: '${Name}' }, End: true }],
  ] as const)('%s is refused with its reason', (what, state) => {
    const refused = stateConverted(state);
    expect(refused instanceof Inconvertible && inWords(refused.reason)).toContain(what);
  });
});

const documents = [
  '$.l[0].b',
  '$.l[1]',

  '$',
  '$.a',
  '$.a.b',
  "$['c d']",
  '$.l',
  '$.l[0]',
  '$.missing',
  '$$.Execution.Input.a',
  null,
];
const paths = fc.constantFrom(...documents);
const definite = fc.constantFrom(
  '$',
  '$.a',
  '$.a.b',
  "$['c d']",
  '$.l',
  '$.l[0]',
  '$.l[0].b',
  '$$.Execution.Input.a',
  '$$.State.Name',
);
const values = fc.oneof(
  definite,
  fc.constantFrom(
    'States.ArrayLength($.l)',
    "States.StringToJson('[1]')",
    "States.StringToJson('  ')",
    'States.JsonMerge($.a, $.o, false)',
  ),
);
const templates = fc.oneof(
  fc.record({ 'x.$': values, y: fc.constantFrom(1, 'text', null, [1, 'a'], { z: [] }) }),
  fc.record({ deep: fc.record({ 'x.$': values }), 'w.$': values }),
  fc.record({ list: fc.tuple(fc.record({ 'x.$': values })) }),
);
const places = fc.constantFrom('$', '$.r', '$.a.r', '$.new.deep', null);
const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });

const flow = { InputPath: optional(paths), ResultPath: optional(places), OutputPath: optional(paths) };
const passes = fc.record({
  Type: fc.constant('Pass'),
  ...flow,
  Parameters: optional(templates),
  Result: optional(fc.constantFrom(1, 'x', { a: 1 }, null)),
});
const tasks = fc.record({
  Type: fc.constant('Task'),
  Resource: fc.constant(fn),
  ...flow,
  Parameters: optional(templates),
  ResultSelector: optional(
    fc.record({ 'q.$': fc.constantFrom('$.asked', '$.list', '$.text', '$'), k: fc.constant(1) }),
  ),
  Assign: optional(fc.record({ 'v.$': fc.constantFrom('$.text', '$.list', '$$.State.Name') })),
  Catch: optional(
    fc.tuple(
      fc.record({ ErrorEquals: fc.constant(['States.ALL']), ResultPath: places, Next: fc.constant('Z') }),
    ),
  ),
});
const maps = fc.record({
  Type: fc.constant('Map'),
  ...flow,
  ItemsPath: fc.constantFrom('$.l', '$.a.list'),
  ItemSelector: optional(
    fc.record({ 'i.$': fc.constantFrom('$$.Map.Item.Value', '$$.Map.Item.Index', '$.a'), k: fc.constant(1) }),
  ),
  ItemProcessor: fc.constant({
    StartAt: 'I',
    States: { I: { Type: 'Pass', Parameters: { 'it.$': '$' }, End: true } },
  }),
});
const parallels = fc.record({
  Type: fc.constant('Parallel'),
  ...flow,
  Parameters: optional(templates),
  Branches: fc.constant([
    { StartAt: 'X', States: { X: { Type: 'Pass', End: true } } },
    { StartAt: 'Y', States: { Y: { Type: 'Pass', OutputPath: '$.x', End: true } } },
  ]),
});
const comparisons = fc.constantFrom<JsonObject>(
  { StringEquals: 'x' },
  { StringLessThan: 'm' },
  { NumericGreaterThan: 1 },
  { NumericEqualsPath: '$.n' },
  { BooleanEquals: true },
  { IsNull: true },
  { IsPresent: false },
  { IsString: true },
  { IsNumeric: false },
  { StringMatches: 'x*' },
  { StringMatches: 'a\\*b' },
);
const rules = fc
  .tuple(fc.constantFrom('$.a.b', '$.n', '$.s', '$.maybe', '$.t'), comparisons)
  .map(([Variable, comparison]) => ({ Variable, ...comparison }));
const choices = fc.record({
  Type: fc.constant('Choice'),
  InputPath: fc.constantFrom(undefined, '$'),
  OutputPath: optional(fc.constantFrom('$', '$.a')),
  Choices: fc.tuple(
    fc
      .oneof(
        rules,
        fc.record({ And: fc.tuple(rules, rules) }),
        fc.record({ Or: fc.tuple(rules, rules) }),
        fc.record({ Not: rules }),
      )
      .map(rule => ({ ...rule, Next: 'Y' })),
  ),
  Default: fc.constant('Z'),
});
const waits = fc.record({
  Type: fc.constant('Wait'),
  SecondsPath: fc.constantFrom('$.n', '$.digits'),
  InputPath: optional(fc.constant('$')),
  OutputPath: optional(paths),
});
const states = fc.oneof(passes, tasks, maps, parallels, choices, waits);

const leaves = fc.constantFrom<Json>(
  0,
  1,
  2,
  'x',
  'xyz',
  'a*b',
  true,
  false,
  null,
  [],
  [1],
  [[2]],
  [{ b: 1 }],
  {},
  { b: [] },
);
const inputs = fc.record({
  a: fc.oneof(fc.record({ b: leaves, list: fc.constantFrom<Json>([], [1], [[1], 2]) }), leaves),
  'c d': leaves,
  l: fc.oneof(fc.array(leaves, { maxLength: 3 }), leaves),
  n: leaves,
  s: leaves,
  t: leaves,
  o: fc.constantFrom<Json>({}, { p: 1 }, { b: 2 }),
  digits: fc.constantFrom('7', '12', 3),
});

/** Without the members that are undefined, as a definition in a file. */
function plain(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

function around(state: JsonObject, language: object): JsonObject {
  const way = state['Type'] === 'Choice' ? {} : { Next: 'Y' };
  return {
    ...language,
    StartAt: 'A',
    States: {
      A: { ...state, ...way },
      Y: { Type: 'Succeed' },
      Z: {
        Type: 'Pass',
        ...('QueryLanguage' in language
          ? { Output: { z: '{% $states.input %}' } }
          : { Parameters: { 'z.$': '$' } }),
        End: true,
      },
    },
  };
}

function succeeded(outcome: unknown): outcome is { readonly status: 'SUCCEEDED'; readonly output: Json } {
  return (
    typeof outcome === 'object' && outcome !== null && 'status' in outcome && outcome.status === 'SUCCEEDED'
  );
}

describe('the converted state runs the same', () => {
  let compared = 0;
  test.each([
    ['when its task succeeds', echo],
    ['when its task fails', failing],
  ] as const)('%s', (_name, host) => {
    fc.assert(
      fc.property(states, inputs, (generated, given) => {
        const { Catch, ...sound } = plain(generated);
        // A Catcher of the data flow's own errors would hide that the state has failed.
        const state = host === echo || Catch === undefined ? sound : { ...sound, Catch };
        const input = plain(given);
        const before = around(state, {});
        const expected = outcomeOf(before, input, host);
        // Where a path leads nowhere both fail, but in other words; a Catcher may have kept those.
        fc.pre(succeeded(expected) && !JSON.stringify(expected.output).includes('"Error":"States.'));
        const own = machineOf(before).machine.states.find(({ name }) => name === 'A');
        const inState = own && stateInJsonata(own);
        if (inState && !(inState instanceof Inconvertible)) {
          compared++;
          const { A: _, ...others } = before['States'] as JsonObject;
          const after = { ...before, States: { A: inState, ...others } };
          expect({ after, outcome: outcomeOf(after, input, host) }).toEqual({ after, outcome: expected });
        }
        const whole = machineInJsonata(machineOf(before));
        if (!(whole instanceof Inconvertible)) {
          expect({ whole, outcome: outcomeOf(whole, input, host) }).toEqual({ whole, outcome: expected });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('and this was seen often enough', () => {
    expect(compared).toBeGreaterThan(200);
  });
});
