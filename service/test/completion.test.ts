import { describe, expect, test } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-types';
import type { Format } from '#core/text/source.ts';
import { completion } from '#service/languageService.ts';
import { applyEdits, marked } from './markers.ts';

function complete(text: string, format: Format): readonly CompletionItem[] {
  const { analysis, position } = marked(text, format);
  return completion(analysis, position).items.toSorted((a, b) =>
    (a.sortText ?? '').localeCompare(b.sortText ?? ''),
  );
}

function labels(text: string, format: Format = 'json'): readonly string[] {
  return complete(text, format).map(item => item.label);
}

/** The text after accepting the item of that label. */
function accept(text: string, label: string, format: Format = 'json'): string {
  const { analysis } = marked(text, format);
  const item = complete(text, format).find(candidate => candidate.label === label);
  const edit = item?.textEdit;
  if (!item || !edit || !('range' in edit)) throw new Error(`no completion '${label}'`);
  return applyEdits(analysis, [...(item.additionalTextEdits ?? []), edit]);
}

describe('names of states', () => {
  test('those nothing leads to come first, the current one last', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"<|>"},"B":{"Type":"Pass","Next":"A"},"C":{"Type":"Succeed"}}}`;
    expect(labels(text)).toEqual(['B', 'C', 'A']);
  });

  test('only those of the scope', () => {
    const text = `{"StartAt":"F","States":{"F":{"Type":"Parallel","Branches":[{"StartAt":"<|>","States":{"X":{"Type":"Succeed"}}}]}}}`;
    expect(labels(text)).toEqual(['X']);
  });

  test('replace the whole string and keep what follows', () => {
    const text = `{"StartAt":"P<|>x","States":{"Pay":{"Type":"Pass","End":true}}}`;
    expect(accept(text, 'Pay')).toBe(`{"StartAt":"Pay","States":{"Pay":{"Type":"Pass","End":true}}}`);
  });

  test('stand behind a colon without a value', () => {
    const text = `{"States":{"A":{"Type":"Pass","Next": <|>},"B":{"Type":"Succeed"}}}`;
    expect(accept(text, 'B')).toBe(`{"States":{"A":{"Type":"Pass","Next": "B"},"B":{"Type":"Succeed"}}}`);
  });

  test('stand in a string that is not closed', () => {
    const text = `{"States":{"A":{"Type":"Pass","Next": "<|>},"B":{"Type":"Succeed"}}}`;
    expect(labels(text)).toContain('A');
  });

  test('in YAML', () => {
    const text = `
      StartAt: A
      States:
        A:
          Type: Pass
          Next: <|>
        B:
          Type: Succeed
    `;
    expect(labels(text, 'yaml')).toEqual(['B', 'A']);
    expect(accept(text, 'B', 'yaml')).toContain('    Next: B\n');
  });

  test('directly behind a YAML colon a space is added', () => {
    const text = `
      StartAt:<|>
      States:
        A: { Type: Succeed }
    `;
    expect(accept(text, 'A', 'yaml')).toContain('StartAt: A\n');
  });
});

describe('types and other fixed values', () => {
  test('the eight types of states', () => {
    expect(labels(`{"States":{"A":{"Type":"<|>"}}}`).toSorted()).toEqual([
      'Choice',
      'Fail',
      'Map',
      'Parallel',
      'Pass',
      'Succeed',
      'Task',
      'Wait',
    ]);
  });

  test('the query languages', () => {
    expect(labels(`{"QueryLanguage":"<|>"}`)).toEqual(['JSONPath', 'JSONata']);
  });
});

describe('names of fields', () => {
  test('required ones first, present ones left out', () => {
    const found = labels(`{"States":{"A":{"Type":"Task",<|>}}}`);
    expect(found.slice(0, 3)).toEqual(['Resource', 'Next', 'End']);
    expect(found).not.toContain('Type');
  });

  test('those of the query language', () => {
    const jsonata = labels(`{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task",<|>}}}`);
    expect(jsonata).toContain('Arguments');
    expect(jsonata).not.toContain('Parameters');
    const jsonPath = labels(`{"States":{"A":{"Type":"Task",<|>}}}`);
    expect(jsonPath).toContain('Parameters');
    expect(jsonPath).not.toContain('Arguments');
  });

  test('End is not offered beside Next', () => {
    expect(labels(`{"States":{"A":{"Type":"Pass","Next":"B",<|>}}}`)).not.toContain('End');
  });

  test('bring their value and the commas they need', () => {
    expect(accept(`{"StartAt":"A"\n<|>\n"States":{}}`, 'QueryLanguage')).toBe(
      `{"StartAt":"A",\n"QueryLanguage": "$1",\n"States":{}}`,
    );
  });

  test('replace the name alone where a value stands', () => {
    expect(accept(`{"Sta<|>":"A","States":{}}`, 'StartAt')).toBe(`{"StartAt":"A","States":{}}`);
  });
});
