import { endStrand } from './flow.ts';
import { goOn, parked, type Run } from './run.ts';
import { isRoot } from './snapshot.ts';
import { at } from './table.ts';

/**
 * Performs stages until nothing can go on, the execution has ended, or `limit` stages are done; at the latest
 * after a thousand million. Gives how many stages were left of the limit.
 *
 * The only loop of the engine: a step of a debugger is this with a limit of 1.
 */
export function drive(run: Run, limit: number): number {
  const whole = Math.min(limit, mostAtOnce);
  let left = whole;
  while (left > 0) {
    const id = run.ready[0];
    if (id === undefined) break;
    const strand = run.edit(id);
    let state = run.stateOf(strand);
    while (left > 0) {
      left--;
      const stage = state.stages[strand.stage];
      if (!stage) throw new Error(`bug: ${state.pointer} has no stage ${String(strand.stage)}`);
      const next = stage.perform(run, strand, state);
      if (run.exhausted.length > 0) {
        endExhausted(run);
        break;
      }
      if (next === goOn) strand.stage++;
      else if (next === parked) break;
      else state = next;
    }
  }
  return limit - (whole - left);
}

/** A count that every JavaScript engine keeps as an integer, unlike Infinity: then counting costs next to nothing. */
const mostAtOnce = 1_000_000_000;

/** AWS ends an execution whose history is full; its last event says so. */
function endExhausted(run: Run): void {
  for (const index of run.exhausted) {
    for (const strand of run.strands.flat()) {
      if (strand?.execution !== index || !isRoot(strand)) continue;
      const root = run.edit(strand.id);
      root.lastEvent = at(run.executionTable, index)?.lastEvent ?? 0;
      endStrand(run, root, {
        status: 'FAILED',
        error: undefined,
        cause: `The execution reached the maximum number of history events (${String(run.quotas.historyEvents)}).`,
      });
    }
  }
  run.exhausted = [];
}
