/**
 * CPU time and memory of diagnostics on large definitions, beside jsonc-parser's bare parseTree on the same text.
 *
 *   npx node core/bench/check.bench.ts
 *
 * Prints one JSON object. With PEERS set to a folder in which `asl-validator` and
 * `amazon-states-language-service` are installed, they are measured on the same text.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { parseTree } from 'jsonc-parser';
import { analyze } from '#core/analysis/analysis.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { largeDefinition, nestedDefinition, variablesDefinition } from './largeDefinitions.ts';

const services = parseServiceCatalogue(
  readFileSync(path.join(import.meta.dirname, '../../assets/services/catalogue.txt'), 'utf8'),
);

function findings(text: string): number {
  return analyze({ uri: 'large.asl.json', version: 1, format: 'json', text }, { services }).findings.length;
}

/**
 * Milliseconds of CPU that one call takes: the mean of several, after as many that warm the compiler up.
 *
 * Not the median: the collector works now and then, and its work belongs to whoever made the garbage.
 */
function cpuMilliseconds(work: () => unknown, rounds: number): number {
  for (let round = 0; round < rounds; round++) work();
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rounds;
}

function compared(states: number, rounds: number): object {
  const text = largeDefinition(states);
  const parse = cpuMilliseconds(() => parseTree(text), rounds);
  const check = cpuMilliseconds(() => findings(text), rounds);
  return {
    states,
    bytes: text.length,
    parseTreeMs: rounded(parse),
    checkMs: rounded(check),
    ratio: rounded(check / parse),
  };
}

function growth(
  label: string,
  make: (size: number) => string,
  sizes: readonly number[],
  rounds: number,
): object {
  const times = sizes.map(size => {
    const text = make(size);
    return rounded(cpuMilliseconds(() => findings(text), rounds));
  });
  return { [label]: Object.fromEntries(sizes.map((size, index) => [size, times[index]])) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Peak resident memory of a process that checks once, in MB: an own process with a bundle, as it ships. */
function peakMegabytes(states: number): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-bench-'));
  try {
    const script = `
      import { readFileSync } from 'node:fs';
      import { analyze } from '#core/analysis/analysis.ts';
      const text = readFileSync(process.argv[2], 'utf8');
      analyze({ uri: 'large.asl.json', version: 1, format: 'json', text }).findings.length;
      console.log(process.resourceUsage().maxRSS);`;
    const bundle = path.join(folder, 'once.cjs');
    const definition = path.join(folder, 'large.asl.json');
    buildSync({
      stdin: { contents: script, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
    });
    writeFileSync(definition, largeDefinition(states));
    const output = execFileSync(process.execPath, [bundle, definition], { encoding: 'utf8' });
    return Math.round(Number(output.trim()) / 1024);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The tools of today on the same text; each call once, since the slower takes half a minute. */
async function peers(folder: string, states: number): Promise<object> {
  const require = createRequire(path.join(path.resolve(folder), 'package.json'));
  const text = largeDefinition(states);
  const result: Record<string, number> = {};
  const validate = require('asl-validator') as (definition: unknown) => unknown;
  result['asl-validator'] = rounded(cpuMilliseconds(() => validate(JSON.parse(text)), 1));
  const service = require('amazon-states-language-service') as {
    getLanguageService(parameters: object): {
      parseJSONDocument(document: unknown): unknown;
      doValidation(document: unknown, parsed: unknown): Promise<readonly unknown[]>;
    };
  };
  const { TextDocument } = require('vscode-languageserver-textdocument') as {
    TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
  };
  const languageService = service.getLanguageService({});
  const document = TextDocument.create('file:///large.asl', 'asl', 1, text);
  const before = process.cpuUsage();
  await languageService.doValidation(document, languageService.parseJSONDocument(document));
  const { user, system } = process.cpuUsage(before);
  result['amazon-states-language-service'] = rounded((user + system) / 1000);
  return result;
}

const folder = process.env['PEERS'];
console.log(
  JSON.stringify(
    {
      large: [compared(1000, 60), compared(10_000, 6)],
      ...growth('statesMs', largeDefinition, [1000, 2000, 4000, 8000], 6),
      ...growth('nestingMs', nestedDefinition, [8, 16, 32, 64], 15),
      ...growth('variablesMs', variablesDefinition, [500, 1000, 2000, 4000], 5),
      peakMegabytes: { 10_000: peakMegabytes(10_000) },
      ...(folder !== undefined && {
        peersMs: { 1000: await peers(folder, 1000), 10_000: await peers(folder, 10_000) },
      }),
    },
    undefined,
    2,
  ),
);
