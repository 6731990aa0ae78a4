import type { DebugProtocol } from '@vscode/debugprotocol';
import { isJsonObject, type Json } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import { innerScopes, type State } from '#core/model/stateMachine.ts';
import { inWords, say, type Words } from '#core/text/message.ts';
import { arnIn } from '#interpreter/callees.ts';
import { invocationKey } from '#interpreter/run.ts';
import type { Strand, StrandPath } from '#interpreter/snapshot.ts';
import { executionPath } from '#interpreter/states/startExecution.ts';
import { placeFor } from '../places.ts';
import { Refusal, request, type Call, type RequestTable } from '../connection.ts';
import type { SessionContext } from '../context.ts';
import { stateAt, stateOf } from '../definition.ts';
import { anything, boolean, integer, object, oneOf, optional, string, type Shaped } from '../shape.ts';
import type { Goal } from '../stepping.ts';
import { strandAt } from '../strands.ts';

const onThread = object({
  threadId: integer,
  singleThread: optional(boolean),
  granularity: optional(oneOf('statement', 'line', 'instruction')),
  targetId: optional(integer),
});
const sourceShape = object({ path: optional(string), name: optional(string) });

/** Requests that let the execution go on, back, or elsewhere. */
export function movingRequests(session: SessionContext): RequestTable {
  const resume = (
    goal: (strand: StrandPath, args: Shaped<typeof onThread>) => Goal,
    answer: (args: Shaped<typeof onThread>) => object = () => ({}),
  ): ReturnType<typeof request> =>
    request(onThread, {
      refuse: session.whenStopped,
      run: (args, call) => {
        const strand = session.strandOf(args.threadId);
        const towards = goal(strand, args);
        const debuggee = session.now();
        session.forget();
        debuggee.setOff();
        call.afterwards(() => {
          debuggee.go(towards);
        });
        return answer(args);
      },
    });
  const isAlone = ({ singleThread }: Shaped<typeof onThread>): boolean => singleThread === true;
  return {
    continue: resume(
      (strand, args) => ({ kind: 'continue', strand, alone: isAlone(args) }),
      args => ({ allThreadsContinued: !isAlone(args) }),
    ),
    next: resume((strand, args) => ({
      kind: args.granularity === 'instruction' ? 'stage' : 'over',
      strand,
      alone: isAlone(args),
    })),
    stepIn: resume((strand, args) => {
      const target = args.targetId === undefined ? undefined : session.stepTargets[args.targetId - 1];
      if (args.targetId !== undefined && target === undefined)
        throw new Refusal(say`There is no target ${args.targetId}.`, { showUser: false });
      return { kind: 'into', strand, alone: isAlone(args), ...(target !== undefined && { target }) };
    }),
    stepOut: resume((strand, args) => ({ kind: 'out', strand, alone: isAlone(args) })),
    stepBack: request(onThread, {
      refuse: session.whenStopped,
      run: ({ threadId, granularity }, call) => {
        const strand = session.strandOf(threadId);
        session.forget();
        call.afterwards(() => {
          session.now().stepBack(strand, granularity === 'instruction' ? 'stage' : 'state');
        });
        return {};
      },
    }),
    reverseContinue: request(onThread, {
      refuse: session.whenStopped,
      run: (_args, call) => {
        const debuggee = session.now();
        session.forget();
        debuggee.setOff();
        call.afterwards(() => void debuggee.reverseContinue());
        return {};
      },
    }),
    pause: request(anything, {
      refuse: session.whenLaunched,
      run: () => {
        session.now().pause();
        return {};
      },
    }),
    restartFrame: request(object({ frameId: integer }), {
      refuse: session.whenStopped,
      run: ({ frameId }, call) => {
        const { strand } = session.frame(frameId);
        session.forget();
        call.afterwards(() => {
          session.now().jump(strand.path, { kind: 'restart' }, 'step');
        });
        return {};
      },
    }),
    gotoTargets: request(object({ source: sourceShape, line: integer, column: optional(integer) }), {
      refuse: session.whenStopped,
      run: ({ source, line, column }) => ({ targets: targetsOn(session, source.path ?? '', line, column) }),
    }),
    goto: request(object({ threadId: integer, targetId: integer }), {
      refuse: session.whenStopped,
      run: ({ threadId, targetId }, call) => goto(session, session.strandOf(threadId), targetId, call),
    }),
    stepInTargets: request(object({ frameId: integer }), {
      refuse: session.whenStopped,
      run: ({ frameId }) => ({ targets: targetsInside(session, session.frame(frameId).strand) }),
    }),
  };
}

