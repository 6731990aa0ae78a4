import { layout } from 'dagre-d3-es/src/dagre/index.js';
import type { Answer, Asked } from './layout.ts';
import { graphFrom, placed } from './plainGraph.ts';

/** Runs in a thread of its own: lays out the graphs it is sent, one answer for each. */
self.addEventListener('message', ({ data: { number, graph } }: MessageEvent<Asked>) => {
  const laidOut = graphFrom(graph);
  layout(laidOut, {});
  const answer: Answer = { number, found: placed(laidOut, graph) };
  self.postMessage(answer);
});
