import type { Rule } from '#core/analysis/rule.ts';
import { errorNamesLink } from '#core/language/errorNames.ts';
import { isNamed } from '#core/analysis/errorHandlers.ts';
import { say } from '#core/text/message.ts';

/** `States.ALL` without a handler for data that is too large. */
export const dataLimitNotCaughtByAll: Rule = {
  code: 'retry/datalimit-not-caught-by-all',
  severity: 'hint',
  summary: 'States.ALL does not stand for States.DataLimitExceeded.',
  explanation:
    'A result of more than 256 KiB ends the execution unless a Retrier or Catcher names `States.DataLimitExceeded` itself. Where results may grow, add a Catcher for it before the one for `States.ALL`.',
  link: errorNamesLink,
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},"B":{"Type":"Succeed"}}}',
  *check({ errorHandlers }) {
    for (const { state, retriers, catchers } of errorHandlers) {
      const handlers = catchers.length > 0 ? catchers : retriers;
      if (handlers.length === 0 || isNamed('States.DataLimitExceeded', handlers)) continue;
      const node = handlers.at(-1)?.names.find(({ value }) => value === 'States.ALL');
      if (!node) continue;
      yield {
        start: node.start,
        end: node.end,
        message: say`'States.ALL' does not stand for 'States.DataLimitExceeded' (data of more than 256 KiB).`,
        state: state.pointer,
      };
    }
  },
};
