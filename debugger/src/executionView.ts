import { markEdgeId, markNodeId, transitionEdgeId } from '#core/graph/nodeId.ts';
import type { State } from '#core/model/stateMachine.ts';
import { stageOf, strandAt } from '#interpreter/advance.ts';
import type { StrandPath } from '#interpreter/snapshot.ts';
import type { ExecutionView, StateStatus, StateView } from '#protocol/execution.ts';
import type { Recording } from './recording.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What the graph shows of a recording at its present place: which states ran, how, and which edges were taken. */
export function viewOf(recording: Recording, focus: StrandPath, sequence: number): ExecutionView {
  const states: Record<string, Writable<StateView>> = {};
  const taken: Record<string, number> = {};
  const { program, snapshot, outcome } = recording;
  const count = (edge: string): void => {
    taken[edge] = (taken[edge] ?? 0) + 1;
  };
  const left = new Map<StrandPath, State>();
  for (const entry of recording.past()) {
    if (entry.kind !== 'stepped') continue;
    const { step } = entry;
    const state = program.states.get(step.state)?.state;
    if (!state) continue;
    if (step.stage === 'input') {
      const view = (states[step.state] ??= { status: 'running', entered: 0, attempts: 1 });
      view.entered++;
      view.status = 'running';
      delete view.error;
      const from = left.get(step.strand);
      if (from) count(edgeBetween(from, state, states[from.pointer]));
      else
        count(
          markEdgeId(
            markNodeId(
              state.scope.kind === 'branch' ? 'fork' : 'start',
              state.scope.owner?.pointer ?? state.scope.pointer,
            ),
            state.pointer,
          ),
        );
    }
    const view = states[step.state];
    if (!view) continue;
    if (step.error) {
      view.error = step.error.error ?? '';
      const now = strandAt(entry.snapshot, step.strand);
      view.status =
        now?.state === step.state ? (now.waiting?.kind === 'timer' ? 'retrying' : 'caught') : 'failed';
    }
    const isLeft = entry.events.some(
      event => event.type.endsWith('StateExited') && event.name === step.stateName,
    );
    if (isLeft) {
      view.status = view.status === 'caught' ? 'caught' : 'succeeded';
      left.set(step.strand, state);
      if (state.isTerminal && state.scope.kind === 'stateMachine')
        count(markEdgeId(state.pointer, markNodeId('end', state.scope.pointer)));
    } else if (state.type === 'Fail' && step.stage !== 'input') {
      view.status = 'failed';
    }
  }
  const strand = strandAt(snapshot, focus);
  const stage = strand && stageOf(program, strand);
  return {
    sequence,
    states,
    taken,
    status: outcome ? endings[outcome.status] : 'stopped',
    time: { position: recording.position, length: recording.end },
    ...(strand && !outcome && { current: { state: strand.state, ...(stage && { stage }) } }),
  };
}

const endings = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;

/** The edge by which a strand went on: of a caught error the Catcher's, else that of Choice, Default or Next. */
function edgeBetween(from: State, to: State, view: { readonly status: StateStatus } | undefined): string {
  const wasCaught = view?.status === 'caught';
  const candidates = from.transitions.filter(({ target }) => target.value === to.name);
  const transition = candidates.find(({ kind }) => (kind === 'Catch') === wasCaught) ?? candidates[0];
  return transition ? transitionEdgeId(from.pointer, transition) : `${from.pointer}#Next`;
}
