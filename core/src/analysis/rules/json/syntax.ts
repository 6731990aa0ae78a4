import type { Analysis } from '#core/analysis/analysis.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import { syntaxProblems } from './syntaxProblems.ts';

/** Text that is neither JSON nor YAML. */
export const syntax: Rule = {
  code: 'json/syntax',
  severity: 'error',
  summary: 'The text cannot be read.',
  explanation:
    'AWS takes JSON: names and texts in double quotes, commas between members. In YAML, indentation counts.',
  link: 'https://www.rfc-editor.org/rfc/rfc8259',
  example: '{"StartAt":"A" "States":{"A":{"Type":"Succeed"}}}',
  check: () => [],
  *checkFile(analysis) {
    for (const found of syntaxProblems(analysis, 'syntax')) yield { ...found, ...awsAnswer(analysis, found) };
  },
};

/** What Jackson, AWS's parser, says of a word that is no JSON. */
function awsAnswer({ source, lines }: Analysis, { start }: RuleFinding): Pick<RuleFinding, 'aws'> {
  const word = /^[A-Za-z_$][\w$]*/.exec(source.text.slice(start, start + 256))?.[0];
  if (source.format === 'yaml' || word === undefined) return {};
  const { line, character } = lines.positionAt(start + word.length);
  const shown = source.text.length > 500 ? source.text.slice(0, 500) : source.text;
  const cut = source.text.length - shown.length;
  const place = `[Source: (String)"${shown}"${cut > 0 ? `[truncated ${cut} chars]` : ''}; line: ${line + 1}, column: ${character + 1}]`;
  const expected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
  return {
    aws: {
      code: 'INVALID_JSON_DESCRIPTION',
      message: `Unrecognized token '${word}': was expecting ${expected}\n at ${place}`,
      location: place,
    },
  };
}
