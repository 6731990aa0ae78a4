import type { Location, Position } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Offset } from '#core/text/span.ts';
import { contentSpan, occurrencesOf, symbolAt, type NamedSymbol } from '#service/symbolAt.ts';
import { mentionAt } from '#service/surroundings/mentions.ts';
import { sameMentions, stateNamed } from '#service/surroundings/mentionTargets.ts';
import {
  isCompanion,
  machineMeant,
  mentionsIn,
  nothingAround,
  type Mentioned,
  type Surroundings,
} from '#service/surroundings/surroundings.ts';
import { toOffset, toRange } from '#service/toLsp.ts';

/**
 * Every transition to the state, with the places in mock and test files that name it, or every expression that
 * reads the variable. The same list from any of these places.
 */
export function references(
  analysis: Analysis,
  position: Position,
  options: { readonly includeDeclaration: boolean },
  around: Surroundings = nothingAround,
): Location[] {
  const offset = toOffset(analysis, position);
  if (isCompanion(analysis)) return ofMention(analysis, offset, options, around);
  const symbol = symbolAt(analysis, offset);
  return symbol ? ofSymbol(symbol, options, around) : [];
}

function ofSymbol(
  symbol: NamedSymbol,
  options: { readonly includeDeclaration: boolean },
  around: Surroundings,
): Location[] {
  const { analysis } = symbol.machine;
  const own = occurrencesOf(symbol)
    .filter(({ role }) => role === 'reference' || options.includeDeclaration)
    .map(occurrence => ({ uri: analysis.source.uri, range: toRange(analysis, occurrence) }));
  if (symbol.kind !== 'state') return own;
  const { name } = symbol.state;
  const elsewhere = mentionsIn(
    symbol.machine,
    around,
    ({ kind, node }) => kind === 'state' && node.value === name,
  );
  return [...own, ...elsewhere.map(locationOf)];
}

function ofMention(
  file: Analysis,
  offset: Offset,
  options: { readonly includeDeclaration: boolean },
  around: Surroundings,
): Location[] {
  const mention = mentionAt(file, offset);
  switch (mention?.kind) {
    case 'state': {
      const machine = machineMeant(file, mention.machine, around);
      const state = machine && stateNamed(machine.machine.states, mention.node.value);
      return state ? ofSymbol({ kind: 'state', machine, state, span: state.key }, options, around) : [];
    }
    case 'testCase':
    case 'response':
      return sameMentions(file, mention, around)
        .filter(({ mention: other }) => options.includeDeclaration || !isDefinition(other))
        .map(locationOf);
    default:
      return [];
  }
}

function isDefinition(mention: Mentioned['mention']): boolean {
  return 'isDefinition' in mention && mention.isDefinition;
}

/** The place of the name, without quotes. */
export function locationOf({ analysis, mention }: Mentioned): Location {
  return { uri: analysis.source.uri, range: toRange(analysis, contentSpan(mention.node)) };
}
