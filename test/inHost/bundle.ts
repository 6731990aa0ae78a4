import path from 'node:path';
import { build } from 'esbuild';
import { outputRoot } from '#test/host/paths.ts';

/** Bundles the test module for a host; VS Code itself provides `vscode`. */
export async function bundleTests(platform: 'node' | 'browser'): Promise<string> {
  const outfile = path.join(outputRoot, `inHost/main.${platform}.cjs`);
  await build({
    entryPoints: [path.join(import.meta.dirname, `main.${platform}.ts`)],
    outfile,
    bundle: true,
    format: 'cjs',
    platform,
    target: 'node20',
    external: platform === 'node' ? ['vscode', 'mocha'] : ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
