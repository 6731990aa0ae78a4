/** The face of the layer: one function a feature, from an `Analysis` to the data of the Language Server Protocol. */
export { incomingCalls, outgoingCalls, prepareCallHierarchy } from './features/callHierarchy.ts';
export {
  codeActionKinds,
  codeActions,
  resolveCodeAction,
  type CodeActionData,
  type EditorAbilities,
} from './features/codeActions/codeActions.ts';
export { wantsCalled } from './features/codeActions/refactorings.ts';
export { codeLenses } from './features/codeLens.ts';
export { wantsCallables } from './features/completion/callables.ts';
export { completion } from './features/completion/completion.ts';
export { convert } from './features/convert.ts';
export { definition } from './features/definition.ts';
export { diagnostics } from './features/diagnostics.ts';
export { documentHighlight } from './features/documentHighlight.ts';
export { documentLinks } from './features/documentLinks.ts';
export { documentSymbols } from './features/documentSymbols.ts';
export { foldingRanges } from './features/foldingRanges.ts';
export { formatting } from './features/formatting.ts';
export { onTypeFormatting, onTypeTriggers } from './features/onTypeFormatting.ts';
export { hover } from './features/hover/hover.ts';
export {
  implementationLink,
  machineBehind,
  implementations,
  type Deployed,
  type Implementation,
} from './features/implementation.ts';
export { inlayHints } from './features/inlayHints.ts';
export { linkedEditingRanges } from './features/linkedEditing.ts';
export { references } from './features/references.ts';
export { prepareRename, rename, type Refusal } from './features/rename.ts';
export { addToJson, problemOfJson } from './features/plainJson.ts';
export { selectionRanges } from './features/selectionRanges.ts';
export { semanticTokens, semanticTokensLegend } from './features/semanticTokens.ts';
export { signatureHelp } from './features/signatureHelp.ts';
export { spanOfState, stateIdAt } from './features/states.ts';
export { symbolsLike, symbolsOf } from './features/workspaceSymbols.ts';
export { trySamplesInSteps } from './samples/rehearsals.ts';
export { inputUrisOf, sampleSources, samplesFrom, type SampleSource } from './samples/sources.ts';
export {
  definitionUrisOf,
  isCompanion,
  knowledgeOfNames,
  type Surroundings,
} from './surroundings/surroundings.ts';
