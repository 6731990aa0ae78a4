import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knowledge } from '#core/analysis/analysis.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { parseServiceDocumentation } from '#core/language/services/documentation.ts';

const folder = path.resolve(import.meta.dirname, '../../assets/services');
const services = parseServiceCatalogue(readFileSync(path.join(folder, 'catalogue.txt'), 'utf8'));

/** The catalogue of AWS services as the product ships it. */
export const knowledge: Knowledge = {
  services,
  documentation: parseServiceDocumentation(
    readFileSync(path.join(folder, 'documentation.txt'), 'utf8'),
    services,
  ),
};
