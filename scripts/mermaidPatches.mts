/** A change to one place of a dependency's source, applied while bundling. */
export interface Patch {
  /** What the change gains, for the message when it no longer applies. */
  readonly purpose: string;
  readonly file: RegExp;
  readonly find: string;
  readonly replace: string;
  /** A module of the page that the replacement needs, and what it takes from it. */
  readonly uses?: { readonly name: string; readonly from: string };
}

const dagreChunk = /mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]dagre-[A-Z0-9]+\.mjs$/;
const sharedChunk = /mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-[A-Z0-9]+\.mjs$/;
/** The chunk of flowcharts: other diagrams have parsers of the same make. */
const flowChunk = /mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-QB3YPZ4I\.mjs$/;
const breathe = { name: 'breathe', from: 'webview/src/layout/breathe.ts' };

export const dagrePatches: readonly Patch[] = [
  {
    // For an error that is made while the page starts V8 reads all of the page again, to know its lines: that is
    // a fifth of the time to the first picture.
    purpose: 'make no error while the page starts',
    file: /dagre-d3-es[\\/]src[\\/]graphlib[\\/]alg[\\/]topsort\.js$/,
    find: 'CycleException.prototype = new Error();',
    replace: 'CycleException.prototype = Object.create(Error.prototype);',
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
    purpose: 'go through the ranks downwards only if that is tried',
    file: /dagre-d3-es[\\/]src[\\/]dagre[\\/]order[\\/]index\.js$/,
    find: `    downLayerGraphs = buildLayerGraphs(g, _.range(1, maxRank + 1), 'inEdges'),`,
    replace: `    downLayerGraphs,`,
  },
  {
    // Four more orders are tried after the best one; none is better than one in which no edges cross.
    purpose: 'look for no better order where no edges cross',
    file: /dagre-d3-es[\\/]src[\\/]dagre[\\/]order[\\/]index\.js$/,
    find: `  for (var i = 0, lastBest = 0; lastBest < 4; ++i, ++lastBest) {
    sweepLayerGraphs(i % 2 ? downLayerGraphs : upLayerGraphs, i % 4 >= 2);`,
    replace: `  for (var i = 0, lastBest = 0; lastBest < 4 && bestCC > 0; ++i, ++lastBest) {
    if (i % 2) downLayerGraphs ??= buildLayerGraphs(g, _.range(1, maxRank + 1), 'inEdges');
    sweepLayerGraphs(i % 2 ? downLayerGraphs : upLayerGraphs, i % 4 >= 2);`,
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

export const lodashPatches: readonly Patch[] = [
  {
    // As the page starts, lodash tries to write to five objects that refuse it. Only what is their own can be masked.
    purpose: 'throw no errors while the page starts',
    file: /lodash-es[\\/]_getRawTag\.js$/,
    find: `  try {
    value[symToStringTag] = undefined;`,
    replace: `  if (isOwn) try {
    value[symToStringTag] = undefined;`,
  },
];

export const mermaidPatches: readonly Patch[] = [
  {
    // Mermaid asks for its configuration about ten times per node, and each time copies 25 KB of it.
    // No caller of `getConfig` writes to the copy; `currentConfig` is replaced, never changed in place.
    purpose: 'copy the configuration once',
    file: sharedChunk,
    find: `var getConfig = /* @__PURE__ */ __name(() => {
  return assignWithDepth_default({}, currentConfig);
}, "getConfig");`,
    replace: `var copies = new WeakMap();
var getConfig = /* @__PURE__ */ __name(() => {
  let copy = copies.get(currentConfig);
  if (!copy) copies.set(currentConfig, copy = assignWithDepth_default({}, currentConfig));
  return copy;
}, "getConfig");`,
  },
  {
    // Each picture puts the configuration together five times, of the same parts: a fifth of a small picture's time.
    purpose: 'put the configuration together once: find it',
    file: sharedChunk,
    find: `var updateCurrentConfig = /* @__PURE__ */ __name((siteCfg, _directives) => {`,
    replace: `var madeOf, made;
var updateCurrentConfig = /* @__PURE__ */ __name((siteCfg, _directives) => {
  if (madeOf !== siteCfg) {
    madeOf = siteCfg;
    made = new Map();
  }
  const hasDirectives = _directives.some((directive) => Object.keys(directive).length > 0);
  if (!hasDirectives && made.has(diagramConfigKey)) return currentConfig = made.get(diagramConfigKey);`,
  },
  {
    purpose: 'put the configuration together once: keep it',
    file: sharedChunk,
    find: `  currentConfig = cfg;
  checkConfig(currentConfig);`,
    replace: `  currentConfig = cfg;
  if (!hasDirectives) made.set(diagramConfigKey, cfg);
  checkConfig(currentConfig);`,
  },
  {
    // Each state of a container copies all edges of the machine that touch the container: all the same ones.
    purpose: 'copy the edges of a container once',
    file: sharedChunk,
    find: `      const edges = graph.edges(node);`,
    replace: `      const edges = withEdges.has(newGraph) ? [] : graph.edges(node);
      withEdges.add(newGraph);`,
  },
  {
    purpose: 'copy the edges of a container once: what has them',
    file: sharedChunk,
    find: `var copy = /* @__PURE__ */ __name((clusterId, graph, newGraph, rootId) => {`,
    replace: `var withEdges = new WeakSet();
var copy = /* @__PURE__ */ __name((clusterId, graph, newGraph, rootId) => {`,
  },
  {
    purpose: 'look up only the edges that are copied: not each',
    file: sharedChunk,
    find: `        const data2 = graph.edge(edge.v, edge.w, edge.name);
`,
    replace: '',
  },
  {
    purpose: 'look up only the edges that are copied: but those',
    file: sharedChunk,
    find: `newGraph.setEdge(edge.v, edge.w, data2, edge.name);`,
    replace: `newGraph.setEdge(edge.v, edge.w, graph.edge(edge.v, edge.w, edge.name), edge.name);`,
  },
  {
    purpose: 'list all edges once for all containers',
    file: sharedChunk,
    find: `  graph.nodes().forEach(function(id) {
    const children = graph.children(id);
    const edges = graph.edges();`,
    replace: `  const edges = graph.edges();
  graph.nodes().forEach(function(id) {
    const children = graph.children(id);`,
  },
  {
    purpose: 'find what lies in a container without going through all of it',
    file: sharedChunk,
    find: `  return ancestorDescendants.includes(id);`,
    replace: `  let inside = insideOf.get(ancestorDescendants);
  if (!inside) insideOf.set(ancestorDescendants, inside = new Set(ancestorDescendants));
  return inside.has(id);`,
  },
  {
    purpose: 'find what lies in a container without going through all of it: what is known',
    file: sharedChunk,
    find: `var isDescendant = /* @__PURE__ */ __name((id, ancestorId) => {`,
    replace: `var insideOf = new WeakMap();
var isDescendant = /* @__PURE__ */ __name((id, ancestorId) => {`,
  },
  {
    purpose: 'find what lies in a container without going through all of it: ends of edges',
    file: sharedChunk,
    find: `  return clusterDescendants.includes(edge.v) || isDescendant(edge.v, clusterId) || isDescendant(edge.w, clusterId) || clusterDescendants.includes(edge.w);`,
    replace: `  return isDescendant(edge.v, clusterId) || isDescendant(edge.w, clusterId);`,
  },
  {
    purpose: 'list the names of options without copying the list for each',
    file: sharedChunk,
    find: `Object.keys(obj).reduce((res, el) => {
  if (Array.isArray(obj[el])) {
    return res;
  } else if (typeof obj[el] === "object" && obj[el] !== null) {
    return [...res, prefix + el, ...keyify(obj[el], "")];
  }
  return [...res, prefix + el];
}, []), "keyify");`,
    replace: `Object.keys(obj).flatMap((el) => {
  if (Array.isArray(obj[el])) {
    return [];
  } else if (typeof obj[el] === "object" && obj[el] !== null) {
    return [prefix + el, ...keyify(obj[el], "")];
  }
  return [prefix + el];
}), "keyify");`,
  },
  {
    // Defined one by one, the members of a copy make it a slow one. Only one name is not simply set.
    purpose: 'copy the configuration fast: objects',
    file: sharedChunk,
    find: `        if (!Object.hasOwn(dst, key)) {
          Object.defineProperty(dst, key, {
            value: void 0,`,
    replace: `        if (key !== "__proto__") {
          if (!Object.hasOwn(dst, key)) dst[key] = void 0;
        } else if (!Object.hasOwn(dst, key)) {
          Object.defineProperty(dst, key, {
            value: void 0,`,
  },
  {
    purpose: 'copy the configuration fast: values',
    file: sharedChunk,
    find: `        if (Object.hasOwn(dst, key)) {
          dstWithKeys[key] = srcValue;`,
    replace: `        if (key !== "__proto__" || Object.hasOwn(dst, key)) {
          dstWithKeys[key] = srcValue;`,
  },
  {
    purpose: 'give no function expression a name',
    file: /mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-Y2CYZVJY\.mjs$/,
    find: `var __name = (target, value) => __defProp(target, "name", { value, configurable: true });`,
    replace: `function __name(target) { return target; }`,
  },
  {
    // All that they tell is colours, which are the page's own.
    purpose: 'keep no themes',
    file: sharedChunk,
    find: `var themes_default = {
  base: {
    getThemeVariables
  },`,
    replace: `var themes_default = {
  base: { getThemeVariables: (own) => ({ ...own }) },
  default: { getThemeVariables: () => ({}) },
};
var allThemes = {`,
  },
  {
    purpose: 'keep only the shapes that are drawn: of nodes',
    file: sharedChunk,
    find: `var generateShapeMap = /* @__PURE__ */ __name(() => {`,
    replace: `var generateShapeMap = () => ({ roundedRect, squareRect, circle, "f-circ": filledCircle, labelRect });
var mapOfAllShapes = /* @__PURE__ */ __name(() => {`,
  },
  {
    purpose: 'keep only the shapes that are drawn: of containers',
    file: sharedChunk,
    find: `var shapes = {
  rect,
  squareRect,
  roundedWithTitle,`,
    replace: `var shapes = { rect };
var otherShapes = {
  roundedWithTitle,`,
  },
  {
    purpose: 'keep only the arrows that are drawn',
    file: sharedChunk,
    find: `var markers = {
  extension,`,
    replace: `var markers = { point, circle, cross };
var otherMarkers = {
  extension,`,
  },
  {
    purpose: 'leave out numbered edges',
    file: sharedChunk,
    find: `  if (edge.step !== void 0) {
    const { themeVariables } = getConfig2();`,
    replace: `  if (false) {
    const { themeVariables } = getConfig2();`,
  },
  {
    // Written anew with each picture, in selectors that the browser tries on each element. The page's own style
    // sheet says the same; a test compares.
    purpose: 'write no style sheet into the picture',
    file: /mermaid[\\/]dist[\\/]mermaid\.core\.mjs$/,
    find: `  const rules = createUserStyles(config, diagramType, diagramClassDefs, idSelector);
  const style1 = document.createElement("style");
  style1.innerHTML = rules;
  svg.insertBefore(style1, firstChild);`,
    replace: '',
  },
  {
    purpose: 'write no style sheet into the picture: make none',
    file: flowChunk,
    find: `  styles = styles_default
} = {}) => ({`,
    replace: `  styles
} = {}) => ({`,
  },
  {
    purpose: 'lay large graphs out in a worker',
    file: dagreChunk,
    find: `import { layout as dagreLayout } from "dagre-d3-es/src/dagre/index.js";`,
    replace: '',
    uses: { name: 'layout as dagreLayout', from: 'webview/src/layout/layout.ts' },
  },
  {
    purpose: 'wait for the layout: return it',
    file: dagreChunk,
    find: `  dagreLayout(graph);
  if (false) {
    profiler.end();
  }`,
    replace: '  return dagreLayout(graph);',
  },
  {
    purpose: 'wait for the layout: of a container',
    file: dagreChunk,
    find: `  runDagreGraphLayout(measuredLayout.graph);
  return await paintDagreLayoutCore(measuredLayout);`,
    replace: `  await runDagreGraphLayout(measuredLayout.graph);
  return await paintDagreLayoutCore(measuredLayout);`,
  },
  {
    purpose: 'wait for the layout: of the whole',
    file: dagreChunk,
    find: `var runDagreLayoutCore = /* @__PURE__ */ __name((data4Layout, context) => {`,
    replace: `var runDagreLayoutCore = /* @__PURE__ */ __name(async (data4Layout, context) => {`,
  },
  {
    purpose: 'wait for the layout: of the whole, before it is applied',
    file: dagreChunk,
    find: `  runDagreGraphLayout(measuredLayout.graph);
  applyDagreLayoutResult(data4Layout, measuredLayout);`,
    replace: `  await runDagreGraphLayout(measuredLayout.graph);
  applyDagreLayoutResult(data4Layout, measuredLayout);`,
  },
  {
    purpose: 'give the page a turn before the graph is put together',
    file: sharedChunk,
    find: `    renderContext.preparedLayout = false ?`,
    replace: `    const pause = breathe();
    if (pause) await pause;
    renderContext.preparedLayout = false ?`,
    uses: breathe,
  },
  {
    purpose: 'give the page a turn before containers are taken apart: wait',
    file: dagreChunk,
    find: `var prepareLayoutForDagre = /* @__PURE__ */ __name((data4Layout) => {`,
    replace: `var prepareLayoutForDagre = /* @__PURE__ */ __name(async (data4Layout) => {`,
  },
  {
    purpose: 'give the page a turn before containers are taken apart',
    file: dagreChunk,
    find: `  adjustClustersAndEdges(graph);
  return { graph };`,
    replace: `  const pause = breathe();
  if (pause) await pause;
  adjustClustersAndEdges(graph);
  return { graph };`,
    uses: breathe,
  },
  {
    purpose: 'give the page a turn before the graph is measured',
    file: dagreChunk,
    find: `  const prepared = preparedLayout ?? prepareLayoutForDagre(data4Layout);`,
    replace: `  const prepared = preparedLayout ?? prepareLayoutForDagre(data4Layout);
  const pause = breathe();
  if (pause) await pause;`,
    uses: breathe,
  },
  {
    purpose: 'give the page a turn between nodes',
    file: dagreChunk,
    find: `  await Promise.all(
    graph.nodes().map(async function(v) {
      const node = graph.node(v);
      if (parentCluster !== void 0) {`,
    replace: `  await inTurns(
    graph.nodes(), (async function(v) {
      const node = graph.node(v);
      if (parentCluster !== void 0) {`,
  },
  {
    purpose: 'give the page a turn between labels of edges',
    file: dagreChunk,
    find: `    const edgePromises = graph.edges().map(async function(e) {`,
    replace: `    const edgePromises = inTurns(graph.edges(), async function(e) {`,
  },
  {
    purpose: 'give the page a turn between labels of edges: wait',
    file: dagreChunk,
    find: `    await Promise.all(edgePromises);
  }, "processEdges");`,
    replace: `    await edgePromises;
  }, "processEdges");`,
    uses: { name: 'inTurns', from: 'webview/src/layout/inTurns.ts' },
  },
  {
    purpose: 'give the page a turn between positioned nodes and edges',
    file: sharedChunk,
    find: `    await paintLayoutNode(groups, node, context, options);
  }`,
    replace: `    await paintLayoutNode(groups, node, context, options);
    const pause = breathe();
    if (pause) await pause;
  }`,
    uses: breathe,
  },
  {
    purpose: 'give the page a turn between edges',
    file: sharedChunk,
    find: `    await paintLayoutEdge(groups, edge, nodeById, data4Layout, options, context);
  }`,
    replace: `    await paintLayoutEdge(groups, edge, nodeById, data4Layout, options, context);
    const pause = breathe();
    if (pause) await pause;
  }`,
  },
  {
    purpose: 'give the page a turn while the text is read: wait',
    file: flowChunk,
    find: `    parse: /* @__PURE__ */ __name(function parse(input) {
      var self = this, stack = [0], tstack = [], vstack = [null], lstack = [], table = this.table, yytext = "", yylineno = 0, yyleng = 0,`,
    replace: `    parse: /* @__PURE__ */ __name(async function parse(input) {
      var self = this, stack = [0], tstack = [], vstack = [null], lstack = [], table = this.table, yytext = "", yylineno = 0, yyleng = 0,`,
  },
  {
    purpose: 'give the page a turn while the text is read',
    file: flowChunk,
    find: `      while (true) {
        state = stack[stack.length - 1];`,
    replace: `      while (true) {
        const pause = breathe();
        if (pause) await pause;
        state = stack[stack.length - 1];`,
    uses: breathe,
  },
  {
    // Most edges have none, and an empty one is five elements and a layer to paint.
    purpose: 'draw no empty labels of edges',
    file: sharedChunk,
    find: `var insertEdgeLabel = /* @__PURE__ */ __name(async (elem, edge) => {`,
    replace: `var insertEdgeLabel = /* @__PURE__ */ __name(async (elem, edge) => {
  if (!hasEdgeLabel(edge)) {
    edge.width = edge.height = 0;
    return;
  }`,
  },
  {
    // Each question makes the browser lay out what was inserted since the last one.
    purpose: 'measure nodes together',
    file: sharedChunk,
    find: `  const boundingBox = childNodeEl.node()?.getBBox() ?? { width: 0, height: 0 };`,
    replace: `  const boundingBox = await measured(() => childNodeEl.node().getBBox());`,
    uses: { name: 'measured', from: 'webview/src/layout/measured.ts' },
  },
  {
    purpose: 'measure nodes once: circles',
    file: sharedChunk,
    find: `  updateNodeBounds(node, circleElem);
  node.calcIntersect = function(bounds, point) {
    const radius2 = bounds.width / 2;`,
    replace: `  node.calcIntersect = function(bounds, point) {
    const radius2 = bounds.width / 2;`,
  },
  {
    purpose: 'measure nodes once: dots',
    file: sharedChunk,
    find: `  updateNodeBounds(node, filledCircle2);`,
    replace: '',
  },
  {
    purpose: 'measure nodes once: of loops',
    file: sharedChunk,
    find: `  shapeSvg.attr("class", "label edgeLabel");
  label.attr(
    "transform",
    \`translate(\${-(bbox.width / 2) - (bbox.x - (bbox.left ?? 0))}, \${-(bbox.height / 2) - (bbox.y - (bbox.top ?? 0))})\`
  );
  updateNodeBounds(node, rect);`,
    replace: `  shapeSvg.attr("class", "label edgeLabel");
  label.attr(
    "transform",
    \`translate(\${-(bbox.width / 2) - (bbox.x - (bbox.left ?? 0))}, \${-(bbox.height / 2) - (bbox.y - (bbox.top ?? 0))})\`
  );`,
  },
  {
    purpose: 'measure containers once: their titles',
    file: sharedChunk,
    find: `  } else {
    text = await createLabel_default(labelEl, node.label, node.labelStyle || "", false, true);
  }
  let bbox = text.getBBox();`,
    replace: `  } else {
    text = await createLabel_default(labelEl, node.label, node.labelStyle || "", false, true);
  }
  let bbox;`,
  },
  {
    // What the browser answers, which keeps lengths in less bits.
    purpose: 'measure containers once: their boxes',
    file: sharedChunk,
    find: `  const rectBox = rect2.node().getBBox();
  node.offsetX = 0;
  node.width = rectBox.width;
  node.height = rectBox.height;
  node.offsetY = bbox.height - node.padding / 2;
  node.intersect = function(point) {
    return intersect_rect_default(node, point);
  };
  return { cluster: shapeSvg, labelBBox: bbox };
}, "rect");`,
    replace: `  node.offsetX = 0;
  node.width = Math.fround(width);
  node.height = Math.fround(height);
  node.offsetY = bbox.height - node.padding / 2;
  node.intersect = function(point) {
    return intersect_rect_default(node, point);
  };
  return { cluster: shapeSvg, labelBBox: bbox };
}, "rect");`,
  },
  {
    purpose: 'measure the length of an edge only where it is used',
    file: sharedChunk,
    find: `    const len = typeof pathNode.getTotalLength === "function" ? pathNode.getTotalLength() : 0;`,
    replace: `    const len = edge.look === "neo" ? pathNode.getTotalLength() : 0;`,
  },
  {
    // DOMPurify makes a document for each label. Without any markup but our own there is nothing to purify.
    purpose: 'purify no label that has only our own markup',
    file: sharedChunk,
    find: `var sanitizeText = /* @__PURE__ */ __name((text, config2) => {
  if (!text) {
    return text;
  }`,
    replace: `var sanitizeText = /* @__PURE__ */ __name((text, config2) => {
  if (!text) {
    return text;
  }
  const purified = purifiedByItself(text);
  if (purified !== void 0) return purified;`,
    uses: { name: 'purifiedByItself', from: 'webview/src/layout/purified.ts' },
  },
  {
    // The text is ours, escaped, and each label went through DOMPurify; text that is made of the finished
    // picture, purified and parsed again takes as long as half of the painting.
    purpose: 'hand the picture over as it is',
    file: /mermaid[\\/]dist[\\/]mermaid\.core\.mjs$/,
    find: `await profiler.span("serialize", serializeSvg) : serializeSvg();`,
    replace: `serializeSvg() : svgNode.node();`,
  },
  {
    // Taken out and put in elsewhere it would be laid out by the browser once more.
    purpose: 'leave the picture where it was drawn',
    file: /mermaid[\\/]dist[\\/]mermaid\.core\.mjs$/,
    find: `  removeTempElements();
  if (false) {
    profiler.stop();
  }`,
    replace: '',
  },
];
