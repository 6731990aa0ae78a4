/**
 * What the entry scripts need before anything is installed: Node 20 and its own modules, nothing else.
 * The rest of the project runs TypeScript as it is, on the Node 24 that npm installs for us.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Installs the dependencies where they are missing or not those of package-lock.json.
 * Exits with a message when that fails.
 */
export function installDependencies() {
  if (areDependenciesInstalled()) return;
  const isFresh = !existsSync(path.join(projectRoot, 'node_modules'));
  console.log('Installing dependencies …');
  // `npm ci` would first delete what a developer already has.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  runNpm(isFresh ? ['ci', ...quiet] : ['install', '--no-save', ...quiet]);
  if (!existsSync(projectNode())) {
    // Some npm versions do not run the install scripts of dependencies; this one fetches Node from npm.
    const folder = path.join(projectRoot, 'node_modules/node');
    run(process.execPath, ['installArchSpecificPackage.js'], folder);
  }
}

/** Runs a TypeScript file of the project on Node 24 and ends this process with its exit code. */
export function handOver(script, args) {
  const isNew = Number(process.versions.node.split('.')[0]) >= 24;
  const node = isNew ? process.execPath : projectNode();
  const child = spawn(node, [path.join(projectRoot, script), ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** Compares what npm says it installed with the lock file, package by package. */
function areDependenciesInstalled() {
  const installed = lockedVersions('node_modules/.package-lock.json');
  if (installed === undefined || !existsSync(projectNode())) return false;
  const wanted = lockedVersions('package-lock.json') ?? new Map();
  return [...wanted].every(
    ([folder, { version, optional }]) => optional || installed.get(folder)?.version === version,
  );
}

function lockedVersions(lockFile) {
  const file = path.join(projectRoot, lockFile);
  if (!existsSync(file)) return undefined;
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  const entries = Object.entries(packages).filter(([folder]) => folder !== '');
  return new Map(
    entries.map(([folder, { version, optional }]) => [folder, { version, optional: optional === true }]),
  );
}

function projectNode() {
  return path.join(projectRoot, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function runNpm(args) {
  // Under `npm start` and `npm test` this names npm's own script, which works on Windows as well.
  const npmScript = process.env.npm_execpath;
  if (npmScript?.endsWith('.js')) run(process.execPath, [npmScript, ...args], projectRoot);
  else run('npm', args, projectRoot);
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
  process.exit(1);
}
