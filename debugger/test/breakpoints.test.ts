import { describe, expect, test } from 'vitest';
import { counts } from '#debugger/terms.ts';
import { Conversation } from './conversation.ts';
import { branches, counting, doubling, rules, shopFiles, shopWith } from './machines.ts';
import { transcript } from './transcript.ts';

const set = (client: Conversation, lines: readonly unknown[], path = '/shop.asl.json') =>
  client.ask('setBreakpoints', {
    source: { path },
    breakpoints: lines.map(line => (typeof line === 'number' ? { line } : line)),
  });

/** Continues until the end and notes where it stops. */
async function visit(client: Conversation): Promise<void> {
  for (let stop = await client.stop(); stop !== 'terminated'; stop = await client.stop()) {
    client.note((await client.frames()).join(' < '));
    await client.ask('continue', { threadId: client.thread });
  }
}

describe('breakpoints in the definition', () => {
  transcript('breaks at every stage of a task', shopFiles, async client => {
    await client.launch(shopWith('Dear'), async () => {
      await set(client, [4, 6, 7, 8, 11, 14, 17, 32, 33]);
    });
    await visit(client);
  });

  transcript('breaks before a rule is evaluated and where it applies', shopFiles, async client => {
    await client.launch(shopWith('Dear'), async () => {
      await set(client, [37, 40, 43]);
    });
    await visit(client);
  });

  transcript('breaks before each rule that is evaluated', { '/r.asl.json': rules }, async client => {
    await client.launch({ program: '/r.asl.json', input: { n: 2 } }, async () => {
      await set(client, [8, 9, 10, 11], '/r.asl.json');
    });
    await visit(client);
  });

  transcript('breaks at the default of a choice', shopFiles, async client => {
    await client.launch(shopWith('Cheap'), async () => {
      await set(client, [37, 43]);
    });
    await visit(client);
  });

  transcript('breaks at a retrier that tries again', shopFiles, async client => {
    await client.launch(shopWith('Busy'), async () => {
      await set(client, [19]);
    });
    expect(await client.stop()).toBe('breakpoint');
    client.note(JSON.stringify(await client.scope('Error')));
    await client.ask('continue', { threadId: 1 });
    await visit(client);
  });

  transcript('breaks at a catcher', shopFiles, async client => {
    await client.launch(shopWith('None'), async () => {
      await set(client, [26]);
      await client.ask('setExceptionBreakpoints', { filters: [] });
    });
    await visit(client);
  });

  transcript('snaps lines without a place and says why others have none', shopFiles, async client => {
    await client.launch(shopWith('Cheap'), async () => {
      await set(client, [1, 2, 5, 9, 21, 40, 59, 61]);
      await set(client, [1], '/other.json');
    });
    await client.stop();
  });

  transcript('keeps the numbers of breakpoints that are set before the launch', shopFiles, async client => {
    await client.initialize();
    await set(client, [4, 61]);
    const launched = client.ask('launch', shopWith('Cheap'));
    await client.event('initialized');
    await set(client, [4, 61, 50]);
    await client.ask('configurationDone');
    await launched;
    expect(await client.stop()).toBe('breakpoint');
  });

  transcript('tells all places of a range', shopFiles, async client => {
    await client.launch({ ...shopWith('Cheap'), stopOnEntry: true });
    await client.stop();
    await client.ask('breakpointLocations', { source: { path: '/shop.asl.json' }, line: 33, endLine: 45 });
    await client.ask('breakpointLocations', { source: { path: '/shop.asl.json' }, line: 5 });
    await client.ask('breakpointLocations', { source: { path: '/other.json' }, line: 5 });
  });

  transcript(
    'chooses between places of one line by the column',
    { '/b.asl.json': branches },
    async client => {
      await client.launch({ program: '/b.asl.json' }, async () => {
        await set(client, [{ line: 10, column: 14 }, { line: 10, column: 60 }, { line: 17 }], '/b.asl.json');
      });
      await visit(client);
    },
  );

  transcript('breaks where branches begin', { '/b.asl.json': branches }, async client => {
    await client.launch({ program: '/b.asl.json' }, async () => {
      await set(client, [8, 15], '/b.asl.json');
    });
    await visit(client);
  });

  transcript(
    'breaks in YAML',
    {
      '/m.asl.yaml':
        'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: 1\n    Next: B\n  B:\n    Type: Succeed\n',
    },
    async client => {
      await client.launch({ program: '/m.asl.yaml' }, async () => {
        await set(client, [3, 5, 6, 8], '/m.asl.yaml');
      });
      await visit(client);
    },
  );

  transcript(
    'breaks in a template',
    {
      '/template.yaml': [
        'Resources:',
        '  Machine:',
        '    Type: AWS::Serverless::StateMachine',
        '    Properties:',
        '      Definition:',
        '        StartAt: A',
        '        States:',
        '          A:',
        '            Type: Pass',
        '            End: true',
        '',
      ].join('\n'),
    },
    async client => {
      await client.launch({ program: '/template.yaml', stateMachine: 'Machine' }, async () => {
        await set(client, [9], '/template.yaml');
      });
      await visit(client);
    },
  );
});

