import { env, l10n, Uri, window, workspace, type ExtensionContext } from 'vscode';

/** Asks where to save a picture of the graph, beside the definition at first, and writes it. */
export async function savePicture(definition: Uri, format: 'svg' | 'png', content: string): Promise<void> {
  const stem = (definition.path.split('/').at(-1) ?? 'graph').replace(/\.[^/]*$/, '').replace(/\.asl$/, '');
  const target = await window.showSaveDialog({
    defaultUri: Uri.joinPath(definition, '..', `${stem}.${format}`),
    filters: format === 'svg' ? { SVG: ['svg'] } : { PNG: ['png'] },
  });
  if (!target) return;
  const bytes = format === 'svg' ? new TextEncoder().encode(content) : bytesOf(content);
  await workspace.fs.writeFile(target, bytes);
  const open = l10n.t('Open');
  const choice = await window.showInformationMessage(
    l10n.t('Saved {0}', target.path.split('/').at(-1) ?? ''),
    open,
  );
  if (choice === open) await env.openExternal(target);
}

/** Opens the picture as a page in the browser, which prints it: a webview cannot print. */
export async function printPicture(context: ExtensionContext, title: string, svg: string): Promise<void> {
  const page = `<!DOCTYPE html><meta charset="utf-8"><title>${escapeText(title)}</title>
<style>@page { margin: 10mm } body { margin: 0 } svg { max-width: 100%; height: auto }</style>
${svg}<script>addEventListener('load', () => print())</script>`;
  await workspace.fs.createDirectory(context.globalStorageUri);
  const target = Uri.joinPath(context.globalStorageUri, 'graph.html');
  await workspace.fs.writeFile(target, new TextEncoder().encode(page));
  if (target.scheme !== 'file' || !(await env.openExternal(target)))
    void window.showWarningMessage(
      l10n.t('This window cannot open a browser to print. Save the graph as SVG and print that.'),
    );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
}
