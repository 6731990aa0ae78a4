import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Format } from '#core/text/source.ts';

/** How a definition is written: as its file, unless it is JSON text inside of a template's string. */
export function formatOf({ analysis, site }: MachineAnalysis): Format {
  return site.kind === 'text' ? 'json' : analysis.source.format;
}

/**
 * Whether the definition stands in a string whose own escapes lie over it (`{\"StartAt\": …`). Names can
 * be put in there, but nothing that has quotes.
 */
export function isEscaped({ analysis, site }: MachineAnalysis): boolean {
  const [first] = site.node.properties;
  return site.kind === 'text' && first !== undefined && analysis.source.text.charAt(first.key.start) === '\\';
}
