import type { DrawnEdge } from '#protocol/graph.ts';
import type { ExecutionView, StateView } from '#protocol/execution.ts';
import type { Part, Scene } from './scene.ts';

/** `Verify Payment, Task, Lambda: verify-payment, 2 of 6, next Update Inventory, on PaymentError Notify`. */
export function spoken(
  scene: Scene,
  { node }: Part,
  state: { readonly hasBreakpoint: boolean; readonly view: StateView | undefined },
): string {
  return [
    node.title,
    scene.place(node.id),
    ...scene.edgesFrom(node.id).map(edge => spokenEdge(scene, edge)),
    ...(node.retry === undefined ? [] : [`retries: ${node.retry.replace('↻ ', '')}`]),
    ...(state.hasBreakpoint ? ['breakpoint'] : []),
    ...(state.view ? [spokenStatus(state.view)] : []),
    ...(node.finding ? [`${node.finding.severity}: ${node.finding.message}`] : []),
  ].join(', ');
}

function spokenEdge(scene: Scene, { kind, description, to }: DrawnEdge): string {
  const target = scene.nameOf(to);
  switch (kind) {
    case 'end':
      return 'ends the execution';
    case 'catch':
      return `on ${description} ${target}`;
    case 'choice':
      return `if ${description} ${target}`;
    case 'default':
      return `otherwise ${target}`;
    default:
      return `next ${target}`;
  }
}

/** `failed with States.Timeout, entered 2 times, 1 retry, 3 of 10 iterations done`. */
export function spokenStatus({ status, entered, attempts, duration, iterations, error }: StateView): string {
  return [
    error === undefined || error === '' ? status : `${status} with ${error}`,
    ...(entered > 1 ? [`entered ${entered} times`] : []),
    ...(attempts > 1 ? [attempts === 2 ? '1 retry' : `${attempts - 1} retries`] : []),
    ...(iterations
      ? [
          `${iterations.succeeded + iterations.failed} of ${iterations.total} iterations done`,
          ...(iterations.failed > 0 ? [`${iterations.failed} failed`] : []),
        ]
      : []),
    ...(duration === undefined ? [] : [`took ${durationText(duration)}`]),
  ].join(', ');
}

/** Milliseconds of virtual time: `350 ms`, `2.5 s`, `3 min 20 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** What a live region says of a stop; nothing where the debugger stands where it stood before. */
export function spokenStop(
  scene: Scene | undefined,
  before: ExecutionView | undefined,
  now: ExecutionView | undefined,
): string | undefined {
  const stop = now?.current;
  if (!stop) {
    const isOver = now && now.status !== 'running' && now.status !== 'stopped';
    return isOver && now.status !== before?.status ? `Execution ${now.status}` : undefined;
  }
  if (stop.state === before?.current?.state && stop.stage === before.current.stage) return undefined;
  const where = stop.stage === undefined || stop.stage === 'input' ? 'before' : `at ${stop.stage} of`;
  return `Stopped ${where} ${scene?.nameOf(stop.state) ?? stop.state}`;
}
