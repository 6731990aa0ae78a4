import type { Rule } from '#core/analysis/rule.ts';
import { findingOn, looksLikePath } from '#core/analysis/siteFindings.ts';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import { hasPlaceholder } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** `"StringEquals": "$.b"`. */
export const fieldWithoutPathSuffix: Rule = {
  code: 'path/field-without-path-suffix',
  severity: 'warning',
  summary: 'A field that takes a literal holds what looks like a path.',
  explanation: 'The text is taken as it stands. The field whose name ends in `Path` takes a path.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.a","StringEquals":"$.b","Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}',
  *check(machine) {
    for (const { kind, node, property, state } of machine.expressions.literals) {
      if (kind !== 'pathTwin' || !property || hasPlaceholder(node.value)) continue;
      const { path, errors } = parseJsonPath(node.value);
      if (!path || errors.length > 0) continue;
      const { origin } = path;
      const isVariable =
        origin.kind === 'variable' && machine.variables.resolve(origin.name, state) !== undefined;
      if (!isVariable && !looksLikePath(node.value)) continue;
      const { key } = property;
      yield {
        ...findingOn(
          node,
          state,
          say`'${node.value}' is taken as text. To read what is there, use '${key.value}Path'.`,
        ),
        aws: { code: 'NO_PATH', message: `Field '${key.value}' has a value that looks like a path` },
        fix: {
          kind: 'replaceText',
          span: { start: key.offsetOf(key.value.length), end: key.offsetOf(key.value.length) },
          text: 'Path',
          title: say`Rename to '${key.value}Path'`,
        },
      };
    }
  },
};