describe('breakpoints in the mock file', () => {
  transcript('breaks before an answer is given', shopFiles, async client => {
    await client.launch(shopWith('Busy'), async () => {
      await set(client, [20, 21, 30], '/mocks.json');
    });
    await visit(client);
  });
});

describe('conditions, hits and messages', () => {
  transcript('asks conditions in JSONata', { '/c.asl.json': counting }, async client => {
    await client.launch({ program: '/c.asl.json', input: { limit: 5 } }, async () => {
      await set(
        client,
        [
          { line: 10, condition: '$n = 3' },
          { line: 15, condition: '{% $n > 4 %}' },
        ],
        '/c.asl.json',
      );
    });
    await visit(client);
  });

  transcript('asks conditions in JSONPath', shopFiles, async client => {
    await client.launch(shopWith('Dear'), async () => {
      await set(client, [
        { line: 34, condition: '$.priced.total > 100' },
        { line: 47, condition: "$.order.id == 'o-2'" },
        { line: 56, condition: '$.nowhere' },
      ]);
    });
    await visit(client);
  });

  test('takes what finds nothing for a no', async () => {
    const client = new Conversation({ '/c.asl.json': counting });
    await client.launch({ program: '/c.asl.json', input: { limit: 3 } }, async () => {
      await set(
        client,
        [
          { line: 10, condition: '$states.input.premium' },
          { line: 15, condition: '{% $nowhere > 3 %}' },
        ],
        '/c.asl.json',
      );
    });
    expect(await client.stop()).toBe('terminated');
    expect(client.eventsOf('output').filter(({ output }) => output?.includes('condition'))).toEqual([]);
  });

  transcript(
    'stops and says so where a condition is broken',
    shopFiles,
    async client => {
      await client.launch(shopWith('Dear'), async () => {
        await set(client, [
          { line: 34, condition: 'total >' },
          { line: 47, hitCondition: 'often' },
        ]);
      });
      await visit(client);
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );

  transcript('counts hits', { '/c.asl.json': counting }, async client => {
    await client.launch({ program: '/c.asl.json', input: { limit: 10 } }, async () => {
      await set(client, [{ line: 10, hitCondition: '% 4' }], '/c.asl.json');
    });
    await visit(client);
  });

  transcript(
    'writes messages instead of stopping',
    { '/c.asl.json': counting },
    async client => {
      await client.launch({ program: '/c.asl.json', input: { limit: 2 } }, async () => {
        await set(
          client,
          [{ line: 10, logMessage: 'n is {$n}, of {$states.input}, {nothing}' }],
          '/c.asl.json',
        );
      });
      await visit(client);
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );

  test('leaves braces in messages alone that hold no expression', async () => {
    const client = new Conversation({ '/c.asl.json': counting });
    await client.launch({ program: '/c.asl.json', input: { limit: 1 } }, async () => {
      await set(client, [{ line: 10, logMessage: '{} { } {{"n": $n}} :-{ {$n}' }], '/c.asl.json');
    });
    await client.stop();
    expect(client.eventsOf('output')).toContainEqual(
      expect.objectContaining({ output: '{} { } {n: 0} :-{ 0\n' }),
    );
  });

  test('keeps the numbers of breakpoints that are set again, and gives no number twice', async () => {
    const client = new Conversation({ '/c.asl.json': counting });
    await client.launch({ program: '/c.asl.json', stopOnEntry: true });
    await client.stop();
    const numbers = ({ breakpoints }: { readonly breakpoints: readonly { readonly id?: number }[] }) =>
      breakpoints.map(({ id }) => id);
    const both = [{ line: 10 }, { line: 10, condition: '$n = 1' }];
    const first = numbers(await set(client, both, '/c.asl.json'));
    expect(numbers(await set(client, both, '/c.asl.json'))).toEqual(first);
    expect(new Set(first).size).toBe(2);
    const onData = (...dataIds: readonly string[]) =>
      client.ask('setDataBreakpoints', { breakpoints: dataIds.map(dataId => ({ dataId })) });
    const [n] = numbers(await onData('$n'));
    const [total, again] = numbers(await onData('$total', '$n'));
    expect(again).toBe(n);
    expect(total).not.toBe(n);
  });

  test.each([
    ['3', [3]],
    ['== 2', [2]],
    ['>= 4', [4, 5]],
    ['> 4', [5]],
    ['<= 1', [1]],
    ['< 3', [1, 2]],
    ['% 2', [2, 4]],
    ['% 0', []],
  ])('%s counts hits %j of five', (condition, expected) => {
    expect([1, 2, 3, 4, 5].filter(hit => counts(condition, hit))).toEqual(expected);
  });
});

describe('breakpoints on states by name', () => {
  transcript('breaks on names, globs, types and resources', shopFiles, async client => {
    await client.launch(shopWith('Dear'), async () => {
      await client.ask('setFunctionBreakpoints', {
        breakpoints: [
          { name: 'Ask' },
          { name: 'D*' },
          { name: 'type:Wait' },
          { name: 'resource:*function:price' },
          { name: 'Nobody' },
        ],
      });
    });
    await visit(client);
  });

  transcript('takes conditions on states by name', shopFiles, async client => {
    await client.launch(shopWith('Dear'), async () => {
      await client.ask('setFunctionBreakpoints', {
        breakpoints: [{ name: '*', condition: '$.priced.total == 120', hitCondition: '>= 2' }],
      });
    });
    await visit(client);
  });
});

describe('breakpoints on data', () => {
  transcript('breaks where a variable changes', { '/c.asl.json': counting }, async client => {
    await client.launch({ program: '/c.asl.json', input: { limit: 2 }, stopOnEntry: true });
    await client.stop();
    const { dataId } = await client.ask('dataBreakpointInfo', { name: '$n' });
    await client.ask('setDataBreakpoints', { breakpoints: [{ dataId, accessType: 'write' }] });
    await client.ask('continue', { threadId: 1 });
    await visit(client);
  });

  transcript('breaks where a variable is read', { '/c.asl.json': counting }, async client => {
    await client.launch({ program: '/c.asl.json', input: { limit: 1 }, stopOnEntry: true });
    await client.stop();
    await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: '$n', accessType: 'read' }] });
    await client.ask('continue', { threadId: 1 });
    await visit(client);
  });

  test('does not take what is read inside a Map for read by the Map', async () => {
    const client = new Conversation({ '/d.asl.json': doubling });
    await client.launch({ program: '/d.asl.json', input: { numbers: [1] }, stopOnEntry: true });
    await client.stop();
    await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: '$twice', accessType: 'read' }] });
    expect(await client.resume('continue')).toBe('data breakpoint');
    expect(client.eventsOf('stopped').at(-1)).toMatchObject({ description: '$twice was read: 2' });
    expect(await client.resume('continue')).toBe('terminated');
  });

  test('names all breakpoints that a change meets', async () => {
    const client = new Conversation({ '/c.asl.json': counting });
    await client.launch({ program: '/c.asl.json', input: { limit: 5 }, stopOnEntry: true });
    await client.stop();
    const { breakpoints } = await client.ask('setDataBreakpoints', {
      breakpoints: [{ dataId: '$n' }, { dataId: '$n', accessType: 'readWrite' }, { dataId: '$other' }],
    });
    await client.resume('continue');
    const [n, readWrite] = breakpoints.map(({ id }) => id);
    expect(client.eventsOf('stopped').at(-1)).toMatchObject({ hitBreakpointIds: [n, readWrite] });
  });

  transcript('breaks where a path changes', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
    await client.stop();
    const { dataId } = await client.ask('dataBreakpointInfo', { name: '$.priced.total' });
    await client.ask('dataBreakpointInfo', { name: '$sum($x)' });
    await client.ask('setDataBreakpoints', {
      breakpoints: [{ dataId, condition: '$.priced.total > 100' }, { dataId: 'what?' }],
    });
    await client.ask('continue', { threadId: 1 });
    await visit(client);
  });
});

describe('iterations', () => {
  transcript('breaks in each iteration', { '/d.asl.json': doubling }, async client => {
    await client.launch({ program: '/d.asl.json', input: { numbers: [1, 2, 3] } }, async () => {
      await set(client, [{ line: 18, condition: '$twice != 4' }], '/d.asl.json');
    });
    await visit(client);
  });
});
