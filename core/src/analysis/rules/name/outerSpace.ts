import type { Rule } from '#core/analysis/rule.ts';

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
        message: `The name '${name}' ${name.trimStart() === name ? 'ends' : 'begins'} with a blank.`,
        state: pointer,
        fix: {
          kind: 'action',
          name: 'renameState',
          arguments: { state: pointer, name: name.trim() },
          title: `Rename to '${name.trim()}'`,
        },
      };
    }
  },
};
