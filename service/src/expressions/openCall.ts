/** A call whose parenthesis is open at the end of a text. */
export interface OpenCall {
  /** As written: `$substring`, `States.Format`. */
  readonly name: string;
  /** Which argument is being written, from 0. */
  readonly argument: number;
}

/**
 * The innermost call that the text ends in: of `$sum($map($a, ` it is `$map`, argument 1.
 * Works on what does not parse; texts, comments and brackets are skipped.
 */
export function openCall(text: string): OpenCall | undefined {
  const open: { readonly bracket: string; readonly name: string | undefined; commas: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    switch (unit) {
      case '"':
      case "'": {
        at = endOfText(text, at);
        break;
      }
      case '(':
      case '[':
      case '{': {
        const name =
          unit === '(' ? /(?:\$\w+|States\.\w+)\s*$/.exec(text.slice(0, at))?.[0].trim() : undefined;
        open.push({ bracket: unit, name, commas: 0 });
        break;
      }
      case ')':
      case ']':
      case '}':
        open.pop();
        break;
      case ',': {
        const innermost = open.at(-1);
        if (innermost) innermost.commas++;
        break;
      }
      default:
        break;
    }
  }
  const call = open.findLast(({ name }) => name !== undefined);
  return call?.name === undefined ? undefined : { name: call.name, argument: call.commas };
}

function endOfText(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}
