import type { Certainty } from '#core/analysis/variables.ts';
import type { Offset } from '#core/text/span.ts';
import type { Translate } from '#core/text/translate.ts';
import { describeShape } from '#service/expressions/shapes.ts';
import { code, codeBlock, paragraphs, shorten } from '#service/markdown.ts';
import { sampleOfVariable } from '#service/samples/sampleValue.ts';
import type { SampleSource } from '#service/samples/sources.ts';
import type { VariableSymbol } from '#service/symbolAt.ts';
import type { HoverText } from './hoverText.ts';

/** Which states give the variable its value, whether it has one here, and which on a sample. */
export function variableHover(
  symbol: VariableSymbol,
  offset: Offset,
  sources: readonly SampleSource[],
): HoverText {
  const { machine, variable, span } = symbol;
  const { source, translate } = machine.analysis;
  const state = machine.stateAt(offset);
  const isUse = variable.uses.some(use => use.start === span.start);
  const assignments = variable.assignments.slice(0, 8).map(({ state: by, property }) => {
    const { value } = property;
    const written = value ? ` = ${code(shorten(source.text.slice(value.start, value.end), 100))}` : '';
    return `- ${code(by.name)}${written}`;
  });
  const where = state && { state, isAssigned: !isUse };
  return {
    span,
    markdown: paragraphs(
      codeBlock(
        'typescript',
        `$${variable.name}: ${describeShape(machine.likelyShapes.variableShape(variable))}`,
      ),
      `${translate('Assigned in')}\n${assignments.join('\n')}`,
      isUse && state ? hasValue(machine.variables.certainty(variable, state), translate) : undefined,
      where && sampleOfVariable(machine, variable, where, sources),
      isUse ? undefined : isRead(variable.uses.length, translate),
    ),
  };
}

function hasValue(certainty: Certainty, translate: Translate): string {
  switch (certainty) {
    case 'always':
      return translate('Has a value on every way to this state.');
    case 'sometimes':
      return translate('Has a value on some ways to this state only.');
    case 'never':
      return translate('Has no value yet when this state is entered.');
  }
}

function isRead(times: number, translate: Translate): string {
  if (times === 0) return translate('Never read.');
  return times === 1 ? translate('Read once.') : translate('Read {0} times.', times);
}
