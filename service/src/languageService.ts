/** The face of the layer: one function a feature, from an `Analysis` to the data of the Language Server Protocol. */
export { completion } from './features/completion/completion.ts';
export { definition } from './features/definition.ts';
export { diagnostics } from './features/diagnostics.ts';
export { documentHighlight } from './features/documentHighlight.ts';
export { documentSymbols } from './features/documentSymbols.ts';
export { hover } from './features/hover/hover.ts';
export { references } from './features/references.ts';
export { prepareRename, rename, type Refusal } from './features/rename.ts';
export { spanOfState, stateIdAt } from './features/states.ts';
