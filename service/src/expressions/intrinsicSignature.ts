import type { IntrinsicFunction, IntrinsicParameter } from '#core/language/intrinsics.ts';

/** A function as signature help writes it, with the range of each parameter in the label. */
export interface SignatureText {
  readonly label: string;
  readonly parameters: readonly {
    readonly range: readonly [number, number];
    readonly doc: string | undefined;
    /** Takes all arguments from here on. */
    readonly isRepeated: boolean;
  }[];
}

/** `States.ArrayRange(first: number, last: number, step: number) → array`. */
export function intrinsicSignature(intrinsic: IntrinsicFunction): SignatureText {
  let label = `${intrinsic.name}(`;
  const parameters = intrinsic.parameters.map((parameter, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += parameterText(parameter);
    return {
      range: [start, label.length] as const,
      doc: parameter.summary,
      isRepeated: parameter.presence === 'repeated',
    };
  });
  return { label: `${label}) → ${intrinsic.result}`, parameters };
}

function parameterText({ name, type, presence }: IntrinsicParameter): string {
  if (presence === 'repeated') return `…${name}: ${type}`;
  return presence === 'optional' ? `${name}?: ${type}` : `${name}: ${type}`;
}

/** `$substring(str, start[, length])` of a JSONata function's parameters as its documentation writes them. */
export function jsonataSignature(name: string, parameters: string): SignatureText {
  const prefix = `$${name}(`;
  const found = [...parameters.matchAll(/[^[\],\s]+/g)].map(({ 0: text, index }) => ({
    range: [prefix.length + index, prefix.length + index + text.length] as const,
    doc: undefined,
    isRepeated: text === '…',
  }));
  return { label: `${prefix}${parameters})`, parameters: found };
}
