import { describe, expect, test } from 'vitest';
import type { Format } from '#core/text/source.ts';
import {
  codeLenses,
  foldingRanges,
  inlayHints,
  selectionRanges,
  semanticTokens,
  semanticTokensLegend,
  signatureHelp,
} from '#service/languageService.ts';
import { analyze } from '#core/analysis/analysis.ts';
import { marked } from './markers.ts';

/** The tokens as `text: type modifiers`. */
function tokens(text: string, format: Format = 'json'): readonly string[] {
  const { analysis } = marked(text, format);
  const { data } = semanticTokens(analysis);
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [deltaLine = 0, deltaCharacter = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = deltaLine === 0 ? character + deltaCharacter : deltaCharacter;
    line += deltaLine;
    const start = analysis.lines.offsetAt({ line, character });
    const names = semanticTokensLegend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
    found.push(
      [
        `${analysis.source.text.slice(start, start + length)}: ${semanticTokensLegend.tokenTypes[type]}`,
        ...names,
      ].join(' '),
    );
  }
  return found;
}

describe('semantic tokens', () => {
  test('states, variables and functions of JSONata', () => {
    expect(
      tokens(
        `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"n":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% ($k := 1; $sum([$n, $k, $states.input.x])) %}","End":true}}}`,
      ),
    ).toEqual([
      'A: class',
      'A: class declaration',
      'n: variable declaration',
      'B: class',
      'B: class declaration',
      '$k: parameter declaration',
      '$sum: function defaultLibrary',
      '$n: variable',
      '$k: parameter',
      '$states: variable readonly defaultLibrary',
      'input: property',
      'x: property',
    ]);
  });

  test('paths and intrinsic functions of JSONPath', () => {
    expect(
      tokens(
        `{"States":{"A":{"Type":"Pass","Parameters":{"a.$":"$.b.c","d.$":"States.Format('{}', $$.State.Name)"}}}}`,
      ),
    ).toEqual([
      'A: class declaration',
      '$: variable readonly defaultLibrary',
      'b: property',
      'c: property',
      'States.Format: function defaultLibrary',
      '$$: variable readonly defaultLibrary',
      'State: property',
      'Name: property',
    ]);
  });

  test('in YAML blocks', () => {
    expect(
      tokens(
        `QueryLanguage: JSONata\nStates:\n  A:\n    Type: Pass\n    Output: |-\n      {%\n        $uppercase($states.input)\n      %}\n`,
        'yaml',
      ),
    ).toEqual([
      'A: class declaration',
      '$uppercase: function defaultLibrary',
      '$states: variable readonly defaultLibrary',
      'input: property',
    ]);
  });
});

