import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { describe, expect, test } from 'vitest';
import { dataFolder, hasData } from './data.ts';
import { definitions, knownToDiffer } from './definitions.ts';

const isThere = hasData('definitions', 'index.json');
if (!isThere) console.warn(`definitions are not judged: there are none in ${dataFolder} (STEPWISE_DATA)`);

describe.skipIf(!isThere)('definitions with a known verdict', async () => {
  const services = parseServiceCatalogue(
    readFileSync(path.join(import.meta.dirname, '../../assets/services/catalogue.txt'), 'utf8'),
  );
  const report = isThere ? await definitions(dataFolder, { services }) : undefined;
  const differences = (prefix: string): readonly string[] =>
    (report?.failures ?? [])
      .filter(({ id }) => id.startsWith(prefix))
      .map(({ id, difference }) => `${id}: ${difference}`);

  test('no error on any valid definition', () => expect(differences('valid/')).toEqual([]));

  test('an error on every invalid one: the expected rule, and no other', () =>
    expect(differences('invalid/')).toEqual([]));

  test('the lint rules speak', () => expect(differences('lint/')).toEqual([]));

  test('what AWS has run has no error', () => expect(differences('executed ')).toEqual([]));

  test("AWS's verdict on each definition it was asked about", () => expect(differences('V1 ')).toEqual([]));

  test("AWS's code and location, where it gives them", () => expect(differences('V2 ')).toEqual([]));

  test("AWS's words, but for the one that is known to differ", () =>
    expect(
      (report?.failures ?? []).filter(failure => failure.id.startsWith('V3 ') && !knownToDiffer(failure)),
    ).toEqual([]));
});
