import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { readCodeActionData } from '#protocol/codeAction.ts';
import type { Analysis } from '#core/analysis/analysis.ts';
import { translateBy } from '#core/text/translate.ts';
import * as lsp from '#protocol/lsp.ts';
import * as service from '#service/languageService.ts';
import { provideColours } from './colours.ts';
import type { Documents } from './documents.ts';
import { provideGraph } from './graph/provideGraph.ts';
import { throwIfCancelled, type Handle } from './handle.ts';
import type { PlainJson } from './plainJson.ts';
import { findCalled, findImplementations, templatesOf } from './implementations.ts';
import type { SampleStore } from './samples.ts';
import type { SettingsStore } from './settings.ts';
import type { SurroundingsOf } from './surroundings.ts';
import { searchSymbols } from './symbolSearch.ts';
import type { Workspace } from './workspace.ts';

/** What the requests are answered from. */
export interface RequestContext {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly plainJson: PlainJson;
  readonly workspace: Workspace;
  readonly surroundingsOf: SurroundingsOf;
  readonly samples: SampleStore;
  readonly handle: Handle;
  readonly options: lsp.InitializationOptions;
  readonly client: ClientCapabilities;
}

/** The table of requests: each is one feature of the service. The answer is what the editor is told of them. */
export function answerRequests(context: RequestContext): ServerCapabilities {
  const { connection, documents, settings, plainJson, workspace, surroundingsOf, samples, handle, options } =
    context;
  const withSamples = afterSamples(documents, samples, handle);

  connection.onCompletion(
    withSamples(async (analysis, { position }, _sources, token) => {
      const templates = service.wantsCallables(analysis, position) ? await templatesOf(workspace, token) : [];
      const list = service.completion(analysis, position, templates);
      // Our client's editor completes by the schema itself.
      const known = list.items.length > 0 || options.commands;
      return known ? list : ((await plainJson.completion(analysis, position)) ?? list);
    }),
  );
  connection.onSignatureHelp(handle((analysis, params) => service.signatureHelp(analysis, params.position)));
  connection.onHover(
    withSamples(
      async (analysis, { position }, sources) =>
        service.hover(analysis, position, sources) ?? plainJson.hover(analysis, position),
    ),
  );

  connection.onDefinition(
    handle(async (analysis, params, token) => {
      // Inside of a definition nothing leads out of it.
      const around = service.isCompanion(analysis) ? await surroundingsOf(analysis, token) : undefined;
      const links = service.definition(analysis, params.position, around);
      return context.client.textDocument?.definition?.linkSupport === true ? links : links.map(toLocation);
    }),
  );
  connection.onImplementation(
    handle(async (analysis, params, token) => {
      const links = await findImplementations(workspace, analysis, params.position, token);
      return context.client.textDocument?.implementation?.linkSupport === true
        ? links
        : links.map(toLocation);
    }),
  );
  connection.onReferences(
    handle(async (analysis, params, token) => {
      const around = await surroundingsOf(analysis, token);
      return service.references(analysis, params.position, params.context, around);
    }),
  );
  connection.onDocumentHighlight(
    handle((analysis, params) => service.documentHighlight(analysis, params.position)),
  );
  connection.onDocumentSymbol(handle(analysis => service.documentSymbols(analysis)));
  connection.onWorkspaceSymbol(searchSymbols(documents, workspace));
  connection.onDocumentLinks(handle(analysis => service.documentLinks(analysis)));
  connection.languages.callHierarchy.onPrepare(
    handle((analysis, params) => service.prepareCallHierarchy(analysis, params.position)),
  );
  connection.languages.callHierarchy.onIncomingCalls((params, token) =>
    handle(analysis => service.incomingCalls(analysis, params.item))(ofItem(params.item), token),
  );
  connection.languages.callHierarchy.onOutgoingCalls((params, token) =>
    handle(analysis => service.outgoingCalls(analysis, params.item))(ofItem(params.item), token),
  );

  connection.onPrepareRename(
    handle((analysis, params) => allowed(service.prepareRename(analysis, params.position))),
  );
  connection.onRenameRequest(
    handle(async (analysis, params, token) => {
      const around = await surroundingsOf(analysis, token);
      return allowed(service.rename(analysis, params.position, params.newName, around));
    }),
  );
  connection.languages.onLinkedEditingRange(
    handle((analysis, params) => service.linkedEditingRanges(analysis, params.position)),
  );
  const abilities = abilitiesOf(context.client);
  connection.onCodeAction(
    handle(async (analysis, params, token) => {
      const { validate } = await settings.of(params.textDocument.uri);
      const { only } = params.context;
      const called = service.wantsCalled(analysis, params.range)
        ? await findCalled(workspace, analysis, params.range.start, token)
        : undefined;
      const actions = service.codeActions(analysis, params.range, validate, only, abilities, called);
      const showsDisabled = context.client.textDocument?.codeAction?.disabledSupport === true;
      return showsDisabled ? actions : actions.filter(({ disabled }) => disabled === undefined);
    }),
  );
  connection.onCodeActionResolve(async (action, token) => {
    const data = readCodeActionData(action.data);
    if (!data) return action;
    const resolve = handle(async analysis => {
      const { validate } = await settings.of(data.uri);
      return service.resolveCodeAction(analysis, action, data, validate, abilities);
    });
    return (await resolve({ textDocument: data }, token)) ?? action;
  });
  connection.onDocumentFormatting(
    handle(async (analysis, params) => {
      const { format } = await settings.of(params.textDocument.uri);
      return format.enable ? service.formatting(analysis, params.options) : [];
    }),
  );
  connection.onDocumentRangeFormatting(
    handle(async (analysis, params) => {
      const { format } = await settings.of(params.textDocument.uri);
      return format.enable ? service.formatting(analysis, params.options, params.range) : [];
    }),
  );
  connection.onDocumentOnTypeFormatting(
    handle(async (analysis, { textDocument, position, ch, options: layout }) => {
      const { format } = await settings.of(textDocument.uri);
      return format.enable ? service.onTypeFormatting(analysis, position, ch, layout) : [];
    }),
  );

  provideColours(connection, documents, handle);
  connection.languages.inlayHint.on(
    handle(async (analysis, params) => {
      const { inlayHints } = await settings.of(params.textDocument.uri);
      return service.inlayHints(analysis, params.range, inlayHints);
    }),
  );
  connection.onCodeLens(
    handle(async (analysis, params, token) => {
      const { codeLens } = await settings.of(params.textDocument.uri);
      if (!options.commands) return [];
      return service.codeLenses(analysis, codeLens, await surroundingsOf(analysis, token));
    }),
  );
  connection.onFoldingRanges(handle(analysis => service.foldingRanges(analysis)));
  connection.onSelectionRanges(
    handle((analysis, params) => service.selectionRanges(analysis, params.positions)),
  );

  connection.onRequest(
    lsp.stateAt,
    handle((analysis, params: lsp.StateAtParams) => service.stateIdAt(analysis, params.position)),
  );
  connection.onRequest(
    lsp.spanOfState,
    handle((analysis, params: lsp.SpanOfStateParams) => service.spanOfState(analysis, params)),
  );
  connection.onRequest(
    lsp.convertFormat,
    handle((analysis, _params: lsp.ConvertFormatParams): lsp.ConvertFormatResult =>
      allowed(service.convert(analysis)),
    ),
  );
  const translate = translateBy(options.texts ?? {});
  connection.onRequest(
    lsp.problemOfJson,
    guarded(
      lsp.isProblemOfJsonParams,
      ({ text }): lsp.ProblemOfJsonResult => service.problemOfJson(text, translate) ?? null,
    ),
  );
  connection.onRequest(
    lsp.addToJson,
    guarded(lsp.isAddToJsonParams, ({ text, addition }): lsp.AddToJsonResult =>
      allowed(service.addToJson(text, addition, translate)),
    ),
  );
  connection.onRequest(lsp.checkText, async ({ uri, text }: lsp.CheckTextParams) => {
    const { validate } = await settings.of(uri);
    return service.diagnostics(documents.analyzeFile(uri, text), validate);
  });
  provideGraph(connection, handle);

  return {
    completionProvider: { triggerCharacters: ['"', '$', '.', '[', '{', ':', ' ', "'"] },
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] },
    hoverProvider: true,
    definitionProvider: true,
    implementationProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: { label: 'Stepwise' },
    workspaceSymbolProvider: true,
    documentLinkProvider: {},
    callHierarchyProvider: true,
    renameProvider: { prepareProvider: true },
    linkedEditingRangeProvider: true,
    codeActionProvider: { codeActionKinds: [...service.codeActionKinds], resolveProvider: true },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: service.onTypeTriggers[0],
      moreTriggerCharacter: service.onTypeTriggers.slice(1),
    },
    semanticTokensProvider: { legend: service.semanticTokensLegend, full: { delta: true }, range: true },
    inlayHintProvider: true,
    codeLensProvider: {},
    foldingRangeProvider: true,
    selectionRangeProvider: true,
  };
}

