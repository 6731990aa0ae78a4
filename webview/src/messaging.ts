import { members } from '#protocol/members.ts';
import { readToPage, type FromPage, type ToPage } from '#protocol/webview.ts';
import { viewModes, type Placed } from './viewport.ts';

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
  readonly placed: Placed | undefined;
}

export function readState(): PageState | undefined {
  const state = host.getState();
  if (typeof state !== 'object' || state === null || !('uri' in state) || typeof state.uri !== 'string')
    return undefined;
  return { uri: state.uri, placed: 'placed' in state ? readPlaced(state.placed) : undefined };
}

function readPlaced(value: unknown): Placed | undefined {
  const { view, mode, space } = members(value);
  const { x, y, scale } = members(view);
  const { width, height } = members(space);
  const known = viewModes.find(name => name === mode);
  const isView = typeof x === 'number' && typeof y === 'number' && typeof scale === 'number';
  if (!isView || !known || typeof width !== 'number' || typeof height !== 'number') return undefined;
  return { view: { x, y, scale }, mode: known, space: { width, height } };
}

export function writeState(state: PageState): void {
  host.setState(state);
}
