import type { Knowledge } from '#core/analysis/analysis.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { parseServiceDocumentation } from '#core/language/services/documentation.ts';
import type { Platform } from './platform.ts';

/** Loads the catalogue of AWS services with its documentation; services are decoded when first asked for. */
export async function loadKnowledge(platform: Platform): Promise<Knowledge> {
  const [catalogue, documentation] = await Promise.all([
    platform.readAsset('services/catalogue.txt'),
    platform.readAsset('services/documentation.txt'),
  ]);
  const services = parseServiceCatalogue(catalogue);
  return { services, documentation: parseServiceDocumentation(documentation, services) };
}
