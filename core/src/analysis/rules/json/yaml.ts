import type { Rule } from '#core/analysis/rule.ts';
import { syntaxProblems } from './syntaxProblems.ts';

/** An alias without its anchor, or a second document in a YAML file. */
export const yaml: Rule = {
  code: 'yaml/structure',
  variants: ['yaml/unresolved-alias', 'yaml/multiple-documents'],
  severity: 'error',
  summary: 'The YAML does not say one thing.',
  explanation:
    'An alias (`*name`) needs an anchor (`&name`) before it, and a definition is one document, without `---` in between.',
  link: 'https://yaml.org/spec/1.2.2/',
  example: '',
  check: () => [],
  *checkFile(analysis) {
    for (const code of ['unresolved-alias', 'multiple-documents'] as const) {
      for (const found of syntaxProblems(analysis, code)) yield { ...found, code: `yaml/${code}` };
    }
  },
};
