import type { LocationLink } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toRange } from '#service/toLsp.ts';
import { resolveUri } from '#service/uris.ts';
import { mentionAt, mentionsOf, type Mention } from './mentions.ts';
import { machineMeant, means, type Mentioned, type Surroundings } from './surroundings.ts';

/** What the name at an offset of a mock or test file stands for. */
export function mentionTargets(file: Analysis, offset: Offset, around: Surroundings): LocationLink[] {
  const mention = mentionAt(file, offset);
  if (!mention) return [];
  const link = (target: Analysis, whole: Span, name: Span): LocationLink => ({
    originSelectionRange: toRange(file, contentSpan(mention.node)),
    targetUri: target.source.uri,
    targetRange: toRange(target, whole),
    targetSelectionRange: toRange(target, name),
  });
  switch (mention.kind) {
    case 'file':
      return [{ ...link(file, start, start), targetUri: resolveUri(file.source.uri, mention.node.value) }];
    case 'machine': {
      const machine = machineMeant(file, mention.machine, around);
      const { startAt, node } = machine?.machine.root ?? {};
      return machine && node ? [link(machine.analysis, node, startAt ?? { ...node, end: node.start })] : [];
    }
    case 'state': {
      const machine = machineMeant(file, mention.machine, around);
      const state = machine && stateNamed(machine.machine.states, mention.node.value);
      return state ? [link(machine.analysis, state.property, state.key)] : [];
    }
    case 'testCase':
    case 'response':
      return sameMentions(file, mention, around)
        .filter(({ mention: other }) => 'isDefinition' in other && other.isDefinition)
        .map(({ analysis, mention: { node } }) => link(analysis, node, node));
  }
}

const start: Span = { start: 0, end: 0 };

/** Names are unique in the whole state machine; mock files count on it. */
export function stateNamed(states: readonly State[], name: string): State | undefined {
  return states.find(state => state.name === name);
}

/** The places that name the same test case or response as a mention, itself included. */
export function sameMentions(
  file: Analysis,
  mention: Mention & { readonly kind: 'testCase' | 'response' },
  around: Surroundings,
): readonly Mentioned[] {
  const isAlike = (other: Mention): boolean =>
    other.kind === mention.kind && other.node.value === mention.node.value;
  if (mention.kind === 'response')
    return mentionsOf(file)
      .filter(isAlike)
      .map(other => ({ analysis: file, mention: other }));
  const machine = machineMeant(file, mention.machine, around);
  return filesWith(file, around).flatMap(analysis =>
    mentionsOf(analysis).flatMap(other =>
      isAlike(other) &&
      other.machine &&
      (analysis === file
        ? other.machine.name === mention.machine.name
        : machine !== undefined && means(analysis, other.machine, machine, around))
        ? { analysis, mention: other }
        : [],
    ),
  );
}

function filesWith(file: Analysis, { mocks, tests }: Surroundings): readonly Analysis[] {
  const others = [...mocks, ...tests].filter(({ source }) => source.uri !== file.source.uri);
  return [file, ...others];
}
