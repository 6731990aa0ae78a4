import { describe, expect, test } from 'vitest';
import { isSecretName } from '#core/secrets.ts';
import { preview } from '#core/preview.ts';
import { Conversation } from './conversation.ts';
import { counting, doubling, shopFiles, shopWith } from './machines.ts';
import { transcript } from './transcript.ts';

/** Everything that the first frame of a thread shows, opened once. */
async function look(client: Conversation, frame = 0): Promise<void> {
  const { stackFrames } = await client.ask('stackTrace', { threadId: client.thread });
  const { scopes } = await client.ask('scopes', { frameId: stackFrames[frame]?.id });
  for (const { name, variablesReference } of scopes) {
    client.note(name);
    await client.ask('variables', { variablesReference });
  }
}

async function stopAt(client: Conversation, line: number, args: Record<string, unknown>): Promise<void> {
  await client.launch(args, async () => {
    await client.quietly(() =>
      client.ask('setBreakpoints', { source: { path: args['program'] }, breakpoints: [{ line }] }),
    );
  });
  await client.stop();
}

describe('scopes', () => {
  transcript('shows a task in the middle of its stages', shopFiles, async client => {
    await stopAt(client, 17, shopWith('Dear'));
    await look(client);
  });

  transcript('shows a state before it begins', shopFiles, async client => {
    await stopAt(client, 34, shopWith('Dear'));
    await look(client);
  });

  transcript('shows the output at the end of a state', { '/c.asl.json': counting }, async client => {
    await stopAt(client, 14, { program: '/c.asl.json', input: { limit: 2 } });
    await look(client);
  });

  transcript('shows the execution', { '/c.asl.json': counting }, async client => {
    await stopAt(client, 10, { program: '/c.asl.json', input: { limit: 2 } });
    await look(client, 1);
  });

  transcript(
    'shows an iteration, its item and the variables around it',
    { '/d.asl.json': doubling },
    async client => {
      await stopAt(client, 17, { program: '/d.asl.json', input: { numbers: [1, 2, 3] } });
      await look(client, 1);
    },
  );

  transcript('pages iterations', { '/d.asl.json': doubling }, async client => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => index);
    await stopAt(client, 17, { program: '/d.asl.json', input: { numbers } });
    const { stackFrames } = await client.quietly(() => client.ask('stackTrace', { threadId: client.thread }));
    const map = stackFrames.find(({ name }) => name === 'Each');
    const { scopes } = await client.quietly(() => client.ask('scopes', { frameId: map?.id }));
    const scope = scopes.find(({ name }) => name === 'Iterations');
    expect(scope?.indexedVariables).toBe(10_000);
    await client.ask('variables', { variablesReference: scope?.variablesReference, start: 0, count: 3 });
    await client.ask('variables', { variablesReference: scope?.variablesReference, start: 9_999, count: 3 });
    await client.ask('threads');
  });

  transcript('pages big arrays', { '/c.asl.json': counting }, async client => {
    const big = Array.from({ length: 5_000 }, (_, index) => ({ index }));
    await stopAt(client, 5, { program: '/c.asl.json', input: { limit: 1, big } });
    const { stackFrames } = await client.quietly(() => client.ask('stackTrace', { threadId: 1 }));
    const { scopes } = await client.quietly(() => client.ask('scopes', { frameId: stackFrames[0]?.id }));
    const input = scopes.find(({ name }) => name === 'Input');
    const { variables } = await client.ask('variables', { variablesReference: input?.variablesReference });
    const variablesReference = variables[1]?.variablesReference;
    await client.ask('variables', { variablesReference, start: 4_998, count: 10, filter: 'indexed' });
    await client.ask('variables', { variablesReference, filter: 'named' });
    await client.ask('variables', { variablesReference: 99_999 });
  });
});

