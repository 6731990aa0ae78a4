/**
 * The first sentence of a JSDoc text as plain words: no markup, no line breaks, at most 120 characters.
 *
 * The editor shows it beside a completion, where a paragraph would be cut anyway and would cost megabytes.
 */
export function firstSentence(jsDoc: string): string {
  const text = jsDoc
    .replace(/^\s*\*+ ?/gm, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .replace(/^(?:(?:Required|Optional|Note|Important|Conditional)[.:]? )+(?=[A-Z])/, '')
    .trim();
  const sentence =
    /^.*?[^.\s]{2,}[^.]?(?<!\b(?:e\.g|i\.e|vs|etc|U\.S|Inc))[.!?](?= [A-Z(]|$)/.exec(text)?.[0] ?? text;
  return shortened(sentence.replace(/\.$/, ''));
}

const longest = 120;

function shortened(sentence: string): string {
  if (sentence.length <= longest) return sentence;
  const cut = sentence.lastIndexOf(' ', longest - 1);
  return `${sentence.slice(0, cut > 0 ? cut : longest - 1).replace(/[\s,;:(]+$/, '')}…`;
}
