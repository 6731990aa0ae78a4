import { CodeActionKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { inWords } from '#core/text/message.ts';
import { contains, type Span } from '#core/text/span.ts';
import type { Translate } from '#core/text/translate.ts';
import { extractToMap, extractToParallel, extractToStateMachine } from '#service/refactoring/extract.ts';
import {
  changeIn,
  extractionOf,
  Impossible,
  type Container,
  type Extraction,
} from '#service/refactoring/extraction.ts';
import { formatOf } from '#service/writing.ts';
import type { Change, Offer } from './offer.ts';

/** Moves the selected states into a scope of their own; each where an execution stays the same. */
export function extractSelected(machine: MachineAnalysis, span: Span, createsFiles: boolean): Offer[] {
  const selected = statesIn(machine, span);
  if (!selected || selected.states.length < 2) return [];
  return offersFor(
    machine,
    selected.scope,
    selected.states,
    ['Parallel', 'Map', 'stateMachine'],
    createsFiles,
  );
}

/** The same for one state, for which a Map of its items is offered elsewhere. */
export function extractState(machine: MachineAnalysis, state: State, createsFiles: boolean): Offer[] {
  if (state.type === 'Fail' || state.type === 'Unknown') return [];
  return offersFor(machine, state.scope, [state], ['Parallel', 'stateMachine'], createsFiles);
}

/** The states of the innermost `States` that holds the whole selection, where they overlap it. */
function statesIn(
  { machine }: MachineAnalysis,
  span: Span,
): { readonly scope: Scope; readonly states: readonly State[] } | undefined {
  if (span.start === span.end) return undefined;
  const scope = machine.scopes.findLast(({ statesNode }) => statesNode && contains(statesNode, span));
  if (!scope) return undefined;
  const states = scope.states.filter(
    ({ property }) => property.start < span.end && span.start < property.end,
  );
  return { scope, states };
}

function offersFor(
  machine: MachineAnalysis,
  scope: Scope,
  states: readonly State[],
  containers: readonly Container[],
  createsFiles: boolean,
): Offer[] {
  const extraction = extractionOf(machine, scope, states);
  const { translate } = machine.analysis;
  const targets = containers.filter(
    container => container !== 'stateMachine' || (createsFiles && newFileUri(machine, '') !== undefined),
  );
  return targets.map(container => {
    const title = titleOf(states, container, translate);
    const offer = {
      title: extraction instanceof Impossible ? title : withCopies(title, extraction, translate),
      kind: CodeActionKind.RefactorExtract,
      edits: [],
    };
    if (extraction instanceof Impossible) return { ...offer, refused: inWords(extraction.reason, translate) };
    const refused = changeIn(extraction, container);
    return refused === undefined
      ? { ...offer, later: () => extract(extraction, container) }
      : { ...offer, refused: inWords(refused, translate) };
  });
}

function titleOf(states: readonly State[], container: Container, translate: Translate): string {
  const [first, second] = states;
  const only = second ? undefined : first?.name;
  const count = states.length;
  switch (container) {
    case 'Parallel':
      return only === undefined
        ? translate('Extract {0} states into a Parallel', count)
        : translate("Extract '{0}' into a Parallel", only);
    case 'Map':
      return only === undefined
        ? translate('Extract {0} states into a Map of one item', count)
        : translate("Extract '{0}' into a Map of one item", only);
    case 'stateMachine':
      return only === undefined
        ? translate('Extract {0} states into a state machine of its own', count)
        : translate("Extract '{0}' into a state machine of its own", only);
  }
}

/** Tells what will be there twice. */
function withCopies(title: string, { copies }: Extraction, translate: Translate): string {
  if (copies.length === 0) return title;
  return translate('{0}, with a copy of {1}', title, copies.map(({ state }) => `'${state.name}'`).join(', '));
}

function extract(extraction: Extraction, container: Container): Change {
  switch (container) {
    case 'Parallel':
      return { edits: extractToParallel(extraction) };
    case 'Map':
      return { edits: extractToMap(extraction) };
    case 'stateMachine': {
      const { machine, entry } = extraction;
      const name = `${stemOf(machine.analysis.source.uri) ?? ''}-${slug(entry.name)}`;
      const { edits, text } = extractToStateMachine(extraction, name);
      const uri = newFileUri(machine, slug(entry.name));
      return uri === undefined ? { edits } : { edits, newFile: { uri, text } };
    }
  }
}

const extension = /(?:\.asl)?\.(?:json|ya?ml)$|\.asl$/i;

/** `order-Pay.asl.json` beside `order.asl.json`; none where the definition is not a file on its own. */
function newFileUri(machine: MachineAnalysis, suffix: string): string | undefined {
  const { uri } = machine.analysis.source;
  const stem = stemOf(uri);
  if (machine.site.kind !== 'file' || stem === undefined || uri.startsWith('untitled:')) return undefined;
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  const own = extension.exec(uri)?.[0] ?? (formatOf(machine) === 'yaml' ? '.asl.yaml' : '.asl.json');
  return `${folder}${encodeURIComponent(`${stem}-${suffix}`)}${own}`;
}

/** The file's name without its extension. */
function stemOf(uri: string): string | undefined {
  const name = /\/([^/?#]+)$/.exec(uri)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name).replace(extension, '');
}

function slug(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}_]+/gu, '-').replaceAll(/^-|-$/g, '');
}
