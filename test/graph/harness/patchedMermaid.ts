import mermaid from 'mermaid';
import { expectLayouts } from '#webview/layout/layout.ts';
import { mermaidSettings } from '#webview/mermaidSettings.ts';

mermaid.initialize(mermaidSettings);

/** Mermaid as the page has it, for a comparison with the published one. */
Object.assign(window, { patchedMermaid: mermaid, mermaidSettings, expectLayouts });