/** Handles a request once the samples of its document are known; they are kept, so that it waits after changes only. */
function afterSamples(documents: Documents, samples: SampleStore, handle: Handle) {
  return <P extends { readonly textDocument: { readonly uri: string } }, R>(
    feature: (
      analysis: Analysis,
      params: P,
      sources: readonly service.SampleSource[],
      token: CancellationToken,
    ) => Promise<R>,
  ) =>
    handle(async (_before, params: P, token) => {
      const sources = await samples.of(params.textDocument.uri);
      throwIfCancelled(token);
      const analysis = documents.analysisOf(params.textDocument.uri);
      return analysis ? feature(analysis, params, sources, token) : null;
    });
}

function toLocation(link: ReturnType<typeof service.definition>[number]): {
  uri: string;
  range: typeof link.targetSelectionRange;
} {
  return { uri: link.targetUri, range: link.targetSelectionRange };
}

function abilitiesOf({ workspace, textDocument }: ClientCapabilities): service.EditorAbilities {
  const edit = workspace?.workspaceEdit;
  return {
    createsFiles: edit?.documentChanges === true && edit.resourceOperations?.includes('create') === true,
    resolvesEdits:
      textDocument?.codeAction?.dataSupport === true &&
      textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
  };
}

function ofItem(item: { readonly uri: string }): { readonly textDocument: { readonly uri: string } } {
  return { textDocument: { uri: item.uri } };
}

/** Answers parameters that are what they should be. */
function guarded<Params, Result>(
  isParams: (value: unknown) => value is Params,
  answer: (params: Params) => Result,
): (params: unknown) => Result {
  return params => {
    if (isParams(params)) return answer(params);
    throw new ResponseError(ErrorCodes.InvalidParams, 'The parameters are not those of the request.');
  };
}

/** A refusal is told to the user as the error of the request; anything else is the answer. */
function allowed<T extends object>(result: T | service.Refusal): T {
  if (!isRefusal(result)) return result;
  throw new ResponseError(LSPErrorCodes.RequestFailed, result.reason);
}

function isRefusal(result: object): result is service.Refusal {
  return 'kind' in result && result.kind === 'refused';
}
