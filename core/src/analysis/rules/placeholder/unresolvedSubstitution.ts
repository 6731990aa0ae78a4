import type { Rule } from '#core/analysis/rule.ts';
import { propertyOf, walk } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';

/** `${TableName}` that nothing in sight replaces. */
export const unresolvedSubstitution: Rule = {
  code: 'placeholder/unresolved-substitution',
  severity: 'hint',
  summary: 'A substitution stands in the definition.',
  explanation:
    'A deployment tool must replace it: `DefinitionSubstitutions` of SAM and CloudFormation, `templatefile` of Terraform. To AWS itself `${Name}` is plain text. Told once for each name.',
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-stepfunctions-statemachine.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${FunctionArn}","End":true}}}',
  *check({ site, analysis }) {
    // In YAML templates `!Sub` replaces what it holds, and the tag says so.
    if (!analysis.source.text.includes('${')) return;
    const told = new Set<string>();
    const tell = function* (name: string, span: Span): ReturnType<Rule['check']> & Generator {
      if (told.has(name) || propertyOf(site.substitutions, name) || site.kind !== 'file') return;
      told.add(name);
      yield {
        ...span,
        message: say`'\${${name}}' must be replaced at deployment. Without a substitution of that name it is plain text.`,
      };
    };
    for (const node of walk(site.node)) {
      if (node.kind === 'placeholder') yield* tell(node.name, { start: node.start, end: node.end });
      else if (node.kind === 'string' && node.value.includes('${')) {
        for (const match of node.value.matchAll(/(?<!\$)\$\{([^}]*)\}/g)) {
          const span = {
            start: node.offsetOf(match.index),
            end: node.offsetOf(match.index + match[0].length),
          };
          yield* tell(match[1] ?? '', span);
        }
      }
    }
  },
};
