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

/** A button of the toolbar: a sign for eyes, a name for the tooltip and for screen readers. */
export function button(sign: string, name: string, act: () => void): HTMLButtonElement {
  const created = element('button', 'tool', { type: 'button', title: name, 'aria-label': name }, sign);
  created.addEventListener('click', act);
  return created;
}
