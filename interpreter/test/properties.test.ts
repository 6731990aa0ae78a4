import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { advance } from '#interpreter/advance.ts';
import { begin, type Start } from '#interpreter/begin.ts';
import { compile } from '#interpreter/compile.ts';
import { continueToEnd, runToEnd } from '#interpreter/execute.ts';
import { historyEvent } from '#interpreter/history/historyEvent.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import { RecordingHost, replayHost } from '#interpreter/recording.ts';
import type { Snapshot } from '#interpreter/snapshot.ts';
import { fn, machineOf } from './running.ts';

/** Small machines of all state types, sound as well as unsound, in both query languages. */
const machines: fc.Arbitrary<Json> = fc.letrec<{ machine: Json; state: Json }>(tie => ({
  machine: fc
    .tuple(tie('state'), tie('state'), tie('state'), fc.constantFrom('JSONPath', 'JSONata'))
    .map(([a, b, c, language]) => ({
      QueryLanguage: language,
      StartAt: 'A',
      States: { A: a, B: b, C: c },
    })) as fc.Arbitrary<Json>,
  state: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    withNext(fc.record({ Type: fc.constant('Pass') }), true),
    withNext(
      fc.record({
        Type: fc.constant('Pass'),
        Parameters: fc.constantFrom(
          { 'x.$': '$.a' },
          { 'n.$': 'States.MathRandom(1, 100)', 'id.$': 'States.UUID()' },
          { 'v.$': '$v' },
        ),
        ResultPath: fc.constantFrom('$.r', null, '$'),
        Assign: fc.constant({ 'v.$': '$' }),
      }),
      true,
    ),
    withNext(
      fc.record({
        Type: fc.constant('Pass'),
        QueryLanguage: fc.constant('JSONata'),
        Output: fc.constantFrom('{% $random() %}', '{% $states.input %}', '{% $nope %}', {
          a: '{% 1 + 1 %}',
        }),
      }),
      true,
    ),
    withNext(fc.record({ Type: fc.constant('Wait'), Seconds: fc.nat(20) }), true),
    withNext(
      fc.record({
        Type: fc.constant('Task'),
        Resource: fc.constantFrom(fn, 'arn:aws:states:::sqs:sendMessage.waitForTaskToken'),
        TimeoutSeconds: fc.integer({ min: 1, max: 5 }),
        Retry: fc.constant([{ ErrorEquals: ['Busy'], MaxAttempts: 2, JitterStrategy: 'FULL' }]),
        Catch: fc.constantFrom(
          [],
          [{ ErrorEquals: ['States.ALL'], Next: 'C' }],
          [{ ErrorEquals: ['States.ALL'], Output: '{% $nope %}', ResultPath: '$.a.b', Next: 'C' }],
        ),
      }),
      true,
    ),
    fc.constant({ Type: 'Succeed' }),
    fc.constant({ Type: 'Fail', Error: 'E', Cause: 'c' }),
    fc.constant({
      Type: 'Choice',
      Choices: [{ Variable: '$.a', IsPresent: true, Next: 'B' }],
      Default: 'C',
    }),
    withNext(
      fc.record({
        Type: fc.constant('Parallel'),
        Branches: fc.array(tie('machine'), { minLength: 1, maxLength: 3 }),
      }),
      true,
    ),
    withNext(
      fc.record({
        Type: fc.constant('Map'),
        MaxConcurrency: fc.nat(3),
        ItemsPath: fc.constantFrom('$.items', '$'),
        ItemProcessor: tie('machine').map(machine => ({
          ProcessorConfig: { Mode: Math.abs(JSON.stringify(machine).length) % 2 ? 'INLINE' : 'DISTRIBUTED' },
          ...(machine as object),
        })) as fc.Arbitrary<Json>,
      }),
      true,
    ),
  ) as fc.Arbitrary<Json>,
})).machine;

function withNext(state: fc.Arbitrary<object>, ends: boolean): fc.Arbitrary<Json> {
  return fc.tuple(state, fc.constantFrom('A', 'B', 'C', ends ? 'End' : 'C', 'End')).map(([fields, next]) => ({
    ...fields,
    ...(next === 'End' ? { End: true } : { Next: next }),
  })) as fc.Arbitrary<Json>;
}

