import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { readTestFile } from '#core/mocking/testFile.ts';
import { parseJson } from '#core/syntax/json.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'assets', 'schemas', 'testFile.schema.json'), 'utf8'),
) as object;

async function isAccepted(text: string): Promise<boolean> {
  const service = getLanguageService({});
  const document = TextDocument.create('file:///a.asltest.json', 'json', 1, text);
  const problems = await service.doValidation(document, service.parseJSONDocument(document), {}, schema);
  return problems.length === 0;
}

test.each([
  ['{"definition": "a", "tests": {"t": {"expect": {"status": "FAILED", "states": ["A"]}}}}', true],
  ['{"definition": "a", "mockFile": "m", "tests": {"t": {"input": 1, "expect": {"output": null}}}}', true],
  ['{"definition": "a", "tests": {"t": {"expect": {}}}}', false],
  ['{"definition": "a", "tests": {"t": {"input": 1, "inputFile": "f", "expect": {"error": "E"}}}}', false],
  ['{"definition": "a", "tests": {"t": {"expect": {"status": "DONE"}}}}', false],
  ['{"definition": "a", "tests": {"t": {"expect": {"states": "A"}}}}', false],
  ['{"definition": "a", "tests": {"t": {"expects": {}, "expect": {"cause": "c"}}}}', false],
  ['{"definition": "a", "tests": {"t": 1}}', false],
  ['{"definition": "a"}', false],
  ['{"tests": {}}', false],
])('the schema and the reader agree on %s', async (text, sound) => {
  expect(await isAccepted(text)).toBe(sound);
  expect(readTestFile(parseJson({ text }).root).problems.length === 0).toBe(sound);
});
