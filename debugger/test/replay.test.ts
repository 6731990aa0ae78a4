import { describe } from 'vitest';
import { runToEnd } from '#interpreter/execute.ts';
import { historyEvent } from '#interpreter/history/historyEvent.ts';
import { prepareMachine, prepareMocks } from '#interpreter/prepare.ts';
import type { Conversation } from './conversation.ts';
import { branches, shop, shopMocks } from './machines.ts';
import { transcript } from './transcript.ts';

const order = { order: { id: 'o-1' } };

/** The history of an execution that ran before, as GetExecutionHistory gives it. */
function historyOf(definition: string, testCase?: string): string {
  const machine = prepareMachine({ path: '/shop.asl.json', text: definition }, undefined);
  const mocks =
    testCase === undefined ? undefined : prepareMocks({ path: '/m.json', text: shopMocks }, 'shop', testCase);
  if (machine.kind === 'refused' || mocks?.kind === 'refused') throw new Error('the test is broken');
  const host = mocks?.value ?? { call: () => ({ kind: 'silent' as const }) };
  const { events } = runToEnd(machine.value.program, { input: order, name: 'yesterday' }, host);
  return JSON.stringify({ events: events.map(historyEvent) });
}

/** A distributed Map of which every child calls a function. */
const pieces = `{
  "StartAt": "Each",
  "States": {
    "Each": {
      "Type": "Map",
      "ItemProcessor": {
        "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
        "StartAt": "Call",
        "States": {
          "Call": {
            "Type": "Task",
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:piece",
            "End": true
          }
        }
      },
      "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}
`;

/** The history of the Map alone: those of its children are others. */
function historyOfPieces(): string {
  const machine = prepareMachine({ path: '/p.asl.json', text: pieces }, undefined);
  if (machine.kind === 'refused') throw new Error('the test is broken');
  const { events } = runToEnd(
    machine.value.program,
    { input: [1, 2, 3] },
    {
      call: ({ parameters }) => ({ kind: 'succeeded', output: Number(parameters) * 10 }),
    },
  );
  return JSON.stringify({ events: events.filter(({ execution }) => execution === 0).map(historyEvent) });
}

const files = { '/shop.asl.json': shop, '/h.json': historyOf(shop, 'Busy') };
const attached = { program: '/shop.asl.json', history: '/h.json' };

const where = async (client: Conversation): Promise<void> => {
  client.note((await client.frames()).join(' < '));
};

describe('a recorded execution', () => {
  transcript(
    'is walked forwards and backwards',
    files,
    async client => {
      await client.launch(attached);
      await client.stop();
      for (const command of ['next', 'next', 'stepBack', 'next', 'continue', 'reverseContinue', 'continue']) {
        await client.resume(command);
        await where(client);
      }
      await client.resume('continue');
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );

  transcript(
    'ends the children of a distributed map as the map run tells',
    { '/p.asl.json': pieces, '/h.json': historyOfPieces() },
    async client => {
      await client.launch({ program: '/p.asl.json', history: '/h.json' });
      await client.stop();
      await client.resume('stepIn');
      await client.resume('stepIn');
      await where(client);
      await client.resume('next');
      await where(client);
      client.note(JSON.stringify(await client.scope('Input')));
      await client.resume('continue');
      await client.resume('continue');
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );

  transcript(
    'stops where the definition departs from it',
    {
      ...files,
      '/shop.asl.json': shop.replace('"NumericGreaterThan": 100', '"NumericGreaterThan": 1'),
    },
    async client => {
      await client.launch({ ...attached, stopOnEntry: false });
      await client.stop();
      await where(client);
      await client.resume('continue');
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );

  transcript(
    'tells which values differ',
    {
      ...files,
      '/shop.asl.json': shop.replace('"ResultPath": "$.priced"', '"ResultPath": "$.cost"'),
    },
    async client => {
      await client.launch({ ...attached, stopOnEntry: false });
      await client.stop();
      await where(client);
    },
  );

  transcript(
    'is left by a change, and goes on with what the user answers',
    { ...files, '/h.json': historyOf(shop, 'None') },
    async client => {
      await client.launch(attached);
      await client.stop();
      await client.resume('stepIn');
      await client.resume('restartFrame', {
        frameId: (await client.quietly(() => client.ask('stackTrace', { threadId: 1 }))).stackFrames[0]?.id,
      });
      await client.resume('next');
      await client.resume('next');
    },
  );

  transcript('becomes a mock case', files, async client => {
    await client.launch({ ...attached, stopOnEntry: false });
    await client.stop();
    await client.ask('stepwiseMockCase', { name: 'Yesterday' });
  });

  transcript(
    'keeps the order of branches',
    { '/b.asl.json': branches, '/h.json': historyOf(branches) },
    async client => {
      await client.launch({
        program: '/b.asl.json',
        history: '/h.json',
        stopOnEntry: false,
        stopAtEnd: false,
      });
      await client.stop();
    },
  );

  transcript(
    'must be one',
    {
      ...files,
      '/a.json': '{"events": 1}',
      '/b.json': '[{"id": 1, "type": "PassStateEntered"}]',
      '/c.json': '[',
    },
    async client => {
      await client.initialize();
      for (const history of ['/a.json', '/b.json', '/c.json', '/d.json'])
        await client.ask('attach', { ...attached, history });
    },
  );
});
