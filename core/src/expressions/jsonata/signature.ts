/**
 * What a function accepts, in JSONata's notation: `<s-n?:s>` takes a string (or the context
 * value) and perhaps a number, and returns a string.
 *
 * @see https://docs.jsonata.org/embedding-extending#function-signature-syntax
 */
export interface Signature {
  readonly text: string;
  readonly parameters: readonly SignatureParameter[];
}

export interface SignatureParameter {
  /** As written: `s`, `a`, `(sf)`, … */
  readonly type: string;
  /** The symbols of the values it takes: `s n b l o a f`, and `m` for a missing value. */
  readonly accepts: string;
  readonly occurs: 'once' | 'optional' | 'oneOrMore';
  /** Takes the context value when the argument is left out. */
  readonly takesContext: boolean;
  /** The `n` of `a<n>`. */
  readonly itemType: string | undefined;
}

export type SignatureResult =
  | { readonly kind: 'signature'; readonly signature: Signature }
  | {
      readonly kind: 'invalid';
      readonly code: 'S0401' | 'S0402';
      readonly value: string;
      readonly offset: number;
    };

type ParameterDraft = { -readonly [K in keyof SignatureParameter]: SignatureParameter[K] };

const ANY = 'asnblfom';

/** Reads a signature; unknown letters are passed over, as the `jsonata` package does. */
export function parseSignature(text: string): SignatureResult {
  const parameters: ParameterDraft[] = [];
  const add = (type: string, accepts: string): void => {
    parameters.push({ type, accepts, occurs: 'once', takesContext: false, itemType: undefined });
  };
  for (let position = 1; position < text.length && text[position] !== ':'; position++) {
    const symbol = text.charAt(position);
    const last = parameters.at(-1);
    switch (symbol) {
      case 's':
      case 'n':
      case 'b':
      case 'l':
      case 'o':
        add(symbol, symbol + 'm');
        break;
      case 'a':
      case 'x':
        add(symbol, ANY);
        break;
      case 'f':
        add(symbol, 'f');
        break;
      case 'j':
        add(symbol, 'asnblom');
        break;
      case '-':
        if (last) {
          last.takesContext = true;
          last.occurs = 'optional';
        }
        break;
      case '?':
        if (last) last.occurs = 'optional';
        break;
      case '+':
        if (last) last.occurs = 'oneOrMore';
        break;
      case '(': {
        const close = closingBracket(text, position, '(', ')');
        const choice = text.slice(position + 1, close);
        if (choice.includes('<')) return { kind: 'invalid', code: 'S0402', value: choice, offset: position };
        add(`(${choice})`, choice + 'm');
        position = close;
        break;
      }
      case '<': {
        if (last?.type !== 'a' && last?.type !== 'f') {
          return { kind: 'invalid', code: 'S0401', value: last?.type ?? '', offset: position };
        }
        const close = closingBracket(text, position, '<', '>');
        last.itemType = text.slice(position + 1, close);
        position = close;
        break;
      }
    }
  }
  return { kind: 'signature', signature: { text, parameters } };
}

function closingBracket(text: string, open: number, opening: string, closing: string): number {
  let depth = 1;
  let position = open;
  while (position < text.length) {
    position++;
    const symbol = text.charAt(position);
    if (symbol === closing && --depth === 0) break;
    if (symbol === opening) depth++;
  }
  return position;
}
