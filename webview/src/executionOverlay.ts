import type { ExecutionView, StateStatus } from '#protocol/execution.ts';
import type { Picture } from './draw.ts';

const statuses: readonly StateStatus[] = [
  'running',
  'waiting',
  'retrying',
  'succeeded',
  'caught',
  'failed',
  'aborted',
];

/** Lays an execution over a picture by classes alone: nothing is laid out again. */
export function showExecution(picture: Picture, view: ExecutionView | undefined): void {
  picture.svg.classList.toggle('has-execution', view !== undefined);
  for (const [id, node] of picture.nodes) {
    const state = view?.states[id];
    for (const status of statuses) node.classList.toggle(`s-${status}`, state?.status === status);
    node.classList.toggle('is-current', view?.current?.state === id);
  }
  for (const [id, parts] of picture.edges) {
    const isTaken = (view?.taken[id] ?? 0) > 0;
    for (const part of parts) part.classList.toggle('is-taken', isTaken);
  }
}
