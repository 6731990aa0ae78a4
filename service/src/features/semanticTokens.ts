import type { Range, SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { spanIn, type ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { JsonPath } from '#core/expressions/jsonPath/ast.ts';
import { jsonataFunctionNamed } from '#core/language/jsonataFunctions.ts';
import type { Span } from '#core/text/span.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toSpan } from '#service/toLsp.ts';

/** The standard types and modifiers that are used, so that every theme colours them. */
export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: ['class', 'variable', 'parameter', 'property', 'function', 'macro'],
  tokenModifiers: ['declaration', 'readonly', 'defaultLibrary', 'deprecated'],
};

const indexByType = new Map(semanticTokensLegend.tokenTypes.map((type, index) => [type, index]));

type TokenType = 'class' | 'variable' | 'parameter' | 'property' | 'function' | 'macro';
const declaration = 1;
const readonly = 2;
const defaultLibrary = 4;

interface Token extends Span {
  readonly type: TokenType;
  readonly modifiers: number;
}

/**
 * What names are: states, variables, functions, members of paths, substitutions. With a range, of those
 * within it only.
 */
export function semanticTokens(analysis: Analysis, range?: Range): SemanticTokens {
  const wanted = range && toSpan(analysis, range);
  const tokens = analysis.machines
    .flatMap(machine => tokensOf(machine, wanted))
    .filter(token => token.end > token.start && (!wanted || overlaps(token, wanted)))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return { data: encode(analysis, tokens) };
}

function overlaps(token: Span, span: Span): boolean {
  return token.start < span.end && span.start < token.end;
}

function tokensOf(machine: MachineAnalysis, wanted: Span | undefined): Token[] {
  const tokens: Token[] = [];
  for (const state of machine.machine.states) {
    tokens.push({ ...contentSpan(state.key), type: 'class', modifiers: declaration });
  }
  for (const { node, to } of machine.references.all) {
    if (to) tokens.push({ ...contentSpan(node), type: 'class', modifiers: 0 });
  }
  for (const variable of machine.variables.all) {
    for (const { start, end } of variable.assignments) {
      tokens.push({ start, end, type: 'variable', modifiers: declaration });
    }
  }
  for (const site of machine.expressions.all) {
    if (!wanted || overlaps(site.node, wanted)) expressionTokens(site, tokens);
  }
  return tokens;
}

function expressionTokens(site: ExpressionSite, tokens: Token[]): void {
  const add = (range: Span, type: TokenType, modifiers = 0): void => {
    tokens.push({ ...spanIn(site, range.start, range.end), type, modifiers });
  };
  for (const match of site.text.matchAll(/(?<!\$)\$\{[^}]*\}/g)) {
    add({ start: match.index, end: match.index + match[0].length }, 'macro');
  }
  if (site.isDeferred) return;
  const { expression } = site;
  switch (expression.kind) {
    case 'jsonata': {
      const { calls, paths, variables } = expression.references;
      const called = new Set(calls.map(({ start }) => start));
      for (const { name, start, end, role, scope } of variables) {
        const dollar = { start: start - 1, end };
        if (scope !== undefined) add(dollar, 'parameter', role === 'definition' ? declaration : 0);
        else if (name === 'states') add(dollar, 'variable', readonly | defaultLibrary);
        else if (called.has(start) && jsonataFunctionNamed(name)) add(dollar, 'function', defaultLibrary);
        else add(dollar, 'variable');
      }
      for (const { members } of paths) for (const member of members) add(member, 'property');
      return;
    }
    case 'intrinsic':
      for (const match of site.text.matchAll(/(?<![\w.'])States\.\w+(?=\s*\()/g)) {
        add({ start: match.index, end: match.index + match[0].length }, 'function', defaultLibrary);
      }
      for (const path of expression.paths) pathTokens(path, add);
      return;
    case 'path':
      if (expression.path) pathTokens(expression.path, add);
  }
}

function pathTokens(
  { origin, steps }: JsonPath,
  add: (range: Span, type: TokenType, modifiers?: number) => void,
): void {
  add(origin, 'variable', origin.kind === 'variable' ? 0 : readonly | defaultLibrary);
  for (const step of steps) if (step.kind === 'child') add(step.nameRange, 'property');
}

/** Five numbers a token, relative to the one before; tokens over several lines and inside others are left out. */
function encode({ lines }: Analysis, tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let reached = 0;
  for (const { start, end, type, modifiers } of tokens) {
    if (start < reached) continue;
    const from = lines.positionAt(start);
    const next = from.line + 1;
    if (next < lines.lineCount && end >= lines.lineStart(next)) continue;
    const deltaCharacter = from.line === line ? from.character - character : from.character;
    data.push(from.line - line, deltaCharacter, end - start, indexByType.get(type) ?? 0, modifiers);
    ({ line, character } = from);
    reached = end;
  }
  return data;
}
