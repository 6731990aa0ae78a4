/** A script of this page as text: see `inlineScripts` in `scripts/mermaidTrim.mts`. */
declare module 'inline:*' {
  export const source: string;
}
