import type { Rule } from '#core/analysis/rule.ts';
import { errorNames, errorNamesLink } from '#core/language/errorNames.ts';
import { say } from '#core/text/message.ts';

const uncatchable: ReadonlySet<string> = new Set(
  errorNames.filter(({ isCatchable }) => !isCatchable).map(({ name }) => name),
);

/** A Retrier or Catcher for `States.Runtime`, which ends the execution whatever they say. */
export const retriesRuntimeError: Rule = {
  code: 'retry/retries-runtime-error',
  variants: ['catch/catches-runtime-error'],
  severity: 'warning',
  summary: 'States.Runtime is neither retried nor caught.',
  explanation:
    'It means that the execution cannot go on, e.g. because a path leads nowhere. No Retrier and no Catcher is asked, not even one that names it. Mend what causes it.',
  link: errorNamesLink,
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["States.Runtime"]}],"End":true}}}',
  *check({ errorHandlers }) {
    for (const { state, all } of errorHandlers) {
      for (const { kind, names } of all) {
        for (const node of names) {
          if (!uncatchable.has(node.value)) continue;
          yield {
            start: node.start,
            end: node.end,
            code: kind === 'retry' ? 'retry/retries-runtime-error' : 'catch/catches-runtime-error',
            message:
              kind === 'retry'
                ? say`'${node.value}' ends the execution at once: it is never retried.`
                : say`'${node.value}' ends the execution at once: it is never caught.`,
            state: state.pointer,
            tags: ['unnecessary'],
          };
        }
      }
    }
  },
};
