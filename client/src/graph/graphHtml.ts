import type { Uri, Webview } from 'vscode';

/** What the page loads; both lie in the extension's `dist/webview`. */
export interface PageFiles {
  readonly script: Uri;
  readonly style: Uri;
}

/**
 * The page of the graph. Its policy forbids everything but our own script and styles: no network, no
 * inline script, no `eval`. Mermaid writes styles into the drawing, hence `unsafe-inline` for styles; the
 * layout of large graphs runs in a worker that the script makes of text it holds, hence `blob:`.
 */
export function graphHtml(webview: Webview, files: PageFiles, title: string): string {
  const nonce = randomNonce();
  const source = webview.cspSource;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'unsafe-inline'`,
    `img-src ${source} data:`,
    `font-src ${source}`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(webview.asWebviewUri(files.style).toString())}">
<title>${escapeAttribute(title)}</title>
</head>
<body class="stepwise">
<main id="graph"></main>
<script nonce="${nonce}" src="${escapeAttribute(webview.asWebviewUri(files.script).toString())}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function randomNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
