import type { NumberNode } from './node.ts';

/**
 * A number as it is written, if JSON can be written so; else in the nearest spelling with the same digits: `+3` is 3,
 * `.5` is 0.5, `0x1F` is 31. `undefined` for what is no number to JSON.
 */
export function jsonNumber({ text, value }: NumberNode): string | undefined {
  if (validNumber.test(text)) return text;
  if (/^0(?:x[\da-f]+|o[0-7]+)$/i.test(text)) return BigInt(text).toString();
  const [, minus = '', whole = '', fraction = '', exponent = ''] =
    /^(?:\+|(-))?0*(\d*)(?:\.(\d*))?(e[-+]?\d+)?$/i.exec(text) ?? [];
  const respelled = `${minus}${whole || '0'}${fraction && `.${fraction}`}${exponent}`;
  // To YAML 1.1, 017 is octal.
  if (Number(respelled) === value) return respelled;
  return Number.isFinite(value) ? JSON.stringify(value) : undefined;
}

const validNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
