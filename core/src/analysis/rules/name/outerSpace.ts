import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

/** `"Pay "`: a blank nobody sees. */
export const outerSpace: Rule = {
  code: 'name/leading-trailing-space',
  severity: 'warning',
  summary: 'The name begins or ends with a blank.',
  explanation: 'It belongs to the name, so `Next` must have it, too, and nobody sees it.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example: '{"StartAt":"A ","States":{"A ":{"Type":"Succeed"}}}',
  *check({ machine }) {
    for (const { key, name, pointer } of machine.states) {
      if (name.trim() === name || name.trim() === '') continue;
      yield {
        start: key.start,
        end: key.end,
        message:
          name.trimStart() === name
            ? say`The name '${name}' ends with a blank.`
            : say`The name '${name}' begins with a blank.`,
        state: pointer,
        fix: {
          kind: 'action',
          name: 'renameState',
          arguments: { state: pointer, name: name.trim() },
          title: say`Rename to '${name.trim()}'`,
        },
      };
    }
  },
};
