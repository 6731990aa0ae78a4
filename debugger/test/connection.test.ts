import type { DebugProtocol } from '@vscode/debugprotocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DebugConnection, Refusal, request } from '#debugger/connection.ts';
import { frame, FrameReader } from '#debugger/framing.ts';
import { anything, integer, list, object, oneOf, optional, string } from '#debugger/shape.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const message = (seq: number, command: string, args?: unknown) => ({
  seq,
  type: 'request',
  command,
  arguments: args,
});

function stream() {
  const read: unknown[] = [];
  const problems: string[] = [];
  const reader = new FrameReader(
    new TextDecoder(),
    m => read.push(m),
    p => problems.push(p),
  );
  return {
    read,
    problems,
    push: (text: string) => reader.push(encode(text)),
    pushBytes: (bytes: Uint8Array) => reader.push(bytes),
  };
}

const good = JSON.stringify({ ok: 1 });
const framed = (body: string) => `Content-Length: ${encode(body).length}\r\n\r\n${body}`;

describe('the framing', () => {
  test('reads messages however they are cut into chunks', () => {
    const messages = fc.array(fc.record({ text: fc.string(), n: fc.integer() }), { maxLength: 5 });
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, sizes) => {
        const bytes = sent.map(m => frame(m, encode));
        const all = Uint8Array.from(bytes.flatMap(chunk => [...chunk]));
        const { read, problems, pushBytes } = stream();
        for (let at = 0, i = 0; at < all.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          pushBytes(all.subarray(at, at + size));
          at += size;
        }
        expect({ read, problems }).toEqual({ read: sent, problems: [] });
      }),
    );
  });

  test.each([
    ['a body that is not JSON', framed('{nonsense'), 1],
    ['an empty body', framed(''), 1],
    ['a body cut in the middle of a character', `Content-Length: 3\r\n\r\n{"\u00e9`.slice(0, -1) + '"', 1],
    ['no Content-Length', 'X-Other: 1\r\n\r\n', 1],
    ['a Content-Length that is no number', 'Content-Length: many\r\n\r\n', 1],
    ['a negative Content-Length', 'Content-Length: -5\r\n\r\n', 1],
    ['an absurd Content-Length', 'Content-Length: 99999999999999\r\n\r\n', 1],
    ['a header that never ends', 'x'.repeat(20_000), undefined],
    ['noise before a header', 'hello\r\n\r\n', 1],
    ['bytes of zero', '\0\0\0\r\n\r\n', 1],
  ])('goes on after %s', (_what, broken, problems) => {
    const { read, problems: told, push } = stream();
    push(broken);
    push(`\r\n\r\n${framed(good)}`);
    expect(read.at(-1)).toEqual({ ok: 1 });
    if (problems !== undefined) expect(told.length).toBeGreaterThanOrEqual(problems);
  });

  test.each([
    ['header names in lower case', `content-length: ${good.length}\r\n\r\n${good}`],
    ['blanks around the colon', `Content-Length :  ${good.length} \r\n\r\n${good}`],
    ['further headers', `Content-Type: x\r\nContent-Length: ${good.length}\r\n\r\n${good}`],
    ['line feeds alone', `Content-Length: ${good.length}\n\n${good}`],
    ['several messages in one chunk', framed(good) + framed(good)],
  ])('reads %s', (_what, text) => {
    const { read, problems, push } = stream();
    push(text);
    expect(read[0]).toEqual({ ok: 1 });
    expect(problems).toEqual([]);
  });
});

