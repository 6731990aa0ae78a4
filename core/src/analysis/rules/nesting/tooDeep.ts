import { deepestNesting } from '#core/analysis/nesting.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';
import { syntaxProblems } from '../json/syntaxProblems.ts';

/** A definition that is nested so deeply that AWS refuses it. */
export const tooDeep: Rule = {
  code: 'nesting/too-deep',
  severity: 'error',
  summary: 'The definition is nested too deeply.',
  explanation: `AWS refuses it (TOO_DEEPLY_NESTED), but does not publish the depth. The rule draws the line at ${deepestNesting} levels of JSON, several times what real definitions have; a state in a Parallel branch is four levels below its Parallel. Move inner parts into state machines of their own and start them with \`states:startExecution.sync:2\`.`,
  link: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html',
  example: `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${'['.repeat(70)}${']'.repeat(70)},"End":true}}}`,
  *check({ nesting }) {
    const deep = nesting.tooDeep;
    if (!deep) return;
    yield {
      start: deep.start,
      end: Math.min(deep.start + 1, deep.end),
      message: say`More than ${deepestNesting} levels of nesting. Move inner parts into a state machine of their own.`,
      aws: { code: 'TOO_DEEPLY_NESTED', message: 'The workflow is too deeply nested' },
    };
  },
  checkFile: analysis => syntaxProblems(analysis, 'too-deep'),
};
