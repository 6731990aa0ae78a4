import type { DrawnEdge } from '#protocol/graph.ts';
import type { CurrentPlace, ExecutionView, StateView } from '#protocol/execution.ts';
import type { Part, Scene } from './scene.ts';
import { filled, texts } from './texts.ts';

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
    ...(node.retry === undefined ? [] : [filled(texts.spoken.retries, node.retry.replace('↻ ', ''))]),
    ...(state.hasBreakpoint ? [texts.spoken.breakpoint] : []),
    ...(state.view ? [spokenStatus(state.view)] : []),
    ...(node.finding ? [filled(texts.spoken[node.finding.severity], node.finding.message)] : []),
  ].join(', ');
}

function spokenEdge(scene: Scene, { kind, description, to }: DrawnEdge): string {
  const target = scene.nameOf(to);
  switch (kind) {
    case 'end':
      return texts.spoken.ends;
    case 'catch':
      return filled(texts.spoken.onError, description, target);
    case 'choice':
      return filled(texts.spoken.ifTrue, description, target);
    case 'default':
      return filled(texts.spoken.otherwise, target);
    default:
      return filled(texts.spoken.next, target);
  }
}

/** `failed: States.Timeout, entered 2 times, 1 retry, 3 of 10 iterations done`. */
export function spokenStatus({ status, entered, attempts, duration, iterations, error }: StateView): string {
  return [
    error === undefined || error === ''
      ? texts.statuses[status]
      : filled(texts.spoken.withError, texts.statuses[status], error),
    ...(entered > 1 ? [filled(texts.spoken.entered, entered)] : []),
    ...(attempts > 1
      ? [attempts === 2 ? texts.spoken.retriedOnce : filled(texts.spoken.retried, attempts - 1)]
      : []),
    ...(iterations
      ? [
          filled(texts.spoken.iterationsDone, iterations.succeeded + iterations.failed, iterations.total),
          ...(iterations.failed > 0 ? [filled(texts.spoken.iterationsFailed, iterations.failed)] : []),
        ]
      : []),
    ...(duration === undefined ? [] : [filled(texts.spoken.took, durationText(duration))]),
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
    if (!now || now.status === 'running' || now.status === 'stopped') return undefined;
    return now.status === before?.status ? undefined : texts.endings[now.status];
  }
  if (stop.state === before?.current?.state && stop.stage === before.current.stage) return undefined;
  const name = scene?.nameOf(stop.state) ?? stop.state;
  const stage = stageTitle(stop);
  return stage === undefined
    ? filled(texts.spoken.stoppedBefore, name)
    : filled(texts.spoken.stoppedAt, stage, name);
}

/** The stage within a state, by its field where it is one; none where the state has not begun. */
export function stageTitle({ stage }: CurrentPlace): string | undefined {
  if (stage === undefined || stage === 'input') return undefined;
  const field = stage === 'assign' ? 'Assign' : /^after(\w+)$/.exec(stage)?.[1];
  const titles: Readonly<Record<string, string>> = texts.stages;
  return field ?? titles[stage] ?? stage;
}
