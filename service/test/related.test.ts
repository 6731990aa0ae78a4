import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, type Analysis, type Knowledge } from '#core/analysis/analysis.ts';
import { check } from '#core/analysis/check.ts';
import { formatOf, type Source } from '#core/text/source.ts';
import { translateBy } from '#core/text/translate.ts';
import { codeLenses, definition, knowledgeOfNames, references, rename } from '#service/languageService.ts';
import type { Surroundings } from '#service/surroundings/surroundings.ts';
import { applyEdits } from './markers.ts';

const folder = 'file:///w/orders/';

/** A workspace of files; `<|>` is the cursor, in one of them. */
class Files {
  readonly analyses: readonly Analysis[];
  readonly #cursor: { readonly file: Analysis; readonly offset: number } | undefined;

  constructor(texts: Readonly<Record<string, string>>, knowledge: Knowledge = {}) {
    let cursor: { readonly uri: string; readonly offset: number } | undefined;
    this.analyses = Object.entries(texts).map(([name, marked]) => {
      const offset = marked.indexOf('<|>');
      const uri = folder + name;
      if (offset >= 0) cursor = { uri, offset };
      const text = marked.replace('<|>', '');
      return analyze({ uri, version: 1, format: formatOf(name), text, role: roleOf(name) }, knowledge);
    });
    const file = this.analyses.find(({ source }) => source.uri === cursor?.uri);
    this.#cursor = file && cursor && { file, offset: cursor.offset };
  }

  get cursor(): { readonly file: Analysis; readonly position: { line: number; character: number } } {
    if (!this.#cursor) throw new Error('no cursor');
    const { file, offset } = this.#cursor;
    return { file, position: file.lines.positionAt(offset) };
  }

  get around(): Surroundings {
    const of = (role: Source['role']): readonly Analysis[] =>
      this.analyses.filter(({ source }) => source.role === role);
    return {
      definitionUris: of('definition').map(({ source }) => source.uri),
      definitions: [...of('definition'), ...of('other')],
      mocks: of('mocks'),
      tests: of('tests'),
    };
  }

  /** `file.json:the text there` */
  textAt({ uri, range }: { uri: string; range: { start: Pos; end: Pos } }): string {
    const file = this.analyses.find(({ source }) => source.uri === uri);
    if (!file) return `${uri.slice(folder.length)}:`;
    const { lines, source } = file;
    return `${uri.slice(folder.length)}:${source.text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))}`;
  }

  definition(): readonly string[] {
    const { file, position } = this.cursor;
    return definition(file, position, this.around).map(({ targetUri, targetSelectionRange }) =>
      this.textAt({ uri: targetUri, range: targetSelectionRange }),
    );
  }

  references(): readonly string[] {
    const { file, position } = this.cursor;
    return references(file, position, { includeDeclaration: true }, this.around).map(each =>
      this.textAt(each),
    );
  }

  /** The texts after the rename, of the files that changed. */
  renamed(newName: string): Readonly<Record<string, string>> | string {
    const { file, position } = this.cursor;
    const edit = rename(file, position, newName, this.around);
    if ('kind' in edit) return edit.reason;
    const texts: Record<string, string> = {};
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
      const target = this.analyses.find(({ source }) => source.uri === uri);
      if (!target) throw new Error(`no file ${uri}`);
      texts[uri.slice(folder.length)] = applyEdits(target, edits);
    }
    return texts;
  }
}

interface Pos {
  line: number;
  character: number;
}

function roleOf(name: string): NonNullable<Source['role']> {
  if (name.startsWith('template.')) return 'other';
  if (name.endsWith('MockConfigFile.json')) return 'mocks';
  return name.endsWith('.asltest.json') ? 'tests' : 'definition';
}

const json = (key = 'Pay', next = 'Pay'): string =>
  `{"StartAt":"${next}","States":{"${key}":{"Type":"Task","Resource":"r","Next":"Done"},"Done":{"Type":"Succeed"}}}`;
const yaml = (key = 'Pay', next = 'Pay'): string =>
  `StartAt: ${next}\nStates:\n  ${key}:\n    Type: Task\n    Resource: r\n    Next: Done\n  Done:\n    Type: Succeed\n`;
const mocks = (key = 'Pay', response = 'Ok', machine = 'order', testCase = 'Fine'): string =>
  `{"StateMachines":{"${machine}":{"TestCases":{"${testCase}":{"${key}":"${response}"}}}},"MockedResponses":{"Ok":{"0":{"Return":1}}}}`;
const tests = (state = 'Pay', testCase = 'Fine', file = 'order.asl.json'): string =>
  `{"definition":"${file}","mockFile":"MockConfigFile.json","tests":{"t":{"testCase":"${testCase}","inputFile":"input.json","expect":{"states":["${state}","Done"]}}}}`;

