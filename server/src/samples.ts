import type { Connection } from 'vscode-languageserver';
import type { Analysis } from '#core/analysis/analysis.ts';
import { isJsonObject, type Json } from '#core/json.ts';
import { toJson } from '#core/syntax/toJson.ts';
import type { InitializationOptions } from '#protocol/lsp.ts';
import { lastInput, type LastInputParams } from '#protocol/workspaceFiles.ts';
import * as service from '#service/languageService.ts';
import type { Documents } from './documents.ts';
import { describe } from './handle.ts';
import type { Platform } from './platform.ts';
import type { SurroundingsOf } from './surroundings.ts';
import { unhurried } from './unhurried.ts';
import type { Workspace } from './workspace.ts';

/** The sample inputs of open documents; read when first asked for, and again after anything around has changed. */
export interface SampleStore {
  /** What is known of the document rests on its samples once this resolves. */
  readonly of: (uri: string) => Promise<readonly service.SampleSource[]>;
}

export function followSamples(
  connection: Connection,
  documents: Documents,
  workspace: Workspace,
  surroundingsOf: SurroundingsOf,
  options: InitializationOptions,
  platform: Platform,
): SampleStore {
  const known = new Map<string, Promise<readonly service.SampleSource[]>>();
  const last = new Map<string, Loaded>();
  workspace.onDidChange(() => known.clear());
  documents.onDidClose(uri => {
    known.delete(uri);
    last.delete(uri);
  });
  const read = async (uri: string): Promise<readonly service.SampleSource[]> => {
    const analysis = documents.analysisOf(uri);
    if (!analysis || service.isCompanion(analysis) || analysis.machines.length === 0) return [];
    const around = await surroundingsOf(analysis);
    const [files, lastInputOfUri] = await Promise.all([
      readInputs(workspace, service.inputUrisOf(analysis, around)),
      options.files ? askLast(connection, uri) : undefined,
    ]);
    const sources = service.sampleSources(analysis, around, { files, last: lastInputOfUri });
    const before = last.get(uri);
    // While nothing is different, what was analysed and tried with them stays.
    if (before && isSame(before, { sources, mocks: around.mocks })) return before.sources;
    last.set(uri, { sources, mocks: around.mocks });
    const samples = service.samplesFrom(analysis, sources, around);
    if (samples || before) documents.knowOf(uri, samples ? { samples } : {});
    return sources;
  };
  const of = (uri: string): Promise<readonly service.SampleSource[]> => {
    const before = known.get(uri);
    if (before) return before;
    const sources = read(uri).catch((error: unknown) => {
      connection.console.warn(`No samples: ${describe(error)}`);
      return [];
    });
    known.set(uri, sources);
    return sources;
  };
  const trial = unhurried(platform);
  documents.onDidClose(trial.forget);
  const prepare = async (uri: string): Promise<void> => {
    const version = documents.analysisOf(uri)?.source.version;
    await platform.pause(calm);
    const isNewest = (): boolean => documents.analysisOf(uri)?.source.version === version;
    if (version === undefined || !isNewest()) return;
    const sources = await of(uri);
    const analysis = documents.analysisOf(uri);
    if (!analysis || sources.length === 0) return;
    const isWanted = (): boolean => documents.analysisOf(uri) === analysis;
    await trial.run(uri, () => service.trySamplesInSteps(analysis, sources), isWanted);
  };
  documents.onDidChange(uri => {
    prepare(uri).catch((error: unknown) => connection.console.error(describe(error)));
  });
  return { of };
}

/** Samples are tried before a hover asks for them, once so many milliseconds have passed without a keystroke. */
const calm = 500;

interface Loaded {
  readonly sources: readonly service.SampleSource[];
  readonly mocks: readonly Analysis[];
}

function isSame(before: Loaded, now: Loaded): boolean {
  return (
    before.mocks.length === now.mocks.length &&
    before.mocks.every((mocks, index) => mocks === now.mocks[index]) &&
    textOf(before.sources) === textOf(now.sources)
  );
}

function textOf(sources: readonly service.SampleSource[]): string {
  return JSON.stringify(
    sources.map(({ machine, label, input, answers }) => [machine, label, input, answers?.testCase]),
  );
}

async function readInputs(workspace: Workspace, uris: readonly string[]): Promise<ReadonlyMap<string, Json>> {
  const inputs = new Map<string, Json>();
  for (const uri of uris) {
    const { root, problems } = (await workspace.analysisOf(uri))?.syntax ?? {};
    if (root && problems?.length === 0) inputs.set(uri, toJson(root));
  }
  return inputs;
}

async function askLast(connection: Connection, uri: string): Promise<Json | undefined> {
  // A client that answers for files need not remember runs.
  const answer: unknown = await connection
    .sendRequest(lastInput, { uri } satisfies LastInputParams)
    .catch(() => undefined);
  return isJson(answer) && answer !== null ? answer : undefined;
}

/** What comes as a message is JSON already; functions and the like cannot come. */
function isJson(value: unknown): value is Json {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Array.isArray(value) ? value.every(isJson) : isJsonObject(value as Json);
}