describe('signature help', () => {
  const at = (expression: string, key = 'Output'): ReturnType<typeof signatureHelp> => {
    const language = key === 'Output' ? '"QueryLanguage":"JSONata",' : '';
    const { analysis, position } = marked(
      `{${language}"States":{"A":{"Type":"Pass","${key}":${key === 'Output' ? `"${expression}"` : `{"x.$":"${expression}"}`}}}}`,
    );
    return signatureHelp(analysis, position);
  };

  test('of a JSONata function with the parameter that is written', () => {
    const help = at(`{% $substring($states.input.a, <|>) %}`);
    expect(help?.signatures[0]?.label).toMatch(/^\$substring\(/);
    expect(help?.activeParameter).toBe(1);
  });

  test('of the innermost call, past texts and brackets', () => {
    const help = at(`{% $map([1, 2], function($v) { $contains('a, (', <|> `);
    expect(help?.signatures[0]?.label).toMatch(/^\$contains\(/);
    expect(help?.activeParameter).toBe(1);
  });

  test('of an intrinsic function; a repeated parameter takes the rest', () => {
    const help = at(`States.Format('{} {}', $.a, <|>`, 'Parameters');
    expect(help?.signatures[0]?.label).toMatch(/^States\.Format\(template: string, …/);
    expect(help?.activeParameter).toBe(1);
  });

  test('none outside of calls', () => {
    expect(at(`{% $states.<|> %}`)).toBeNull();
  });
});

describe('inlay hints', () => {
  const options = { variables: true, transitions: true, substitutions: true };
  const labels = (text: string, format: Format = 'json'): readonly string[] => {
    const { analysis } = marked(text, format);
    const end = analysis.lines.positionAt(analysis.source.text.length);
    return inlayHints(analysis, { start: { line: 0, character: 0 }, end }, options).map(({ label }) =>
      typeof label === 'string' ? label : '',
    );
  };

  test('who assigned a variable, and what a transition leads to', () => {
    expect(
      labels(
        `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"n":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% $n + $n %}","End":true}}}`,
      ),
    ).toEqual(['← A', 'Pass', 'Pass']);
  });

  test('what a template puts in for a substitution', () => {
    const text = `Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionSubstitutions:
        Queue: !GetAtt Orders.Arn
      Definition:
        StartAt: A
        States:
          A:
            Type: Task
            Resource: \${Queue}
            End: true
`;
    const analysis = analyze({
      uri: 'test:///template.yaml',
      version: 1,
      format: 'yaml',
      role: 'other',
      text,
    });
    const end = analysis.lines.positionAt(text.length);
    const hints = inlayHints(
      analysis,
      { start: { line: 0, character: 0 }, end },
      { ...options, transitions: false },
    );
    expect(hints.map(({ label }) => label)).toEqual(['!GetAtt Orders.Arn']);
  });
});

test('code lenses run the machine and count references', () => {
  const { analysis } = marked(`{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"}}}`);
  expect(codeLenses(analysis, { references: true, run: true }).map(({ command }) => command)).toMatchObject([
    { command: 'stepwise.run', arguments: [{ uri: 'test:///machine.asl.json', machine: 0 }] },
    { command: 'stepwise.debug' },
    { title: '2 references', command: 'stepwise.showReferences' },
  ]);
  expect(codeLenses(analysis, { references: false, run: false })).toEqual([]);
});

describe('folding', () => {
  test('objects and lists in JSON, the closing bracket in sight', () => {
    const { analysis } = marked(`{\n  "States": {\n    "A": {\n      "Type": "Pass"\n    }\n  }\n}`);
    expect(foldingRanges(analysis)).toEqual([
      { startLine: 1, endLine: 4 },
      { startLine: 2, endLine: 3 },
    ]);
  });
  test('states, block texts and comments in YAML', () => {
    const { analysis } = marked(
      `# one\n# two\nStates:\n  A:\n    Type: Pass\n    Comment: |\n      a\n      b\n  B:\n    Type: Succeed\n`,
      'yaml',
    );
    expect(foldingRanges(analysis)).toEqual([
      { startLine: 2, endLine: 9 },
      { startLine: 3, endLine: 7 },
      { startLine: 5, endLine: 7 },
      { startLine: 8, endLine: 9 },
      { startLine: 0, endLine: 1, kind: 'comment' },
    ]);
  });
});

test('the selection grows from a name through the expression to the state', () => {
  const { analysis, position } = marked(
    `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% $sum([$to<|>tal, 1]) %}"}}}`,
  );
  const texts: string[] = [];
  for (let selection = selectionRanges(analysis, [position])[0]; selection;) {
    const { start, end } = selection.range;
    texts.push(analysis.source.text.slice(analysis.lines.offsetAt(start), analysis.lines.offsetAt(end)));
    const { parent } = selection;
    if (!parent) break;
    selection = parent;
  }
  expect(texts.slice(0, 3)).toEqual(['$total', '[$total, 1]', '$sum([$total, 1])']);
  expect(texts).toContain('{% $sum([$total, 1]) %}');
  expect(texts).toContain('"Output":"{% $sum([$total, 1]) %}"');
  expect(texts.at(-1)).toBe(analysis.source.text);
});
