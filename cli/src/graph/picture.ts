import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '#cli/command.ts';
import { reasonOf } from '#cli/files.ts';
import type { ExecutionView } from '#protocol/execution.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import type { ToPage } from '#protocol/webview.ts';

export interface PictureRequest {
  readonly drawing: GraphDrawing;
  readonly execution: ExecutionView | undefined;
  readonly format: 'svg' | 'png';
  readonly theme: 'light' | 'dark';
  readonly scale: number;
}

/**
 * Draws with the graph's own page in a browser without a window: the picture is the one that VS Code
 * shows. Gives SVG text, or PNG in base64.
 */
export async function drawPicture(browser: string, request: PictureRequest): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stepwise-graph-'));
  try {
    const page = path.join(folder, 'graph.html');
    await writeFile(page, await html(request));
    const { stdout } = await promisify(execFile)(
      browser,
      [
        '--headless',
        '--disable-gpu',
        '--no-first-run',
        `--user-data-dir=${path.join(folder, 'profile')}`,
        // Chromium refuses to run as root otherwise; the page is our own and asks for nothing.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--virtual-time-budget=120000',
        '--dump-dom',
        `file://${page}`,
      ],
      { maxBuffer: 1 << 30, timeout: 120_000 },
    );
    const [, kind, content] =
      /<textarea id="result" data-kind="(\w+)">([\s\S]*?)<\/textarea>/.exec(stdout) ?? [];
    if (kind === 'export' && content !== undefined) return unescapeHtml(content);
    throw new UsageError(
      `The graph could not be drawn: ${unescapeHtml(content ?? 'the browser gave no picture')}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export async function save(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    const isFolderMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = isFolderMissing ? `there is no folder ${path.dirname(file)}` : reasonOf(error);
    throw new UsageError(`${file} cannot be written: ${reason}`);
  }
}

/** The path of a Chromium or Chrome: the one that `CHROMIUM` names, or the first in the usual places. */
export function chromium(): string {
  const chosen = process.env['CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new UsageError(`CHROMIUM names ${chosen}, which does not exist.`);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = [
    ...names.flatMap(name => folders.map(folder => path.join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ].find(file => existsSync(file));
  if (found !== undefined) return found;
  throw new UsageError(
    'Pictures are drawn by Chromium or Chrome, and none was found. Install one, name one in CHROMIUM, or choose --format mermaid.',
  );
}

/** The graph's page with an answer to everything that it would ask VS Code. */
async function html(request: PictureRequest): Promise<string> {
  const folder = pageFolder();
  const script = await readFile(path.join(folder, 'main.js'), 'utf8');
  const style = await readFile(path.join(folder, 'style.css'), 'utf8');
  const messages: readonly ToPage[] = [
    {
      type: 'drawing',
      sequence: 1,
      uri: '',
      title: '',
      drawing: request.drawing,
      layout: { machine: 0, direction: 'TB' },
      machines: [],
      note: '',
    },
    { type: 'execution', view: request.execution, source: 'gone' },
    { type: 'export', format: request.format, scale: request.scale },
  ];
  return `<!DOCTYPE html>
<html style="${themes[request.theme]}">
<head><meta charset="utf-8"><style>${style}</style></head>
<body class="stepwise">
<script>
const messages = ${JSON.stringify(messages).replaceAll('<', '\\u003C')};
const [drawing, ...others] = messages;
const finish = (kind, content) => {
  const result = document.createElement('textarea');
  result.id = 'result';
  result.dataset.kind = kind;
  result.textContent = content;
  document.body.replaceChildren(result);
};
const answers = {
  ready: () => window.postMessage(drawing, '*'),
  drawn: () => others.forEach(message => window.postMessage(message, '*')),
  failed: ({ message }) => finish('failed', message),
  export: ({ content }) => finish('export', content),
};
window.acquireVsCodeApi = () => ({
  postMessage: message => answers[message.type]?.(message),
  getState: () => undefined,
  setState: () => undefined,
});
</script>
<script>${script.replaceAll('</script', String.raw`<\/script`)}</script>
</body>
</html>`;
}

/** Beside the bundled command, or where the build puts it when the command runs from its sources. */
function pageFolder(): string {
  const folders = ['../webview', '../../../dist/webview'].map(folder =>
    path.join(import.meta.dirname, folder),
  );
  const found = folders.find(folder => existsSync(path.join(folder, 'main.js')));
  if (found === undefined) throw new UsageError('The page that draws is not built: run npm run build.');
  return found;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', '\u00A0')
    .replaceAll('&amp;', '&');
}

const shared = {
  'font-family': 'system-ui, sans-serif',
  'charts-orange': '#c27700',
};
const themes: Readonly<Record<PictureRequest['theme'], string>> = {
  light: variables({
    ...shared,
    'editor-background': '#ffffff',
    foreground: '#3b3b3b',
    descriptionForeground: '#5c5c5c',
    'charts-blue': '#0063d3',
    'charts-purple': '#652d90',
    'charts-green': '#388a34',
    'charts-red': '#d11a0a',
    'charts-yellow': '#bf8803',
    'editorError-foreground': '#d11a0a',
    'editorWarning-foreground': '#bf8803',
    focusBorder: '#005fb8',
  }),
  dark: variables({
    ...shared,
    'editor-background': '#1f1f1f',
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    'charts-blue': '#59a4f9',
    'charts-purple': '#b180d7',
    'charts-green': '#89d185',
    'charts-red': '#f14c4c',
    'charts-yellow': '#cca700',
    'editorError-foreground': '#f14c4c',
    'editorWarning-foreground': '#cca700',
    focusBorder: '#0078d4',
  }),
};

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, value]) => `--vscode-${name}: ${value}`)
    .join('; ');
}
