/** The only markup of labels, ours and the paragraph that Mermaid puts around: tags without attributes. */
const ownTags = /<\/?[ibp]>|<br\/?>/g;
/** Characters that stand for themselves, by number or by one of the names that a browser writes. */
const entities = /&(?:#(\d{2,7})|amp|lt|gt|nbsp);/g;

/**
 * What DOMPurify makes of a label that holds nothing but text and our own markup: the same, as the browser
 * writes it. Nothing where there could be more in it: then DOMPurify has to look.
 */
export function purifiedByItself(label: string): string | undefined {
  let isPlain = true;
  const purified = label.replaceAll('<br/>', '<br>').replaceAll(entities, (entity, digits?: string) => {
    if (digits === undefined) return entity;
    const code = Number(digits);
    isPlain &&= isOrdinary(code);
    return isPlain ? written(code) : entity;
  });
  if (!isPlain || /[<>&\u00A0]/.test(label.replaceAll(ownTags, '').replaceAll(entities, '')))
    return undefined;
  return purified;
}

/** Whether the reference by number means the character of that number, in every context. */
function isOrdinary(code: number): boolean {
  return (code >= 32 && code < 127) || (code >= 160 && code < 0xd800) || (code > 0xdfff && code <= 0x10ffff);
}

function written(code: number): string {
  switch (code) {
    case 38:
      return '&amp;';
    case 60:
      return '&lt;';
    case 62:
      return '&gt;';
    case 160:
      return '&nbsp;';
    default:
      return String.fromCodePoint(code);
  }
}
