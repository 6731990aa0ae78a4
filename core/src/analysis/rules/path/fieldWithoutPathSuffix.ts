import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingOn, looksLikePath } from '#core/analysis/siteFindings.ts';
import { parseIntrinsic } from '#core/expressions/intrinsic/parse.ts';
import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { State } from '#core/model/stateMachine.ts';
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
      const { key } = property;
      if (!isMeantAsPath(node.value, state, machine) && !isMeantAsCall(node.value, key.value)) continue;
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

function isMeantAsPath(text: string, state: State, machine: MachineAnalysis): boolean {
  const { path, errors } = parseJsonPath(text);
  if (!path || errors.length > 0) return false;
  const { origin } = path;
  const isVariable =
    origin.kind === 'variable' && machine.variables.resolve(origin.name, state) !== undefined;
  return isVariable || looksLikePath(text);
}

/** `ErrorPath` and `CausePath` take intrinsic functions, too. */
function isMeantAsCall(text: string, field: string): boolean {
  if (!text.startsWith('States.') || (field !== 'Error' && field !== 'Cause')) return false;
  const { call, errors } = parseIntrinsic(text);
  return call !== undefined && errors.length === 0;
}
