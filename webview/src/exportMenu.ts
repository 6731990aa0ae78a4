import type { Picture } from './draw.ts';
import { copyPng, pngOf, printedOf, sizeOf, svgOf } from './export.ts';
import type { MenuItem } from './menu.ts';
import { send } from './messaging.ts';
import { filled, texts } from './texts.ts';

/** How the menu's picture for the clipboard is enlarged: sharp where it is pasted, and not too large. */
const copiedScale = 2;

/** What the menu of the graph offers to take out of the page. */
export function exportItems(
  picture: Picture,
  actions: {
    /** Brings all marks up to date, as what leaves the page has them. */
    finish(): void;
    say(text: string): void;
  },
): readonly MenuItem[] {
  const item = (label: string, act: () => void): MenuItem => ({
    label,
    act: () => {
      actions.finish();
      act();
    },
  });
  const copyPicture = async (): Promise<void> => {
    try {
      await copyPng(picture, copiedScale);
      send({ type: 'copy', format: 'png', content: '' });
    } catch (error) {
      actions.say(filled(texts.notice.noCopy, error instanceof Error ? error.message : String(error)));
    }
  };
  return [
    item(texts.menu.saveSvg, () => {
      send({ type: 'export', format: 'svg', content: svgOf(picture) });
    }),
    item(texts.menu.savePng, () => {
      send({ type: 'savePng', ...sizeOf(picture) });
    }),
    item(texts.menu.copySvg, () => {
      send({ type: 'copy', format: 'svg', content: svgOf(picture) });
    }),
    item(texts.menu.copyPng, () => {
      void copyPicture();
    }),
    item(texts.menu.copyMermaid, () => {
      send({ type: 'copy', format: 'mermaid', content: '' });
    }),
    item(texts.menu.print, () => {
      send({ type: 'export', format: 'print', content: printedOf(picture) });
    }),
  ];
}

/** Answers the extension, which has asked for the picture in a format. */
export async function sendPicture(picture: Picture, format: 'svg' | 'png', scale: number): Promise<void> {
  const content = format === 'svg' ? svgOf(picture) : await pngOf(picture, scale);
  send({ type: 'export', format, content });
}
