import { readToPage, type FromPage, type ToPage } from '#protocol/webview.ts';

/** What VS Code gives a page; nothing but this file talks to it. */
interface Host {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();

export function send(message: FromPage): void {
  host.postMessage(message);
}

export function receive(handle: (message: ToPage) => void): void {
  window.addEventListener('message', event => {
    const message = readToPage(event.data);
    if (message) handle(message);
  });
}

/** What survives hiding the panel and reloading the window. */
export interface PageState {
  readonly uri: string;
  readonly view: { readonly x: number; readonly y: number; readonly scale: number } | undefined;
}

export function readState(): PageState | undefined {
  const state = host.getState();
  if (typeof state !== 'object' || state === null || !('uri' in state) || typeof state.uri !== 'string')
    return undefined;
  const view =
    'view' in state && typeof state.view === 'object' && state.view !== null ? state.view : undefined;
  const { x, y, scale } = (view ?? {}) as Partial<Record<'x' | 'y' | 'scale', unknown>>;
  const isView = typeof x === 'number' && typeof y === 'number' && typeof scale === 'number';
  return { uri: state.uri, view: isView ? { x, y, scale } : undefined };
}

export function writeState(state: PageState): void {
  host.setState(state);
}
