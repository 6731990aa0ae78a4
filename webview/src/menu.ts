import { element } from './elements.ts';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same, as it is shown. */
  readonly key?: string;
  readonly act: () => void;
}

let open: { readonly close: () => void } | undefined;

/** Opens a menu at a point of the window. Arrow keys move in it, Escape and clicks elsewhere close it. */
export function openMenu(
  body: HTMLElement,
  title: string,
  items: readonly MenuItem[],
  x: number,
  y: number,
): void {
  open?.close();
  const before = document.activeElement;
  const close = (): void => {
    root.remove();
    open = undefined;
    window.removeEventListener('pointerdown', closeOutside, true);
    window.removeEventListener('blur', close);
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true });
  };
  const closeOutside = (event: Event): void => {
    if (!(event.target instanceof Node && root.contains(event.target))) close();
  };
  const buttons = items.map(({ label, key, act }) => {
    const item = element(
      'button',
      'menu-item',
      { type: 'button', role: 'menuitem', tabindex: '-1' },
      element('span', '', {}, label),
      ...(key === undefined ? [] : [element('kbd', '', {}, key)]),
    );
    item.addEventListener('click', () => {
      close();
      act();
    });
    return item;
  });
  const root = element('div', 'menu', { role: 'menu', 'aria-label': title }, ...buttons);
  root.addEventListener('keydown', event => {
    const at = buttons.findIndex(item => item === document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key === 'ArrowDown') buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons[(at - 1 + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Home') buttons[0]?.focus();
    else if (event.key === 'End') buttons.at(-1)?.focus();
    else return;
    event.stopPropagation();
    event.preventDefault();
  });
  // Inside of a landmark, as everything on the page.
  (body.querySelector('header') ?? body).append(root);
  root.style.left = `${Math.max(4, Math.min(x, body.clientWidth - root.offsetWidth - 4))}px`;
  root.style.top = `${Math.max(4, Math.min(y, body.clientHeight - root.offsetHeight - 4))}px`;
  window.addEventListener('pointerdown', closeOutside, true);
  window.addEventListener('blur', close);
  buttons[0]?.focus();
  open = { close };
}