/** Answers by the seed and the request alone. */
function hostOf(seed: number): SyncHost {
  return {
    call: ({ id, parameters }): Answer => {
      const turn = (id * 7 + seed) % 5;
      if (turn === 0) return { kind: 'failed', error: 'Busy', cause: undefined };
      if (turn === 1) return { kind: 'silent' };
      return { kind: 'succeeded', output: turn === 2 ? parameters : { a: id, items: [id, turn] } };
    },
  };
}

const start: Start = { input: { a: 1, items: [1, 2, 3] }, quotas: { historyEvents: 120 } };
const limit = { maxStages: 1_500 };

describe('whatever the machine', () => {
  test('it runs or is refused, and nothing throws', () => {
    fc.assert(
      fc.property(machines, fc.nat(1000), (machine, seed) => {
        const compiled = compile(machineOf(machine));
        if (compiled.kind === 'refused') {
          expect(compiled.problems.length).toBeGreaterThan(0);
          return;
        }
        const ran = runToEnd(compiled.program, { ...start, seed }, hostOf(seed), limit);
        const texts = ran.events.map(record => JSON.stringify(historyEvent(record)));
        const ids = ran.events.filter(({ execution }) => execution === 0).map(({ id }) => id);
        expect(ids).toEqual(ids.map((_, i) => i + 1));
        expect(texts.length).toBe(ran.events.length);
      }),
      { numRuns: 150 },
    );
  });

  test('the same seed gives the same history, and a recording replays it', () => {
    fc.assert(
      fc.property(machines, fc.nat(1000), (machine, seed) => {
        const compiled = compile(machineOf(machine));
        if (compiled.kind === 'refused') return;
        const { program } = compiled;
        const recorder = new RecordingHost(hostOf(seed));
        const first = runToEnd(program, { ...start, seed }, recorder, limit);
        const recording = recorder.recording({ ...start, seed });
        const again = runToEnd(program, recording.start, replayHost(recording), limit);
        expect(JSON.stringify(again)).toBe(JSON.stringify(first));
      }),
      { numRuns: 100 },
    );
  });

  test('any snapshot can be written as JSON and continues identically', () => {
    fc.assert(
      fc.property(machines, fc.nat(1000), fc.nat(60), (machine, seed, steps) => {
        const compiled = compile(machineOf(machine));
        if (compiled.kind === 'refused') return;
        const { program } = compiled;
        let { snapshot } = begin(program, { ...start, seed });
        for (let i = 0; i < steps; i++) {
          const next = advance(program, snapshot);
          if (next.kind !== 'stepped') break;
          ({ snapshot } = next);
        }
        const text = JSON.stringify(snapshot);
        const one = continueToEnd(program, snapshot, hostOf(seed), limit);
        const other = continueToEnd(program, JSON.parse(text) as Snapshot, hostOf(seed), limit);
        expect(JSON.stringify(other.events)).toBe(JSON.stringify(one.events));
        expect(other).toEqual(one);
        expect(JSON.stringify(snapshot)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

test('anything that parses as JSON compiles or is refused', () => {
  const fields = fc.constantFrom(
    'Type',
    'Next',
    'States',
    'StartAt',
    'Parameters',
    'Choices',
    'Branches',
    'Retry',
  );
  const values = fc.jsonValue({ maxDepth: 3 });
  const state = fc.dictionary(fields, values as fc.Arbitrary<Json>, { maxKeys: 5 });
  fc.assert(
    fc.property(
      state,
      fc.constantFrom('Pass', 'Task', 'Choice', 'Wait', 'Map', 'Parallel', 'Fail', 'Succeed'),
      (fieldsOf, type) => {
        const machine = { StartAt: 'A', States: { A: { ...fieldsOf, Type: type } } };
        const compiled = compile(machineOf(machine as Json));
        if (compiled.kind === 'refused') expect(compiled.problems.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 150 },
  );
});
