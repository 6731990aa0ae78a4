import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OnLoadResult, Plugin } from 'esbuild';

/** A change to one place of a dependency's source, applied while bundling. */
interface Patch {
  /** What the change gains, for the message when it no longer applies. */
  readonly purpose: string;
  readonly file: RegExp;
  readonly find: string;
  readonly replace: string;
}

const patches: readonly Patch[] = [
  {
    // Mermaid asks for its configuration about ten times per node, and each time copies 25 KB of it.
    // No caller of `getConfig` writes to the copy; `currentConfig` is replaced, never changed in place.
    purpose: 'copy the configuration once per change',
    file: /mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-[A-Z0-9]+\.mjs$/,
    find: `var getConfig = /* @__PURE__ */ __name(() => {
  return assignWithDepth_default({}, currentConfig);
}, "getConfig");`,
    replace: `var copiedConfig, copyOfConfig;
var getConfig = /* @__PURE__ */ __name(() => {
  if (copiedConfig !== currentConfig) {
    copiedConfig = currentConfig;
    copyOfConfig = assignWithDepth_default({}, currentConfig);
  }
  return copyOfConfig;
}, "getConfig");`,
  },
  {
    // dagre builds one small graph per rank and looks through all nodes for each: quadratic in a tall graph.
    purpose: 'sort the nodes by rank once',
    file: /dagre-d3-es[\\/]src[\\/]dagre[\\/]order[\\/]index\.js$/,
    find: `function buildLayerGraphs(g, ranks, relationship) {
  return _.map(ranks, function (rank) {
    return buildLayerGraph(g, rank, relationship);
  });
}`,
    replace: `function buildLayerGraphs(g, ranks, relationship) {
  const nodesOfRank = new Map();
  for (const v of g.nodes()) {
    const node = g.node(v);
    const ranksOfNode = new Set(node.rank === undefined ? [] : [node.rank]);
    for (let rank = node.minRank; rank <= node.maxRank; rank++) ranksOfNode.add(rank);
    for (const rank of ranksOfNode) {
      if (nodesOfRank.has(rank)) nodesOfRank.get(rank).push(v);
      else nodesOfRank.set(rank, [v]);
    }
  }
  return _.map(ranks, function (rank) {
    return buildLayerGraph(g, rank, relationship, nodesOfRank.get(rank) ?? []);
  });
}`,
  },
  {
    purpose: 'look only at the nodes of a rank: signature',
    file: /dagre-d3-es[\\/]src[\\/]dagre[\\/]order[\\/]build-layer-graph\.js$/,
    find: 'function buildLayerGraph(g, rank, relationship) {',
    replace: 'function buildLayerGraph(g, rank, relationship, nodesOfRank) {',
  },
  {
    purpose: 'look only at the nodes of a rank: loop',
    file: /dagre-d3-es[\\/]src[\\/]dagre[\\/]order[\\/]build-layer-graph\.js$/,
    find: '_.forEach(g.nodes(), function (v) {',
    replace: '_.forEach(nodesOfRank, function (v) {',
  },
];

/** What Mermaid loads on demand and we need; every other diagram and layout stays out of the bundle. */
const keptChunks = ['flowDiagram', 'dagre'] as const;

/**
 * Keeps of Mermaid only flowcharts laid out by dagre, and makes them fast.
 *
 * Mermaid's diagrams and layouts are dynamic imports; in a bundle of one file they would all be
 * carried along (5.2 MB instead of 0.9 MB). The patches do not change the picture: a test compares it.
 * A new Mermaid in which a patch finds not exactly one place fails the build.
 */
export function mermaidTrim(): Plugin {
  return {
    name: 'mermaid-trim',
    setup(build) {
      const applied = new Map<Patch, number>();
      const kept = new Set<string>();

      build.onStart(() => {
        applied.clear();
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

      build.onLoad({ filter: /[\\/](?:mermaid|dagre-d3-es)[\\/].*\.m?js$/ }, args =>
        applyPatches(args.path, applied),
      );

      build.onEnd(result => {
        // Other errors explain more than the missing patches that they caused.
        if (result.errors.length > 0) return undefined;
        const missingPatches = patches.filter(patch => applied.get(patch) !== 1);
        const missingChunks = keptChunks.filter(name => !kept.has(name));
        return {
          errors: [
            ...missingPatches.map(patch => ({
              text: `Mermaid patch "${patch.purpose}" applies ${applied.get(patch) ?? 0} times instead of once`,
            })),
            ...missingChunks.map(name => ({ text: `Mermaid has no chunk "${name}" any more` })),
          ],
        };
      });
    },
  };
}

async function applyPatches(file: string, applied: Map<Patch, number>): Promise<OnLoadResult | undefined> {
  const candidates = patches.filter(patch => patch.file.test(file));
  if (candidates.length === 0) return undefined;
  let source = await readFile(file, 'utf8');
  for (const patch of candidates) {
    const parts = source.split(patch.find);
    applied.set(patch, (applied.get(patch) ?? 0) + parts.length - 1);
    source = parts.join(patch.replace);
  }
  return { contents: source, loader: 'js' };
}
