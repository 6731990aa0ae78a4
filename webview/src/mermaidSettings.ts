import type { MermaidConfig } from 'mermaid';

/**
 * How Mermaid draws. Labels must be HTML: as SVG text Mermaid 12 loses quotes and brackets of names.
 * The limits are far above what can be looked at; the server decides what is too much.
 */
export const mermaidSettings: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  layout: 'dagre',
  htmlLabels: true,
  look: 'classic',
  theme: 'base',
  suppressErrorRendering: true,
  logLevel: 'fatal',
  maxTextSize: 10_000_000,
  maxEdges: 100_000,
  fontFamily: 'var(--vscode-font-family)',
  // Colours are the style sheet's. The dot of a fork has them written into it.
  themeVariables: { fontSize: '13px', nodeBorder: 'var(--line)', mainBkg: 'transparent' },
  flowchart: {
    useMaxWidth: false,
    curve: 'basis',
    nodeSpacing: 40,
    rankSpacing: 40,
    padding: 10,
    wrappingWidth: 280,
    subGraphTitleMargin: { top: 8, bottom: 14 },
  },
};
