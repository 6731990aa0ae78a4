/**
 * Writes assets/services from the API models that AWS publishes: `npx node scripts/services/generate.mts`.
 *
 * Fetches the two packages below into a temporary folder (they never become dependencies of the project), reads
 * every service, and prints counts and sizes. Why these packages: docs/decisions/service-catalogue.md.
 * To renew the catalogue, raise the versions here and run it again; the diff is the review.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { servicePrefix } from '#core/language/services/names.ts';
import type { ApiModel } from './apiModel.mts';
import { encodeCatalogue, encodeDocumentation } from './encodeCatalogue.mts';
import type { CatalogueService } from './encodeCatalogue.mts';
import { mergeModels } from './mergeModels.mts';
import { readDistilledModels } from './readDistilledModels.mts';
import { readSdkV2Models } from './readSdkV2Models.mts';
import { documentedPrefixes, unsupportedOperations } from './stepFunctionsServices.mts';

const newerPackage = '@distilled.cloud/aws@0.30.3';
const olderPackage = 'aws-sdk@2.1693.0';
const targetFolder = join(import.meta.dirname, '../../assets/services');

const temporaryFolder = mkdtempSync(join(tmpdir(), 'stepwise-services-'));
try {
  const models = mergeModels(
    readDistilledModels(unpacked(newerPackage)),
    readSdkV2Models(unpacked(olderPackage)),
  );
  write(models);
} finally {
  rmSync(temporaryFolder, { recursive: true, force: true });
}

/** Downloads a package without its dependencies and gives the folder it was unpacked to. */
function unpacked(packageSpec: string): string {
  const folder = mkdtempSync(join(temporaryFolder, 'package-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, packageSpec], { stdio: 'ignore' });
  const archive = readdirSync(folder).find(file => file.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm gave no archive for ${packageSpec}`);
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  return join(folder, 'package');
}

function write(models: readonly ApiModel[]): void {
  const withoutModel = documentedPrefixes.filter(
    prefix => !models.some(model => servicePrefix(model.serviceId) === prefix),
  );
  const services = [...models, ...withoutModel.map(emptyModel)]
    .map(catalogueService)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const source = `${newerPackage} ${olderPackage}`;
  mkdirSync(targetFolder, { recursive: true });
  const assets = [
    { file: 'catalogue.txt', text: encodeCatalogue(source, services) },
    { file: 'documentation.txt', text: encodeDocumentation(source, services) },
  ];
  const operations = services.flatMap(service => service.model.operations);
  const described = services.filter(service => service.isDocumented).length;
  console.log(
    `${services.length} services (${described} in the Developer Guide), ${operations.length} operations`,
  );
  for (const { file, text } of assets) {
    writeFileSync(join(targetFolder, file), text);
    const deflated = deflateSync(text, { level: 9 }).length;
    console.log(
      `${file}: ${Buffer.byteLength(text).toLocaleString('en')} bytes, ${deflated.toLocaleString('en')} deflated`,
    );
  }
}

/** A service that Step Functions knows and our sources do not: its name is known, its actions are not. */
function emptyModel(prefix: string): ApiModel {
  return { serviceId: prefix, referenceId: undefined, operations: [], shapes: new Map() };
}

function catalogueService(model: ApiModel): CatalogueService {
  const prefix = servicePrefix(model.serviceId);
  return {
    prefix,
    isDocumented: documentedPrefixes.includes(prefix),
    model,
    unsupported: new Set(unsupportedOperations[prefix.toLowerCase()] ?? []),
  };
}

function nameOf(service: CatalogueService): string {
  return service.prefix.toLowerCase();
}
