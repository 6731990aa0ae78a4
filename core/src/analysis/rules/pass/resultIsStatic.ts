import { awsLocation } from '#core/analysis/location.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { isDeferred, valueOf, type SyntaxNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** A path in `Result`, which is never evaluated. */
export const resultIsStatic: Rule = {
  code: 'pass/result-is-static',
  severity: 'warning',
  summary: 'Nothing in Result is evaluated.',
  explanation:
    'Paths and intrinsic functions in it stay what they are: texts. To compute values, use `Parameters`.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"id.$":"$.id"},"End":true}}}',
  *check({ machine, site }) {
    for (const state of machine.states) {
      if (state.type !== 'Pass' || state.queryLanguage !== 'JSONPath') continue;
      const result = valueOf(state.node, 'Result');
      for (const node of result ? evaluatedLooking(result) : []) {
        yield {
          start: node.start,
          end: node.end,
          message: say`Nothing in 'Result' is evaluated: this stays a text. Use 'Parameters' to compute it.`,
          state: state.pointer,
          aws: {
            code: 'PASS_RESULT_IS_STATIC',
            message: 'The result of a Pass state is static',
            location: awsLocation(site.node, node),
          },
        };
      }
    }
  },
};

function* evaluatedLooking(node: SyntaxNode): Generator<SyntaxNode> {
  if (node.kind === 'string' && !isDeferred(node)) {
    if (/^\$\$?[.[]|^States\.[A-Za-z0-9]+\(|^\{%.*%\}$/s.test(node.value)) yield node;
  } else if (node.kind === 'object') {
    for (const { value } of node.properties) if (value) yield* evaluatedLooking(value);
  } else if (node.kind === 'array') {
    for (const item of node.items) yield* evaluatedLooking(item);
  }
}
