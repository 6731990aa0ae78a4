import type { Rule } from '#core/analysis/rule.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { syntaxProblems } from '../json/syntaxProblems.ts';

/** Levels of JSON that a definition may have; see the rule's explanation. */
export const deepestNesting = 64;

/** A definition that is nested so deeply that AWS refuses it. */
export const tooDeep: Rule = {
  code: 'nesting/too-deep',
  severity: 'error',
  summary: 'The definition is nested too deeply.',
  explanation: `AWS refuses it (TOO_DEEPLY_NESTED), but does not publish the depth. The rule draws the line at ${deepestNesting} levels of JSON, several times what real definitions have; a state in a Parallel branch is four levels below its Parallel. Move inner parts into state machines of their own and start them with \`states:startExecution.sync:2\`.`,
  link: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html',
  example: `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":${'['.repeat(70)}${']'.repeat(70)},"End":true}}}`,
  *check({ site }) {
    const deep = firstBelow(site.node, deepestNesting);
    if (!deep) return;
    yield {
      start: deep.start,
      end: Math.min(deep.start + 1, deep.end),
      message: `More than ${deepestNesting} levels of nesting. Move inner parts into a state machine of their own.`,
      aws: { code: 'TOO_DEEPLY_NESTED', message: 'The workflow is too deeply nested' },
    };
  },
  checkFile: analysis => syntaxProblems(analysis, 'too-deep'),
};

/** The first object or array more than `levels` deep. */
function firstBelow(node: SyntaxNode, levels: number): SyntaxNode | undefined {
  if (levels === 0) return node;
  if (node.kind === 'object') {
    for (const { value } of node.properties) {
      const found = value && isContainer(value) ? firstBelow(value, levels - 1) : undefined;
      if (found) return found;
    }
  } else if (node.kind === 'array') {
    for (const item of node.items) {
      const found = isContainer(item) ? firstBelow(item, levels - 1) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function isContainer(node: SyntaxNode): boolean {
  return node.kind === 'object' || node.kind === 'array';
}
