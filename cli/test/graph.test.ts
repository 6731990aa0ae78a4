import { expect, test } from 'vitest';
import { stepwise } from '#cli/stepwise.ts';
import { analyze } from '#core/analysis/analysis.ts';
import { viewOfHistory } from '#cli/graph/viewOfHistory.ts';

const definition = JSON.stringify({
  StartAt: 'Try',
  States: {
    Try: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'try' },
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Say "no"' }],
      Next: 'end',
    },
    'Say "no"': { Type: 'Fail', Error: 'No' },
    end: { Type: 'Succeed' },
  },
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await stepwise(['graph', ...args], {
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    read: () => Promise.resolve(definition),
    folder: () => Promise.reject(new Error('no folder is asked for')),
    isTerminal: false,
    now: () => 0,
    sleep: () => Promise.resolve(),
  });
  return { code, out, err };
}

test('prints Mermaid text that people can read and Mermaid too', async () => {
  expect(await run('a.asl.json')).toEqual({
    code: 0,
    err: '',
    out: `flowchart TB
  Start(("Start"))
  Try["Try<br/>Lambda: try"]
  Stateend(["end<br/>Succeed"])
  Sayno(["Say #quot;no#quot;<br/>Fail · No"])
  TheEnd(("End"))
  Try --> Stateend
  Try -.->|"States.ALL"| Sayno
  Start --> Try
  Stateend --> TheEnd
`,
  });
});

test.each([
  [['a.asl.json', '--format', 'gif'], '--format is one of svg, png, mermaid'],
  [['a.asl.json', '--format', 'png'], '--output'],
  [['a.asl.json', '--execution', 'h.json'], '--format svg or png'],
  [[], 'Name one FILE'],
])('says what is wrong with %j', async (args, message) => {
  const { code, out, err } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});

test('reads from an event history how each state ended and which edges were taken', () => {
  const [machine] = analyze({ uri: 'a', version: 1, format: 'json', text: definition }).machines;
  if (!machine) throw new Error('no machine');
  const types = [
    ['ExecutionStarted', 0],
    ['TaskStateEntered', 1, { stateEnteredEventDetails: { name: 'Try' } }],
    ['TaskScheduled', 2],
    ['TaskFailed', 3, { taskFailedEventDetails: { error: 'Oops' } }],
    ['TaskScheduled', 4],
    ['TaskFailed', 5, { taskFailedEventDetails: { error: 'Oops' } }],
    ['TaskStateExited', 6, { stateExitedEventDetails: { name: 'Try' } }],
    ['FailStateEntered', 7, { stateEnteredEventDetails: { name: 'Say "no"' } }],
    ['ExecutionFailed', 8],
  ] as const;
  const events = types.map(([type, previousEventId, details], index) => ({
    id: index + 1,
    previousEventId,
    type,
    timestamp: `2026-01-01T00:00:0${index}Z`,
    ...details,
  }));
  expect(viewOfHistory({ events }, machine.machine)).toEqual({
    sequence: 1,
    status: 'failed',
    states: {
      '/States/Try': { status: 'caught', entered: 1, attempts: 2, error: 'Oops', duration: 5000 },
      '/States/Say "no"': { status: 'failed', entered: 1, attempts: 1 },
    },
    taken: { '#start>/States/Try': 1, '/States/Try#Catch/0': 1 },
  });
  expect(viewOfHistory({}, machine.machine)).toBeUndefined();
});
