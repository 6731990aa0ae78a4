import type { DebugProtocol } from '@vscode/debugprotocol';
import { Refusal, request, type RequestTable } from '../connection.ts';
import type { SessionContext } from '../context.ts';
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
      run: () => ({ modules: [module(session)], totalModules: 1 }),
    }),
    source: request(object({ source: optional(sourceShape), sourceReference: optional(integer) }), {
      refuse: session.whenLaunched,
      run: ({ source }) => content(session, source?.path ?? ''),
    }),
  };
}

function module(session: SessionContext): DebugProtocol.Module & { readonly states: number } {
  const { path, machine } = session.definition;
  return {
    id: path,
    name: session.now().launched.machineName,
    path,
    isUserCode: true,
    symbolStatus: `${machine.machine.queryLanguage}, ${machine.workflowType ?? 'STANDARD'}`,
    states: machine.machine.states.length,
  };
}

async function content(session: SessionContext, path: string): Promise<object> {
  const { launched } = session.now();
  const known = launched.files.find(file => fileKey(file) === fileKey(path));
  if (known === undefined) throw new Refusal(`'${fileName(path)}' is not part of the execution.`);
  if (fileKey(known) === fileKey(session.definition.path)) return { content: session.definition.text };
  return { content: await session.platform.files.read(known) };
}
