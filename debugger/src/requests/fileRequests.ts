import type { DebugProtocol } from '@vscode/debugprotocol';
import { say } from '#core/text/message.ts';
import { Refusal, request, type RequestTable } from '../connection.ts';
import type { SessionContext } from '../context.ts';
import { moduleId, type WrittenMachine } from '../definition.ts';
import { fileKey, fileName } from '../dialect.ts';
import { anything, integer, object, optional, string } from '../shape.ts';

const sourceShape = object({ path: optional(string), name: optional(string) });

/** Requests about the files of an execution. */
export function fileRequests(session: SessionContext): RequestTable {
  return {
    loadedSources: request(anything, {
      refuse: session.whenLaunched,
      run: () => ({ sources: session.now().launched.files.map(path => session.dialect.source(path)) }),
    }),
    modules: request(object({ startModule: optional(integer), moduleCount: optional(integer) }), {
      refuse: session.whenLaunched,
      run: ({ startModule, moduleCount }) => {
        const { machines } = session.definition;
        const from = Math.max(0, startModule ?? 0);
        const page = machines.slice(
          from,
          moduleCount === undefined || moduleCount === 0 ? undefined : from + moduleCount,
        );
        return { modules: page.map(module), totalModules: machines.length };
      },
    }),
    source: request(object({ source: optional(sourceShape), sourceReference: optional(integer) }), {
      refuse: session.whenLaunched,
      run: ({ source }) => content(session, source?.path ?? ''),
    }),
  };
}

function module({
  pointer,
  path,
  name,
  analysis: { machine, workflowType },
}: WrittenMachine): DebugProtocol.Module & { readonly states: number } {
  return {
    id: moduleId({ pointer, path }),
    name,
    path,
    isUserCode: true,
    symbolStatus: `${machine.queryLanguage}, ${workflowType ?? 'STANDARD'}`,
    states: machine.states.length,
  };
}

async function content(session: SessionContext, path: string): Promise<object> {
  const { launched } = session.now();
  const known = launched.files.find(file => fileKey(file) === fileKey(path));
  if (known === undefined) throw new Refusal(say`'${fileName(path)}' is not part of the execution.`);
  const [machine] = session.machinesIn(path);
  if (machine) return { content: machine.text };
  return { content: await session.platform.files.read(known) };
}
