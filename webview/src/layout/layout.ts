import { layout as layoutHere } from 'dagre-d3-es/src/dagre/index.js';
import type { Graph } from 'dagre-d3-es/src/graphlib/index.js';
import { source } from 'inline:./worker.ts';
import { breathe } from './breathe.ts';
import { place, plainGraph, type Placed, type PlainGraph } from './plainGraph.ts';

/** From so many nodes a layout takes long enough for a thread of its own. */
const largeGraph = 60;

/** The worker, once it was needed; `'impossible'` where the page may not start one. */
let worker: Worker | 'impossible' | undefined;

/**
 * dagre's layout in the place where Mermaid calls it: large graphs are laid out in a worker, so that the
 * page goes on answering meanwhile.
 */
export async function layout(graph: Graph): Promise<void> {
  if (graph.nodeCount() >= largeGraph) {
    const plain = plainGraph(graph);
    const found = await inWorker(plain);
    if (found) {
      place(graph, plain, found);
      return;
    }
  }
  const pause = breathe();
  if (pause) await pause;
  layoutHere(graph, {});
}

/** One layout at a time: Mermaid asks for inner containers first and waits for each. */
function inWorker(plain: PlainGraph): Promise<Placed | undefined> {
  worker ??= startWorker();
  if (worker === 'impossible') return Promise.resolve(undefined);
  const running = worker;
  return new Promise(resolve => {
    const end = (found: Placed | undefined): void => {
      running.removeEventListener('message', onMessage);
      running.removeEventListener('error', onError);
      resolve(found);
    };
    const onMessage = (event: MessageEvent<Placed>): void => {
      end(event.data);
    };
    const onError = (): void => {
      running.terminate();
      worker = 'impossible';
      end(undefined);
    };
    running.addEventListener('message', onMessage);
    running.addEventListener('error', onError);
    running.postMessage(plain);
  });
}

function startWorker(): Worker | 'impossible' {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return new Worker(url);
  } catch {
    // A host whose policy allows no workers: the layout then runs on the page.
    return 'impossible';
  } finally {
    // The worker has fetched its script by the time that anything else runs.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}
