import { evaluate, type Scene } from './evaluate.ts';
import { preview, type Secrets } from '#core/preview.ts';
import { inWords } from '#core/text/message.ts';
import type { Translate } from '#core/text/translate.ts';

/** What a client may say of any breakpoint. */
export interface Terms {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

/** Whether the n-th hit counts: `5` is the fifth, `>= 3` from the third on, `% 10` every tenth. */
export function counts(hitCondition: string, hits: number): boolean | undefined {
  const match = /^\s*(>=|<=|==|=|>|<|%)?\s*(\d+)\s*$/.exec(hitCondition);
  if (!match) return undefined;
  const number = Number(match[2]);
  switch (match[1]) {
    case '>=':
      return hits >= number;
    case '<=':
      return hits <= number;
    case '>':
      return hits > number;
    case '<':
      return hits < number;
    case '%':
      return number > 0 && hits % number === 0;
    default:
      return hits === number;
  }
}

/** A log message with the values of its expressions: `{$.orderId}`, `{$total * 2}`; braces inside belong to them, and a brace that is not closed to the text. */
export function interpolated(message: string, scene: Scene, secrets: Secrets, translate: Translate): string {
  let out = '';
  for (let at = 0; at < message.length;) {
    if (message[at] !== '{') {
      out += message[at];
      at++;
      continue;
    }
    let depth = 0;
    let end = at;
    for (; end < message.length; end++) {
      if (message[end] === '{') depth++;
      else if (message[end] === '}' && --depth === 0) break;
    }
    const inside = message.slice(at + 1, end);
    if (end === message.length || inside.trim() === '') {
      out += '{';
      at++;
      continue;
    }
    const text = inside.startsWith('%') && inside.endsWith('%') ? `{${inside}}` : inside;
    const evaluated = evaluate(text, scene);
    if (evaluated.kind === 'failed') out += `{${inWords(evaluated.message, translate)}}`;
    else
      out += typeof evaluated.value === 'string' ? evaluated.value : preview(evaluated.value, secrets, 400);
    at = end + 1;
  }
  return out;
}
