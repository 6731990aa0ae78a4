import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLanguageServer, type LanguageServerProcess } from './languageServer.ts';

const uri = 'file:///order.asl.json';
const text = `{
  "StartAt": "Pay",
  "States": {
    "Pay": { "Type": "Pass", "Next": "Done" },
    "Done": { "Type": "Succeed" }
  }
}`;

let server: LanguageServerProcess;

beforeEach(() => {
  server = startLanguageServer();
});

afterEach(() => {
  server.connection.dispose();
  server.process.kill();
});

async function initialize(): Promise<unknown> {
  const result = await server.connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  await server.connection.sendNotification('initialized', {});
  return result;
}

async function open(content: string): Promise<void> {
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'asl', version: 1, text: content },
  });
}

describe('a session with the server process', () => {
  test('opens, goes to a definition and closes', async () => {
    await initialize();
    await open(text);
    const targets = await server.connection.sendRequest('textDocument/definition', {
      textDocument: { uri },
      position: { line: 3, character: 40 },
    });
    expect(targets).toMatchObject([{ uri, range: { start: { line: 4, character: 4 } } }]);
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
  });

  test('follows typing', async () => {
    await initialize();
    await open(text);
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 4, character: 5 }, end: { line: 4, character: 9 } }, text: 'Ende' },
      ],
    });
    const symbols = await server.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(symbols).toMatchObject([{ name: 'Pay' }, { name: 'Ende' }]);
  });

  test('answers nothing about a document that is not open', async () => {
    await initialize();
    const answer = await server.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri: 'file:///unknown.asl' },
    });
    expect(answer).toBeNull();
  });

  test('refuses requests before it is initialized', async () => {
    const early = server.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
    await expect(early).rejects.toThrow();
  });
});
