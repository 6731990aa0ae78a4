import type { Rule } from '#core/analysis/rule.ts';
import { findingIn } from '#core/analysis/siteFindings.ts';
import { referencePathProblem } from '#core/expressions/jsonPath/properties.ts';

/** A path to many places where one is needed. */
export const notAReferencePath: Rule = {
  code: 'jsonpath/not-a-reference-path',
  variants: [
    'jsonpath/double-dot-in-reference',
    'jsonpath/itemspath-not-reference',
    'jsonpath/resultpath-not-reference',
  ],
  severity: 'error',
  summary: 'A Reference Path has a step that can lead to several places.',
  explanation:
    'ResultPath, ItemsPath and fields such as SecondsPath must name one place: only names and single indexes, without `..`, `*`, filters, slices and functions.',
  link: 'https://states-language.net/spec.html#ref-paths',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","ResultPath":"$.a[*]","End":true}}}',
  *check(machine) {
    for (const site of machine.expressions.referencePaths) {
      const { expression, isDeferred } = site;
      if (isDeferred || expression.kind !== 'path' || !expression.path || expression.errors.length > 0)
        continue;
      const problem = referencePathProblem(expression.path);
      if (!problem) continue;
      const code = expression.path.steps.some(step => step.kind === 'scan')
        ? 'jsonpath/double-dot-in-reference'
        : codeByField.get(site.field);
      const finding = findingIn(site, problem, problem.message);
      yield code === undefined ? finding : { ...finding, code };
    }
  },
};

const codeByField: ReadonlyMap<string, string> = new Map([
  ['ItemsPath', 'jsonpath/itemspath-not-reference'],
  ['ResultPath', 'jsonpath/resultpath-not-reference'],
]);
