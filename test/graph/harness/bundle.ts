import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { projectRoot } from '#test/host/paths.ts';
import { graphPagePlugins } from '../../../scripts/mermaidTrim.mts';

/** What the page loads, bundled as the build does it but kept in memory. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
}

let page: Promise<Bundle> | undefined;

/** The graph's page, minified as it ships; built once per process. */
export function pageBundle(): Promise<Bundle> {
  return (page ??= (async () => ({
    script: await bundle('webview/src/main.ts', graphPagePlugins()),
    style: await bundle('webview/src/style.css', []),
  }))());
}

/** Mermaid alone with the page's patches and settings, as `window.patchedMermaid`. */
export function patchedMermaid(): Promise<string> {
  return bundle('test/graph/harness/patchedMermaid.ts', graphPagePlugins());
}

/** Mermaid as it is published: every diagram, no patches. */
export function stockMermaid(): string {
  return readFileSync(path.join(projectRoot, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8');
}

async function bundle(entry: string, plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(projectRoot, entry)],
    absWorkingDir: projectRoot,
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'chrome132',
    legalComments: 'none',
    logLevel: 'warning',
    plugins,
  });
  return outputFiles[0]?.text ?? '';
}
