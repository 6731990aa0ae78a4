/** Makes an element of the page with its class, attributes and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  created.className = className;
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

export const svgNamespace = 'http://www.w3.org/2000/svg';

/** Makes an element of a picture with its class. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  className: string,
): SVGElementTagNameMap[Name] {
  const created = document.createElementNS(svgNamespace, name);
  created.setAttribute('class', className);
  return created;
}

/** Strokes on a grid of 16. */
const signs = {
  zoomIn: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.3 10.3l3.5 3.5M7 5v4M5 7h4',
  zoomOut: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.3 10.3l3.5 3.5M5 7h4',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 6.5h5v3h-5z',
  turn: 'M3 10.5V5.5A2.5 2.5 0 0 1 5.5 3h6M9 .8L11.5 3 9 5.2M.8 8.3L3 10.8l2.2-2.5M7 8h6.5v5.5H7z',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9zM10.3 10.3l3.5 3.5',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  back: 'M10.5 3L5 8l5.5 5M3 3v10',
  forward: 'M5.5 3L11 8l-5.5 5M13 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;
export type Sign = keyof typeof signs;

/** A button of the toolbar: a sign for eyes, a name for the tooltip and for screen readers. */
export function button(sign: Sign, name: string, act: () => void): HTMLButtonElement {
  const svg = svgElement('svg', 'tool-sign');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', signs[sign]);
  svg.append(path);
  const created = element(
    'button',
    `tool tool-${sign}`,
    { type: 'button', title: name, 'aria-label': name },
    svg,
  );
  created.addEventListener('click', act);
  return created;
}
