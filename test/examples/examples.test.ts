import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#core/syntax/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { parseYaml } from '#core/syntax/yaml.ts';

const folder = path.resolve(import.meta.dirname, '../../examples');
const names = fs.readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory() && !entry.name.startsWith('.'));

describe.each(names.map(({ name }) => name))('example %s', name => {
  const read = (file: string) => fs.readFileSync(path.join(folder, name, file), 'utf8');

  test('is the same state machine in JSON and in YAML', () => {
    const json = parseJson({ text: read(`${name}.asl.json`) });
    const yaml = parseYaml(read(`${name}.asl.yaml`));
    expect([...json.problems, ...yaml.problems]).toEqual([]);
    expect(yaml.root && toJson(yaml.root)).toEqual(json.root && toJson(json.root));
  });

  test('comes with an input and mocked answers for it', () => {
    expect(JSON.parse(read('input.json'))).toBeTypeOf('object');
    const mocks: unknown = JSON.parse(read('MockConfigFile.json'));
    expect(mocks).toMatchObject({ StateMachines: { [name]: { TestCases: expect.anything() as unknown } } });
  });
});
