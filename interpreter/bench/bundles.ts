import { build, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * What the engine has for those who look on: that it can stop after each stage, copies before it writes where
 * somebody keeps the snapshot, and tells which Retrier or Catcher was taken. Each with what is there without it.
 */
const hooks: { readonly [file: string]: readonly (readonly [RegExp, string])[] } = {
  'drive.ts': [
    [/left > 0/g, 'true'],
    [/left--;/g, ''],
  ],
  'run.ts': [[/this\.#own\b(?! = )/g, 'undefined']],
  'flow.ts': [[/^ *run\.handling = .*;$/gm, '']],
};

const withoutHooks: Plugin = {
  name: 'without hooks',
  setup(bundler) {
    bundler.onLoad({ filter: /interpreter[\\/]src[\\/](drive|run|flow)\.ts$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [hook, nothing] of hooks[basename(path)] ?? []) {
        if (contents.search(hook) < 0) throw new Error(`${basename(path)} has no ${String(hook)} any more`);
        contents = contents.replaceAll(hook, nothing);
      }
      return { contents, loader: 'ts' };
    });
  },
};

/** A program of this folder in one text, as users get the engine; it is run with `node -`. */
export async function bundleOf(file: string, engine: 'as it is' | 'without hooks'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, file)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    write: false,
    plugins: engine === 'without hooks' ? [withoutHooks] : [],
  });
  return outputFiles[0]?.text ?? '';
}
