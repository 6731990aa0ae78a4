import { describe, expect } from 'vitest';
import type { Conversation } from './conversation.ts';
import { branches, counting, doubling, shopFiles, shopWith } from './machines.ts';
import { transcript } from './transcript.ts';

const where = async (client: Conversation): Promise<void> => {
  client.note((await client.frames()).join(' < '));
};

describe('stepping', () => {
  transcript('steps into each stage', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
    while ((await client.stop()) !== 'terminated') {
      await where(client);
      await client.ask('stepIn', { threadId: 1 });
    }
  });

  transcript('steps by instruction as through stages', shopFiles, async client => {
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    for (let i = 0; i < 4; i++) {
      await client.resume('next', { granularity: 'instruction' });
      await where(client);
    }
    for (let i = 0; i < 4; i++) {
      await client.resume('stepBack', { granularity: 'instruction' });
      await where(client);
    }
  });

  transcript('steps into and out of a branch', { '/b.asl.json': branches }, async client => {
    await client.launch({ program: '/b.asl.json', stopOnEntry: true });
    await client.stop();
    for (const command of ['stepIn', 'stepIn', 'stepOut', 'stepIn']) {
      await client.resume(command, { threadId: client.thread });
      await where(client);
    }
  });

  transcript('steps over a parallel state as one', { '/b.asl.json': branches }, async client => {
    await client.launch({ program: '/b.asl.json', stopOnEntry: true, stopAtEnd: true });
    await client.stop();
    await client.resume('next');
    await where(client);
    expect(await client.resume('next')).toBe('terminated');
  });

  transcript('steps into the branch that is chosen', { '/b.asl.json': branches }, async client => {
    await client.launch({ program: '/b.asl.json', stopOnEntry: true });
    await client.stop();
    await client.resume('stepIn');
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1 });
    const { targets } = await client.ask('stepInTargets', { frameId: stackFrames[0]?.id });
    await client.ask('stepIn', { threadId: 1, targetId: 77 });
    await client.resume('stepIn', { targetId: targets[1]?.id });
    await where(client);
    await client.ask('threads');
  });

  transcript('steps into the iteration that is chosen', { '/d.asl.json': doubling }, async client => {
    await client.launch({ program: '/d.asl.json', input: { numbers: [1, 2, 3] }, stopOnEntry: true });
    await client.stop();
    await client.resume('stepIn');
    await client.resume('stepIn');
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1 });
    const { targets } = await client.ask('stepInTargets', { frameId: stackFrames[0]?.id });
    await client.resume('stepIn', { targetId: targets[2]?.id });
    await where(client);
    client.note(JSON.stringify(await client.scope('Input')));
  });

  transcript('lets one branch go on alone', { '/b.asl.json': branches }, async client => {
    await client.launch({ program: '/b.asl.json', stopOnEntry: true });
    await client.stop();
    await client.resume('stepIn');
    await client.resume('stepIn');
    await client.ask('threads');
    await client.resume('next', { threadId: 3, singleThread: true });
    await where(client);
    client.note((await client.frames(2)).join(' < '));
    expect(await client.resume('continue', { threadId: 3, singleThread: true })).toBe('pause');
    await where(client);
    expect(await client.resume('continue')).toBe('terminated');
  });
});

describe('back in time', () => {
  transcript('steps back over states without calling anything again', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
    await client.stop();
    await client.resume('next');
    await client.resume('next');
    await client.resume('stepBack');
    await where(client);
    await client.resume('stepBack');
    await where(client);
    await client.resume('stepBack');
    await client.resume('continue');
  });

  transcript(
    'continues backwards to breakpoints and the beginning',
    { '/c.asl.json': counting },
    async client => {
      await client.launch({ program: '/c.asl.json', input: { limit: 4 }, stopAtEnd: true }, async () => {
        await client.ask('setBreakpoints', {
          source: { path: '/c.asl.json' },
          breakpoints: [{ line: 10, condition: '$n = 2' }],
        });
      });
      await client.stop();
      await client.resume('continue');
      await where(client);
      client.note(JSON.stringify(await client.scope('Variables')));
      await client.resume('reverseContinue');
      await where(client);
      client.note(JSON.stringify(await client.scope('Variables')));
      await client.resume('reverseContinue');
      await where(client);
      await client.resume('continue');
      await where(client);
    },
  );

  transcript(
    'goes back from an iteration to the state around it',
    { '/d.asl.json': doubling },
    async client => {
      await client.launch({ program: '/d.asl.json', input: { numbers: [1, 2] }, stopOnEntry: true });
      await client.stop();
      await client.resume('stepIn');
      await client.resume('stepIn');
      await client.resume('stepIn');
      await where(client);
      await client.resume('stepBack', { threadId: client.thread });
      await where(client);
    },
  );

  transcript('goes to a moment by its number', { '/c.asl.json': counting }, async client => {
    await client.launch({ program: '/c.asl.json', input: { limit: 3 }, stopAtEnd: true });
    await client.stop();
    await client.ask('evaluate', { expression: ':moment 3', context: 'repl' });
    await client.stop();
    await where(client);
    await client.resume('stepwiseMoment', { position: 5 });
    await where(client);
  });
});

describe('jumping', () => {
  transcript('begins a state again with another input', shopFiles, async client => {
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    await client.resume('next');
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1, levels: 1 });
    await client.ask('setExpression', { expression: '$.priced.total', value: '500' });
    await client.resume('restartFrame', { frameId: stackFrames[0]?.id });
    await where(client);
    await client.resume('next');
    await where(client);
  });

  transcript('goes on with another state', shopFiles, async client => {
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    const { targets } = await client.ask('gotoTargets', { source: { path: '/shop.asl.json' }, line: 46 });
    await client.ask('gotoTargets', { source: { path: '/other.json' }, line: 46 });
    await client.resume('goto', { targetId: targets[0]?.id });
    await where(client);
    await client.resume('next');
    await where(client);
  });

  transcript('does not go into another scope', { '/b.asl.json': branches }, async client => {
    await client.launch({ program: '/b.asl.json', stopOnEntry: true });
    await client.stop();
    const { targets } = await client.ask('gotoTargets', { source: { path: '/b.asl.json' }, line: 10 });
    await client.ask('goto', { threadId: 1, targetId: targets[0]?.id });
    await client.ask('goto', { threadId: 1, targetId: 99 });
  });
});
