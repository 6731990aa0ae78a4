import { describe, expect, test } from 'vitest';
import type { ExecutionView } from '#protocol/execution.ts';
import { Conversation } from './conversation.ts';

/** Rows of numbers: the even ones are halved, the others fail and are excused. */
const rows = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Rows',
  States: {
    Rows: {
      Type: 'Map',
      Items: '{% $states.input %}',
      MaxConcurrency: 2,
      End: true,
      ItemProcessor: {
        StartAt: 'Row',
        States: {
          Row: {
            Type: 'Map',
            Items: '{% $states.input %}',
            MaxConcurrency: 2,
            End: true,
            ItemProcessor: {
              StartAt: 'Even?',
              States: {
                'Even?': {
                  Type: 'Choice',
                  Choices: [{ Condition: '{% $states.input % 2 = 0 %}', Next: 'Halve' }],
                  Default: 'Check',
                },
                Halve: { Type: 'Pass', Output: '{% $states.input / 2 %}', End: true },
                Check: {
                  Type: 'Parallel',
                  Branches: [{ StartAt: 'Odd', States: { Odd: { Type: 'Fail', Error: 'Odd' } } }],
                  Catch: [{ ErrorEquals: ['Odd'], Next: 'Excuse' }],
                  End: true,
                },
                Excuse: { Type: 'Pass', End: true },
              },
            },
          },
        },
      },
    },
  },
});
const inRows = '/States/Rows/ItemProcessor/States';
const inRow = `${inRows}/Row/ItemProcessor/States`;

/** The picture after something was asked. */
async function viewAfter(client: Conversation, command: string, args: unknown): Promise<ExecutionView> {
  await client.ask(command, args);
  return client.eventsOf('stepwiseExecution').at(-1)?.view as ExecutionView;
}

async function begun(input: unknown): Promise<Conversation> {
  const client = new Conversation({ '/rows.asl.json': rows });
  await client.launch({ program: '/rows.asl.json', input, stopOnEntry: true, stopAtEnd: true });
  await client.stop();
  return client;
}

/** Times that each state inside a row was entered. */
function entered({ states }: ExecutionView): Record<string, number> {
  const inside = Object.entries(states).filter(([pointer]) => pointer.startsWith(inRow));
  return Object.fromEntries(inside.map(([pointer, view]) => [pointer.slice(inRow.length + 1), view.entered]));
}

