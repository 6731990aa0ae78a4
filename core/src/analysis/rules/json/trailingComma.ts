import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';
import { syntaxProblems } from './syntaxProblems.ts';

/** A comma behind the last member. */
export const trailingComma: Rule = {
  code: 'json/syntax-trailing-comma',
  severity: 'error',
  summary: 'A comma stands behind the last member.',
  explanation: 'JSON has commas between members only, and AWS refuses one behind the last.',
  link: 'https://www.rfc-editor.org/rfc/rfc8259',
  example: '{"StartAt":"A","States":{"A":{"Type":"Succeed",}}}',
  check: () => [],
  *checkFile(analysis) {
    for (const found of syntaxProblems(analysis, 'trailing-comma')) {
      const span = { start: found.start, end: found.end };
      yield { ...found, fix: { kind: 'replaceText', span, text: '', title: say`Remove the comma` } };
    }
  },
};
