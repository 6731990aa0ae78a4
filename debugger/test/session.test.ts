import { describe, expect, test } from 'vitest';
import { fileKey } from '#debugger/dialect.ts';
import { Conversation } from './conversation.ts';
import { counting, shop, shopFiles, shopMocks, shopWith } from './machines.ts';
import { transcript } from './transcript.ts';

const loud = { quiet: ['stepwiseExecution', 'process'] };

describe('a session', () => {
  transcript('tells what it can do', {}, async client => {
    await client.ask('initialize', { adapterID: 'asl', clientID: 'test' });
  });

  transcript(
    'counts from 0 and names files by URI where the client does',
    { 'file:///a%20b/shop.asl.json': shop },
    async client => {
      await client.ask('initialize', { linesStartAt1: false, columnsStartAt1: false, pathFormat: 'uri' });
      const launched = client.ask('launch', {
        program: 'file:///a%20b/shop.asl.json',
        input: { order: { id: 1 } },
      });
      await client.event('initialized');
      await client.ask('setBreakpoints', {
        source: { path: 'file:///a b/shop.asl.json' },
        breakpoints: [{ line: 7 }],
      });
      await client.ask('configurationDone');
      await launched;
      await client.stop();
      await client.ask('stackTrace', { threadId: 1 });
    },
    { quiet: ['stepwiseExecution', 'process', 'output', 'initialize'] },
  );

  transcript('refuses what makes no sense before the launch', {}, async client => {
    for (const command of [
      'continue',
      'next',
      'stackTrace',
      'scopes',
      'variables',
      'evaluate',
      'restart',
      'pause',
      'loadedSources',
      'modules',
      'source',
      'exceptionInfo',
      'stepBack',
      'completions',
      'threads',
      'terminate',
      'disconnect',
      'readMemory',
    ])
      await client.ask(command, {
        threadId: 1,
        frameId: 1,
        variablesReference: 1,
        expression: '1',
        text: '',
        column: 1,
      });
  });

  transcript(
    'says what is wrong with a launch configuration',
    { '/bad.json': '{"StartAt": ', '/none.json': '{}', '/input.json': '[1,', ...shopFiles },
    async client => {
      await client.initialize();
      await client.ask('launch', {});
      await client.ask('launch', { program: 7 });
      await client.ask('launch', { program: '/gone.asl.json' });
      await client.ask('launch', { program: '/bad.json' });
      await client.ask('launch', { program: '/none.json' });
      await client.ask('launch', { program: '/shop.asl.json', inputFile: '/input.json' });
      await client.ask('launch', { program: '/shop.asl.json', startTime: 'soon' });
      await client.ask('launch', { program: '/shop.asl.json', context: [] });
      await client.ask('launch', { program: '/shop.asl.json', time: 'fast' });
      await client.ask('launch', { program: '/shop.asl.json', buckets: { a: 1 } });
      await client.ask('launch', { program: '/shop.asl.json', stateMachine: 'Other' });
      await client.ask('attach', { program: '/shop.asl.json' });
    },
  );

  transcript('launches once', shopFiles, async client => {
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    await client.ask('launch', shopWith('Cheap'));
  });

  transcript('begins again with what the files say now', { ...shopFiles }, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true }, async () => {
      await client.ask('setBreakpoints', {
        source: { path: '/shop.asl.json' },
        breakpoints: [{ line: 55, hitCondition: '1' }],
      });
    });
    await client.stop();
    await client.resume('continue');
    await client.ask('restart', {});
    await client.stop();
    await client.resume('continue');
    await client.ask('restart', { arguments: { ...shopWith('Cheap'), stopOnEntry: false } });
    await client.stop();
    client.note((await client.frames()).join(' < '));
    await client.ask('restart', { arguments: { program: '/gone.json' } });
  });

  transcript(
    'is terminated as an execution is aborted',
    shopFiles,
    async client => {
      await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
      await client.stop();
      await client.ask('terminate');
      await client.event('terminated');
      await client.ask('continue', { threadId: 1 });
      await client.ask('terminate');
      await client.ask('disconnect');
    },
    loud,
  );

  transcript('is left alone after a disconnect', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
    await client.stop();
    await client.ask('disconnect', { terminateDebuggee: true });
    await client.ask('threads');
  });

  transcript('waits for the breakpoints before it begins', shopFiles, async client => {
    await client.initialize();
    await client.ask('launch', { ...shopWith('Cheap'), stopOnEntry: true });
    await client.ask('threads');
    await client.ask('continue', { threadId: 1 });
    await client.ask('stackTrace', { threadId: 1 });
    await client.ask('restart', {});
    await client.ask('configurationDone');
    await client.stop();
    await client.resume('next');
  });

  test.each(['terminate', 'disconnect'])('does not begin after %s', async command => {
    const client = new Conversation(shopFiles);
    await client.initialize();
    await client.ask('launch', { ...shopWith('Cheap'), stopOnEntry: true });
    await client.ask(command);
    await client.ask('configurationDone');
    await client.ask('threads');
    expect(client.eventsOf('stopped')).toEqual([]);
  });

  test.each(['terminate', 'disconnect'])('gives a launch up at %s', async command => {
    const client = new Conversation(shopFiles);
    await client.initialize();
    const launched = client.send('launch', { ...shopWith('Cheap'), stopOnEntry: true });
    await client.ask(command);
    expect(await launched).toMatchObject({ success: false, message: 'cancelled' });
    expect(client.eventsOf('initialized')).toEqual([]);
    await client.ask('launch', { ...shopWith('Cheap'), stopOnEntry: true });
    expect(client.eventsOf('initialized')).toHaveLength(1);
  });

  test('says nothing more after its end', async () => {
    const client = new Conversation({ '/c.asl.json': counting });
    await client.launch({ program: '/c.asl.json', input: { limit: 1e9 } });
    await client.ask('terminate');
    await client.event('terminated');
    await client.ask('threads');
    const events = client.received.filter(({ type }) => type === 'event').map(({ event }) => event);
    expect(events.at(-1)).toBe('terminated');
  });

  test('does not begin again when it is ended meanwhile', async () => {
    const client = new Conversation(shopFiles);
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    const restarted = client.send('restart', {});
    await client.ask('terminate');
    expect(await restarted).toMatchObject({ success: false, message: 'cancelled' });
    await client.ask('threads');
    expect(client.eventsOf('stopped')).toHaveLength(1);
    expect(client.eventsOf('terminated')).toHaveLength(1);
  });

  test('forgets an answer that holds when it begins again', async () => {
    const client = new Conversation(shopFiles);
    await client.launch({ program: '/shop.asl.json', input: { order: { id: 'o-1' } } });
    const { request } = await client.event('stepwiseTask');
    await client.ask('stepwiseAnswer', { request, kind: 'succeeded', output: { amount: 200 }, holds: true });
    await client.ask('restart', { arguments: { ...shopWith('Cheap'), stopOnEntry: true } });
    await client.stop();
    const told = client.eventsOf('output').length;
    await client.ask('stepwiseGoOn', {});
    await client.ask('threads');
    expect(client.eventsOf('output')).toHaveLength(told);
    expect(await client.frames()).toEqual(['Price:4', 'shop · local:2']);
  });

  test('says all of what it refuses, braces included', async () => {
    const client = new Conversation(shopFiles);
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    const { message, body } = await client.send('evaluate', { expression: 'nonsense', context: 'repl' });
    expect(message).toContain('between {% and %}');
    expect(body).toMatchObject({ error: { format: message } });
  });

  transcript('lists modules and sources and gives their text', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
    await client.stop();
    await client.ask('modules', {});
    await client.ask('loadedSources');
    await client.ask('source', { source: { path: '/etc/passwd' } });
    const { content } = (await client.quietly(() =>
      client.ask('source', { source: { path: '/mocks.json' } }),
    )) as unknown as { content: string };
    expect(content).toBe(shopMocks);
  });

  transcript('pauses a loop', { '/c.asl.json': counting }, async client => {
    await client.launch({ program: '/c.asl.json', input: { limit: 1e9 } });
    await client.quietly(() => client.ask('pause', { threadId: 1 }));
    expect(await client.stop()).toBe('pause');
    expect((await client.frames()).at(-1)).toBe('c · local:3');
    await client.quietly(() => client.ask('terminate'));
    await client.event('terminated');
  });

  transcript('pauses while time passes', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), time: 'real' }, async () => {
      await client.ask('setBreakpoints', { source: { path: '/shop.asl.json' }, breakpoints: [{ line: 47 }] });
    });
    await client.stop();
    const paused = client.resume('continue');
    await client.ask('pause', { threadId: 1 });
    await paused;
    expect(client.eventsOf('stepwiseExecution').at(-1)?.view).toMatchObject({ current: { stage: 'wait' } });
    client.note(JSON.stringify(await client.scope('State')));
  });

  transcript(
    'lets time pass faster',
    shopFiles,
    async client => {
      await client.launch({ ...shopWith('Dear'), time: 86_400_000 });
      await client.stop();
    },
    loud,
  );
});

