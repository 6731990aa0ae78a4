import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Offset } from '#core/text/span.ts';
import * as service from '#service/languageService.ts';
import { knowledge } from '../../service/test/knowledge.ts';

/**
 * Every feature on every definition there is, called without a process between: it would take minutes.
 */

/** Where the definitions collected for the project are: `STEPWISE_DATA`, or `../shared/data` beside it. */
const data = path.resolve(
  process.env['STEPWISE_DATA'] ?? path.join(import.meta.dirname, '../../../shared/data'),
  'definitions',
);

const everything = { enable: true, rules: {} };
const layout = { tabSize: 2, insertSpaces: true };
const largest = 300_000;

describe.skipIf(!existsSync(data))('every request at every state of the corpus', () => {
  const files = existsSync(data) ? definitionsIn(data) : [];
  const groups = Map.groupBy(files, file => path.relative(data, path.dirname(file)));

  test('there are files to open', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  test.each([...groups])('%s', { timeout: 60_000 }, (_folder, members) => {
    const failures: string[] = [];
    for (const file of members) {
      const text = readFileSync(file, 'utf8');
      const format = /\.ya?ml$/.test(file) ? 'yaml' : 'json';
      const analysis = analyze({ uri: `file://${file}`, version: 1, format, text }, knowledge);
      try {
        askOfFile(analysis);
        for (const offset of offsetsIn(analysis)) askAt(analysis, offset);
      } catch (error) {
        failures.push(`${file}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
      }
    }
    expect(failures).toEqual([]);
  });
});

/** Examples say what may come, never what may not: the worst of them, which lack everything, change no finding. */
describe.skipIf(!existsSync(data))('samples find no fault in the corpus', () => {
  const files = existsSync(data) ? definitionsIn(data) : [];
  const groups = Map.groupBy(files, file => path.relative(data, path.dirname(file)));
  const samples = { executionInput: {}, resultOf: () => ({}), errorsOf: () => [] };
  const sources = [{ machine: 0, label: 'input.json', input: {}, answers: undefined }];

  test.each([...groups])('%s', { timeout: 60_000 }, (_folder, members) => {
    const changed = members.filter(file => {
      const text = readFileSync(file, 'utf8');
      const format = /\.ya?ml$/.test(file) ? 'yaml' : 'json';
      const source = { uri: `file://${file}`, version: 1, format, text } as const;
      const without = service.diagnostics(analyze(source, knowledge), everything);
      const analysis = analyze(source, { ...knowledge, samples });
      for (const { expressions } of analysis.machines) {
        for (const { node } of expressions.all) {
          service.hover(analysis, analysis.lines.positionAt(node.start + 3), sources);
        }
      }
      return JSON.stringify(service.diagnostics(analysis, everything)) !== JSON.stringify(without);
    });
    expect(changed).toEqual([]);
  });
});

function definitionsIn(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const file = path.join(folder, name);
    const stats = statSync(file);
    if (stats.isDirectory()) return definitionsIn(file);
    return /\.(?:asl|json|ya?ml)$/.test(name) && stats.size < largest ? [file] : [];
  });
}

/** The name, the beginning and the end of each state, and its first fields and their values. */
function offsetsIn(analysis: Analysis): Offset[] {
  const states = analysis.machines.flatMap(({ machine }) => machine.states);
  return states
    .slice(0, 40)
    .flatMap(({ key, node }) => [
      key.start + 1,
      node.start,
      node.end,
      ...node.properties
        .slice(0, 5)
        .flatMap(property => [property.key.end, (property.value?.start ?? 0) + 1]),
    ]);
}

function askOfFile(analysis: Analysis): void {
  const range = {
    start: { line: 0, character: 0 },
    end: analysis.lines.positionAt(analysis.source.text.length),
  };
  service.diagnostics(analysis, everything);
  service.documentSymbols(analysis);
  service.foldingRanges(analysis);
  service.semanticTokens(analysis);
  service.inlayHints(analysis, range, { variables: true, transitions: true, substitutions: true });
  service.codeLenses(analysis, { references: true, run: true });
  service.documentLinks(analysis);
  service.formatting(analysis, layout);
  service.convert(analysis);
  service.formatting(analysis, layout, range);
  service.codeActions(analysis, range, everything, undefined);
  service.codeActions(analysis, range, everything, ['source.fixAll']);
}

function askAt(analysis: Analysis, offset: Offset): void {
  const position = analysis.lines.positionAt(offset);
  service.completion(analysis, position);
  service.hover(analysis, position);
  service.signatureHelp(analysis, position);
  service.definition(analysis, position);
  service.references(analysis, position, { includeDeclaration: true });
  service.documentHighlight(analysis, position);
  service.prepareRename(analysis, position);
  service.rename(analysis, position, 'Another name');
  service.linkedEditingRanges(analysis, position);
  service.selectionRanges(analysis, [position]);
  for (const character of service.onTypeTriggers) {
    service.onTypeFormatting(analysis, position, character, layout);
  }
  const selected = { start: position, end: { line: position.line + 12, character: 0 } };
  service.codeActions(analysis, selected, everything, ['refactor'], { createsFiles: true });
  service.stateIdAt(analysis, position);
  const [item] = service.prepareCallHierarchy(analysis, position) ?? [];
  if (!item) return;
  service.incomingCalls(analysis, item);
  service.outgoingCalls(analysis, item);
}
