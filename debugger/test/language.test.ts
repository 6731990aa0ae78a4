import type { DebugProtocol } from '@vscode/debugprotocol';
import { describe, expect, test } from 'vitest';
import { bundleIn, englishAmong } from '#test/setup/bundle.ts';
import { Conversation, type TestFiles } from './conversation.ts';
import { branches, doubling, shopFiles, shopWith } from './machines.ts';

const german = bundleIn('de');

/** A conversation with VS Code in German. */
async function begin(
  files: TestFiles,
  args: Record<string, unknown>,
  setUp: (client: Conversation) => Promise<void> = async () => undefined,
): Promise<Conversation> {
  const client = new Conversation(files);
  await client.launch({ stopOnEntry: true, ...args }, () => setUp(client), { texts: german });
  await client.stop();
  return client;
}

/** Why a launch was refused. */
async function refusal(files: TestFiles, args: Record<string, unknown>): Promise<string | undefined> {
  const client = new Conversation(files);
  await client.initialize({ texts: german });
  const { success, message } = await client.send('launch', args);
  expect(success).toBe(false);
  return message;
}

/** Everything in a conversation that is there to be read by a person, line by line. */
function saidIn(client: Conversation): readonly string[] {
  const said: string[] = [];
  const say = (text: unknown): void => {
    if (typeof text === 'string') said.push(...text.split('\n').filter(line => line.trim() !== ''));
  };
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      value.forEach(collect);
      return;
    }
    const { variablesReference, ...members } = value as Readonly<Record<string, unknown>>;
    // Of a variable, the name is of the data; a scope, thread or frame is called by us.
    const isVariable = variablesReference !== undefined && 'value' in members;
    for (const name of [
      'description',
      'message',
      'format',
      'output',
      'text',
      'label',
      'title',
      'value',
      'type',
    ])
      say(members[name]);
    if (!isVariable) say(members['name']);
    Object.values(members).forEach(collect);
  };
  for (const message of client.received) {
    const { body, message: refused } = message as { readonly body?: unknown; readonly message?: unknown };
    collect(body);
    say(refused);
  }
  return said;
}

const scopesOf = async (client: Conversation): Promise<DebugProtocol.Scope[]> => {
  const { stackFrames } = await client.ask('stackTrace', { threadId: client.thread });
  const { scopes } = await client.ask('scopes', { frameId: stackFrames[0]?.id });
  for (const { variablesReference } of scopes) await client.ask('variables', { variablesReference });
  return scopes;
};

