/** The face of the layer: one function a feature, from an `Analysis` to the data of the Language Server Protocol. */
export { completion } from './features/completion/completion.ts';
export { definition } from './features/definition.ts';
export { diagnostics } from './features/diagnostics.ts';
export { documentSymbols } from './features/documentSymbols.ts';
export { spanOfState, stateIdAt } from './features/states.ts';