describe('the picture of an execution', () => {
  test('tells which Maps have iterations to choose from', async () => {
    const client = await begun([[2], [4, 6]]);
    await client.resume('continue');
    const view = client.eventsOf('stepwiseExecution').at(-1)?.view as ExecutionView;
    expect(view.chosenIterations).toEqual({ '/States/Rows': null, [`${inRows}/Row`]: null });
  });

  test('at a stop before a state, the edge to it is taken', async () => {
    const states = {
      Try: { Type: 'Parallel', Branches: [], Catch: [{ ErrorEquals: ['Odd'], Next: 'Which?' }], End: true },
      'Which?': { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Last' }], Default: 'Try' },
      Last: { Type: 'Pass', End: true },
    };
    const fails = { StartAt: 'Odd', States: { Odd: { Type: 'Fail', Error: 'Odd' } } };
    const text = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Try',
      States: { ...states, Try: { ...states.Try, Branches: [fails] } },
    });
    const client = new Conversation({ '/machine.asl.json': text });
    await client.launch({ program: '/machine.asl.json', input: {}, stopOnEntry: true, stopAtEnd: true });
    await client.stop();
    const taken = (): unknown => {
      const view = client.eventsOf('stepwiseExecution').at(-1)?.view as ExecutionView | undefined;
      return view?.taken;
    };
    expect(taken()).toEqual({});
    await client.resume('next');
    const toWhich = {
      '#start>/States/Try': 1,
      '/States/Try#fork>/States/Try/Branches/0/States/Odd': 1,
      '/States/Try#Catch/0': 1,
    };
    expect(taken()).toEqual(toWhich);
    await client.resume('next');
    expect(taken()).toEqual({ ...toWhich, '/States/Which?#Choice/0': 1 });
    await client.resume('stepBack');
    expect(taken()).toEqual(toWhich);
  });

  test('shows one iteration of a Map alone', async () => {
    const client = await begun([[2, 4, 3], [8]]);
    await client.resume('continue');
    const all = await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows' });
    expect(entered(all)).toEqual({
      'Even?': 4,
      Halve: 3,
      Check: 1,
      'Check/Branches/0/States/Odd': 1,
      Excuse: 1,
    });

    const second = await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows', index: 1 });
    expect(entered(second)).toEqual({ 'Even?': 1, Halve: 1 });
    expect(second.chosenIterations).toEqual({ '/States/Rows': 1, [`${inRows}/Row`]: null });
    expect(second.states[`${inRows}/Row`]?.iterations).toEqual({
      total: 1,
      running: 0,
      succeeded: 1,
      failed: 0,
    });
    expect(second.states['/States/Rows']).toEqual(all.states['/States/Rows']);
    expect(second.taken).toEqual({
      '#start>/States/Rows': 1,
      [`/States/Rows#start>${inRows}/Row`]: 1,
      [`${inRows}/Row#start>${inRow}/Even?`]: 1,
      [`${inRow}/Even?#Choice/0`]: 1,
    });

    const first = await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows', index: 0 });
    expect(entered(first)).toEqual({
      'Even?': 3,
      Halve: 2,
      Check: 1,
      'Check/Branches/0/States/Odd': 1,
      Excuse: 1,
    });
    const third = await viewAfter(client, 'stepwiseIteration', { state: `${inRows}/Row`, index: 2 });
    expect(entered(third)).toEqual({ 'Even?': 1, Check: 1, 'Check/Branches/0/States/Odd': 1, Excuse: 1 });
    expect(third.states[`${inRow}/Check`]).toMatchObject({ status: 'caught', error: 'Odd' });

    await client.ask('stepwiseIteration', { state: `${inRows}/Row` });
    expect({
      ...(await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows' })),
      sequence: 0,
    }).toEqual({ ...all, sequence: 0 });
  });

  test('looks the same whether the iteration was chosen before or after it ran', async () => {
    const early = await begun([[2, 4, 3], [8]]);
    await early.ask('stepwiseIteration', { state: '/States/Rows', index: 0 });
    const late = await begun([[2, 4, 3], [8]]);
    for (let step = 0; step < 40; step++) {
      await early.resume('stepIn', { threadId: early.thread });
      await late.resume('stepIn', { threadId: late.thread });
    }
    await late.resume('stepBack', { threadId: late.thread });
    await early.resume('stepBack', { threadId: early.thread });
    const chosenLate = await viewAfter(late, 'stepwiseIteration', { state: '/States/Rows', index: 0 });
    const chosenEarly = await viewAfter(early, 'stepwiseIteration', { state: '/States/Rows', index: 0 });
    expect({ ...chosenEarly, sequence: 0 }).toEqual({ ...chosenLate, sequence: 0 });
    expect(Object.keys(entered(chosenLate))).not.toEqual([]);
  });

  test('stands at the Map where another iteration than the chosen one has stopped', async () => {
    const client = await begun([[2], [4]]);
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'Row' }] });
    await client.resume('continue');
    const other = await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows', index: 1 });
    expect(other.current?.state).toBe('/States/Rows');
    const own = await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows', index: 0 });
    expect(own.current?.state).toBe(`${inRows}/Row`);
  });

  test('is looked through when the execution is over, and says how it ended', async () => {
    const client = new Conversation({ '/rows.asl.json': rows });
    await client.launch({ program: '/rows.asl.json', input: [[2], [4, 6]] });
    await client.stop();
    const end = client.eventsOf('stepwiseExecution').at(-1)?.view as ExecutionView;
    expect(end.status).toBe('succeeded');
    await client.ask('disconnect', {});
    const stops = client.eventsOf('stopped').length;

    const start = await viewAfter(client, 'stepwiseMoment', { position: 0 });
    expect(start).toMatchObject({
      status: 'succeeded',
      states: {},
      current: { state: '/States/Rows' },
      time: { position: 0, length: end.time?.length },
    });
    const again = await viewAfter(client, 'stepwiseMoment', { position: end.time?.length });
    expect({ ...again, sequence: 0 }).toEqual({ ...end, sequence: 0 });
    const second = await viewAfter(client, 'stepwiseIteration', { state: '/States/Rows', index: 1 });
    expect(entered(second)).toEqual({ 'Even?': 2, Halve: 2 });
    expect(client.eventsOf('stopped')).toHaveLength(stops);
  });

  test('refuses to choose an iteration of what is no Map', async () => {
    const client = await begun([]);
    expect(await client.send('stepwiseIteration', { state: '/States/Nowhere', index: 0 })).toMatchObject({
      success: false,
    });
  });
});
