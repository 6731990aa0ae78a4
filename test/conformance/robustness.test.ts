import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { formatOf } from '#core/text/source.ts';
import { dataFolder, hasData, readData } from './data.ts';

/** Each definition is cut short, edited and overwritten with noise once a run; STEPWISE_FUZZ says how many runs. */
const runs = Number(process.env['STEPWISE_FUZZ'] ?? 1);
const isThere = hasData('definitions', 'index.json');
if (!isThere) console.warn(`no definitions to break in ${dataFolder} (STEPWISE_DATA)`);

describe.skipIf(!isThere)('broken definitions', () => {
  const files = isThere ? (readData('definitions', 'index.json') as { readonly file: string }[]) : [];

  test('are checked, and findings lie inside the text', () => {
    for (const { file } of files) {
      const text = readFileSync(path.join(dataFolder, 'definitions', file), 'utf8');
      fc.assert(
        fc.property(fc.oneof(cut(text), overwritten(text)), broken => {
          const source = { uri: file, version: 1, format: formatOf(file), text: broken };
          for (const { start, end } of analyze(source).findings) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(broken.length);
          }
        }),
        { numRuns: runs, ...(runs === 1 && { seed: 1 }) },
      );
    }
  }, 600_000);
});

/** As it is while it is typed: the end is not there yet. */
function cut(text: string): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max: text.length }).map(length => text.slice(0, length));
}

/** Some characters replaced by others, as a merge or a broken disk leaves it. */
function overwritten(text: string): fc.Arbitrary<string> {
  const place = fc.integer({ min: 0, max: text.length });
  const noise = fc.oneof(
    fc.string({ maxLength: 6, unit: 'binary' }),
    fc.constantFrom('"', '{', '}', '[', ']', '\\', '${', '{%', '\n', '\u0000'),
  );
  return fc.array(fc.tuple(place, noise), { minLength: 1, maxLength: 5 }).map(edits => {
    let result = text;
    for (const [at, inserted] of edits)
      result = result.slice(0, at) + inserted + result.slice(at + inserted.length);
    return result;
  });
}