describe.each([
  ['order.asl.json', json],
  ['order.asl.yaml', yaml],
] as const)('%s', (name, machine) => {
  const files = (texts: Readonly<Record<string, string>>, knowledge?: Knowledge): Files =>
    new Files(texts, knowledge);
  const test1 = (state = 'Pay', testCase = 'Fine'): string => tests(state, testCase, name);

  test('a name in a mock file leads to the state', () => {
    const found = files({ [name]: machine(), 'MockConfigFile.json': mocks('P<|>ay') }).definition();
    expect(found).toEqual([`${name}:${name.endsWith('json') ? '"Pay"' : 'Pay'}`]);
  });

  test('a name in a test file leads to the state', () => {
    expect(files({ [name]: machine(), 'a.asltest.json': test1('P<|>ay') }).definition()).toHaveLength(1);
  });

  test('the name of the state machine leads to its StartAt', () => {
    expect(
      files({ [name]: machine(), 'MockConfigFile.json': mocks('Pay', 'Ok', 'ord<|>er') }).definition(),
    ).toEqual([`${name}:${name.endsWith('json') ? '"Pay"' : 'Pay'}`]);
  });

  test('references are the same from everywhere, mock and test files among them', () => {
    const texts = { [name]: machine(), 'MockConfigFile.json': mocks(), 'a.asltest.json': test1() };
    const from = (file: string, text: string): readonly string[] =>
      files({ ...texts, [file]: text }).references();
    const all = from(name, machine('P<|>ay'));
    expect(all).toEqual([`${name}:Pay`, `${name}:Pay`, 'MockConfigFile.json:Pay', 'a.asltest.json:Pay']);
    expect(from('MockConfigFile.json', mocks('P<|>ay'))).toEqual(all);
    expect(from('a.asltest.json', test1('P<|>ay'))).toEqual(all);
  });

  test('renaming the state reaches mock and test files', () => {
    const expected = {
      [name]: machine('Charge', 'Charge'),
      'MockConfigFile.json': mocks('Charge'),
      'a.asltest.json': test1('Charge'),
    };
    const texts = { [name]: machine(), 'MockConfigFile.json': mocks(), 'a.asltest.json': test1() };
    expect(files({ ...texts, [name]: machine('P<|>ay') }).renamed('Charge')).toEqual(expected);
    expect(files({ ...texts, 'MockConfigFile.json': mocks('P<|>ay') }).renamed('Charge')).toEqual(expected);
    expect(files({ ...texts, 'a.asltest.json': test1('P<|>ay') }).renamed('Charge')).toEqual(expected);
  });

  test('there and back is identity in all files', () => {
    const texts = { [name]: machine(), 'MockConfigFile.json': mocks(), 'a.asltest.json': test1() };
    const names = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter(each => each.trim() !== '' && each !== 'Done' && each !== 'Pay');
    const renameIn = (before: Readonly<Record<string, string>>, from: string, to: string) => {
      const plain = files(before);
      const file = plain.analyses.find(({ source }) => source.role === 'mocks');
      if (!file) throw new Error('no mock file');
      const at = file.source.text.indexOf(JSON.stringify(from));
      const edit = rename(file, file.lines.positionAt(at + 1), to, plain.around);
      if ('kind' in edit) throw new Error(edit.reason);
      return Object.fromEntries(
        plain.analyses.map(each => [
          each.source.uri.slice(folder.length),
          applyEdits(each, edit.changes?.[each.source.uri] ?? []),
        ]),
      );
    };
    fc.assert(
      fc.property(names, newName => {
        const back = renameIn(renameIn(texts, 'Pay', newName), newName, 'Pay');
        // Quotes that a name has needed in YAML stay.
        expect({ ...back, [name]: back[name]?.replaceAll(/['"]/g, '') }).toEqual({
          ...texts,
          [name]: texts[name]?.replaceAll(/['"]/g, ''),
        });
      }),
    );
  });

  test('above the state machine stands how many test cases it has', () => {
    const { analyses, around } = files({ [name]: machine(), 'MockConfigFile.json': mocks() });
    const [machineFile] = analyses;
    if (!machineFile) throw new Error('no file');
    const titles = (surroundings?: Surroundings): readonly (string | undefined)[] =>
      codeLenses(machineFile, { references: false, run: true }, surroundings).map(
        ({ command }) => command?.title,
      );
    expect(titles(around)).toEqual(['$(play) Run', '$(debug-alt) Debug', '1 test case']);
    expect(titles()).toEqual(['$(play) Run', '$(debug-alt) Debug']);
  });

  test('lenses speak the language that they are given, and English where it lacks a text', () => {
    const german = translateBy({ Run: 'Ausführen', '1 reference': '1 Verweis', '1 test case': '1 Testfall' });
    const { analyses, around } = files(
      { [name]: machine(), 'MockConfigFile.json': mocks() },
      { translate: german },
    );
    const [machineFile] = analyses;
    if (!machineFile) throw new Error('no file');
    const lenses = codeLenses(machineFile, { references: true, run: true }, around);
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      '$(play) Ausführen',
      '$(debug-alt) Debug',
      '1 Testfall',
      '1 Verweis',
      '1 Verweis',
      '1 mock case',
    ]);
  });

  test('above a state stands how many mock cases answer it', () => {
    const { analyses, around } = files({ [name]: machine(), 'MockConfigFile.json': mocks() });
    const [machineFile] = analyses;
    if (!machineFile) throw new Error('no file');
    const lenses = codeLenses(machineFile, { references: true, run: false }, around);
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      '1 reference',
      '1 reference',
      '1 mock case',
    ]);
  });
});

