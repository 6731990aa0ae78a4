/**
 * What of others ships with us: under which licences, and whether something is known against it.
 *
 *   node scripts/audit.mts
 *
 * Reads the notices that the build has written. Vulnerabilities are asked of the npm registry; one that
 * has no such service, or no network, is said, and skipped. A high or critical one in a package that
 * ships fails; those of tools that only build and test are listed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UserError, runMain } from '#test/host/cleanup.ts';
import { projectRoot } from '#test/host/paths.ts';
import { packagesIn } from './thirdPartyNotices.mts';

interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
}

await runMain(() => {
  const file = path.join(projectRoot, 'dist/THIRD-PARTY-NOTICES.txt');
  if (!existsSync(file)) throw new UserError('There is no THIRD-PARTY-NOTICES.txt: npm run build writes it');
  const shipped = packagesIn(readFileSync(file, 'utf8'));
  const byLicence = Map.groupBy(shipped, ({ licence }) => licence);
  for (const licence of [...byLicence.keys()].toSorted()) {
    const names = (byLicence.get(licence) ?? []).map(({ name, version }) => `${name} ${version}`);
    console.log(`${licence}: ${names.join(', ')}`);
  }
  const known = vulnerabilities();
  if (known === undefined) {
    console.log('Vulnerabilities: not looked up, as the npm registry in use does not answer audits.');
    console.log('1 passed, 0 failed, 1 skipped');
    return Promise.resolve(0);
  }
  const names = new Set(shipped.map(({ name }) => name));
  const isGrave = ({ name, severity }: Vulnerability): boolean =>
    names.has(name) && (severity === 'high' || severity === 'critical');
  for (const vulnerability of known) {
    const { name, severity, range } = vulnerability;
    const use = names.has(name) ? 'ships with us' : 'a tool';
    console.log(`${isGrave(vulnerability) ? 'FAIL' : 'note'} ${severity}: ${name} ${range} (${use})`);
  }
  const grave = known.filter(isGrave).length;
  console.log(`Vulnerabilities: ${known.length} known, ${grave} grave in what ships.`);
  console.log(`${grave === 0 ? 2 : 1} passed, ${grave === 0 ? 0 : 1} failed, 0 skipped`);
  return Promise.resolve(grave === 0 ? 0 : 1);
});

/** What the registry knows against any package of the lock file; nothing where it does not answer. */
function vulnerabilities(): readonly Vulnerability[] | undefined {
  // Not `--omit=dev`: what we bundle is a development dependency to npm, which would ask about nothing.
  const { stdout } = spawnSync('npm', ['audit', '--json'], {
    cwd: projectRoot,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 120_000,
  });
  try {
    const answer: unknown = JSON.parse(stdout);
    const { vulnerabilities: known } = answer as {
      readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
    };
    return known === undefined ? undefined : Object.values(known);
  } catch {
    // npm prints no JSON when it reached nobody.
    return undefined;
  }
}
