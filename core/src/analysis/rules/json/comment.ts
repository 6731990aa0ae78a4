import type { Rule } from '#core/analysis/rule.ts';
import { syntaxProblems } from './syntaxProblems.ts';

/** `// text` in JSON. */
export const comment: Rule = {
  code: 'json/comment',
  severity: 'error',
  summary: 'JSON has no comments.',
  explanation:
    'AWS refuses them. Describe states in their `Comment` field, keep the definition in YAML, or switch the rule off where a build takes comments out.',
  link: 'https://www.rfc-editor.org/rfc/rfc8259',
  example: '{"StartAt":"A", /* first */ "States":{"A":{"Type":"Succeed"}}}',
  check: () => [],
  checkFile: analysis => syntaxProblems(analysis, 'comment'),
};
