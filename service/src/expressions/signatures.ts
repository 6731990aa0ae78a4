import type { IntrinsicFunction, IntrinsicParameter } from '#core/language/intrinsics.ts';
import type { JsonataFunction, JsonataParameter } from '#core/language/jsonataFunctions.ts';
import type { Translate } from '#core/text/translate.ts';

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
export function intrinsicSignature(intrinsic: IntrinsicFunction, translate: Translate): SignatureText {
  const { label, parameters } = signature(
    intrinsic.name,
    intrinsic.parameters.map(parameter => ({
      text: parameterText(parameter),
      doc: translate(parameter.summary),
      isRepeated: parameter.presence === 'repeated',
    })),
  );
  return { label: `${label} → ${intrinsic.result}`, parameters };
}

/** `$substring(str?, start, length?)`. */
export function jsonataSignature({ name, parameterList }: JsonataFunction): SignatureText {
  return signature(
    `$${name}`,
    parameterList.map(parameter => ({
      text: marks[parameter.occurs](parameter.name),
      doc: undefined,
      isRepeated: parameter.occurs === 'repeated',
    })),
  );
}

const marks: Readonly<Record<JsonataParameter['occurs'], (name: string) => string>> = {
  required: name => name,
  optional: name => `${name}?`,
  repeated: name => `…${name}`,
};

function signature(
  name: string,
  parameters: readonly {
    readonly text: string;
    readonly doc: string | undefined;
    readonly isRepeated: boolean;
  }[],
): SignatureText {
  let label = `${name}(`;
  const placed = parameters.map(({ text, doc, isRepeated }, index) => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += text;
    return { range: [start, label.length] as const, doc, isRepeated };
  });
  return { label: `${label})`, parameters: placed };
}

function parameterText({ name, type, presence }: IntrinsicParameter): string {
  if (presence === 'repeated') return `…${name}: ${type}`;
  return presence === 'optional' ? `${name}?: ${type}` : `${name}: ${type}`;
}
