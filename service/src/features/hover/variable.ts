import type { Certainty } from '#core/analysis/variables.ts';
import type { Offset } from '#core/text/span.ts';
import { describeShape } from '#service/expressions/shapes.ts';
import { code, codeBlock, paragraphs, shorten } from '#service/markdown.ts';
import { sampleOfVariable } from '#service/samples/sampleValue.ts';
import type { SampleSource } from '#service/samples/sources.ts';
import type { VariableSymbol } from '#service/symbolAt.ts';
import type { HoverText } from './hoverText.ts';

const certainties: Readonly<Record<Certainty, string>> = {
  always: 'Has a value on every way to this state.',
  sometimes: 'Has a value on some ways to this state only.',
  never: 'Has no value yet when this state is entered.',
};

/** Which states give the variable its value, whether it has one here, and which on a sample. */
export function variableHover(
  symbol: VariableSymbol,
  offset: Offset,
  sources: readonly SampleSource[],
): HoverText {
  const { machine, variable, span } = symbol;
  const { text } = machine.analysis.source;
  const state = machine.stateAt(offset);
  const isUse = variable.uses.some(use => use.start === span.start);
  const assignments = variable.assignments.slice(0, 8).map(({ state: by, property }) => {
    const { value } = property;
    const written = value ? ` = ${code(shorten(text.slice(value.start, value.end), 100))}` : '';
    return `- ${code(by.name)}${written}`;
  });
  const uses = variable.uses.length;
  const where = state && { state, isAssigned: !isUse };
  return {
    span,
    markdown: paragraphs(
      codeBlock(
        'typescript',
        `$${variable.name}: ${describeShape(machine.likelyShapes.variableShape(variable))}`,
      ),
      `Assigned in\n${assignments.join('\n')}`,
      isUse && state ? certainties[machine.variables.certainty(variable, state)] : undefined,
      where && sampleOfVariable(machine, variable, where, sources),
      isUse ? undefined : uses === 0 ? 'Never read.' : `Read ${uses === 1 ? 'once' : `${uses} times`}.`,
    ),
  };
}
