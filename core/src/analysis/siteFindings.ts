import type { ExpressionProblem } from '#core/expressions/jsonPath/ast.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { PropertyNode } from '#core/syntax/node.ts';
import { quote, say, type Message, type Words } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import { spanIn, type ExpressionSite } from './expressionSites.ts';
import { awsLocation } from './location.ts';
import type { RuleFinding } from './rule.ts';

/** A finding about a part of an expression; a part without text is drawn at its last character. */
export function findingIn(
  site: ExpressionSite,
  range: { readonly start: number; readonly end: number },
  message: Message,
): RuleFinding {
  const span = spanIn(site, range.start, range.end);
  const start = span.start < span.end ? span.start : spanIn(site, range.start - 1, range.end).start;
  return { ...findingOn(start < span.end ? { start, end: span.end } : site.node, site.state, message) };
}

/** A finding about a value of a Payload Template that AWS refuses, with what AWS says of it. */
export function refusalIn(
  site: ExpressionSite,
  range: { readonly start: number; readonly end: number },
  message: Message,
): RuleFinding {
  const { parent } = site.node;
  const finding = findingIn(site, range, message);
  const property =
    parent?.kind === 'object' ? parent.properties.find(({ value }) => value === site.node) : undefined;
  if (!parent || !property || site.grammar !== 'payloadValue') return finding;
  return {
    ...finding,
    aws: {
      code: 'SCHEMA_VALIDATION_FAILED',
      message: `The value for the field '${property.key.value}' must be a valid JSONPath or a valid intrinsic function call`,
      location: `${site.state.pointer}${awsLocation(site.state.node, parent)}`,
    },
  };
}

/** A finding about a node or property of a state. */
export function findingOn({ start, end }: Span, state: State, message: Message): RuleFinding {
  return { start, end, message, state: state.pointer };
}

/** Why AWS's parser cannot read a path. */
export function unreadablePath({ message }: ExpressionProblem): Message {
  return say`This path cannot be read: ${asSentence(message)}`;
}

function asSentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** Whether a text says what a path says, rather than an amount (`$5`) or a name (`$LATEST`). */
export function looksLikePath(text: string): boolean {
  return /^\$\$?(?:$|[.[])/.test(text);
}

/** What is wrong in an expression, as a message: our words are sentences, those of AWS's parsers lack the end. */
export function asMessage(problem: Words): Message {
  return typeof problem === 'string' ? quote(asSentence(problem)) : problem;
}

/** Whether the key says that the text of a path is wanted, as `InputPath` of an EventBridge target does; a `filePath` does not. */
export function wantsPathText(property: PropertyNode | undefined): boolean {
  return /^(?:(?:Input|Output|Result|Items)Path|[Jj]son_?[Pp]ath|JSONPath)$/.test(property?.key.value ?? '');
}
