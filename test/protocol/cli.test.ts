import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const projectRoot = path.resolve(import.meta.dirname, '../..');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stepwise-cli-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

function command(): string {
  const bundle = path.join(projectRoot, 'dist/cli/main.js');
  return process.env['STEPWISE_SOURCE'] !== '1' && existsSync(bundle)
    ? bundle
    : path.join(projectRoot, 'cli/src/main.ts');
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a process of its own; `enough` stops reading its output after the first piece. */
function stepwise(
  args: readonly string[],
  { input = '', as = command(), enough = false } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [as, ...args], { cwd: folder });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (enough) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.end(input);
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })));
}

const machine = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';

describe('the command line', () => {
  test('knows the AWS services when it is called by a link, as npm installs it', async () => {
    const definition = file(
      'sdk.asl.json',
      '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:getObjekt","End":true}}}',
    );
    const link = path.join(folder, 'stepwise');
    symlinkSync(command(), link);
    expect((await stepwise(['check', definition], { as: link })).out).toContain("Did you mean 'getObject'?");
  });

  test('ends quietly when nobody reads its output any more', async () => {
    const states = Array.from({ length: 3000 }, (_, index) => [
      `S${index}`,
      { Type: 'Pass', Next: `N${index}` },
    ]);
    const text = JSON.stringify({ StartAt: 'S0', States: Object.fromEntries(states) as object }, null, 1);
    const { err, code } = await stepwise(['check', file('many.asl.json', text)], { enough: true });
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  test('reads standard input once', async () => {
    const definition = file('m.asl.json', machine);
    const input = '{"a": 1}';
    expect(await stepwise(['run', definition, '--input', '@-', '--quiet'], { input })).toEqual({
      code: 0,
      out: '{\n  "a": 1\n}\n',
      err: '',
    });
    const twice = await stepwise(['run', '-', '--input', '@-'], { input: machine });
    expect([twice.code, twice.err]).toEqual([
      2,
      'stepwise run: Standard input can be read once only: name a file for one of the two.\n',
    ]);
  });

  test('names a file that is no text, a folder, and one that is not there', async () => {
    const files = [file('u16.asl.json', Buffer.from(`\uFEFF${machine}`, 'utf16le')), folder, 'none.asl.json'];
    for (const [index, reason] of ['it is UTF-16', 'it is a folder', 'there is no such file'].entries()) {
      const { code, out, err } = await stepwise(['run', files[index] ?? '']);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(`cannot be read: ${reason}`);
    }
  });
});
