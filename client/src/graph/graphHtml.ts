import type { Uri, Webview } from 'vscode';
import type { GraphTexts } from '#protocol/graphTexts.ts';

export interface PageParts {
  /** What the page loads; both lie in the extension's `dist/webview`. */
  readonly script: Uri;
  readonly style: Uri;
  readonly title: string;
  /** All that the page says by itself, in the language of VS Code: `de`. */
  readonly texts: GraphTexts;
  readonly language: string;
}

/**
 * The page of the graph. Its policy forbids everything but our own script and styles: no network, no
 * inline script, no `eval`. Mermaid writes styles into the drawing, hence `unsafe-inline` for styles; the
 * layout of large graphs runs in a worker that the script makes of text it holds, hence `blob:`.
 */
export function graphHtml(webview: Webview, parts: PageParts): string {
  const { script, style, title, texts, language } = parts;
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
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(webview.asWebviewUri(style).toString())}">
<title>${escapeAttribute(title)}</title>
</head>
<body class="stepwise">
<main id="graph"></main>
<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', String.raw`\u003C`)}</script>
<script nonce="${nonce}" src="${escapeAttribute(webview.asWebviewUri(script).toString())}"></script>
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
