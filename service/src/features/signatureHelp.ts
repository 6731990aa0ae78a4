import { MarkupKind, type Position, type SignatureHelp } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { intrinsicNamed } from '#core/language/intrinsics.ts';
import { jsonataFunctionNamed } from '#core/language/jsonataFunctions.ts';
import type { Translate } from '#core/text/translate.ts';
import { intrinsicSignature, jsonataSignature, type SignatureText } from '#service/expressions/signatures.ts';
import { openCall } from '#service/expressions/openCall.ts';
import { stringAt } from '#service/stringAt.ts';
import { toOffset } from '#service/toLsp.ts';

/** The function whose arguments the cursor is in, with the parameter that is being written. */
export function signatureHelp(analysis: Analysis, position: Position): SignatureHelp | null {
  const offset = toOffset(analysis, position);
  const machine = analysis.machineAt(offset);
  const node = machine && stringAt(machine.site.node, offset);
  if (!node) return null;
  const written = node.value.slice(0, node.indexOf(offset));
  const call = openCall(written);
  if (!call) return null;
  const signature = signatureOf(call.name, written.startsWith('{%'), analysis.translate);
  if (!signature) return null;
  const last = signature.text.parameters.length - 1;
  const isRepeated = signature.text.parameters[last]?.isRepeated === true;
  const active = isRepeated ? Math.min(call.argument, last) : call.argument;
  return {
    activeSignature: 0,
    activeParameter: active,
    signatures: [
      {
        label: signature.text.label,
        documentation: { kind: MarkupKind.Markdown, value: signature.documentation },
        parameters: signature.text.parameters.map(({ range, doc }) => ({
          label: [range[0], range[1]],
          ...(doc !== undefined && { documentation: doc }),
        })),
      },
    ],
  };
}

function signatureOf(
  name: string,
  isJsonata: boolean,
  translate: Translate,
): { readonly text: SignatureText; readonly documentation: string } | undefined {
  if (isJsonata) {
    const known = name.startsWith('$') ? jsonataFunctionNamed(name.slice(1)) : undefined;
    return known && { text: jsonataSignature(known), documentation: translate(known.summary) };
  }
  const known = intrinsicNamed(name);
  return (
    known && {
      text: intrinsicSignature(known, translate),
      documentation: translate(known.summary),
    }
  );
}
