import type { Rule } from '#core/analysis/rule.ts';
import { say } from '#core/text/message.ts';

const largest = 1_048_576;

/** A definition that is too large to be deployed. */
export const definitionOver1Mb: Rule = {
  code: 'quota/definition-over-1mb',
  severity: 'error',
  summary: 'A definition has at most 1 MB.',
  explanation:
    'AWS refuses larger ones. Blanks and line breaks count: a definition without them may still fit. Else move parts into state machines of their own.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  example: '',
  *check({ site, analysis }) {
    const { text } = analysis.source;
    if (site.node.end - site.node.start <= largest / 3) return;
    const size = utf8Size(text.slice(site.node.start, site.node.end));
    if (size <= largest) return;
    yield {
      start: site.node.start,
      end: site.node.start + 1,
      message: say`The definition has ${(size / largest).toFixed(1)} MB; AWS takes at most 1 MB.`,
    };
  },
};

function utf8Size(text: string): number {
  let size = text.length;
  for (const { 0: character } of text.matchAll(/[\u0080-\uffff]/g)) {
    const unit = character.charCodeAt(0);
    // A surrogate pair has four bytes for two units, everything else behind U+07FF three for one.
    size += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return size;
}