function conversation() {
  const sent: DebugProtocol.ProtocolMessage[] = [];
  const reported: string[] = [];
  const connection = new DebugConnection(
    m => sent.push(m),
    p => reported.push(p),
  );
  let release: () => void = () => undefined;
  connection.serve({
    greet: request(
      object({ name: string, times: optional(integer), tone: optional(oneOf('kind', 'cold')) }),
      {
        run: ({ name, times }) => ({ text: name.repeat(times ?? 1) }),
      },
    ),
    many: request(object({ ids: list(integer) }), { run: ({ ids }) => ({ sum: ids.length }) }),
    refuse: request(anything, {
      run: () => {
        throw new Refusal('Not today.');
      },
    }),
    never: request(anything, { refuse: () => 'Only while stopped.', run: () => ({}) }),
    crash: request(anything, {
      run: () => {
        throw new TypeError('x of undefined');
      },
    }),
    reject: request(anything, { run: () => Promise.reject(new Error('later')) }),
    slow: request(anything, {
      run: () =>
        new Promise(done => {
          release = () => done({});
        }),
    }),
  });
  const settle = () => new Promise(done => setTimeout(done, 0));
  return { sent, reported, connection, settle, release: () => release() };
}

describe('the connection', () => {
  test('answers every request exactly once, whatever its arguments', async () => {
    const { connection, sent, settle } = conversation();
    const commands = fc.constantFrom(
      'greet',
      'many',
      'refuse',
      'never',
      'crash',
      'reject',
      'cancel',
      'unknown',
      '__proto__',
      'constructor',
    );
    const requests = fc.sample(fc.tuple(commands, fc.anything()), 300);
    for (const [index, [command, args]] of requests.entries())
      connection.receive(message(index, command, args));
    await settle();
    const answered = sent.map(m => (m as DebugProtocol.Response).request_seq).toSorted((a, b) => a - b);
    expect(answered).toEqual(requests.map((_request, index) => index));
    expect(new Set(sent.map(m => m.seq)).size).toBe(sent.length);
  });

  test.each([
    null,
    7,
    'text',
    [],
    {},
    { type: 'request' },
    { type: 'event', seq: 1 },
    { type: 'request', seq: 'x', command: 'greet' },
  ])('skips what is no request: %j', async value => {
    const { connection, sent, reported, settle } = conversation();
    connection.receive(value);
    connection.receive(message(1, 'greet', { name: 'a' }));
    await settle();
    expect(sent).toHaveLength(1);
    expect(reported).toHaveLength(1);
  });

  test('names the argument that is wrong', async () => {
    const { connection, sent, settle } = conversation();
    connection.receive(message(1, 'greet', { name: 7 }));
    connection.receive(message(2, 'many', { ids: [1, 'x'] }));
    connection.receive(message(3, 'greet'));
    connection.receive(message(4, 'many', { ids: [1.5] }));
    connection.receive(message(5, 'greet', { name: 'a', tone: 'loud' }));
    await settle();
    expect(sent.map(m => (m as DebugProtocol.Response).message)).toEqual([
      'greet: name must be a string, but is a number.',
      'many: ids[1] must be an integer, but is a string.',
      'greet: name must be a string, but is nothing.',
      'many: ids[0] must be an integer, but is 1.5.',
      "greet: tone must be one of kind, cold, but is 'loud'.",
    ]);
  });

  test('tells refusals to the user, and bugs only to the log', async () => {
    const { connection, sent, reported, settle } = conversation();
    connection.receive(message(1, 'refuse'));
    connection.receive(message(2, 'crash'));
    connection.receive(message(3, 'never'));
    await settle();
    const shown = sent.map(m => (m as DebugProtocol.ErrorResponse).body.error?.showUser);
    expect(shown).toEqual([true, false, false]);
    expect(reported.join()).toContain('x of undefined');
    expect(JSON.stringify(sent)).not.toContain('x of undefined');
  });

  test('cancels a request that is being served', async () => {
    const { connection, sent, settle, release } = conversation();
    connection.receive(message(1, 'slow'));
    connection.receive(message(2, 'cancel', { requestId: 1 }));
    release();
    await settle();
    expect(sent.map(m => (m as DebugProtocol.Response).message)).toEqual([undefined, 'cancelled']);
    expect(sent.at(-1)).toMatchObject({ body: { error: { showUser: false } } });
  });
});
