import { layout as layoutHere } from 'dagre-d3-es/src/dagre/index.js';
import type { Graph } from 'dagre-d3-es/src/graphlib/index.js';
import { source } from 'inline:./worker.ts';
import { breathe } from './breathe.ts';
import { place, plainGraph, type Placed, type PlainGraph } from './plainGraph.ts';

/** From so many nodes a picture's layouts take long enough for a thread of their own. */
const largePicture = 60;
/** With fewer nodes a layout is done sooner than the way to the worker and back. */
const smallGraph = 4;

/** A graph on its way to the worker, by the number that its answer will carry. */
export interface Asked {
  readonly number: number;
  readonly graph: PlainGraph;
}
export interface Answer {
  readonly number: number;
  readonly found: Placed;
}

/** The worker, once it was needed; `'impossible'` where the page may not start one. */
let worker: Worker | 'impossible' | undefined;
let lastNumber = 0;
/** Containers side by side are laid out side by side: several answers can be awaited at once. */
const awaited = new Map<number, (found: Placed | undefined) => void>();

/** Starts the worker for a picture of so many nodes, if that is many: it is there when the first layout is asked for. */
export function expectLayouts(nodes: number): void {
  if (nodes >= largePicture) worker ??= startWorker();
}

/**
 * dagre's layout in the place where Mermaid calls it: once there is a worker it works in there, so that the
 * page goes on answering meanwhile.
 */
export async function layout(graph: Graph): Promise<void> {
  if (worker instanceof Worker && graph.nodeCount() >= smallGraph) {
    const plain = plainGraph(graph);
    const found = await inWorker(worker, plain);
    if (found) {
      place(graph, plain, found);
      return;
    }
  }
  const pause = breathe();
  if (pause) await pause;
  layoutHere(graph, {});
}

function inWorker(running: Worker, graph: PlainGraph): Promise<Placed | undefined> {
  const asked: Asked = { number: ++lastNumber, graph };
  return new Promise(resolve => {
    awaited.set(asked.number, resolve);
    running.postMessage(asked);
  });
}

function startWorker(): Worker | 'impossible' {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const started = new Worker(url);
    started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      awaited.get(data.number)?.(data.found);
      awaited.delete(data.number);
    });
    started.addEventListener('error', () => {
      started.terminate();
      worker = 'impossible';
      for (const resolve of awaited.values()) resolve(undefined);
      awaited.clear();
    });
    return started;
  } catch {
    // A host whose policy allows no workers: the layout then runs on the page.
    return 'impossible';
  } finally {
    // The worker has fetched its script by the time that anything else runs.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}
