import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { parseJson } from '#core/syntax/json.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'assets', 'schemas', 'mockFile.schema.json'), 'utf8'),
) as object;

async function isAccepted(text: string): Promise<boolean> {
  const service = getLanguageService({});
  const document = TextDocument.create('file:///mock.json', 'json', 1, text);
  const problems = await service.doValidation(document, service.parseJSONDocument(document), {}, schema);
  return problems.length === 0;
}

/** What the schema can say, it says as the reader does; gaps, overlaps and names are the reader's alone. */
test.each([
  ['{"0": {"Return": null}, "1-2": {"Throw": {"Error": "E", "Cause": "c"}}}', true],
  ['{"0": {"Return": 1, "Throw": {"Error": "E", "Cause": "c"}}}', false],
  ['{"0": {}}', false],
  ['{"01": {"Return": 1}}', false],
  ['{"0": {"Throw": {"Error": "E"}}}', false],
  ['{}', false],
])('the schema and the reader agree on %s', async (response, sound) => {
  const text = `{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}, "MockedResponses": {"R": ${response}}}`;
  expect(await isAccepted(text)).toBe(sound);
  expect(readMockFile(parseJson({ text }).root).problems.length === 0).toBe(sound);
});
