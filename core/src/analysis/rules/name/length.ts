import type { Rule } from '#core/analysis/rule.ts';
import { countCodePoints } from '#core/text/codePoints.ts';
import { say } from '#core/text/message.ts';

const longest = 80;

/** A state without a name, or with one of more than 80 characters. */
export const length: Rule = {
  code: 'name/over-80-chars',
  variants: ['name/empty'],
  severity: 'error',
  summary: 'Names of states have 1 to 80 characters.',
  explanation:
    'AWS refuses an empty name and names of more than 80 Unicode characters. What is long belongs into the Comment.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example: `{"StartAt":"${'A'.repeat(81)}","States":{"${'A'.repeat(81)}":{"Type":"Succeed"}}}`,
  *check({ machine }) {
    for (const { key, name, pointer } of machine.states) {
      const place = { start: key.start, end: key.end, state: pointer };
      if (name === '') {
        yield {
          ...place,
          code: 'name/empty',
          message: say`The state needs a name.`,
          aws: { code: 'INVALID_STATE_NAME', message: 'State name is empty', location: pointer },
        };
      } else if (name.length > longest && countCodePoints(name) > longest && !name.includes('${')) {
        yield {
          ...place,
          message: say`Names of states have at most ${longest} characters; this one has ${countCodePoints(name)}.`,
          aws: { code: 'INVALID_STATE_NAME', message: 'State name is too long', location: pointer },
        };
      }
    }
  },
};
