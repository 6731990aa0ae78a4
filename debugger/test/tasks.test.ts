import { describe } from 'vitest';
import { shopFiles, shopWith } from './machines.ts';
import { example } from './conversation.ts';
import { transcript } from './transcript.ts';

const asking = { program: '/shop.asl.json', input: { order: { id: 'o-1' } } };
const loud = { quiet: ['stepwiseExecution', 'process'] };
const approval = example('human-approval');

describe('tasks that nothing stands for', () => {
  transcript(
    'asks the user, who answers in the console',
    shopFiles,
    async client => {
      await client.launch(asking);
      await client.stop();
      await client.ask('evaluate', { expression: ':help', context: 'repl' });
      await client.ask('evaluate', { expression: ':succeed {"amount":', context: 'repl' });
      await client.ask('evaluate', { expression: ':fail', context: 'repl' });
      await client.ask('evaluate', { expression: ':what', context: 'repl' });
      await client.ask('evaluate', { expression: ':succeed {"amount": 9}', context: 'repl' });
      await client.stop();
      await client.ask('evaluate', { expression: ':succeed {"amount": 9}', context: 'repl' });
    },
    loud,
  );

  transcript('asks the user, who lets the task fail', shopFiles, async client => {
    await client.launch(asking);
    await client.stop();
    await client.ask('evaluate', { expression: ':fail Busy try later', context: 'repl' });
    await client.stop();
    await client.ask('evaluate', { expression: ':fail NoPrice', context: 'repl' });
    await client.stop();
  });

  transcript('takes answers from the editor', shopFiles, async client => {
    await client.launch(asking);
    const { request } = await client.event('stepwiseTask');
    await client.ask('stepwiseAnswer', { request: 77, kind: 'succeeded', output: {} });
    await client.ask('stepwiseAnswer', { request, kind: 'succeeded', output: { amount: 200 } });
    await client.stop();
    await client.ask('stepwiseAnswer', { request, kind: 'heartbeat' });
  });

  transcript('holds an answer until it is told to go on', shopFiles, async client => {
    await client.launch(asking);
    const { request } = await client.event('stepwiseTask');
    await client.ask('stepwiseAnswer', { request, kind: 'succeeded', output: { amount: 200 }, holds: true });
    await client.ask('threads');
    await client.resume('stepwiseGoOn');
    await client.ask('stepwiseGoOn');
  });

  transcript('lets the user look around while a task waits', shopFiles, async client => {
    await client.launch(asking);
    await client.stop();
    client.note(JSON.stringify(await client.scope('Task')));
    client.note(JSON.stringify(await client.scope('State')));
    await client.resume('continue');
    await client.resume('stepwiseAnswer', { request: 1, kind: 'failed', error: 'Other', cause: 'why not' });
  });

  transcript('asks nothing twice when the past is walked again', shopFiles, async client => {
    await client.launch({ ...asking, stopOnEntry: true });
    await client.stop();
    await client.resume('next');
    await client.resume('stepwiseAnswer', { request: 1, kind: 'succeeded', output: { amount: 3 } });
    client.note((await client.frames()).join(' < '));
    await client.resume('stepBack');
    await client.ask('setExpression', { expression: '$.other', value: '1' });
    await client.resume('next');
    client.note((await client.frames()).join(' < '));
  });

  transcript('answers a task that waits for a token', approval, async client => {
    await client.launch({ program: approval.program, inputFile: '/input.json', seed: 7 });
    await client.stop();
    await client.ask('evaluate', { expression: ':heartbeat', context: 'repl' });
    await client.resume('stepwiseAnswer', { request: 1, kind: 'succeeded', output: { approved: false } });
  });

  transcript(
    'lets tasks fail where nobody is to be asked',
    shopFiles,
    async client => {
      await client.launch({ ...asking, unmocked: 'fail' });
      await client.stop();
    },
    loud,
  );

  transcript('runs without stopping but for questions', shopFiles, async client => {
    await client.launch({ ...asking, noDebug: true, stopOnEntry: true }, async () => {
      await client.ask('setBreakpoints', { source: { path: '/shop.asl.json' }, breakpoints: [{ line: 4 }] });
    });
    const { request } = await client.event('stepwiseTask');
    await client.ask('stepwiseAnswer', { request, kind: 'succeeded', output: { amount: 1 } });
    await client.stop();
  });
});

describe('mock cases', () => {
  transcript('makes a mock case from what was answered', shopFiles, async client => {
    await client.launch({ ...shopWith('Busy'), stopAtEnd: true });
    await client.stop();
    await client.ask('stepwiseMockCase', { name: 'As it was' });
  });

  transcript(
    'says what is wrong with a mock file',
    { ...shopFiles, '/bad.json': '{\n"StateMachines": 7}' },
    async client => {
      await client.initialize();
      await client.ask('launch', { ...shopWith('Cheap'), testCase: 'Nope' });
      await client.ask('launch', { ...shopWith('Cheap'), mockFile: '/bad.json' });
      await client.ask('launch', { ...shopWith('Cheap'), mockFile: '/gone.json' });
      await client.ask('launch', { program: '/shop.asl.json', testCase: 'Cheap' });
      await client.ask('launch', { program: '/shop.asl.json', mockFile: '/mocks.json' });
    },
  );
});