function targetsOn(
  session: SessionContext,
  path: string,
  line: number,
  column: number | undefined,
): readonly DebugProtocol.GotoTarget[] {
  const place = placeFor(
    session.machinesIn(path),
    session.dialect.lineFrom(line),
    column === undefined ? undefined : session.dialect.columnFrom(column),
  );
  const state = place && stateAt(session.definition, place.state);
  if (!state) return [];
  const { lines } = session.definition.machineOf(state.pointer);
  const id = session.gotoTargets.push(state.pointer);
  return [{ id, label: state.name, ...session.dialect.range(state.key, lines) }];
}

function goto(session: SessionContext, path: StrandPath, targetId: number, call: Call): object {
  const pointer = session.gotoTargets[targetId - 1];
  const target = pointer === undefined ? undefined : stateAt(session.definition, pointer);
  if (!target) throw new Refusal(say`There is no target ${targetId}.`, { showUser: false });
  const strand = strandAt(session.now().recording.snapshot, path);
  if (!strand || target.scope.pointer !== strand.scope)
    throw new Refusal(
      say`'${target.name}' is in another scope: a strand can only go on with states beside its own.`,
    );
  session.forget();
  call.afterwards(() => {
    session.now().jump(path, { kind: 'state', state: target.pointer }, 'goto');
  });
  return {};
}

function targetsInside(session: SessionContext, strand: Strand): readonly DebugProtocol.StepInTarget[] {
  session.stepTargets = [];
  const compiled = stateOf(session.definition, strand);
  const { state } = compiled;
  if (state.type === 'Task') return executionInside(session, strand, state);
  const title = compiled.stages[strand.stage]?.name;
  const isBefore = title === 'parallel' || title === 'map';
  if (!strand.fork && !isBefore) return [];
  const scopes = innerScopes(state);
  const place = (pointer: Pointer): StrandPath => `${strand.path}${pointer.slice(strand.scope.length)}`;
  const [first] = scopes;
  if (state.type === 'Parallel')
    return scopes.map((scope, index) =>
      stepTarget(session, place(scope.pointer), say`Branch ${index}`, state),
    );
  if (!first) return [];
  const items: Json = strand.fork ? strand.fork.items : (strand.result ?? strand.data);
  const length = Array.isArray(items) ? items.length : 0;
  return Array.from({ length: Math.min(length, session.threads.most) }, (_, index) =>
    stepTarget(session, `${place(first.pointer)}[${index}]`, say`Iteration ${index}`, state),
  );
}

/** The execution that a task is going to start, or has started. */
function executionInside(
  session: SessionContext,
  strand: Strand,
  state: State,
): readonly DebugProtocol.StepInTarget[] {
  const { recording } = session.now();
  const { definition } = recording;
  const { waiting } = strand;
  const parameters = waiting?.kind === 'task' ? waiting.parameters : strand.data;
  const given = isJsonObject(parameters) ? parameters['StateMachineArn'] : undefined;
  const arn = arnIn(state);
  const machine = arn === undefined ? undefined : definition.started(typeof given === 'string' ? given : arn);
  if (!machine) return [];
  const { strands, invocations } = recording.snapshot;
  const invocation =
    waiting?.kind === 'task'
      ? waiting.invocation
      : (invocations[invocationKey(strands, strand, state.name)] ?? 0);
  const path = executionPath(strand, state.pointer, invocation);
  return [stepTarget(session, path, machine.name, state)];
}

function stepTarget(
  session: SessionContext,
  path: StrandPath,
  label: Words,
  state: State,
): DebugProtocol.StepInTarget {
  const id = session.stepTargets.push(path);
  return { id, label: `${state.name}: ${inWords(label, session.dialect.translate)}` };
}
