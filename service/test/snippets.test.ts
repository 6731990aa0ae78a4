import { describe, expect, test } from 'vitest';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Format } from '#core/text/source.ts';
import { completion } from '#service/languageService.ts';
import { knowledge } from './knowledge.ts';
import { marked } from './markers.ts';

/**
 * The text after accepting a completion, as an editor writes it: inner lines get the indentation of the
 * line, tab stops their default texts (`x` where there is none), `\t` two blanks.
 */
function accepted(analysis: Analysis, item: CompletionItem): string {
  const { textEdit } = item;
  if (!textEdit || !('range' in textEdit)) throw new Error(`'${item.label}' has no edit`);
  const { text } = analysis.source;
  const start = analysis.lines.offsetAt(textEdit.range.start);
  const end = analysis.lines.offsetAt(textEdit.range.end);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const written = textEdit.newText
    .replaceAll('\n', `\n${indent}`)
    .replaceAll('\t', '  ')
    .replaceAll(/(?<!\\)\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replaceAll(/(?<!\\)\$\d+/g, 'x')
    .replaceAll(/\\([\\$}])/g, '$1');
  const before = item.additionalTextEdits?.[0];
  const head = before
    ? text.slice(0, analysis.lines.offsetAt(before.range.start)) +
      before.newText +
      text.slice(analysis.lines.offsetAt(before.range.end), start)
    : text.slice(0, start);
  return head + written + text.slice(end);
}

function problemsAfter(
  textWithCursor: string,
  format: Format,
  wanted: (item: CompletionItem) => boolean,
): unknown[] {
  const { analysis, position } = marked(textWithCursor, format, knowledge);
  const items = completion(analysis, position).items.filter(wanted);
  expect(items.length).toBeGreaterThan(2);
  return items.flatMap(item => {
    const text = accepted(analysis, item);
    const after = analyze({ ...analysis.source, text }, knowledge);
    const faults = [
      ...after.syntax.problems.map(({ message }) => message),
      // What the user has not written yet (names, ARNs, values) is left to him; what is written must be right.
      ...after.findings
        .filter(({ code }) => /unknown-field|other-language|other-state|missing-delim/.test(code))
        .map(({ message }) => message),
    ];
    return faults.length === 0 ? [] : [{ label: item.label, faults, text }];
  });
}

const isSnippet = ({ kind }: CompletionItem): boolean =>
  kind === CompletionItemKind.Snippet || kind === CompletionItemKind.File;
const any = (): boolean => true;

describe.each([
  ['JSONPath', '', ''],
  ['JSONata', '"QueryLanguage": "JSONata",', 'QueryLanguage: JSONata\n'],
] as const)('in %s', (_language, json, yaml) => {
  test('every whole state leaves JSON that can be read', () => {
    const text = `{\n  ${json}\n  "StartAt": "A",\n  "States": {\n    "A": { "Type": "Succeed" },\n    <|>\n  }\n}`;
    expect(problemsAfter(text, 'json', isSnippet)).toEqual([]);
  });

  test('every whole state leaves YAML that can be read', () => {
    const text = `${yaml}StartAt: A\nStates:\n  A:\n    Type: Succeed\n  <|>\n`;
    expect(problemsAfter(text, 'yaml', isSnippet)).toEqual([]);
  });

  test.each(['Task', 'Pass', 'Choice', 'Wait', 'Fail', 'Parallel', 'Map'])(
    'every field of a %s leaves what can be read',
    type => {
      expect(
        problemsAfter(
          `{\n  ${json}\n  "States": {\n    "A": {\n      "Type": "${type}"\n      <|>\n    }\n  }\n}`,
          'json',
          any,
        ),
      ).toEqual([]);
      expect(problemsAfter(`${yaml}States:\n  A:\n    Type: ${type}\n    <|>\n`, 'yaml', any)).toEqual([]);
    },
  );

  test('every field behind a dash leaves YAML that can be read', () => {
    const text = `${yaml}States:\n  A:\n    Type: Task\n    Catch:\n      - <|>\n`;
    expect(problemsAfter(text, 'yaml', any)).toEqual([]);
  });

  test('every parameter of an API leaves what can be read', () => {
    const field = json === '' ? 'Parameters' : 'Arguments';
    const resource = 'arn:aws:states:::ecs:runTask';
    expect(
      problemsAfter(
        `{\n  ${json}\n  "States": {\n    "A": {\n      "Type": "Task",\n      "Resource": "${resource}",\n      "${field}": {\n        <|>\n      }\n    }\n  }\n}`,
        'json',
        any,
      ),
    ).toEqual([]);
    expect(
      problemsAfter(
        `${yaml}States:\n  A:\n    Type: Task\n    Resource: ${resource}\n    ${field}:\n      <|>\n`,
        'yaml',
        any,
      ),
    ).toEqual([]);
  });
});

test('every new file can be read and checked', () => {
  for (const format of ['json', 'yaml'] as const) {
    const { analysis, position } = marked('<|>', format, knowledge);
    for (const item of completion(analysis, position).items) {
      const text = accepted(analysis, item);
      const after = analyze({ ...analysis.source, text }, knowledge);
      const errors = after.findings.filter(({ severity }) => severity === 'error');
      expect({ label: item.label, errors }, text).toEqual({ label: item.label, errors: [] });
      expect(after.machines[0]?.machine.states.length).toBeGreaterThan(0);
    }
  }
});
