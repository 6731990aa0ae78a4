import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './cleanup.ts';
import { run } from './process.ts';

/**
 * The path of a Chromium or Chrome.
 *
 * `CHROMIUM` names one; else the usual places are searched; else, as root on Debian, it is installed
 * from Debian's packages. Where none of that works a `UserError` says what to do.
 */
export async function chromium(): Promise<string> {
  const chosen = process.env['CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new UserError(`CHROMIUM names ${chosen}, which does not exist`);
    return chosen;
  }
  const found = installedChromium();
  if (found !== undefined) return found;
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new UserError(
      'No Chromium found: install it (Debian: apt-get install chromium) or name one in CHROMIUM',
    );
  }
  console.log('Installing Chromium from Debian …');
  const apt = {
    timeout: 15 * 60_000,
    output: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  await run('apt-get', ['update', '-qq'], apt);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], apt);
  const installed = installedChromium();
  if (installed === undefined)
    throw new UserError('apt-get installed chromium, but it is not where it should be');
  return installed;
}

function installedChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const onPath = names.flatMap(name => folders.map(folder => path.join(folder, name)));
  const applications = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ];
  return [...onPath, ...applications].find(file => existsSync(file));
}

function isDebian(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID(?:_LIKE)?=.*debian/m.test(readFileSync(release, 'utf8'));
}
