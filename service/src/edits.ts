import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import type { ObjectNode, PropertyNode, StringNode, SyntaxNode } from '#core/syntax/node.ts';
import { canBePlain, quote } from '#core/syntax/quote.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { formatOf } from './writing.ts';
import { inlineJsonText, jsonText, yamlAfterColon, yamlText, type Indentation } from './write.ts';

/** A change of the text, before it is known how the editor wants it told. */
export interface Edit extends Span {
  readonly text: string;
}

/** Adds a property at the end of an object, or behind one of its properties, as the others are written. */
export function addProperty(
  machine: MachineAnalysis,
  object: ObjectNode,
  name: string,
  value: Json,
  behind: PropertyNode | undefined = object.properties.findLast(property => !property.inherited),
): Edit {
  const isFlow = hasBrackets(machine, object);
  if (!behind) {
    if (!isFlow) return { start: object.start, end: object.end, text: inlineProperty(machine, name, value) };
    const text = ` ${inlineProperty(machine, name, value)} `;
    return { start: object.start + 1, end: Math.max(object.start + 1, object.end - 1), text };
  }
  const { source } = machine.analysis;
  if (!isFlow) {
    const end = endOfText(source.text, behind.end);
    const indentation = indentationAt(machine, behind);
    const text = `\n${indentation.current}${quote(name, 'plain')}:${yamlAfterColon(value, indentation)}`;
    return { start: end, end, text };
  }
  const [end, hasComma] = behindComma(source.text, behind.end);
  const isLast = behind === object.properties.at(-1);
  const before = hasComma ? '' : ',';
  const after = hasComma && !isLast ? ',' : '';
  const isOnOwnLine = /\n\s*$/.test(source.text.slice(object.start, behind.start));
  if (!isOnOwnLine) {
    return { start: end, end, text: `${before} ${inlineProperty(machine, name, value)}${after}` };
  }
  const indentation = indentationAt(machine, behind);
  const written =
    formatOf(machine) === 'json'
      ? `${JSON.stringify(name)}: ${jsonText(value, indentation)}`
      : inlineProperty(machine, name, value);
  return { start: end, end, text: `${before}\n${indentation.current}${written}${after}` };
}

/** Takes a property out with its comma, or with its lines. */
export function removeProperty(machine: MachineAnalysis, property: PropertyNode): Edit {
  const { text } = machine.analysis.source;
  const all = property.parent.properties;
  const index = all.indexOf(property);
  const previous = all[index - 1];
  const next = all[index + 1];
  if (!hasBrackets(machine, property.parent)) {
    if (previous)
      return { start: endOfText(text, previous.end), end: endOfText(text, property.end), text: '' };
    if (next) return { start: property.start, end: next.start, text: '' };
    return { start: property.parent.start, end: property.parent.end, text: '{}' };
  }
  if (previous) return { start: previous.end, end: property.end, text: '' };
  if (next) return { start: property.start, end: next.start, text: '' };
  return { start: property.parent.start + 1, end: property.parent.end - 1, text: '' };
}

/** Takes an item out of its list with its comma, or with its lines. */
export function removeItem(machine: MachineAnalysis, item: SyntaxNode): Edit {
  const list = item.parent;
  if (list?.kind !== 'array') return { start: item.start, end: item.end, text: '' };
  const { text } = machine.analysis.source;
  const index = list.items.indexOf(item);
  const previous = list.items[index - 1];
  const next = list.items[index + 1];
  const isFlow = hasBrackets(machine, list);
  if (previous) {
    const start = isFlow ? previous.end : endOfText(text, previous.end);
    return { start, end: isFlow ? item.end : endOfText(text, item.end), text: '' };
  }
  if (next) return { start: item.start, end: next.start, text: '' };
  if (isFlow) return { start: list.start + 1, end: list.end - 1, text: '' };
  return { start: list.start, end: endOfText(text, list.end), text: '[]' };
}

