import { describe, expect, test } from 'vitest';
import type { ExecutionView } from '#protocol/execution.ts';
import { Conversation } from './conversation.ts';
import { order, orderFiles, shipping } from './machines.ts';
import { transcript } from './transcript.ts';
import { countdown } from '../../interpreter/test/countdown.ts';

const light = { program: '/order.asl.json', input: { name: 'parcel-1', weight: 3 }, stopOnEntry: true };

const where = async (client: Conversation): Promise<void> => {
  client.note((await client.frames()).join(' < '));
};

/** Begins, and stops before the task that starts the other machine. */
async function begun(client: Conversation, args: Record<string, unknown> = light): Promise<void> {
  await client.launch(args);
  await client.stop();
  await client.resume('next');
}

/** Breaks in the file of the machine that is started. */
async function breakAt(client: Conversation, ...lines: number[]): Promise<void> {
  await client.ask('setBreakpoints', {
    source: { path: '/shipping.asl.json' },
    breakpoints: lines.map(line => ({ line })),
  });
}

const answer = { kind: 'succeeded', output: 'p-7' };

describe('machines that tasks start', () => {
  transcript('steps into the execution that a task starts and back out', orderFiles, async client => {
    await begun(client);
    for (let step = 0; step < 3; step++) await client.resume('stepIn');
    await where(client);
    await client.resume('stepBack', { threadId: client.thread });
    await where(client);
    for (let step = 0; step < 7; step++) {
      await client.resume('stepIn', { threadId: client.thread });
      await where(client);
    }
    client.note(JSON.stringify(await client.scope('Context')));
    await client.ask('threads');
    await client.ask('modules');
    await client.ask('loadedSources');
    expect(await client.resume('stepOut', { threadId: client.thread })).toBe('pause');
    const { request } = client.eventsOf('stepwiseTask').at(-1) ?? {};
    await client.ask('stepwiseAnswer', { request, ...answer });
    await client.stop();
    await where(client);
    client.note(JSON.stringify(await client.scope('Stages')));
    await client.resume('stepBack', { granularity: 'instruction' });
    await where(client);
    await client.resume('stepBack');
    await where(client);
  });

  transcript('breaks in the file of a machine that a task starts', orderFiles, async client => {
    await client.launch({ ...light, stopOnEntry: false }, async () => {
      await breakAt(client, 24);
    });
    await client.stop();
    await where(client);
    await client.ask('evaluate', { expression: '$days * 2', frameId: 1, context: 'watch' });
    await client.resume('stepBack', { threadId: client.thread });
    await where(client);
    await client.resume('stepBack', { threadId: client.thread });
    await where(client);
  });

  transcript('fails a task by the execution that it has started', orderFiles, async client => {
    await client.launch({ ...light, input: { name: 'anvil', weight: 80 }, stopOnEntry: false }, async () => {
      await client.ask('setExceptionBreakpoints', { filters: ['all'] });
    });
    await client.stop();
    await where(client);
    await client.ask('exceptionInfo', { threadId: client.thread });
    client.note(JSON.stringify(await client.scope('Error')));
    await client.resume('stepBack', { threadId: client.thread });
    await where(client);
  });

  transcript(
    'ends the execution that a task has started when the task times out',
    orderFiles,
    async client => {
      await client.launch({ ...light, input: { name: 'slow', weight: 20 }, stopOnEntry: false }, () =>
        client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'Sorry' }] }).then(() => undefined),
      );
      await client.stop();
      await where(client);
      await client.ask('threads');
      client.note(JSON.stringify(await client.scope('Input')));
      await client.resume('stepBack', { granularity: 'instruction' });
      await where(client);
    },
  );

  test('lists the machine among the targets of a step into', async () => {
    const client = new Conversation(orderFiles);
    await begun(client);
    await client.resume('next', { granularity: 'instruction' });
    await client.resume('next', { granularity: 'instruction' });
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1 });
    const { targets } = await client.ask('stepInTargets', { frameId: stackFrames[0]?.id });
    expect(targets).toEqual([{ id: 1, label: 'Ship: shipping' }]);
    await client.resume('stepIn', { targetId: 1 });
    expect(await client.frames()).toEqual(['Weigh:5', 'shipping · parcel-1:3', 'Ship:8', 'order · local:2']);
  });

  test('draws each machine as it has run', async () => {
    const client = new Conversation(orderFiles);
    await client.launch({ ...light, stopOnEntry: false }, () => breakAt(client, 24));
    await client.stop();
    const bodies = client.eventsOf('stepwiseExecution') as unknown as {
      program: string;
      view: ExecutionView;
    }[];
    const views = new Map(bodies.map(({ program, view }) => [program, view]));
    expect(views.get('/order.asl.json')).toMatchObject({
      states: { '/States/Ship': { status: 'waiting' } },
      current: { state: '/States/Ship' },
    });
    expect(views.get('/shipping.asl.json')).toMatchObject({
      states: { '/States/Weigh': { status: 'succeeded' } },
      taken: { '#start>/States/Weigh': 1, '/States/Weigh#Default': 1 },
      current: { state: '/States/Wait for Carrier' },
    });
  });

  test('stays a task like any other where its definition is not at hand', async () => {
    const client = new Conversation({ '/order.asl.json': order });
    await client.launch({ ...light, stopOnEntry: false });
    await client.stop();
    expect(client.eventsOf('stepwiseTask')).toHaveLength(1);
  });

  test('runs a machine that starts itself', async () => {
    const program = '/countdown.asl.json';
    const client = new Conversation({ [program]: JSON.stringify(countdown('countdown')) });
    await client.launch({ program, input: { left: 3 }, stopOnEntry: false, stopAtEnd: true });
    await client.stop();
    expect(await client.scope('Output')).toEqual({ output: '3' });
  });

  test('finds the definition that the launch configuration names', async () => {
    const client = new Conversation({ '/order.asl.json': order, '/elsewhere/s.asl.json': shipping });
    const stateMachines = {
      'arn:aws:states:us-east-1:123456789012:stateMachine:shipping': '/elsewhere/s.asl.json',
    };
    await begun(client, { ...light, stateMachines });
    for (let step = 0; step < 3; step++) await client.resume('stepIn', { threadId: client.thread });
    expect((await client.frames())[1]).toBe('shipping · parcel-1:3');
    const refused = new Conversation({ '/order.asl.json': order });
    await refused.initialize();
    expect(await refused.send('launch', { ...light, stateMachines })).toMatchObject({
      success: false,
      message: 'The state machine /elsewhere/s.asl.json of "stateMachines" cannot be read.',
    });
  });

  test('finds the definition anywhere in the workspace, and takes no other of it along', async () => {
    const elsewhere = { '/parcels/shipping.asl.json': shipping, '/parcels/other.asl.json': shipping };
    const client = new Conversation({ '/order.asl.json': order, ...elsewhere });
    const workspaceStateMachines = {
      shipping: '/parcels/shipping.asl.json',
      other: '/parcels/other.asl.json',
      gone: '/parcels/gone.asl.json',
    };
    await begun(client, { ...light, workspaceStateMachines });
    for (let step = 0; step < 3; step++) await client.resume('stepIn', { threadId: client.thread });
    expect((await client.frames())[1]).toBe('shipping · parcel-1:3');
    const { sources } = await client.ask<{ sources: { path: string }[] }>('loadedSources');
    expect(sources.map(({ path }) => path)).toEqual(['/order.asl.json', '/parcels/shipping.asl.json']);
  });

  test('tells why the one that lies there cannot run', async () => {
    const client = new Conversation({
      ...orderFiles,
      '/shipping.asl.json': '{"StartAt":"Gone","States":{}}',
    });
    await begun(client);
    expect(client.eventsOf('output').map(({ output }) => output)).toContainEqual(
      expect.stringMatching(
        /^A state machine that a task starts takes no part\. \/shipping\.asl\.json, line 1: /,
      ),
    );
  });

  test('prefers the definition beside the caller to another one of the workspace', async () => {
    const client = new Conversation({ ...orderFiles, '/elsewhere/shipping.asl.json': order });
    await begun(client, {
      ...light,
      workspaceStateMachines: { shipping: '/elsewhere/shipping.asl.json' },
    });
    for (let step = 0; step < 3; step++) await client.resume('stepIn', { threadId: client.thread });
    expect((await client.frames())[0]).toBe('Weigh:5');
  });

  test('makes a mock case in which the task is answered as the execution has answered it', async () => {
    const client = new Conversation(orderFiles);
    await client.launch({ ...light, stopOnEntry: false, stopAtEnd: true });
    await client.stop();
    const { request } = client.eventsOf('stepwiseTask').at(-1) ?? {};
    await client.ask('stepwiseAnswer', { request, ...answer });
    await client.stop();
    const { mockFile } = await client.ask('stepwiseMockCase', { name: 'Shipped' });
    expect(mockFile).toMatchObject({
      StateMachines: { order: { TestCases: { Shipped: { Ship: 'Shipped-Ship' } } } },
      MockedResponses: {
        'Shipped-Ship': {
          0: { Return: { Name: 'parcel-1', Status: 'SUCCEEDED', Output: { parcel: 'p-7', by: 'parcel-1' } } },
        },
      },
    });
  });
});
