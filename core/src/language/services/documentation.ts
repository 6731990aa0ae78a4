import type { Action, ServiceCatalogue } from './catalogue.ts';
import { parseSections } from './sections.ts';

/** One sentence of plain text for actions and their parameters, from the services' own API references. */
export interface ServiceDocumentation {
  /** The action's sentence; `undefined` where there is none, or it would only repeat the name. */
  ofAction(service: string, action: Action): string | undefined;
  /** A top-level parameter's sentence, by the name that Step Functions gives it. */
  ofParameter(service: string, action: Action, parameter: string): string | undefined;
}

/**
 * Reads the text of assets/services/documentation.txt, made together with the catalogue.
 *
 * A section holds one line an action in the catalogue's order: its sentence and those of its parameters, in the
 * catalogue's order and separated by tabs; `=n` (base 36) repeats the section's n-th different sentence.
 * A text made with another catalogue would say wrong things: it is ignored. Services decode on first use.
 */
export function parseServiceDocumentation(text: string, catalogue: ServiceCatalogue): ServiceDocumentation {
  const sections = parseSections(text);
  const decoded = new Map<string, readonly (readonly string[])[]>();
  const sentencesOf = (service: string, action: Action): readonly string[] => {
    const known = decoded.get(service);
    if (known !== undefined) return known[action.index] ?? [];
    const model = catalogue.service(service);
    const lines = decodeSection(sections.section(model?.prefix ?? '') ?? '');
    const belongsTogether = lines.length === model?.actionCount;
    decoded.set(service, belongsTogether ? lines : []);
    return (belongsTogether ? lines : [])[action.index] ?? [];
  };
  return {
    ofAction: (service, action) => nonEmpty(sentencesOf(service, action)[0]),
    ofParameter: (service, action, parameter) => {
      const position = action.parameters.findIndex(
        ({ name, apiName }) => name === parameter || apiName === parameter,
      );
      return position < 0 ? undefined : nonEmpty(sentencesOf(service, action)[position + 1]);
    },
  };
}

const nonEmpty = (sentence: string | undefined): string | undefined =>
  sentence === '' ? undefined : sentence;

function decodeSection(section: string): readonly (readonly string[])[] {
  const sentences: string[] = [];
  return section
    .split('\n')
    .slice(0, -1)
    .map(line =>
      line.split('\t').map(written => {
        if (written.startsWith('=')) return sentences[Number.parseInt(written.slice(1), 36)] ?? '';
        if (written !== '') sentences.push(written);
        return written;
      }),
    );
}
