import { describe, expect, test } from 'vitest';
import type { Format } from '#core/text/source.ts';
import {
  definition,
  documentHighlight,
  documentLinks,
  documentSymbols,
  incomingCalls,
  linkedEditingRanges,
  outgoingCalls,
  prepareCallHierarchy,
  references,
  symbolsLike,
  symbolsOf,
} from '#service/languageService.ts';
import { knowledge } from './knowledge.ts';
import { marked } from './markers.ts';

/** Goes to the definition at the cursor, which has to be the marked range. */
function checkDefinition(text: string, format: Format = 'json'): void {
  const { analysis, positions, ranges } = marked(text, format);
  const isAtRange = (line: number, character: number): boolean =>
    ranges.some(({ start }) => start.line === line && start.character === character);
  const cursor = positions.find(({ line, character }) => !isAtRange(line, character));
  const found = definition(analysis, cursor ?? { line: 0, character: 0 });
  expect(found.map(({ targetSelectionRange }) => targetSelectionRange)).toEqual(ranges);
}

describe('definition', () => {
  test('of Next', () =>
    checkDefinition(`{"States":{"A":{"Type":"Pass","Next":"<|>B"},<|"B"|>:{"Type":"Succeed"}}}`));
  test('of StartAt inside a branch', () =>
    checkDefinition(
      `{"States":{"B":{},"P":{"Type":"Parallel","Branches":[{"StartAt":"<|>B","States":{<|"B"|>:{"Type":"Succeed"}}}]}}}`,
    ));
  test('of a variable: every Assign', () =>
    checkDefinition(
      `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"<|x|>":1},"Next":"B"},"B":{"Type":"Pass","Assign":{"<|x|>":2},"Next":"C"},"C":{"Type":"Pass","Output":"{% $<|>x %}","End":true}}}`,
    ));
  test('in YAML', () =>
    checkDefinition(
      `
      StartAt: <|>A
      States:
        <|A|>:
          Type: Succeed
      `,
      'yaml',
    ));
  test('of a name nobody defines: nothing', () =>
    checkDefinition(`{"States":{"A":{"Type":"Pass","Next":"<|>Z"}}}`));
});

describe('references and highlight', () => {
  const text = `{"StartAt":"<|A|>","States":{"<|A|>":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"<|A|>"}}}`;
  test('the same places', () => {
    const { analysis, position, ranges } = marked(text);
    const byStart = (a: { start: { character: number } }, b: { start: { character: number } }): number =>
      a.start.character - b.start.character;
    const found = references(analysis, position, { includeDeclaration: true }).map(({ range }) => range);
    expect(found.toSorted(byStart)).toEqual(ranges);
    expect(references(analysis, position, { includeDeclaration: false })).toHaveLength(2);
    expect(
      documentHighlight(analysis, position)
        .map(({ range }) => range)
        .toSorted(byStart),
    ).toEqual(ranges);
  });
});

test('the outline shows states with their types, inner states inside', () => {
  const { analysis } = marked(
    `{"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Succeed"}}},{"StartAt":"Y","States":{"Y":{"Type":"Wait"}}}],"Next":"M"},"M":{"Type":"Map","ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}`,
  );
  expect(documentSymbols(analysis)).toMatchObject([
    {
      name: 'P',
      detail: 'Parallel · start',
      children: [
        { name: 'Branch 1', children: [{ name: 'X', detail: 'Succeed · start' }] },
        { name: 'Branch 2', children: [{ name: 'Y' }] },
      ],
    },
    { name: 'M', detail: 'Map', children: [{ name: 'I', detail: 'Pass · start' }] },
  ]);
});

test('states of all files are found by letters in their order', () => {
  const { analysis } = marked(`{"States":{"Charge Card":{},"Refund":{}}}`);
  expect(symbolsLike(symbolsOf(analysis), 'chc').map(({ name }) => name)).toEqual(['Charge Card']);
  expect(symbolsLike(symbolsOf(analysis), '')).toHaveLength(2);
});

test('the call hierarchy leads to neighbours, and says by which fields', () => {
  const { analysis, position } = marked(
    `{"StartAt":"A","States":{"A":{"Type":"Task","Catch":[{"Next":"B"}],"Next":"B"},"<|>B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}}`,
  );
  const [item] = prepareCallHierarchy(analysis, position) ?? [];
  if (!item) throw new Error('no item');
  expect(item).toMatchObject({ name: 'B', detail: 'Pass' });
  expect(incomingCalls(analysis, item)).toMatchObject([{ from: { name: 'A' }, fromRanges: [{}, {}] }]);
  expect(outgoingCalls(analysis, item)).toMatchObject([{ to: { name: 'C' }, fromRanges: [{}] }]);
});

test('resources link to their documentation or to the console', () => {
  const link = (arn: string): string | undefined => {
    const { analysis } = marked(`{"States":{"A":{"Type":"Task","Resource":"${arn}"}}}`, 'json', knowledge);
    return documentLinks(analysis)[0]?.target;
  };
  expect(link('arn:aws:states:::sqs:sendMessage')).toContain('docs.aws.amazon.com');
  expect(link('arn:aws:lambda:eu-west-1:123456789012:function:pay')).toContain('#/functions/pay');
  expect(link('${Function}')).toBeUndefined();
});

describe('linked editing', () => {
  test('takes the key and its transitions together', () => {
    const { analysis, position, ranges } = marked(`{"States":{"<|A|>":{"Type":"Pass","Next":"<|A|>"}}}`);
    expect(linkedEditingRanges(analysis, position)?.ranges).toEqual(ranges);
  });
  test('in YAML, too', () => {
    const { analysis, position, ranges } = marked(
      'StartAt: <|Pay now|>\nStates:\n  <|Pay now|>: # here\n    Type: Pass\n    Next: <|Pay now|>\n',
      'yaml',
    );
    expect(
      linkedEditingRanges(analysis, position)?.ranges.toSorted((a, b) => a.start.line - b.start.line),
    ).toEqual(ranges);
  });
  test('not where the quotes differ', () => {
    const { analysis, position } = marked(`StartAt: "A"\nStates:\n  <|>A: { Type: Succeed }\n`, 'yaml');
    expect(linkedEditingRanges(analysis, position)).toBeNull();
  });
});