describe('evaluating', () => {
  transcript('evaluates JSONPath, intrinsic functions, comparisons and JSON', shopFiles, async client => {
    await stopAt(client, 34, shopWith('Dear'));
    for (const expression of [
      '$.priced.total',
      '$.order',
      '$$.State.Name',
      '$total',
      "States.Format('{} costs {}', $.order.id, $.priced.total)",
      '$.priced.total >= 100',
      "$.order.id != 'o-1'",
      '{% $total * 2 %}',
      '{% $states.input.priced %}',
      '[1, 2]',
      '$.nowhere',
      'nonsense',
      '',
      '$[',
      '{% 1 + %}',
    ])
      await client.ask('evaluate', { expression, context: 'watch' });
  });

  transcript('evaluates JSONata', { '/c.asl.json': counting }, async client => {
    await stopAt(client, 15, { program: '/c.asl.json', input: { limit: 3, list: [1, 2] } });
    for (const expression of [
      '$n',
      '{% $n + 1 %}',
      '$states.input',
      '$sum($states.input.list)',
      '$states.context.Execution.Name',
      '$nothing',
      '$sum',
      '1 +',
      '($f := function($x) { $f($x) }; $f(1))',
      '$sum([1..10000000])',
    ])
      await client.ask('evaluate', { expression, context: 'repl' });
  });

  transcript('hides secrets in hovers and shows them to who asks', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true });
    await client.stop();
    await client.ask('evaluate', { expression: '$.order', context: 'hover' });
    await client.ask('evaluate', { expression: '$.order.password', context: 'hover' });
    await client.ask('evaluate', { expression: '$.order.password', context: 'repl' });
    await client.ask('evaluate', { expression: '$.order', context: 'clipboard' });
    const { variablesReference } = await client.ask('evaluate', { expression: '$.order', context: 'watch' });
    const { variables } = await client.ask('variables', { variablesReference });
    await client.ask('variables', { variablesReference: variables[1]?.variablesReference });
  });

  transcript('reveals secrets where the configuration says so', shopFiles, async client => {
    await client.launch({ ...shopWith('Dear'), stopOnEntry: true, revealSecrets: true });
    await client.stop();
    await client.ask('evaluate', { expression: '$.order', context: 'hover' });
  });

  transcript('completes expressions from live data', shopFiles, async client => {
    await stopAt(client, 34, shopWith('Dear'));
    for (const text of ['$.', '$.pri', '$.priced.', '$to', 'States.Form', '$$.Exec', ':', ':su'])
      await client.ask('completions', { text, column: text.length + 1 });
  });

  transcript('completes JSONata', { '/c.asl.json': counting }, async client => {
    await stopAt(client, 15, { program: '/c.asl.json', input: { limit: 3 } });
    for (const text of ['$states.', '$states.input.', '$su', '$n', '$states.context.State.'])
      await client.ask('completions', { text, column: text.length + 1 });
  });
});

test('a state that is tried again has its stages before it', async () => {
  const client = new Conversation(shopFiles);
  await client.launch(shopWith('Busy'), async () => {
    await client.ask('setBreakpoints', {
      source: { path: '/shop.asl.json' },
      breakpoints: [{ line: 8, hitCondition: '2' }],
    });
  });
  await client.stop();
  expect(await client.scope('Stages')).toMatchObject({
    afterInputPath: '{id: "o-1", password: ••••••}',
    afterParameters: 'next',
    task: 'not reached',
  });
});

test('completions of a further line begin where they do in the whole text', async () => {
  const client = new Conversation({ '/c.asl.json': counting });
  await stopAt(client, 15, { program: '/c.asl.json', input: { limit: 3 } });
  const { targets } = await client.ask('completions', { text: 'one\ntwo $states.inp', line: 2, column: 16 });
  expect(targets).toContainEqual(expect.objectContaining({ label: 'input', start: 16, length: 3 }));
});

