import { InlayHintKind, type InlayHint, type Range } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { valueOf, walk } from '#core/syntax/node.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { shorten } from '#service/markdown.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toSpan } from '#service/toLsp.ts';

/** Which hints the user wants to see. */
export interface InlayHintOptions {
  readonly variables: boolean;
  readonly transitions: boolean;
  readonly substitutions: boolean;
}

/** Behind a variable who assigned it, behind a transition what it leads to, behind a substitution its value. */
export function inlayHints(analysis: Analysis, range: Range, options: InlayHintOptions): InlayHint[] {
  const span = toSpan(analysis, range);
  return analysis.machines.flatMap(machine => [
    ...(options.variables ? variableHints(machine, span) : []),
    ...(options.transitions ? transitionHints(machine, span) : []),
    ...(options.substitutions ? substitutionHints(machine, span) : []),
  ]);
}

function hint({ analysis }: MachineAnalysis, at: Offset, label: string, tooltip: string): InlayHint {
  return {
    position: analysis.lines.positionAt(at),
    label,
    tooltip,
    kind: InlayHintKind.Type,
    paddingLeft: true,
  };
}

function isIn(offset: Offset, span: Span): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Once for each variable and state: the first use says it for all. */
function variableHints(machine: MachineAnalysis, span: Span): InlayHint[] {
  const { translate } = machine.analysis;
  const hints: InlayHint[] = [];
  const told = new Set<string>();
  for (const { start, end, site, variable } of machine.variables.uses) {
    if (!variable || !isIn(start, span)) continue;
    const key = `${site.state.pointer} ${variable.name}`;
    if (told.has(key)) continue;
    told.add(key);
    const names = [...new Set(variable.assignments.map(({ state }) => state.name))];
    const who = names.length === 1 ? shorten(names[0] ?? '', 40) : translate('{0} states', names.length);
    hints.push(hint(machine, end, `← ${who}`, translate('Assigned in {0}', names.join(', '))));
  }
  return hints;
}

function transitionHints(machine: MachineAnalysis, span: Span): InlayHint[] {
  const { translate } = machine.analysis;
  return machine.references.all.flatMap(({ node, to }) =>
    to && to.type !== 'Unknown' && isIn(node.start, span)
      ? [hint(machine, node.end, to.type, translate("'{0}' is a {1} state", to.name, to.type))]
      : [],
  );
}

/** What a template puts in the place of `${Name}`, where it says so itself. */
function substitutionHints(machine: MachineAnalysis, span: Span): InlayHint[] {
  const { translate } = machine.analysis;
  const { substitutions } = machine.site;
  const { text } = machine.analysis.source;
  if (!substitutions) return [];
  const valueNamed = (name: string): string | undefined => {
    const value = valueOf(substitutions, name);
    if (!value) return undefined;
    const written = text.slice(value.start, value.end);
    return shorten(
      value.kind === 'tag' && !written.startsWith('!') ? `${value.tag} ${written}` : written,
      60,
    );
  };
  const hints: InlayHint[] = [];
  for (const node of walk(machine.site.node)) {
    if (!isIn(node.start, span)) continue;
    if (node.kind === 'placeholder') {
      const value = valueNamed(node.name);
      if (value !== undefined)
        hints.push(hint(machine, node.end, value, translate('{0} at deployment', `\${${node.name}}`)));
    } else if (node.kind === 'string' && node.value.includes('${')) {
      const [whole = ''] = /^\$\{[^}]*\}$/.exec(node.value) ?? [];
      const value = whole === '' ? undefined : valueNamed(whole.slice(2, -1));
      if (value !== undefined)
        hints.push(hint(machine, contentSpan(node).end, value, translate('{0} at deployment', whole)));
    }
  }
  return hints;
}
