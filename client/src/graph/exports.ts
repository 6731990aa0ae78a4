import { env, l10n, UIKind, Uri, window, workspace, type ExtensionContext } from 'vscode';
import { largestPng } from '#protocol/webview.ts';

/** Asks where to save a picture of the graph, beside the definition at first, and writes it. */
export async function savePicture(definition: Uri, format: 'svg' | 'png', content: string): Promise<void> {
  const bytes = format === 'svg' ? new TextEncoder().encode(content) : bytesOf(content);
  const target = await save(definition, format, bytes);
  if (!target) return;
  const open = l10n.t('Open');
  const choice = await window.showInformationMessage(l10n.t('Saved {0}', baseName(target)), open);
  if (choice === open) await env.openExternal(target);
}

/** Asks how large a PNG shall be, of a picture of so many pixels; gives how it is enlarged. */
export async function choosePngScale({ width, height }: Size): Promise<number | undefined> {
  const fitting = [1, 2, 3, 4].filter(scale => scale === 1 || scale * Math.max(width, height) <= largestPng);
  const pixels = (length: number, scale: number): string => String(Math.ceil(length * scale));
  const chosen = await window.showQuickPick(
    fitting.map(scale => ({
      label: `${scale}×`,
      description: l10n.t('{0} × {1} pixels', pixels(width, scale), pixels(height, scale)),
      scale,
    })),
    { title: l10n.t('How large shall the picture be?') },
  );
  return chosen?.scale;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Opens the picture as a page in the browser, which prints it: a webview cannot print. Where the browser
 * is on another machine than the extension, or sees no files, the page is saved where the user wants it.
 */
export async function printPicture(
  context: ExtensionContext,
  definition: Uri,
  title: string,
  svg: string,
): Promise<void> {
  const page = new TextEncoder().encode(printable(title, svg));
  const folder = context.globalStorageUri;
  const canOpen = folder.scheme === 'file' && env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  if (canOpen) {
    await workspace.fs.createDirectory(folder);
    const target = Uri.joinPath(folder, 'graph.html');
    await workspace.fs.writeFile(target, page);
    if (await env.openExternal(target)) return;
  }
  const target = await save(definition, 'html', page);
  if (target)
    void window.showInformationMessage(
      l10n.t('Saved {0}. It prints itself when a browser opens it.', baseName(target)),
    );
}

function printable(title: string, svg: string): string {
  return `<!DOCTYPE html><meta charset="utf-8"><title>${escapeText(title)}</title>
<style>@page { margin: 10mm } body { margin: 0 } svg { max-width: 100%; height: auto }</style>
${svg}<script>addEventListener('load', () => print())</script>`;
}

const filters = { svg: { SVG: ['svg'] }, png: { PNG: ['png'] }, html: { HTML: ['html'] } };

async function save(
  definition: Uri,
  format: keyof typeof filters,
  bytes: Uint8Array,
): Promise<Uri | undefined> {
  const stem = baseName(definition)
    .replace(/\.[^.]*$/, '')
    .replace(/\.asl$/, '');
  const target = await window.showSaveDialog({
    defaultUri: Uri.joinPath(definition, '..', `${stem === '' ? 'graph' : stem}.${format}`),
    filters: filters[format],
  });
  if (target) await workspace.fs.writeFile(target, bytes);
  return target;
}

function baseName(uri: Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
}
