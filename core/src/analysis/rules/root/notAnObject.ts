import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

/** A file without a state machine in it. */
export const notAnObject: Rule = {
  code: 'root/not-an-object',
  severity: 'error',
  summary: 'A state machine is an object with StartAt and States.',
  explanation: 'The file is empty, or holds an array or a single value.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  example: '[]',
  check: () => [],
  *checkFile({ source, syntax }) {
    if (source.role === 'other' || syntax.root?.kind === 'object') return;
    if (!syntax.root && syntax.problems.length > 0) return;
    const place = syntax.root ?? { start: 0, end: source.text.length };
    yield {
      start: place.start,
      end: place.end,
      message: say`A state machine is an object with StartAt and States, such as {"StartAt": "A", "States": {…}}.`,
      aws: syntax.root
        ? { code: 'INVALID_JSON_DESCRIPTION', message: 'The definition is not an object' }
        : { code: 'MISSING_DESCRIPTION', message: 'Received a null or empty workflow input' },
    };
  },
};
