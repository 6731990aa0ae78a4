import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle, type OnLoadResult, type Plugin } from 'esbuild';
import { dagrePatches, lodashPatches, mermaidPatches, type Patch } from './mermaidPatches.mts';

const projectRoot = path.resolve(import.meta.dirname, '..');

const otherCurves = (
  'BumpX BumpY BasisClosed BasisOpen Bundle Cardinal CardinalClosed CardinalOpen CatmullRom CatmullRomClosed ' +
  'CatmullRomOpen LinearClosed MonotoneX MonotoneY Natural Step StepAfter StepBefore'
)
  .split(' ')
  .map(name => `curve${name}`);

/**
 * What Mermaid imports and a flowchart of ours does not need, or only a little of it, and what is imported
 * instead. What should be called nevertheless says so.
 */
const standIns: Readonly<Record<string, string>> = {
  d3: `
    export { select } from 'd3-selection';
    export { curveBasis, curveLinear, line } from 'd3-shape';
    const none = undefined;
    export { ${otherCurves.map(name => `none as ${name}`).join(', ')} };`,
  // For labels in Markdown.
  marked: `export const marked = { lexer: ${missing('marked')} };`,
  // For labels with icons.
  '@iconify/utils': ['getIconData', 'iconToHTML', 'iconToSVG', 'replaceIDs', 'stringToIcon']
    .map(name => `export const ${name} = ${missing(name)};`)
    .join(''),
  // For the time of log entries.
  dayjs: `export default () => ({ format: () => new Date().toISOString().slice(17, 23) });`,
  // YAML, of which we write one line: the shape of a node.
  './chunk-HPSUCWAI.mjs': `
    export const JSON_SCHEMA = undefined;
    export const load = text => {
      const shape = /^\\{\\s*shape: ([a-z-]+)\\s*\\}$/.exec(text)?.[1];
      if (shape === undefined) throw new Error('Mermaid: YAML is not part of this bundle');
      return { shape };
    };`,
};

function missing(name: string): string {
  return `() => { throw new Error('Mermaid: ${name} is not part of this bundle'); }`;
}

/** What Mermaid loads on demand and we need; every other diagram and layout stays out of the bundle. */
const keptChunks = ['flowDiagram', 'dagre'] as const;

/**
 * Plugins that bundle the graph's page. Of Mermaid they keep only flowcharts laid out by dagre, and make
 * them fast.
 *
 * Mermaid's diagrams and layouts are dynamic imports; in a bundle of one file they would all be
 * carried along (5.2 MB instead of 0.5 MB). The patches do not change the picture: a test compares it.
 * A new Mermaid in which a patch finds not exactly one place fails the build.
 */
export function graphPagePlugins(): Plugin[] {
  return [
    compiledAtOnce(),
    leaveOutChunks(),
    replaceModules(),
    patching(/[\\/](?:mermaid|dagre-d3-es|lodash-es)[\\/].*\.m?js$/, [
      ...dagrePatches,
      ...mermaidPatches,
      ...lodashPatches,
    ]),
    inlineScripts(),
  ];
}

/**
 * Lets Chromium compile all functions while it loads the script, in another thread. It would else pass over
 * them and compile those of the first picture, which are most of them, one by one when they are called: that
 * takes a quarter of the time to the first picture. Browsers before Chromium 136 see a comment.
 */
function compiledAtOnce(): Plugin {
  return {
    name: 'compiled-at-once',
    setup({ initialOptions }) {
      initialOptions.banner = { ...initialOptions.banner, js: '//# allFunctionsCalledOnLoad' };
    },
  };
}

