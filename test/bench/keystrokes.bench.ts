/**
 * Typing in a definition of 7 MB, as an editor does it over the protocol: after each letter the requests of a visible
 * editor, those for the former letter cancelled.
 *
 *   npx node test/bench/keystrokes.bench.ts
 *
 * Prints one JSON object for JSON and YAML: milliseconds until completion has answered, and milliseconds of CPU the
 * server has spent per letter (where the system tells it), for letters that are typed one after the other and for
 * letters after each of which everything has been answered.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import { analyze } from '#core/analysis/analysis.ts';
import { convert } from '#service/languageService.ts';
import { largeDefinition } from '../../core/bench/largeDefinitions.ts';
import { startLanguageServer } from '../protocol/languageServer.ts';

const states = 10_000;
const letters = 5;
/** A fast typist. */
const betweenLetters = 120;

interface Typing {
  readonly completionMs: { readonly median: number; readonly worst: number };
  readonly cpuMsPerLetter: number | undefined;
}

async function measure(
  format: 'json' | 'yaml',
  text: string,
): Promise<Readonly<Record<'megabytes', number> & Record<'typed' | 'oneByOne', Typing>>> {
  const server = startLanguageServer();
  const { connection } = server;
  const uri = `file:///large.asl.${format}`;
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await connection.sendNotification('initialized', {});
  const languageId = format === 'json' ? 'asl' : 'asl-yaml';
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  const target = format === 'json' ? '"Next": "' : 'Next: ';
  const offset = text.indexOf(target, text.length / 2) + target.length;
  const line = text.slice(0, offset).split('\n').length - 1;
  const character = offset - (text.lastIndexOf('\n', offset) + 1);
  let version = 1;
  let cancelled = new CancellationTokenSource();

  /** Types a letter and asks what an editor asks; the answer is how long completion took. */
  const type = async (): Promise<{ readonly completionMs: number; readonly rest: Promise<unknown> }> => {
    cancelled.cancel();
    cancelled = new CancellationTokenSource();
    const position = { line, character: character + version - 1 };
    version++;
    const start = performance.now();
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: position, end: position }, text: 'S' }],
    });
    const after = { line, character: position.character + 1 };
    const screen = { start: { line: line - 30, character: 0 }, end: { line: line + 30, character: 0 } };
    const ask = askWith(connection, uri, cancelled);
    const completion = ask('completion', { position: after });
    const rest = Promise.all([
      ask('diagnostic', {}),
      ask('semanticTokens/range', { range: screen }),
      ask('inlayHint', { range: screen }),
      ask('documentHighlight', { position: after }),
      ask('documentSymbol', {}),
      ask('foldingRange', {}),
      ask('documentLink', {}),
      ask('semanticTokens/full', {}),
    ]);
    await completion;
    return { completionMs: performance.now() - start, rest };
  };

  for (let letter = 0; letter < 3; letter++) await (await type()).rest;
  const oneByOne = await sample(server.process.pid, async times => {
    for (let letter = 0; letter < letters; letter++) {
      const { completionMs, rest } = await type();
      times.push(completionMs);
      await rest;
    }
  });
  const typed = await sample(server.process.pid, async times => {
    let last: Promise<unknown> = Promise.resolve();
    const answers: Promise<void>[] = [];
    for (let letter = 0; letter < letters; letter++) {
      answers.push(
        type().then(({ completionMs, rest }) => {
          times.push(completionMs);
          last = rest;
        }),
      );
      await sleep(betweenLetters);
    }
    await Promise.all(answers);
    await last;
  });
  await server.stop();
  return { megabytes: rounded(text.length / 1e6), oneByOne, typed };
}

function askWith(connection: MessageConnection, uri: string, cancelled: CancellationTokenSource) {
  return async (method: string, params: object): Promise<unknown> => {
    try {
      return await connection.sendRequest(
        `textDocument/${method}`,
        { textDocument: { uri }, ...params },
        cancelled.token,
      );
    } catch (error) {
      // A request that another letter has superseded.
      if (cancelled.token.isCancellationRequested) return undefined;
      throw error;
    }
  };
}

async function sample(pid: number | undefined, work: (times: number[]) => Promise<void>): Promise<Typing> {
  const times: number[] = [];
  const before = cpuMilliseconds(pid);
  await work(times);
  const after = cpuMilliseconds(pid);
  const sorted = times.toSorted((a, b) => a - b);
  return {
    completionMs: { median: rounded(sorted[sorted.length >> 1] ?? 0), worst: rounded(sorted.at(-1) ?? 0) },
    cpuMsPerLetter: before === undefined || after === undefined ? undefined : (after - before) / letters,
  };
}

/** What a process has used so far; Linux counts in hundredths of a second. */
function cpuMilliseconds(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const [user = '0', system = '0'] =
    readFileSync(file, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) * 10;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

const json = largeDefinition(states);
const yaml = convert(analyze({ uri: 'file:///large.json', version: 1, format: 'json', text: json }));
if (yaml.kind === 'refused') throw new Error(yaml.reason);
console.log(
  JSON.stringify({ json: await measure('json', json), yaml: await measure('yaml', yaml.text) }, undefined, 2),
);
