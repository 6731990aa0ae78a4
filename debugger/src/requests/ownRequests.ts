import type { Json } from '#core/json.ts';
import {
  answerRequest,
  goOnRequest,
  inlineValuesRequest,
  iterationRequest,
  mockCaseRequest,
  momentRequest,
  reloadRequest,
  type InlineValuesReply,
  type ReloadReply,
} from '#protocol/debugHost.ts';
import { callsIn } from '../answers.ts';
import { Cancelled, Refusal, request, type RequestTable } from '../connection.ts';
import type { SessionContext } from '../context.ts';
import { stateAt, type Definition } from '../definition.ts';
import { readDefinition } from '../launch.ts';
import { mockFileFrom } from '../mocks.ts';
import { preview } from '#core/preview.ts';
import { inWords, say } from '#core/text/message.ts';
import { inlineValues } from '../scopes.ts';
import { anything, boolean, integer, object, oneOf, optional, string } from '../shape.ts';

/** Requests beyond the protocol: answers of tasks, mock cases, hot reload, moments. */
export function ownRequests(session: SessionContext): RequestTable {
  return {
    [answerRequest]: request(
      object({
        request: integer,
        kind: oneOf('succeeded', 'failed', 'heartbeat'),
        output: anything,
        error: optional(string),
        cause: optional(string),
        holds: optional(boolean),
      }),
      {
        refuse: session.whenStopped,
        run: ({ request: id, kind, output, error, cause, holds }, call) => {
          if (kind === 'heartbeat') session.now().heartbeat();
          else if (kind === 'failed') session.answer(id, { kind, error, cause }, call, { holds });
          else session.answer(id, { kind, output: (output ?? null) as Json }, call, { holds });
          return {};
        },
      },
    ),
    [goOnRequest]: request(object({}), {
      refuse: session.whenStopped,
      run: (_, call) => {
        session.goOn(call);
        return {};
      },
    }),
    [mockCaseRequest]: request(object({ name: string }), {
      refuse: session.whenLaunched,
      run: ({ name }) => {
        const debuggee = session.now();
        return { mockFile: mockFileFrom(callsIn(debuggee.recording), debuggee.launched.machineName, name) };
      },
    }),
    [reloadRequest]: request(anything, { refuse: session.whenStopped, run: () => reload(session) }),
    [inlineValuesRequest]: request(object({ frameId: optional(integer) }), {
      refuse: session.whenStopped,
      run: ({ frameId }): InlineValuesReply => {
        const { strand } = session.scene(frameId);
        const { lines } = session.definition.machineOf(strand.state);
        return {
          values: inlineValues(session.now().recording, strand).map(({ offset, value }) => ({
            ...session.dialect.place(lines.positionAt(offset)),
            text: preview(value, session.secrets, 100),
          })),
        };
      },
    }),
    [momentRequest]: request(object({ position: integer }), {
      refuse: () => (session.debuggee?.isOver === true ? undefined : session.whenStopped()),
      run: ({ position }, call) => {
        session.forget();
        call.afterwards(() => {
          session.now().goToMoment(position);
        });
        return {};
      },
    }),
    [iterationRequest]: request(object({ state: string, index: optional(integer) }), {
      refuse: session.whenLaunched,
      run: ({ state, index }, call) => {
        if (stateAt(session.definition, state)?.type !== 'Map')
          throw new Refusal(say`There is no Map state ${state}.`, { showUser: false });
        call.afterwards(() => {
          session.now().chooseIteration(state, index);
        });
        return {};
      },
    }),
  };
}

/** Goes on with the text of the definition as it is now. */
async function reload(session: SessionContext): Promise<ReloadReply> {
  const begun = session.begun;
  if (!begun) throw new Cancelled();
  const { translate } = session.dialect;
  let definition: Definition;
  try {
    definition = await readDefinition(begun.args, session.platform.files);
  } catch (error) {
    if (error instanceof Refusal) return { refused: inWords(error.reason, translate) };
    throw error;
  }
  session.refuseWhileRunning();
  const old = new Map(session.definition.machines.map(({ pointer, text }) => [pointer, text]));
  const edited = definition.machines.filter(({ pointer, text }) => old.get(pointer) !== text);
  if (edited.length === 0) return {};
  const refused = session.now().redefine(definition);
  if (refused !== undefined) return { refused: inWords(refused, translate) };
  session.variables.clear();
  session.standOn(session.now().launched);
  for (const path of new Set(edited.map(machine => machine.path)))
    session.connection.event('loadedSource', { reason: 'changed', source: session.dialect.source(path) });
  session.print(say`The edited definition is used from here on.`);
  session.invalidate();
  return {};
}