describe('changing', () => {
  transcript('changes a variable, its member and the data', shopFiles, async client => {
    await stopAt(client, 34, shopWith('Cheap'));
    const { stackFrames } = await client.quietly(() => client.ask('stackTrace', { threadId: 1 }));
    const { scopes } = await client.quietly(() => client.ask('scopes', { frameId: stackFrames[0]?.id }));
    const reference = (name: string) => scopes.find(scope => scope.name === name)?.variablesReference;
    await client.quietly(() => client.ask('variables', { variablesReference: reference('Input') }));
    await client.ask('setVariable', {
      variablesReference: reference('Variables'),
      name: '$total',
      value: '{"a": 1}',
    });
    await client.ask('setExpression', { expression: '$total.a', value: '$.priced.total' });
    await client.ask('setExpression', { expression: '$.priced.total', value: '500' });
    await client.ask('setExpression', { expression: '$.order.lines[0]', value: '"first"' });
    for (const expression of ['$.order.lines[9999999999]', '$.order[0]', '$.priced.total.cents'])
      await client.ask('setExpression', { expression, value: '1' });
    await client.ask('setExpression', { expression: '$total', value: '1e999' });
    await client.ask('setVariable', { variablesReference: reference('State'), name: 'Name', value: '"x"' });
    await client.ask('setVariable', {
      variablesReference: reference('Variables'),
      name: '$none',
      value: '1',
    });
    await client.ask('setExpression', { expression: '$$.State', value: '1' });
    await client.ask('setExpression', { expression: '$.x', value: 'no value' });
    await client.ask('evaluate', { expression: '$', context: 'clipboard' });
    await client.resume('next');
    client.note((await client.frames()).join(' < '));
  });

  transcript(
    'changes the past and forgets what came after',
    { '/c.asl.json': counting },
    async client => {
      await client.launch({ program: '/c.asl.json', input: { limit: 5 }, stopAtEnd: true });
      await client.stop();
      await client.resume('stepBack');
      await client.resume('stepBack');
      client.note((await client.frames()).join(' < '));
      await client.ask('setExpression', { expression: '$n', value: '1' });
      await client.resume('continue');
      client.note(JSON.stringify(await client.scope('Variables')));
    },
    { quiet: ['stepwiseExecution', 'process'] },
  );

  test('shows the changed value in the frames that the client knows', async () => {
    const client = new Conversation(shopFiles);
    await stopAt(client, 34, shopWith('Cheap'));
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1 });
    const frameId = stackFrames[0]?.id;
    await client.ask('setExpression', { expression: '$total', value: '8', frameId });
    expect(await client.ask('evaluate', { expression: '$total', context: 'watch', frameId })).toMatchObject({
      result: '8',
    });
    const { scopes } = await client.ask('scopes', { frameId });
    const { variablesReference } = scopes.find(({ name }) => name === 'Variables') ?? {};
    const { variables } = await client.ask('variables', { variablesReference });
    expect(variables).toMatchObject([{ name: '$total', value: '8' }]);
  });

  test('hides a secret that was changed', async () => {
    const client = new Conversation(shopFiles);
    await stopAt(client, 34, shopWith('Cheap'));
    expect(
      await client.ask('setExpression', { expression: '$.order.password', value: '"hunter3"' }),
    ).toMatchObject({ value: '••••••' });
    expect(await client.ask('evaluate', { expression: '$.order.password' })).toMatchObject({
      result: '"hunter3"',
    });
  });

  test('shows what was changed of a stage', async () => {
    const client = new Conversation(shopFiles);
    await stopAt(client, 14, shopWith('Cheap'));
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1 });
    const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]?.id });
    const { variablesReference } = scopes.find(({ name }) => name === 'Stages') ?? {};
    await client.ask('setVariable', {
      variablesReference,
      name: 'afterResultSelector',
      value: '{"total": 9}',
    });
    expect(await client.scope('Stages')).toMatchObject({ afterResultSelector: '{total: 9}' });
  });

  test('changes the input of a state whose stages have not made anything of it', async () => {
    const client = new Conversation(shopFiles);
    await stopAt(client, 37, shopWith('Cheap'));
    const { stackFrames } = await client.ask('stackTrace', { threadId: 1 });
    const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]?.id });
    const { variablesReference } = scopes.find(({ name }) => name === 'Input') ?? {};
    await client.ask('setVariable', { variablesReference, name: 'priced', value: '{"total": 101}' });
    expect(await client.ask('evaluate', { expression: '$.priced.total' })).toMatchObject({ result: '101' });
    await client.resume('next');
    expect(await client.frames()).toEqual(['Ask:45', 'shop · local:2']);
  });

  transcript('tells where a variable was made', { '/c.asl.json': counting }, async client => {
    await stopAt(client, 15, { program: '/c.asl.json', input: { limit: 5 } });
    const { stackFrames } = await client.quietly(() => client.ask('stackTrace', { threadId: 1 }));
    const { scopes } = await client.quietly(() => client.ask('scopes', { frameId: stackFrames[0]?.id }));
    const variables = scopes.find(({ name }) => name === 'Variables');
    const stages = scopes.find(({ name }) => name === 'Stages');
    await client.ask('variables', { variablesReference: variables?.variablesReference });
    await client.ask('locations', { locationReference: 1 });
    await client.ask('variables', { variablesReference: stages?.variablesReference });
    await client.ask('locations', { locationReference: 3 });
    await client.ask('locations', { locationReference: 77 });
  });

  transcript('gives values for the lines of a state', shopFiles, async client => {
    await stopAt(client, 33, shopWith('Dear'));
    await client.ask('stepwiseInlineValues', {});
  });
});

describe('secrets', () => {
  test.each([
    'password',
    'DB_PASSWORD',
    'apiKey',
    'x-api-key',
    'Authorization',
    'clientSecret',
    'TaskToken',
    'accessKeyId',
  ])('%s is one', name => expect(isSecretName(name)).toBe(true));
  test.each(['tokens', 'passwordless', 'key', 'keyboard', 'author', 'monkey', 'secretary', 'passenger'])(
    '%s is none',
    name => expect(isSecretName(name)).toBe(false),
  );
  test('keys of AWS are hidden by their looks', () =>
    expect(preview({ id: 'AKIAIOSFODNN7EXAMPLE', n: 1 }, 'masked')).toBe('{id: ••••••, n: 1}'));
  test('a preview does not cut letters in two', () => {
    expect(preview('😀😀😀', 'masked', 3)).toBe('"😀…"');
    expect(preview('😀😀😀', 'masked', 4)).toBe('"😀😀…"');
  });
  test('a preview reads no more than it shows', () => {
    const endless = new Proxy<number[]>([], {
      get: (_list, key) => (key === 'length' ? 1e9 : key === 'entries' ? () => [].entries() : 7),
    });
    expect(preview(endless, 'masked', 10).length).toBeLessThan(20);
  });
});
