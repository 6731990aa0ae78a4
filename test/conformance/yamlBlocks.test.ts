import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { parseYaml, type YamlMemory } from '#core/syntax/yaml.ts';
import { formatOf } from '#core/text/source.ts';
import { convert } from '#service/languageService.ts';
import { dataFolder, hasData, readData } from './data.ts';

/** How often each definition is edited; STEPWISE_FUZZ says it. */
const runs = Number(process.env['STEPWISE_FUZZ'] ?? 1);
const isThere = hasData('definitions', 'index.json');
if (!isThere) console.warn(`no definitions to edit in ${dataFolder} (STEPWISE_DATA)`);

describe.skipIf(!isThere)('definitions in YAML', () => {
  const files = isThere ? (readData('definitions', 'index.json') as { readonly file: string }[]) : [];

  test('read block by block give the tree of the whole, before and after an edit', () => {
    let inBlocks = 0;
    for (const { file } of files) {
      const text = yamlOf(file);
      if (text === undefined) continue;
      const memory: YamlMemory = { blocks: undefined };
      expectSame(text, memory);
      if (memory.blocks) inBlocks++;
      fc.assert(
        fc.property(edited(text), version => expectSame(version, memory)),
        { numRuns: runs },
      );
    }
    expect(inBlocks).toBeGreaterThan(files.length / 2);
  }, 600_000);
});

function yamlOf(file: string): string | undefined {
  const text = readFileSync(path.join(dataFolder, 'definitions', file), 'utf8');
  if (formatOf(file) === 'yaml') return text;
  const converted = convert(analyze({ uri: file, version: 1, format: 'json', text }));
  return converted.kind === 'refused' ? undefined : converted.text;
}

function expectSame(text: string, memory: YamlMemory): void {
  if (!isDeepStrictEqual(parseYaml(text, memory), parseYaml(text))) throw new Error(JSON.stringify(text));
}

function edited(text: string): fc.Arbitrary<string> {
  const typed = fc.constantFrom(
    'a',
    'Next: ',
    '\n',
    '\n    Nex\n',
    '"',
    '- ',
    '{',
    '# c',
    '\n  # c\n',
    '*a',
    ': ',
  );
  return fc
    .tuple(fc.integer({ min: 0, max: text.length }), fc.nat({ max: 20 }), typed)
    .map(([at, removed, inserted]) => text.slice(0, at) + inserted + text.slice(at + removed));
}