describe('an edited definition', () => {
  const edited = shop.replace('"NumericGreaterThan": 100', '"NumericGreaterThan": 1');

  transcript('is used from where the execution has stopped', {}, async client => {
    client.files['/shop.asl.json'] = shop;
    client.files['/mocks.json'] = shopMocks;
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true }, async () => {
      await client.ask('setBreakpoints', { source: { path: '/shop.asl.json' }, breakpoints: [{ line: 34 }] });
    });
    await client.stop();
    await client.ask('stepwiseReload');
    await client.resume('continue');
    client.files['/shop.asl.json'] = `\n${edited}`;
    await client.ask('stepwiseReload');
    client.note((await client.frames()).join(' < '));
    await client.resume('next');
    client.note((await client.frames()).join(' < '));
    client.files['/shop.asl.json'] = edited.replaceAll('"Ask"', '"Query"');
    await client.ask('stepwiseReload');
    client.files['/shop.asl.json'] = '{';
    await client.ask('stepwiseReload');
    await client.resume('stepBack');
    client.note((await client.frames()).join(' < '));
  });

  test('is where the past is shown, too', async () => {
    const client = new Conversation(shopFiles);
    await client.launch(shopWith('Cheap'), async () => {
      await client.ask('setBreakpoints', { source: { path: '/shop.asl.json' }, breakpoints: [{ line: 34 }] });
    });
    await client.stop();
    client.files['/shop.asl.json'] = `\n\n${shop}`;
    await client.ask('stepwiseReload');
    expect(await client.frames()).toEqual(['Dear?:36', 'shop · local:4']);
    await client.resume('stepBack', { granularity: 'instruction' });
    expect(await client.frames()).toEqual(['exit:35', 'Price:6', 'shop · local:4']);
    await client.resume('stepBack', { granularity: 'instruction' });
    expect(await client.frames()).toEqual(['ResultPath:19', 'Price:6', 'shop · local:4']);
  });

  test('is used by another future of a past before it', async () => {
    const client = new Conversation(shopFiles);
    await client.launch(shopWith('Cheap'), async () => {
      await client.ask('setBreakpoints', { source: { path: '/shop.asl.json' }, breakpoints: [{ line: 34 }] });
    });
    await client.stop();
    client.files['/shop.asl.json'] = edited;
    await client.ask('stepwiseReload');
    await client.resume('stepBack');
    await client.ask('setExpression', { expression: '$.order.id', value: '"o-2"' });
    await client.resume('next');
    await client.resume('next');
    expect(await client.frames()).toEqual(['Ask:45', 'shop · local:2']);
  });
});

describe('names of files', () => {
  test.each([
    ['file:///c%3A/Work/a.asl.json', 'c:\\work\\A.asl.json'],
    ['C:\\a.json', 'c:/a.json'],
    ['file:///home/x%20y/a.json', '/home/x y/a.json'],
    ['vscode-vfs://github/o/r/a.json', 'vscode-vfs://github/o/r/a.json'],
  ])('%s and %s are one file', (a, b) => expect(fileKey(a)).toBe(fileKey(b)));
  test('letters count where there is no drive', () =>
    expect(fileKey('/A.json')).not.toBe(fileKey('/a.json')));
});

test('every request is answered before what it brings about is heard', async () => {
  const client = new Conversation(shopFiles, { quiet: [] });
  await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
  await client.stop();
  await client.resume('next');
  await client.resume('stepBack');
  await client.resume('next');
  const lines = client.text.split('\n').map(line => line.split(' ').slice(0, 2).join(' '));
  for (const [index, line] of lines.entries())
    if (line === '! stopped')
      expect(lines.slice(0, index).findLast(each => each.startsWith('← '))).toMatch(
        /← (configurationDone|next|stepBack|launch)/,
      );
});
