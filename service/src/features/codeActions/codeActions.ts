import {
  CodeActionKind,
  CreateFile,
  type CodeAction,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Finding, Fix, Severity } from '#core/analysis/finding.ts';
import type { StringNode } from '#core/syntax/node.ts';
import type { Span } from '#core/text/span.ts';
import { replaceText, type Edit } from '#service/edits.ts';
import { severityOf, toDiagnostic, type DiagnosticOptions } from '#service/features/diagnostics.ts';
import { stringAt } from '#service/stringAt.ts';
import { isEscaped } from '#service/writing.ts';
import { toSpan, toTextEdit } from '#service/toLsp.ts';
import type { Offer } from './offer.ts';
import { ownRepair } from './ownRepairs.ts';
import { refactorings } from './refactorings.ts';
import { repairs } from './repairs.ts';
import { suppress } from './suppress.ts';

/**
 * What can be done about a place: quick fixes of its findings, refactorings of its state; also those that need the
 * state machine which the state runs, where that is given (`wantsCalled`).
 */
export function codeActions(
  analysis: Analysis,
  range: Range,
  options: DiagnosticOptions,
  only: readonly string[] | undefined,
  abilities: EditorAbilities = {},
  called?: MachineAnalysis,
): CodeAction[] {
  const offers = offersAt(analysis, range, options, only, abilities, called);
  return offers.map(offer => toCodeAction(analysis, range, offer, options, abilities));
}

/** What the editor can do with a code action. */
export interface EditorAbilities {
  /** Makes a file as a part of a change. */
  readonly createsFiles?: boolean;
  /** Asks for the edit of an action when it is chosen. */
  readonly resolvesEdits?: boolean;
}

/** What `codeActions` leaves with an action whose edit comes later. */
export interface CodeActionData {
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
}

/** The action with its edit; without one where the document has changed since it was offered. */
export function resolveCodeAction(
  analysis: Analysis,
  action: CodeAction,
  { version, range }: CodeActionData,
  options: DiagnosticOptions,
  abilities: EditorAbilities = {},
): CodeAction {
  if (version !== analysis.source.version || action.kind === undefined) return action;
  const offers = offersAt(analysis, range, options, [action.kind], abilities);
  const offer = offers.find(({ title, kind }) => title === action.title && kind === action.kind);
  return offer ? { ...action, ...editOf(analysis, offer) } : action;
}

function offersAt(
  analysis: Analysis,
  range: Range,
  options: DiagnosticOptions,
  only: readonly string[] | undefined,
  { createsFiles = false }: EditorAbilities,
  called?: MachineAnalysis,
): Offer[] {
  const span = toSpan(analysis, range);
  const isWanted = (kind: string): boolean =>
    only === undefined || only.some(wanted => kind === wanted || kind.startsWith(`${wanted}.`));
  const offers: Offer[] = [];
  if (isWanted(CodeActionKind.QuickFix) && options.enable) {
    for (const finding of analysis.findings) {
      if (finding.start > span.end || finding.end < span.start) continue;
      if (severityOf(finding, options) === 'off') continue;
      offers.push(...quickFixes(analysis, finding));
    }
  }
  const machine = analysis.machineAt(span.start);
  if (machine && !isEscaped(machine))
    offers.push(...refactorings(machine, span, createsFiles, called).filter(({ kind }) => isWanted(kind)));
  if (only !== undefined && isWanted(fixAllKind) && options.enable) offers.push(...fixAll(analysis, options));
  return offers;
}

