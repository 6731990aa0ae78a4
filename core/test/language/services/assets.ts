import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { parseServiceDocumentation } from '#core/language/services/documentation.ts';

const folder = join(import.meta.dirname, '../../../../assets/services');

/** The catalogue as it ships. */
export const catalogue = parseServiceCatalogue(readFileSync(join(folder, 'catalogue.txt'), 'utf8'));

/** The documentation as it ships. */
export const documentation = parseServiceDocumentation(
  readFileSync(join(folder, 'documentation.txt'), 'utf8'),
  catalogue,
);
