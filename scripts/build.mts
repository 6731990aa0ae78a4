/**
 * Bundles everything that ships into dist/.
 *
 *   node scripts/build.mts [--production]
 *
 * `--production` minifies and leaves source maps out.
 * The browser bundles get no polyfills: an import of a Node module in them fails the build, and
 * with it whoever brought Node into a layer that must run everywhere.
 */
import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, type Plugin, build } from 'esbuild';
import { eagerModules } from './eagerModules.mts';
import { graphPagePlugins } from './mermaidTrim.mts';
import { thirdPartyNotices } from './thirdPartyNotices.mts';

const projectRoot = path.resolve(import.meta.dirname, '..');
const dist = path.join(projectRoot, 'dist');

/** One output file of the build. */
interface Bundle {
  readonly entry: string;
  /** Below dist/. */
  readonly output: string;
  readonly options: BuildOptions;
}

const production = process.argv.includes('--production');

// package.json says that .js files are modules; what we bundle for Node is CommonJS, as VS Code wants it.
await mkdir(path.join(dist, 'cli'), { recursive: true });
await writeFile(path.join(dist, 'package.json'), '{ "type": "commonjs" }\n');
// The CLI awaits at its top, which only a module may.
await writeFile(path.join(dist, 'cli/package.json'), '{ "type": "module" }\n');

const bundles = allBundles();
const present = bundles.filter(bundle => existsSync(path.join(projectRoot, bundle.entry)));
for (const bundle of bundles) {
  if (!present.includes(bundle)) console.log(`skipped: ${bundle.entry} does not exist yet`);
}

const results = await Promise.all(present.map(bundle => build(optionsOf(bundle)))).catch(() => {
  // esbuild has said what is wrong, and where.
  process.exit(1);
});
await copyAssets();
const notices = await thirdPartyNotices(
  projectRoot,
  results.map(result => result.metafile),
).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
await writeFile(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), notices);
await removeLeftovers();
await printSizes(present);

function allBundles(): Bundle[] {
  const node: BuildOptions = {
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
  };
  const browser: BuildOptions = { platform: 'browser', format: 'iife', target: 'chrome132' };
  const vscode: BuildOptions = { external: ['vscode'] };
  return [
    {
      entry: 'client/src/main.node.ts',
      output: 'client/main.node.cjs',
      options: {
        ...node,
        ...vscode,
        plugins: [bundleBeside('./languageClient.node.ts', './languageClient.node.cjs')],
        // VS Code knows who asks for its API by `require` alone.
        supported: { 'dynamic-import': false },
      },
    },
    {
      entry: 'client/src/languageClient.node.ts',
      output: 'client/languageClient.node.cjs',
      options: { ...node, ...vscode },
    },
    {
      // Under `"type": "module"` VS Code takes a `.js` entry for an ES module, which its web worker host cannot load.
      entry: 'client/src/main.browser.ts',
      output: 'client/main.browser.cjs',
      options: { ...browser, ...vscode, format: 'cjs' },
    },
    { entry: 'server/src/main.node.ts', output: 'server/main.node.js', options: node },
    {
      entry: 'server/src/jsonLanguageService.ts',
      output: 'server/jsonLanguageService.js',
      options: node,
    },
    { entry: 'server/src/main.browser.ts', output: 'server/main.browser.js', options: browser },
    ...debuggerBundles(node, browser),
    {
      entry: 'webview/src/main.ts',
      output: 'webview/main.js',
      options: { ...browser, plugins: graphPagePlugins() },
    },
    {
      entry: 'webview/src/style.css',
      output: 'webview/style.css',
      options: { platform: 'browser', target: 'chrome132' },
    },
    {
      entry: 'cli/src/main.ts',
      output: 'cli/main.js',
      options: {
        ...node,
        format: 'esm',
        banner: {
          // Some dependencies are CommonJS and ask for Node's own modules by `require`, which a module lacks.
          js: `#!/usr/bin/env node
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`,
        },
      },
    },
  ];
}

/** Leaves out what `import()` names, which is a bundle in the same folder. */
function bundleBeside(module: string, bundle: string): Plugin {
  return {
    name: 'bundle-beside',
    setup: builder => {
      builder.onResolve({ filter: /^\.\/.*\.ts$/ }, ({ path: imported, kind }) =>
        kind === 'dynamic-import' && imported === module ? { path: bundle, external: true } : undefined,
      );
    },
  };
}

/** The adapter has an entry for each place it can run in; those that end in `.node.ts` may use Node. */
function debuggerBundles(node: BuildOptions, browser: BuildOptions): Bundle[] {
  const expected = ['debugger/src/main.node.ts'];
  const found = globSync('debugger/src/main.*.ts', { cwd: projectRoot }).map(entry =>
    entry.replaceAll('\\', '/'),
  );
  const optionsFor = (entry: string): BuildOptions => {
    if (!entry.endsWith('.node.ts')) return browser;
    // The thread runs the bundle for the browser.
    return entry.endsWith('.thread.node.ts')
      ? {
          ...node,
          plugins: [bundleBeside('./main.browser.ts', './main.browser.js')],
          supported: { 'dynamic-import': false },
        }
      : node;
  };
  return [...new Set([...expected, ...found])].map(entry => ({
    entry,
    output: `debugger/${path.basename(entry, '.ts')}.js`,
    options: optionsFor(entry),
  }));
}

function optionsOf(bundle: Bundle): BuildOptions & { metafile: true } {
  return {
    ...bundle.options,
    plugins: [...(bundle.options.plugins ?? []), eagerModules()],
    entryPoints: [path.join(projectRoot, bundle.entry)],
    outfile: path.join(dist, bundle.output),
    absWorkingDir: projectRoot,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    // The notices of all bundles are collected in one file.
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  };
}

/** The service catalogue is read at run time, and only where it is needed, rather than compiled in. */
async function copyAssets(): Promise<void> {
  await rm(path.join(dist, 'assets'), { recursive: true, force: true });
  for (const name of ['services', 'schemas']) {
    const folder = path.join(projectRoot, 'assets', name);
    if (existsSync(folder)) await cp(folder, path.join(dist, 'assets', name), { recursive: true });
  }
}

/** Removes what an earlier build made and this one did not; emptying dist/ first would pull it from under a running editor. */
async function removeLeftovers(): Promise<void> {
  const outputs = results.flatMap(result => Object.keys(result.metafile.outputs));
  const kept = new Set(
    [...outputs, 'dist/package.json', 'dist/cli/package.json', 'dist/THIRD-PARTY-NOTICES.txt'].map(file =>
      path.normalize(file),
    ),
  );
  for (const file of globSync('dist/**/*', { cwd: projectRoot, withFileTypes: true })) {
    const name = path.relative(projectRoot, path.join(file.parentPath, file.name));
    const isAsset = name.startsWith(path.join('dist', 'assets') + path.sep);
    if (file.isFile() && !isAsset && !kept.has(name)) await rm(path.join(projectRoot, name));
  }
}

async function printSizes(built: readonly Bundle[]): Promise<void> {
  for (const bundle of built) {
    const { size } = await stat(path.join(dist, bundle.output));
    console.log(`${(size / 1024).toFixed(1).padStart(9)} KiB  dist/${bundle.output}`);
  }
}
