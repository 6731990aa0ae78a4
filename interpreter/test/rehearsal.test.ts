import { expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { compile } from '#interpreter/compile.ts';
import type { SyncHost } from '#interpreter/host.ts';
import { rehearse, type Patience, type Rehearsal } from '#interpreter/rehearsal.ts';

const silent: SyncHost = { call: () => ({ kind: 'silent' }) };

function rehearsed(
  states: object,
  options: { readonly host?: SyncHost; readonly patience?: Patience; readonly language?: string } = {},
): Rehearsal {
  const text = JSON.stringify({
    QueryLanguage: options.language ?? 'JSONPath',
    StartAt: 'A',
    States: states,
  });
  const [machine] = analyze({ uri: 'a.asl', version: 1, format: 'json', text }).machines;
  const compiled = machine && compile(machine.machine);
  if (compiled?.kind !== 'compiled') throw new Error('it does not compile');
  const patience = options.patience ?? { stages: 1000, steps: 1_000_000 };
  return rehearse(compiled.program, { input: { n: 1 } }, options.host ?? silent, patience);
}

const task = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Next: 'B' };

test('each stage of a visit is kept, with what came before it', () => {
  const { visitOf } = rehearsed({ A: { Type: 'Pass', Result: 7, ResultPath: '$.a', End: true } });
  const visit = visitOf('/States/A');
  expect(visit.map(({ stage }) => stage)).toEqual(['input', 'result', 'afterResultPath', 'output']);
  expect(visit.at(-1)?.strand.data).toEqual({ n: 1, a: 7 });
});

test('where nobody answers it ends, and time does not go on', () => {
  const timed = { ...task, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] };
  const { visitOf } = rehearsed({ A: timed, B: { Type: 'Succeed' } });
  expect(visitOf('/States/A').at(-1)?.stage).toBe('task');
  expect(visitOf('/States/B')).toEqual([]);
});

test('an answer is the result, and waiting takes no time', () => {
  const host: SyncHost = { call: () => ({ kind: 'succeeded', output: { ok: true } }) };
  const { visitOf } = rehearsed(
    { A: task, B: { Type: 'Wait', Seconds: 3600, Next: 'C' }, C: { Type: 'Succeed' } },
    { host },
  );
  expect(visitOf('/States/A').find(({ stage }) => stage === 'output')?.strand.data).toEqual({ ok: true });
  expect(visitOf('/States/C')[0]?.strand.input).toEqual({ ok: true });
});

test('of a Map the first iteration is kept, of a loop the first round', () => {
  const { visitOf } = rehearsed({
    A: {
      Type: 'Map',
      Parameters: { 'i.$': '$$.Map.Item.Value' },
      ItemsPath: '$.list',
      InputPath: '$',
      ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
      End: true,
    },
  });
  expect(visitOf('/States/A/ItemProcessor/States/I')).toEqual([]);
  const items = rehearsed({
    A: { Type: 'Pass', Result: [5, 6], Next: 'M' },
    M: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
      End: true,
    },
  });
  expect(items.visitOf('/States/M/ItemProcessor/States/I')[0]?.strand.input).toBe(5);
});

test('patience ends what goes on for ever', () => {
  const patience = { stages: 100, steps: 1000 };
  rehearsed({ A: { Type: 'Pass', Next: 'A' } }, { patience });
  expect(patience.stages).toBe(0);
  const slow = { stages: 100, steps: 1000 };
  const output = '{% [1..100000].$string() %}';
  const { visitOf } = rehearsed(
    { A: { Type: 'Pass', Output: output, Next: 'B' }, B: { Type: 'Succeed' } },
    { patience: slow, language: 'JSONata' },
  );
  expect(visitOf('/States/B')).toEqual([]);
  expect(slow.steps).toBeLessThan(1000);
});
