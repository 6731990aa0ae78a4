import { describe, expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import type { Expectation } from '#core/mocking/testFile.ts';
import { begin } from '#interpreter/begin.ts';
import type { Part } from '#interpreter/callees.ts';
import { continueToEnd, execute, runToEnd, type Ran } from '#interpreter/execute.ts';
import { differences } from '#interpreter/expectation.ts';
import type { SyncHost } from '#interpreter/host.ts';
import { link } from '#interpreter/link.ts';
import { inWords } from '#core/text/message.ts';
import { prepareMachine } from '#interpreter/prepare.ts';
import { trace } from '#interpreter/trace.ts';
import { fn } from './running.ts';
import { countdown } from './countdown.ts';

const caller = {
  StartAt: 'Call',
  States: {
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: {
        StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:child',
        'Input.$': '$',
      },
      ResultPath: '$.of',
      ResultSelector: { 'child.$': '$.Output' },
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};
const child = {
  StartAt: 'Work',
  States: {
    Work: { Type: 'Task', Resource: fn, Next: 'Rest' },
    Rest: { Type: 'Wait', Seconds: 60, End: true },
  },
};
function partOf(definition: object, name: string, pointer = ''): Part {
  const file = { path: `/${name}.asl.json`, text: JSON.stringify(definition) };
  const prepared = prepareMachine(file, undefined, pointer);
  if (prepared.kind === 'refused') throw new Error(inWords(prepared.reason));
  return { path: file.path, stateMachine: undefined, ...prepared.value };
}

const called = partOf(child, 'child', '/Machines/child');
const together = link(partOf(caller, 'caller'), {
  parts: [called],
  arns: new Map([['child', called]]),
  unfit: [],
});
/** Answers the functions; what starts a machine is answered by it. */
const host: SyncHost = {
  call: request => together.beginning(request) ?? { kind: 'succeeded', output: { did: request.parameters } },
};
const start = { input: { n: 1 } };

/** Expects that these states were entered, and nothing else. */
function entering(...states: readonly string[]): Expectation {
  return { status: undefined, output: undefined, error: undefined, cause: undefined, states };
}

async function last<T>(run: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const turn = await run.next();
    if (turn.done) return turn.value;
  }
}

describe('a machine together with one that its task starts', () => {
  test.each<[string, () => Ran | Promise<Ran>]>([
    ['at full speed', () => runToEnd(together.program, start, host)],
    [
      'with answers that take time',
      () => last(execute(together.program, begin(together.program, start).snapshot, host)),
    ],
    ['stage by stage', () => last(trace(together.program, begin(together.program, start).snapshot, host))],
  ])('runs %s', async (_how, run) => {
    const ran = await run();
    expect(ran.outcome).toEqual({
      status: 'SUCCEEDED',
      output: { n: 1, of: { child: { did: { n: 1 } } } } satisfies Json,
    });
    const entered = ran.events.filter(({ type }) => type.endsWith('StateEntered'));
    expect(entered.map(({ name, execution }) => [name, execution])).toEqual([
      ['Call', 0],
      ['Work', 1],
      ['Rest', 1],
      ['Done', 0],
    ]);
    expect(entered.at(-1)?.time).toBe((entered[0]?.time ?? 0) + 60_000);
    expect(differences(ran, entering('Call', 'Done'))).toEqual([]);
  });

  test('goes on from the middle of it without asking again', async () => {
    const asked: string[] = [];
    const noting: SyncHost = {
      call: request => {
        asked.push(request.stateName);
        return host.call(request);
      },
    };
    const { program } = together;
    const run = execute(program, begin(program, start).snapshot, noting);
    const first = await run.next();
    const second = await run.next();
    if (first.done || second.done) throw new Error('it ended too soon');
    asked.length = 0;
    const snapshot = second.value.snapshot();
    expect(snapshot.strands.flat().map(strand => strand?.state)).toEqual([
      '/States/Call',
      '/Machines/child/States/Work',
    ]);
    expect(continueToEnd(program, snapshot, noting).outcome?.status).toBe('SUCCEEDED');
    expect(asked).toEqual(['Work']);
  });

  test('may be one that starts itself', () => {
    const self = partOf(countdown('child'), 'child');
    const { program, beginning } = link(self, { parts: [], arns: new Map([['child', self]]), unfit: [] });
    const ran = runToEnd(
      program,
      { input: { left: 3 } },
      { call: request => beginning(request) ?? { kind: 'silent' } },
    );
    expect(ran.outcome).toEqual({ status: 'SUCCEEDED', output: 3 });
    expect(differences(ran, entering('Left?', 'Again'))).toEqual([]);
  });
});
