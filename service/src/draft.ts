import { quote } from '#core/syntax/quote.ts';
import type { Format } from '#core/text/source.ts';

/**
 * A piece of a definition to be inserted, before it is known whether as JSON or YAML. Where the user is
 * to type it holds tab stops in the syntax of LSP snippets: `$1`, `${1:text}`.
 */
export type Draft =
  string | number | boolean | null | readonly Draft[] | DraftObject | StopsDraft | NamedDraft;

export interface DraftObject {
  readonly [name: string]: Draft;
}

/** Text with tab stops: a string of the definition, or a bare value such as a number. */
export class StopsDraft {
  readonly as: 'string' | 'bare';
  readonly snippet: string;

  constructor(as: 'string' | 'bare', snippet: string) {
    this.as = as;
    this.snippet = snippet;
  }
}

/** An object with one property whose name is typed by the user too. */
export class NamedDraft {
  readonly name: string;
  readonly value: Draft;

  constructor(name: string, value: Draft) {
    this.name = name;
    this.value = value;
  }
}

/** `{"$1": value}`, the name being a snippet. */
export function named(name: string, value: Draft): Draft {
  return new NamedDraft(name, value);
}

/** A string in which the user types at the tab stops: `stops('{% $1 %}')`. */
export function stops(snippet: string): Draft {
  return new StopsDraft('string', snippet);
}

/** A number, boolean or other value with tab stops, written without quotes: `bare('${1:30}')`. */
export function bare(snippet: string): Draft {
  return new StopsDraft('bare', snippet);
}

/** Text as a snippet shows it literally. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, String.raw`\$&`);
}

/** The snippet for a draft; inner lines are indented relative to the line it is inserted in. */
export function writeDraft(draft: Draft, format: Format): string {
  return format === 'yaml' ? yamlValue(draft, '') : jsonValue(draft, '');
}

/** A property whose name is a snippet: `"${1:Pay}": {…}`. */
export function writeNamedProperty(name: string, draft: Draft, format: Format): string {
  if (format === 'json') return `"${name}": ${jsonValue(draft, '')}`;
  return `${name}:${yamlAfterColon(draft, '')}`;
}

/** `"Name": value` or `Name: value`, for a property. */
export function writeDraftProperty(name: string, draft: Draft, format: Format): string {
  if (format === 'json') return `${escapeSnippet(JSON.stringify(name))}: ${jsonValue(draft, '')}`;
  return `${yamlKey(name)}:${yamlAfterColon(draft, '')}`;
}

function isList(draft: Draft): draft is readonly Draft[] {
  return Array.isArray(draft);
}

function jsonValue(draft: Draft, indent: string): string {
  if (draft instanceof StopsDraft) return draft.as === 'string' ? `"${draft.snippet}"` : draft.snippet;
  if (draft === null || typeof draft !== 'object') return escapeSnippet(JSON.stringify(draft));
  const inner = `${indent}\t`;
  if (isList(draft)) {
    if (draft.length === 0) return '[]';
    if (draft.every(isScalar)) return `[${draft.map(item => jsonValue(item, inner)).join(', ')}]`;
    return `[\n${draft.map(item => inner + jsonValue(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = entriesOf(
    draft,
    name => escapeSnippet(JSON.stringify(name)),
    name => `"${name}"`,
  );
  if (entries.length === 0) return '{}';
  const lines = entries.map(([name, value]) => `${inner}${name}: ${jsonValue(value, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function entriesOf(
  draft: DraftObject | NamedDraft,
  known: (name: string) => string,
  typed: (name: string) => string,
): [string, Draft][] {
  if (draft instanceof NamedDraft) return [[typed(draft.name), draft.value]];
  return Object.entries(draft).map(([name, value]) => [known(name), value]);
}

function isScalar(draft: Draft): draft is string | number | boolean | null | StopsDraft {
  return draft === null || typeof draft !== 'object' || draft instanceof StopsDraft;
}

function yamlKey(name: string): string {
  return escapeSnippet(quote(name, 'plain'));
}

function yamlScalar(draft: string | number | boolean | null | StopsDraft): string {
  if (draft instanceof StopsDraft) {
    if (draft.as === 'bare') return draft.snippet;
    // What the user will type is not known yet; these beginnings need quotes whatever follows.
    return /^(?:\{|%|\$\d|\$\{\d|$)/.test(draft.snippet) && !/^\$\d$|^\$\{\d:[A-Za-z]/.test(draft.snippet)
      ? `"${draft.snippet}"`
      : draft.snippet;
  }
  return escapeSnippet(typeof draft === 'string' ? quote(draft, 'plain') : String(draft));
}

function yamlValue(draft: Draft, indent: string): string {
  if (isList(draft)) {
    if (draft.length === 0) return '[]';
    return draft.map(item => `- ${yamlValue(item, `${indent}  `)}`).join(`\n${indent}`);
  }
  if (isScalar(draft)) return yamlScalar(draft);
  const entries = entriesOf(draft, yamlKey, name => name);
  if (entries.length === 0) return '{}';
  return entries.map(([name, value]) => `${name}:${yamlAfterColon(value, indent)}`).join(`\n${indent}`);
}

function yamlAfterColon(draft: Draft, indent: string): string {
  if (isScalar(draft)) {
    const text = yamlScalar(draft);
    return text === '' ? '' : ` ${text}`;
  }
  const inner = `${indent}  `;
  const text = yamlValue(draft, inner);
  return text === '[]' || text === '{}' ? ` ${text}` : `\n${inner}${text}`;
}
