import type { Rule } from '#core/analysis/rule.ts';
import { isDeferred, valueOf, type StringNode } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';

/** Characters that the names of Map Runs cannot have. */
const forbidden = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u;

/** A Label that two Maps share, or with a character that AWS refuses. */
export const label: Rule = {
  code: 'map/label-invalid-char',
  variants: ['map/label-duplicate'],
  severity: 'error',
  summary: 'The Label is taken, or has a character that AWS refuses.',
  explanation:
    'The Label becomes part of the names of Map Runs. It is unique in the state machine and has neither blanks nor `? * < > { } [ ] : ; , \\ | ^ ~ $ # % & ` "` nor control characters.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Map","Label":"a b","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}}',
  *check({ machine }) {
    const nodeByLabel = new Map<string, StringNode>();
    for (const state of machine.states) {
      const node = state.type === 'Map' ? valueOf(state.node, 'Label') : undefined;
      if (node?.kind !== 'string' || isDeferred(node)) continue;
      const character = forbidden.exec(node.value);
      if (character) {
        yield {
          start: node.offsetOf(character.index),
          end: node.offsetOf(character.index + character[0].length),
          message:
            character[0].trim() === ''
              ? say`A Label cannot have a blank.`
              : say`A Label cannot have the character ${character[0]}.`,
          state: state.pointer,
          aws: {
            code: 'INVALID_LABEL_NAME',
            message: 'The label does not follow the naming convention',
            location: `${state.pointer}/Label`,
          },
        };
      }
      const first = nodeByLabel.get(node.value);
      if (!first) nodeByLabel.set(node.value, node);
      else {
        yield {
          start: node.start,
          end: node.end,
          code: 'map/label-duplicate',
          message: say`The Label '${node.value}' is taken. Labels are unique in the state machine.`,
          state: state.pointer,
          related: [{ start: first.start, end: first.end, message: say`The first Map of that Label.` }],
          aws: {
            code: 'DUPLICATE_LABEL_NAME',
            message: `Label "${node.value}" appears more than once`,
            location: `${state.pointer}/Label`,
          },
        };
      }
    }
  },
};