function leaveOutChunks(): Plugin {
  return {
    name: 'mermaid-trim',
    setup(build) {
      const kept = new Set<string>();
      build.onStart(() => {
        kept.clear();
      });
      build.onResolve({ filter: /.*/ }, args => {
        if (args.kind !== 'dynamic-import' || !/[\\/]mermaid[\\/]dist[\\/]/.test(args.importer))
          return undefined;
        const chunk = keptChunks.find(name => path.basename(args.path).startsWith(`${name}-`));
        if (chunk === undefined) return { path: args.path, namespace: 'left-out' };
        kept.add(chunk);
        return undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, args => ({
        contents: `throw new Error(${JSON.stringify(`${args.path} is not part of this bundle`)});`,
        loader: 'js',
      }));
      build.onEnd(result => {
        if (result.errors.length > 0) return undefined;
        const missing = keptChunks.filter(name => !kept.has(name));
        return { errors: missing.map(name => ({ text: `Mermaid has no chunk "${name}" any more` })) };
      });
    },
  };
}

/** Fails the build, too, where Mermaid imports one of them no longer. */
function replaceModules(): Plugin {
  return {
    name: 'mermaid-stand-ins',
    setup(build) {
      const used = new Set<string>();
      build.onStart(() => {
        used.clear();
      });
      build.onResolve({ filter: /.*/ }, ({ path: imported, importer, resolveDir }) => {
        const name = imported.replace('./chunks/mermaid.core/', './');
        if (!isOfMermaid.test(importer) || !Object.hasOwn(standIns, name)) return undefined;
        used.add(name);
        return { path: name, namespace: 'stand-in', pluginData: resolveDir, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path: name, pluginData }) => ({
        contents: standIns[name] ?? '',
        resolveDir: String(pluginData),
      }));
      build.onEnd(({ errors }) => {
        if (errors.length > 0) return undefined;
        const unused = Object.keys(standIns).filter(name => !used.has(name));
        return { errors: unused.map(name => ({ text: `Mermaid does not import "${name}" any more` })) };
      });
    },
  };
}

/** Applies patches to the files that match, and fails the build unless each was applied exactly once. */
function patching(files: RegExp, patches: readonly Patch[]): Plugin {
  return {
    name: 'patches',
    setup(build) {
      const applied = new Map<Patch, number>();
      build.onStart(() => {
        applied.clear();
      });
      build.onLoad({ filter: files }, args => applyPatches(args.path, patches, applied));
      build.onEnd(result => {
        // Other errors explain more than the missing patches that they caused.
        if (result.errors.length > 0) return undefined;
        const missing = patches.filter(patch => applied.get(patch) !== 1);
        return {
          errors: missing.map(patch => ({
            text: `Patch "${patch.purpose}" applies ${applied.get(patch) ?? 0} times instead of once`,
          })),
        };
      });
    },
  };
}

async function applyPatches(
  file: string,
  patches: readonly Patch[],
  applied: Map<Patch, number>,
): Promise<OnLoadResult | undefined> {
  const candidates = patches.filter(patch => patch.file.test(file));
  if (candidates.length === 0 && !isOfMermaid.test(file)) return undefined;
  let source = await readFile(file, 'utf8');
  const imports = new Set<string>();
  for (const patch of candidates) {
    const parts = source.split(patch.find);
    const times = parts.length - 1;
    applied.set(patch, (applied.get(patch) ?? 0) + times);
    source = parts.join(patch.replace);
    if (times > 0 && patch.uses)
      imports.add(
        `import { ${patch.uses.name} } from ${JSON.stringify(path.join(projectRoot, patch.uses.from))};\n`,
      );
  }
  source = [...imports].join('') + source;
  return { contents: isOfMermaid.test(file) ? withoutNames(withoutLogging(source)) : source, loader: 'js' };
}

const isOfMermaid = /[\\/]mermaid[\\/]dist[\\/].*\.mjs$/;

/**
 * Takes out that functions and classes are given their names. That is for debuggers, defines thousands of
 * properties while the page loads, and makes everything look used, so that none of it could be left out.
 */
function withoutNames(source: string): string {
  return source
    .replaceAll(/^[ \t]*static \{\s*__name\(this, "[^"]*"\);\s*\}$/gm, '')
    .replaceAll(/^[ \t]*__name\([\w$]+, "[^"]*"\);$/gm, '');
}

/**
 * Takes out what Mermaid logs below warnings. The page never shows it, but what is logged is put together all
 * the same: JSON of every node, and the list of all edges for each edge, which is quadratic.
 */
function withoutLogging(source: string): string {
  const logging = /^[ \t]*log\.(?:trace|debug|info)\(/gm;
  let kept = '';
  let from = 0;
  for (let match = logging.exec(source); match; match = logging.exec(source)) {
    kept += source.slice(from, match.index);
    from = endOfCall(source, logging.lastIndex);
    logging.lastIndex = from;
  }
  return kept + source.slice(from);
}

/** Where the call ends whose arguments begin at a place; its semicolon stays, as it may be all of a branch. */
function endOfCall(source: string, start: number): number {
  const token = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[()]/g;
  token.lastIndex = start;
  let depth = 1;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    if (match[0] === '(') depth++;
    else if (match[0] === ')') depth--;
    if (depth === 0) return token.lastIndex;
  }
  throw new Error(`A call of Mermaid's log does not end: ${source.slice(start, start + 60)}`);
}

/**
 * Lets the page import a script of its own as text: `import { source } from 'inline:./worker.ts'`. A
 * webview starts workers only from text that it already holds.
 */
function inlineScripts(): Plugin {
  return {
    name: 'inline-scripts',
    setup(build) {
      build.onResolve({ filter: /^inline:/ }, ({ path: name, resolveDir }) => ({
        path: path.join(resolveDir, name.slice('inline:'.length)),
        namespace: 'inline',
      }));
      build.onLoad({ filter: /.*/, namespace: 'inline' }, async ({ path: entry }) => {
        const { outputFiles } = await bundle({
          entryPoints: [entry],
          absWorkingDir: projectRoot,
          bundle: true,
          // As text it cannot be debugged anyway.
          minify: true,
          write: false,
          platform: 'browser',
          format: 'iife',
          target: build.initialOptions.target ?? 'esnext',
          legalComments: 'none',
          logLevel: 'silent',
          plugins: [patching(/[\\/]dagre-d3-es[\\/].*\.js$/, dagrePatches)],
        });
        const [script] = outputFiles;
        return { contents: `export const source = ${JSON.stringify(script?.text ?? '')};`, loader: 'js' };
      });
    },
  };
}