describe('in German', () => {
  test('the debugger says where it has stopped', async () => {
    const client = await begin(shopFiles, shopWith('Dear'));
    await client.resume('next', { granularity: 'instruction' });
    await client.resume('next');
    expect(client.eventsOf('stopped').map(({ description }) => description)).toEqual([
      "Angehalten vor 'Price'",
      "Angehalten vor InputPath von 'Price'",
      "Angehalten vor 'Dear?'",
    ]);
    expect(await client.frames()).toEqual(['Dear?:34', expect.stringContaining('shop · ')]);
    const { threads } = await client.ask('threads');
    expect(threads.map(({ name }) => name)).toEqual(['Ausführung']);
  });

  test('breakpoints say why they cannot stand, and what they stop at', async () => {
    const client = await begin(shopFiles, shopWith('Dear'));
    const onNothing = await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'Nirgends' }] });
    expect(onNothing.breakpoints).toMatchObject([
      {
        verified: false,
        message:
          "Kein Zustand heißt 'Nirgends'. Möglich sind auch ein Muster mit *, type:Map oder resource:*sqs*.",
      },
    ]);
    await client.ask('setBreakpoints', { source: { path: '/shop.asl.json' }, breakpoints: [{ line: 37 }] });
    await client.resume('continue');
    expect(client.eventsOf('stopped').at(-1)?.description).toBe(
      "Angehalten, bevor Regel 1 von 'Dear?' ausgewertet wird",
    );
    expect((await client.frames())[0]).toBe('Regel 1:37');
  });

  test('an expression that cannot be evaluated is refused', async () => {
    const client = await begin(shopFiles, shopWith('Dear'));
    const { message } = await client.send('evaluate', { expression: 'what is this', context: 'repl' });
    expect(message).toBe(
      "'what is this' ist weder ein Pfad ($.x) noch eine intrinsische Funktion (States.Format(…)) noch JSON. JSONata steht zwischen {% und %}.",
    );
    // What AWS itself says is the same in every language.
    const missing = await client.send('evaluate', { expression: '$.nowhere', context: 'repl' });
    expect(missing.message).toMatch(/^Invalid path '\$\.nowhere'/);
  });

  test.each([
    [
      { program: '/no.asl.json' },
      'Der Zustandsautomat kann nicht gelesen werden: no such file: /no.asl.json',
    ],
    [
      { ...shopWith('Nobody') },
      "/mocks.json: Die Mock-Datei hat keinen Testfall namens 'Nobody'. Sie hat 'Dear', 'Cheap', 'Busy', 'None'.",
    ],
    [
      { ...shopWith('Dear'), time: 'slow' },
      '"time" muss "virtual", "real" oder eine Zahl sein: 60 lässt eine Minute in einer Sekunde vergehen.',
    ],
    [
      { program: '/shop.asl.json', testCase: 'Dear' },
      'Der Testfall \'Dear\' braucht eine Mock-Datei: Sie wird mit "mockFile" angegeben.',
    ],
    [{ program: '/broken.asl.json' }, "/broken.asl.json, Zeile 1: Der Zustand 'A' hat weder Next noch End."],
    [
      { ...shopWith('Dear'), mockFile: '/bad.json' },
      "/bad.json, Zeile 1: Der Datei fehlt 'MockedResponses'.",
    ],
    [{}, 'launch: program muss eine Zeichenfolge sein, ist aber nichts.'],
  ])('a launch with %j is refused', async (args, expected) => {
    const broken = '{"StartAt":"A","States":{"A":{"Type":"Pass"}}}';
    expect(
      await refusal({ ...shopFiles, '/broken.asl.json': broken, '/bad.json': '{"StateMachines":{}}' }, args),
    ).toBe(expected);
  });

  test('a task that nothing answers says what to do', async () => {
    const input = { order: { id: 'o-1' } };
    const client = await begin(shopFiles, { program: '/shop.asl.json', input, unmocked: 'fail' });
    await client.ask('setExceptionBreakpoints', { filters: ['all'] });
    await client.resume('continue');
    const told =
      'Nichts beantwortet den Task \'Price\': Die Startkonfiguration braucht "mockFile" und "testCase" oder "unmocked": "ask".';
    const next = 'Nichts wiederholt oder fängt ihn ab: Die Ausführung schlägt fehl.';
    expect(client.eventsOf('stopped').at(-1)?.text).toBe(`States.Runtime: ${told}\n${next}`);
    expect(await client.ask('exceptionInfo', { threadId: client.thread })).toMatchObject({
      description: told,
    });
    await client.resume('continue');
    expect(client.eventsOf('output').map(({ output }) => output)).toEqual([
      'Ausführung gestartet. Die Zeit ist virtuell: Warten kostet keine.\n',
      expect.stringContaining('Price  {order: {id: "o-1"}}'),
      expect.stringContaining(`Price fehlgeschlagen: States.Runtime (${told}). ${next}`),
      `Ausführung fehlgeschlagen: States.Runtime: ${told}\n`,
    ]);
  });

  test('nothing is said in English', async () => {
    const shop = await begin(shopFiles, shopWith('Busy'), async client => {
      await client.ask('setExceptionBreakpoints', { filters: ['all', 'none'] });
      await client.ask('setBreakpoints', {
        source: { path: '/shop.asl.json' },
        breakpoints: [
          { line: 37, condition: 'no condition' },
          { line: 99, hitCondition: 'often' },
          { line: 18 },
        ],
      });
      await client.ask('setBreakpoints', { source: { path: '/other.json' }, breakpoints: [{ line: 1 }] });
      await client.ask('setBreakpoints', { source: { path: '/mocks.json' }, breakpoints: [{ line: 18 }] });
      await client.ask('setDataBreakpoints', { breakpoints: [{ dataId: '$total' }, { dataId: 'x y' }] });
    });
    for (const expression of [
      ':help',
      ':fail',
      ':moment',
      ':what',
      ':succeed {',
      '',
      '{% $x( %}',
      '{% $nothing %}',
    ])
      await shop.send('evaluate', { expression, context: 'repl' });
    await shop.send('setExpression', { expression: 'x y', value: '1' });
    await shop.send('stackTrace', { threadId: 99 });
    await shop.send('scopes', { frameId: 99 });
    await shop.send('scopes', {});
    await shop.send('readMemory', {});
    await shop.send('source', { source: { path: '/other.json' } });
    await shop.send('dataBreakpointInfo', { name: 'x y' });
    for (let stop = 'entry'; stop !== 'terminated'; stop = await shop.resume('continue')) {
      await scopesOf(shop);
      await shop.send('exceptionInfo', { threadId: shop.thread });
    }
    await shop.send('continue', { threadId: 1 });

    const map = await begin(
      { '/m.asl.json': doubling },
      { program: '/m.asl.json', input: { numbers: [1, 2, 3, 4, 5] } },
    );
    await map.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'Tell' }] });
    await map.resume('stepIn', { granularity: 'instruction' });
    await map.resume('continue');
    await map.ask('threads');
    await scopesOf(map);
    await map.resume('stepBack');
    await map.resume('reverseContinue');
    await map.ask('setFunctionBreakpoints', { breakpoints: [] });
    await map.resume('continue');

    const fan = await begin({ '/b.asl.json': branches }, { program: '/b.asl.json', stopAtEnd: true });
    await fan.resume('stepIn');
    await fan.resume('stepIn');
    await scopesOf(fan);
    const { stackFrames } = await fan.ask('stackTrace', { threadId: fan.thread });
    await fan.ask('stepInTargets', { frameId: stackFrames[0]?.id });
    await fan.resume('continue');
    await fan.resume('continue');

    const said = [shop, map, fan].flatMap(saidIn);
    expect(said.length).toBeGreaterThan(200);
    expect(englishAmong(said, german)).toEqual([]);
    // The same check finds English, where the client says no language.
    const english = new Conversation(shopFiles);
    await english.launch({ stopOnEntry: true, ...shopWith('Dear') });
    await english.stop();
    await scopesOf(english);
    expect(englishAmong(saidIn(english), german)).toContain("Paused before 'Price'");
  });
});
