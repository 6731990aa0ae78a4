import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import type { State, TaskState } from '#core/model/stateMachine.ts';
import { say } from '#core/text/message.ts';

/** A loop that asks again and again without a pause. */
export const infiniteLoopWithoutWait: Rule = {
  code: 'flow/infinite-loop-without-wait',
  severity: 'information',
  summary: 'A loop of a Task and a Choice has no Wait.',
  explanation:
    'Polling without a pause uses up state transitions and the 25,000 events of an execution within minutes. Put a Wait state into the loop, or let the service call back (`.sync`, `.waitForTaskToken`). Loops that count or move through pages are not meant.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html',
  example:
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Next":"C"},"C":{"Type":"Choice","Choices":[{"Variable":"$.done","BooleanEquals":true,"Next":"D"}],"Default":"A"},"D":{"Type":"Succeed"}}}',
  *check(machine) {
    for (const scope of machine.machine.scopes) {
      if (!scope.states.some(state => state.type === 'Choice')) continue;
      for (const cycle of machine.flow.cyclesIn(scope)) {
        const task = pollingTask(cycle, machine);
        if (!task) continue;
        yield findingOn(
          task.key,
          task,
          say`The loop around '${task.name}' runs without a pause. If it waits for something, put a Wait state into it.`,
        );
      }
    }
  },
};

/** The Task that is asked again: there is one, a Choice decides, and nothing counts or takes time. */
function pollingTask(cycle: readonly State[], machine: MachineAnalysis): TaskState | undefined {
  const members = new Set(cycle);
  if (!cycle.every(state => machine.flow.isReachable(state))) return undefined;
  let polling: TaskState | undefined;
  for (const state of cycle) {
    if (state.type === 'Task') {
      if (polling || takesTime(state) || advances(state, machine)) return undefined;
      polling = state;
    } else if (state.type !== 'Choice' && state.type !== 'Pass') {
      return undefined;
    } else if (state.type === 'Pass' && advances(state, machine)) {
      return undefined;
    }
  }
  const decides = cycle.some(
    state =>
      state.type === 'Choice' && machine.flow.successors(state).some(({ to }) => to && !members.has(to)),
  );
  return decides ? polling : undefined;
}

function takesTime({ resource }: TaskState): boolean {
  return !resource || /\.sync(:2)?$|\.waitForTaskToken$|:activity:|\$\{/.test(resource.value);
}

/** Whether the state changes what the next round works on: a variable, or a member of the data. */
function advances(state: State, { expressions }: MachineAnalysis): boolean {
  const keepsData = state.node.properties.some(
    ({ key, value }) =>
      key.value === 'Assign' ||
      key.value === 'Output' ||
      key.value === 'ResultSelector' ||
      (key.value === 'ResultPath' && value?.kind === 'string' && value.value !== '$'),
  );
  return (
    keepsData ||
    (state.type === 'Pass' && expressions.of(state).some(({ text }) => text.includes('States.MathAdd')))
  );
}