/** The kinds there are, for the editor's menus. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.stepwise`;
export const codeActionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorRewrite,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  fixAllKind,
];

function quickFixes(analysis: Analysis, finding: Finding): Offer[] {
  const fixes = [finding.fix, finding.otherFix].flatMap((fix): Offer[] => {
    const edits = fix ? editsOf(analysis, finding, fix) : [];
    if (!fix || edits.length === 0) return [];
    const offer = { title: fix.title, kind: CodeActionKind.QuickFix, edits, finding };
    return [fix === finding.fix ? { ...offer, isPreferred: true } : offer];
  });
  const machine = analysis.machineAt(finding.start);
  const own = machine && !isEscaped(machine) ? ownRepair(machine, finding) : undefined;
  if (own) fixes.push({ ...own, kind: CodeActionKind.QuickFix, finding });
  const ignore = machine && !isEscaped(machine) ? suppress(machine, finding) : undefined;
  return ignore ? [...fixes, ignore] : fixes;
}

/** The edits that mend a finding; none where it carries no fix or that does not apply. */
export function fixOf(analysis: Analysis, finding: Finding): readonly Edit[] {
  return finding.fix ? editsOf(analysis, finding, finding.fix) : [];
}

function editsOf(analysis: Analysis, finding: Finding, fix: Fix): readonly Edit[] {
  switch (fix.kind) {
    case 'replaceText': {
      const machine = analysis.machineAt(fix.span.start);
      if (!machine) return [{ ...fix.span, text: fix.text }];
      if (isEscaped(machine) && /["\\]/.test(fix.text)) return [];
      return [replaceText(machine, stringIn(machine, fix.span), fix.span, fix.text)];
    }
    case 'action': {
      const machine = analysis.machineAt(finding.start);
      return machine && !isEscaped(machine)
        ? (repairs.get(fix.name)?.(machine, finding, fix.arguments ?? {}) ?? [])
        : [];
    }
  }
}

function stringIn(machine: MachineAnalysis, span: Span): StringNode | undefined {
  const node = stringAt(machine.site.node, span.start);
  return node && span.end <= node.end ? node : undefined;
}

/** Every fix that does not touch the place of another. */
function fixAll(analysis: Analysis, options: DiagnosticOptions): Offer[] {
  const edits: Edit[] = [];
  for (const finding of analysis.findings) {
    if (finding.fix?.kind !== 'replaceText' || severityOf(finding, options) === 'off') continue;
    for (const edit of fixOf(analysis, finding)) {
      if (edits.every(other => edit.start >= other.end || edit.end <= other.start)) edits.push(edit);
    }
  }
  return edits.length === 0
    ? []
    : [{ title: analysis.translate('Fix all problems that have one obvious fix'), kind: fixAllKind, edits }];
}

function toCodeAction(
  analysis: Analysis,
  range: Range,
  offer: Offer,
  options: DiagnosticOptions,
  { resolvesEdits = false }: EditorAbilities,
): CodeAction {
  const severity: Severity | 'off' = offer.finding ? severityOf(offer.finding, options) : 'off';
  const diagnostics: Diagnostic[] =
    offer.finding && severity !== 'off' ? [toDiagnostic(analysis, offer.finding, severity)] : [];
  const { uri, version } = analysis.source;
  const data: CodeActionData = { uri, version, range };
  return {
    title: offer.title,
    kind: offer.kind,
    ...(diagnostics.length > 0 && { diagnostics }),
    ...(offer.isPreferred === true && { isPreferred: true }),
    ...(offer.refused !== undefined && { disabled: { reason: offer.refused } }),
    ...(offer.later && resolvesEdits ? { data } : editOf(analysis, offer)),
  };
}

function editOf(analysis: Analysis, offer: Offer): { readonly edit?: WorkspaceEdit } {
  const { edits, newFile } = offer.later?.() ?? { edits: offer.edits };
  if (edits.length === 0) return {};
  const { uri, version } = analysis.source;
  const textEdits = edits.map(edit => toTextEdit(analysis, edit));
  if (!newFile) return { edit: { changes: { [uri]: textEdits } } };
  const start = { line: 0, character: 0 };
  return {
    edit: {
      documentChanges: [
        CreateFile.create(newFile.uri, { overwrite: false, ignoreIfExists: false }),
        {
          textDocument: { uri: newFile.uri, version: null },
          edits: [{ range: { start, end: start }, newText: newFile.text }],
        },
        { textDocument: { uri, version }, edits: textEdits },
      ],
    },
  };
}
