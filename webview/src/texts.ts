import { filled, readGraphTexts, type GraphTexts } from '#protocol/graphTexts.ts';

/** The page's texts in the user's language, as the extension has put them into the document. */
export const texts: GraphTexts = readGraphTexts(given());

export { filled };

/** English where nobody has: the command line draws with this page, too. */
function given(): unknown {
  const content = document.querySelector('#texts')?.textContent;
  return content === undefined ? undefined : (JSON.parse(content) as unknown);
}