/** Writes another value in the place of a node. */
export function replaceValue(machine: MachineAnalysis, node: SyntaxNode, value: Json): Edit {
  const indentation = indentationAt(machine, node);
  const isFlow = formatOf(machine) === 'json' || isInFlow(machine, node);
  if (typeof value === 'string' && node.kind === 'string') {
    return { start: node.start, end: node.end, text: quote(value, node.style, { inFlow: isFlow }) };
  }
  const text = isFlow ? jsonText(value, indentation) : yamlText(value, indentation);
  return { start: node.start, end: endOfText(machine.analysis.source.text, node.end), text };
}

/**
 * Writes another text in the place of a part of a string, escaped or quoted as the string needs it then.
 * What does not lie inside of one string is replaced as it stands.
 */
export function replaceText(
  machine: MachineAnalysis,
  node: StringNode | undefined,
  span: Span,
  text: string,
): Edit {
  if (!node || span.start < node.offsetOf(0) || span.end > node.offsetOf(node.value.length)) {
    return { ...span, text };
  }
  switch (node.style) {
    case 'json':
    case 'double':
      return { ...span, text: JSON.stringify(text).slice(1, -1) };
    case 'single':
      return { ...span, text: text.replaceAll("'", "''") };
    case 'plain': {
      const { value } = node;
      const whole = value.slice(0, node.indexOf(span.start)) + text + value.slice(node.indexOf(span.end));
      const context = { inFlow: isInFlow(machine, node) };
      if (canBePlain(whole, context)) return { ...span, text };
      return { start: node.start, end: node.end, text: quote(whole, 'plain', context) };
    }
    default:
      return { ...span, text };
  }
}

/** Whether brackets or braces stand around the node, so that YAML reads commas as separators. */
export function isInFlow(machine: MachineAnalysis, node: SyntaxNode): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (hasBrackets(machine, outer)) return true;
  }
  return false;
}

export function hasBrackets(machine: MachineAnalysis, node: SyntaxNode): boolean {
  return /[[{]/.test(machine.analysis.source.text.charAt(node.start));
}

/** The blanks in front of the thing, those of its line, and what one level is in this file. */
export function indentationAt(machine: MachineAnalysis, { start }: Span): Indentation {
  const { text } = machine.analysis.source;
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const blanks = /^[ \t]*/.exec(before)?.[0] ?? '';
  const dashes = formatOf(machine) === 'yaml' ? (/^[ \t]*((?:- +)*)/.exec(before)?.[1]?.length ?? 0) : 0;
  return { current: blanks + ' '.repeat(dashes), unit: unitOf(text) };
}

/** The indentation of the first indented line, which is one level deep. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text.slice(0, 10_000))?.[1] ?? '  ';
}

function inlineProperty(machine: MachineAnalysis, name: string, value: Json): string {
  if (formatOf(machine) === 'json') return `${JSON.stringify(name)}: ${inlineJsonText(value)}`;
  const isSimple = value === null || typeof value !== 'object';
  const text = typeof value === 'string' ? quote(value, 'plain', { inFlow: true }) : inlineJsonText(value);
  return `${quote(name, 'plain', { inFlow: true })}: ${isSimple ? text : inlineJsonText(value)}`;
}

/** The end without the blank lines behind it, which YAML counts to the last value. */
export function endOfText(text: string, end: Offset): Offset {
  let at = end;
  for (; at > 0; at--) {
    const code = text.charCodeAt(at - 1);
    // Nearly always a letter or bracket stands there.
    if ((code > 0x20 && code < 0x7f) || !/\s/.test(text.charAt(at - 1))) return at;
  }
  return at;
}

function behindComma(text: string, end: Offset): readonly [Offset, boolean] {
  const comma = /^\s*,/.exec(text.slice(end, end + 1000))?.[0].length;
  return comma === undefined ? [end, false] : [end + comma, true];
}