describe('in mock and test files', () => {
  test('a response leads to its answers, and is renamed with them', () => {
    const texts = (name: string): Files => new Files({ 'MockConfigFile.json': mocks('Pay', name) });
    expect(texts('O<|>k').definition()).toEqual(['MockConfigFile.json:"Ok"']);
    expect(texts('O<|>k').renamed('Good')).toEqual({
      'MockConfigFile.json': mocks('Pay', 'Good').replace('"Ok":', '"Good":'),
    });
  });

  test('a test case leads from the test file to the mock file, and is renamed in both', () => {
    const texts = { 'order.asl.json': json(), 'MockConfigFile.json': mocks() };
    const at = new Files({ ...texts, 'a.asltest.json': tests('Pay', 'Fi<|>ne') });
    expect(at.definition()).toEqual(['MockConfigFile.json:"Fine"']);
    expect(at.renamed('Good')).toEqual({
      'MockConfigFile.json': mocks('Pay', 'Ok', 'order', 'Good'),
      'a.asltest.json': tests('Pay', 'Good'),
    });
  });

  test('a path leads to its file', () => {
    const text = tests().replace('input.json', 'inp<|>ut.json');
    expect(new Files({ 'a.asltest.json': text }).definition()).toEqual(['input.json:']);
  });

  test('a state that no definition has cannot be renamed, and it is said', () => {
    const at = new Files({ 'order.asl.json': json(), 'MockConfigFile.json': mocks('Go<|>ne') });
    expect(at.renamed('X')).toBe("No definition has a state 'Gone' that this could be.");
  });

  test('a name that the test case answers already is refused', () => {
    const twice = mocks().replace('"Pay":"Ok"', '"Pay":"Ok","Charge":"Ok"');
    const at = new Files({ 'order.asl.json': json('P<|>ay'), 'MockConfigFile.json': twice });
    expect(at.renamed('Charge')).toBe("The test case 'Fine' has an answer for a state 'Charge' already.");
  });
});

test('a test of the only machine in a template finds the test cases under its name there', () => {
  const template = `{"Resources":{"Payments":{"Type":"AWS::Serverless::StateMachine","Properties":{"Definition":${json()}}}}}`;
  const { analyses, around } = new Files({
    'template.json': template,
    'MockConfigFile.json': mocks('Pay', 'Ok', 'Payments'),
    'a.asltest.json': tests('Pay', 'Fin', 'template.json'),
  });
  const [definition, , testFile] = analyses;
  if (!definition || !testFile) throw new Error('no file');
  const told = (text: string): readonly string[] =>
    check(analyze({ ...testFile.source, text }, knowledgeOfNames(testFile, around))).map(
      ({ message }) => message,
    );
  expect(definition.machines).toHaveLength(1);
  expect(told(tests('Pay', 'Fine', 'template.json'))).toEqual([]);
  expect(told(testFile.source.text)).toEqual(["The mock file has no test case 'Fin' for 'Payments'."]);
});

describe('which definition a mock file means', () => {
  const renames = (texts: Readonly<Record<string, string>>): readonly string[] =>
    Object.keys(new Files(texts).renamed('Charge')).toSorted();

  test('the nearest of that name', () => {
    const texts = { 'a/order.asl.json': json('P<|>ay'), 'b/order.asl.json': json() };
    expect(renames({ ...texts, 'a/MockConfigFile.json': mocks() })).toContain('a/MockConfigFile.json');
    expect(renames({ ...texts, 'b/MockConfigFile.json': mocks() })).toEqual(['a/order.asl.json']);
  });

  test('one in another folder, where it is alone', () =>
    expect(renames({ 'src/order.asl.json': json('P<|>ay'), 'test/MockConfigFile.json': mocks() })).toContain(
      'test/MockConfigFile.json',
    ));

  test('the one that a test file brings it together with', () =>
    expect(
      renames({
        'a/order.asl.json': json('P<|>ay'),
        'b/order.asl.json': json(),
        'b/MockConfigFile.json': mocks(),
        'b/x.asltest.json': tests('Pay', 'Fine', '../a/order.asl.json'),
      }),
    ).toEqual(['a/order.asl.json', 'b/MockConfigFile.json', 'b/x.asltest.json']));

  test('none of another name', () =>
    expect(
      renames({ 'order.asl.json': json('P<|>ay'), 'MockConfigFile.json': mocks('Pay', 'Ok', 'other') }),
    ).toEqual(['order.asl.json']));
});
