import type { CancellationToken, LocationLink, Position } from 'vscode-languageserver';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import * as service from '#service/languageService.ts';
import { throwIfCancelled } from './handle.ts';
import type { Workspace } from './workspace.ts';

/** Finds the source of what a Task calls: the templates say where it may be, the files which of it there is. */
export async function findImplementations(
  workspace: Workspace,
  analysis: Analysis,
  position: Position,
  token: CancellationToken,
): Promise<LocationLink[]> {
  const templates = await templatesOf(workspace, token);
  const definitionUris = await workspace.uris('definitions');
  const found = service.implementations(analysis, position, { templates, definitionUris });
  const files = await workspace.read([...new Set(found.flatMap(({ source }) => source.files))]);
  return found.flatMap(implementation => service.implementationLink(implementation, files) ?? []);
}

/** The state machine that a Task runs, where the workspace tells of one. */
export async function findCalled(
  workspace: Workspace,
  analysis: Analysis,
  position: Position,
  token: CancellationToken,
): Promise<MachineAnalysis | undefined> {
  const [link, ...others] = await findImplementations(workspace, analysis, position, token);
  if (!link || others.length > 0) return undefined;
  const { uri } = analysis.source;
  const file = link.targetUri === uri ? analysis : await workspace.analysisOf(link.targetUri);
  return file && service.machineBehind(file, link);
}

/** Every file of the workspace that may be a template; each is read once until it changes. */
export async function templatesOf(
  workspace: Workspace,
  token: CancellationToken,
): Promise<readonly Analysis[]> {
  const templates: Analysis[] = [];
  for await (const template of workspace.analyses('templates', token)) templates.push(template);
  throwIfCancelled(token);
  return templates;
}
