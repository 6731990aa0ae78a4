import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DebugAdapterProcess } from './debugAdapter.ts';

const program = path.resolve(import.meta.dirname, '../../examples/hello-world/hello-world.asl.json');

let adapter: DebugAdapterProcess;

beforeEach(() => {
  adapter = new DebugAdapterProcess();
});

afterEach(() => {
  adapter.stop();
});

const framed = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const good = '{"seq":900,"type":"request","command":"threads"}';

/** Broken transports: what is written, before a good request that must be answered all the same. */
const transports: Readonly<Record<string, string>> = {
  'a body that is not JSON': framed('{nonsense'),
  'an empty body': framed(''),
  'the JSON null': framed('null'),
  'a JSON number': framed('7'),
  'a JSON text': framed('"hello"'),
  'a JSON array': framed('[1,2]'),
  'an empty object': framed('{}'),
  'an event from the client': framed('{"seq":1,"type":"event","event":"x"}'),
  'a response nobody waits for': framed('{"seq":1,"type":"response","request_seq":5,"success":true}'),
  'a request without a number': framed('{"type":"request","command":"threads"}'),
  'a number that is a text': framed('{"seq":"a","type":"request","command":"threads"}'),
  'a Content-Length that is no number': 'Content-Length: many\r\n\r\n',
  'a negative Content-Length': 'Content-Length: -5\r\n\r\n',
  'an absurd Content-Length': 'Content-Length: 99999999999999\r\n\r\n',
  'no Content-Length': 'X-Other: 1\r\n\r\n',
  'a header in lower case': `content-length: 2\r\n\r\n{}`,
  'line feeds alone': `Content-Length: 2\n\n{}`,
  'noise before a header': 'hello world\r\n\r\n',
};

describe('broken transports', () => {
  test('there are eighteen', () => expect(Object.keys(transports)).toHaveLength(18));

  test.each(Object.entries(transports))('survives %s', async (_name, bytes) => {
    adapter.write(bytes);
    adapter.write(framed(good));
    const answer = await adapter.until(({ request_seq }) => request_seq === 900);
    expect(answer).toMatchObject({ command: 'threads', success: true });
    expect(adapter.isAlive).toBe(true);
  });

  test('reads a request that comes byte by byte', async () => {
    for (const letter of framed(good)) adapter.write(letter);
    expect(await adapter.until(({ request_seq }) => request_seq === 900)).toMatchObject({ success: true });
  });
});

const commands = [
  'initialize',
  'launch',
  'attach',
  'configurationDone',
  'restart',
  'disconnect',
  'terminate',
  'breakpointLocations',
  'setBreakpoints',
  'setFunctionBreakpoints',
  'setExceptionBreakpoints',
  'dataBreakpointInfo',
  'setDataBreakpoints',
  'setInstructionBreakpoints',
  'continue',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
  'reverseContinue',
  'restartFrame',
  'goto',
  'pause',
  'stackTrace',
  'scopes',
  'variables',
  'setVariable',
  'source',
  'threads',
  'terminateThreads',
  'modules',
  'loadedSources',
  'evaluate',
  'setExpression',
  'stepInTargets',
  'gotoTargets',
  'completions',
  'exceptionInfo',
  'disassemble',
  'cancel',
  'illegal_request',
];

const wrong: Readonly<Record<string, unknown>> = {
  'no arguments': undefined,
  'wrong types': {
    source: 7,
    breakpoints: 'x',
    threadId: {},
    frameId: [],
    variablesReference: 'a',
    expression: 1,
    line: null,
    filters: 3,
    name: [],
    value: {},
    targetId: '1',
    text: 2,
    column: 'c',
    program: 5,
    arguments: 1,
    requestId: 'x',
    memoryReference: 1,
  },
  'absurd ids': {
    source: { path: '\0/nowhere', sourceReference: -1 },
    breakpoints: [],
    threadId: 9e15,
    frameId: -7,
    variablesReference: 1e15,
    expression: '$'.repeat(10_000),
    line: -1e9,
    filters: [],
    name: '',
    value: '',
    targetId: -1,
    text: '',
    column: 1e9,
    program: '/nowhere',
    history: '/nowhere',
    requestId: 1e9,
    startFrame: -5,
    levels: -5,
    start: -9,
    count: -9,
  },
};

describe('broken requests', () => {
  test('there are 41 commands', () => expect(new Set(commands).size).toBe(41));

  for (const [kind, args] of Object.entries(wrong)) {
    test.each(['before a launch', 'while stopped'])(
      `answers every command with ${kind} exactly once, %s`,
      async when => {
        if (when === 'while stopped') await launch();
        const sent = commands
          .filter(command => when !== 'while stopped' || !endings.has(command))
          .map(command => adapter.send(command, args));
        const last = await adapter.ask('threads');
        expect(last).toMatchObject({ success: true });
        // What answers late, such as a launch that reads a file, has the time of a few more requests.
        for (const seq of sent) await adapter.until(({ request_seq }) => request_seq === seq);
        const answered = adapter.received
          .filter(({ type }) => type === 'response')
          .map(({ request_seq }) => request_seq ?? 0);
        for (const seq of sent) expect(answered.filter(each => each === seq)).toEqual([seq]);
        expect(adapter.isAlive).toBe(true);
      },
    );
  }

  test('does its work after all of them', async () => {
    for (const args of Object.values(wrong))
      for (const command of commands.filter(each => !endings.has(each) && each !== 'configurationDone'))
        await adapter.ask(command, args);
    await launch();
    expect(await adapter.ask('stackTrace', { threadId: 1 })).toMatchObject({ success: true });
    await adapter.ask('continue', { threadId: 1 });
    // The input has no name for the task's parameters: the execution fails, as it should.
    expect(await adapter.until(({ event }) => event === 'exited')).toMatchObject({ body: { exitCode: 1 } });
  });
});

/** They end the execution, after which there is nothing to break. */
const endings = new Set(['terminate', 'disconnect', 'restart']);

async function launch(): Promise<void> {
  await adapter.ask('initialize', {});
  const launched = adapter.ask('launch', { program, input: {}, stopOnEntry: true });
  await adapter.until(({ event }) => event === 'initialized');
  await adapter.ask('configurationDone');
  await launched;
  await adapter.until(({ event }) => event === 'stopped');
}
