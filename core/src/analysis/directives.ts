import type { StateMachine } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode, type StringNode } from '#core/syntax/node.ts';
import type { Offset, Span } from '#core/text/span.ts';
import type { Analysis, WorkflowType } from './analysis.ts';

/**
 * What a file says to Stepwise: in `Comment` fields, which survive deployment, and in YAML comments.
 *
 * `stepwise-ignore map/single-branch task/no-timeout -- reason` in the Comment of a state silences these rules in
 * the state, in that of a state machine in all of it. A YAML comment speaks of its own line, or of the next one
 * when it stands alone; with `stepwise-ignore-file`, of the whole file.
 */
export interface Suppression {
  /** A rule's code, a variant, or a group: `task/*`. */
  readonly code: string;
  /** Where the code is written. */
  readonly place: Span;
  /** What it silences: findings that begin in here. */
  readonly scope: Span;
}

/** The suppressions of a file; none of them is looked for in a text that never says `stepwise-`. */
export function suppressionsIn(analysis: Analysis): readonly Suppression[] {
  if (!analysis.source.text.includes('stepwise-ignore')) return [];
  const found: Suppression[] = [];
  for (const { machine } of analysis.machines) {
    for (const [node, scope] of commentable(machine)) {
      const comment = stringAt(node, 'Comment');
      if (!comment?.value.includes('stepwise-ignore')) continue;
      found.push(...suppressions(comment.value, at => comment.offsetOf(at), scope));
    }
  }
  for (const comment of analysis.syntax.comments) {
    const raw = analysis.source.text.slice(comment.start, comment.end);
    if (!raw.includes('stepwise-ignore')) continue;
    const scope = /stepwise-ignore-file\b/.test(raw)
      ? { start: 0, end: analysis.source.text.length }
      : linesOf(analysis, comment);
    found.push(...suppressions(raw, at => comment.start + at, scope));
  }
  return found;
}

/** The objects that may have a Comment, with what it speaks of: a state with its name, others as they are. */
function* commentable({ scopes, states }: StateMachine): Generator<readonly [ObjectNode, Span]> {
  for (const { node } of scopes) yield [node, node];
  for (const state of states) {
    yield [state.node, state.property];
    for (const node of [...state.retriers, ...state.catchers]) yield [node, node];
    if (state.type === 'Choice') for (const { node } of state.rules) yield [node, node];
  }
}

function* suppressions(
  text: string,
  offsetOf: (index: number) => Offset,
  scope: Span,
): Generator<Suppression> {
  for (const directive of text.matchAll(/stepwise-ignore(?:-file)?((?:[\s,]+[\w-]+\/[\w*-]+)*)/g)) {
    const list = directive.index + directive[0].length - (directive[1] ?? '').length;
    for (const { 0: code, index } of (directive[1] ?? '').matchAll(/[\w-]+\/[\w*-]+/g)) {
      const from = list + index;
      yield { code, place: { start: offsetOf(from), end: offsetOf(from + code.length) }, scope };
    }
  }
}

/** The comment's own line, and what follows it when nothing stands before the comment. */
function linesOf(analysis: Analysis, comment: Span): Span {
  const { lines, source } = analysis;
  const { line } = lines.positionAt(comment.start);
  const start = lines.lineStart(line);
  if (source.text.slice(start, comment.start).trim() !== '') return { start, end: lines.lineStart(line + 1) };
  let next = line + 1;
  while (next < lines.lineCount && isCommentOrBlank(source.text, lines.lineStart(next))) next++;
  return { start, end: lines.lineStart(next + 1) };
}

function isCommentOrBlank(text: string, lineStart: Offset): boolean {
  return /^[ \t]*(?:#|\/\/|\r?\n|$)/.test(text.slice(lineStart, lineStart + 200));
}

/** The type that the definition's own Comment tells: `stepwise-type EXPRESS`. */
export function workflowTypeIn(definition: ObjectNode): WorkflowType | undefined {
  const comment: StringNode | undefined = stringAt(definition, 'Comment');
  const match = comment && /stepwise-type\s+(STANDARD|EXPRESS)\b/.exec(comment.value);
  if (match?.[1] === 'EXPRESS' || match?.[1] === 'STANDARD') return match[1];
  return undefined;
}

function stringAt(node: ObjectNode, name: string): StringNode | undefined {
  const value = valueOf(node, name);
  return value?.kind === 'string' ? value : undefined;
}
