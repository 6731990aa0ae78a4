import { layout } from 'dagre-d3-es/src/dagre/index.js';
import { graphFrom, placed, type PlainGraph } from './plainGraph.ts';

/** Runs in a thread of its own: lays out the graphs it is sent, one answer for each. */
self.addEventListener('message', (event: MessageEvent<PlainGraph>) => {
  const graph = graphFrom(event.data);
  layout(graph, {});
  self.postMessage(placed(graph, event.data));
});
