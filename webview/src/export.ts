import { largestPng } from '#protocol/webview.ts';
import type { Picture } from './draw.ts';
import { svgNamespace } from './elements.ts';
import { texts } from './texts.ts';
/** Around the picture, for badges that stand over its edge. */
const margin = 16;

/**
 * The picture as an SVG file that looks the same everywhere: colours and fonts are written into each
 * element, and labels are SVG text, as most programs but browsers do not show HTML inside of SVG.
 */
export function svgOf(picture: Picture): string {
  const { svg, layers } = picture;
  const copy = document.createElementNS(svgNamespace, 'svg');
  const { x, y } = svg.viewBox.baseVal;
  const [left, top] = [x - margin, y - margin];
  const { width: wide, height: high } = sizeOf(picture);
  copy.setAttribute('xmlns', svgNamespace);
  copy.setAttribute('viewBox', [left, top, wide, high].join(' '));
  copy.setAttribute('width', String(wide));
  copy.setAttribute('height', String(high));
  const { backgroundColor } = getComputedStyle(document.body);
  copy.append(make('rect', { x: left, y: top, width: wide, height: high, fill: backgroundColor }));
  for (const layer of [layers.ground, svg, layers.badges])
    for (const child of layer.children) {
      const copied = copyOf(child);
      if (copied) copy.append(copied);
    }
  colourHeads(copy);
  return new XMLSerializer().serializeToString(copy);
}

/** The picture as it is printed: in light colours, whatever the theme. Nothing of that is seen on the page. */
export function printedOf(picture: Picture): string {
  const { body } = document;
  const { className } = body;
  body.className = 'stepwise vscode-light is-on-paper';
  try {
    return svgOf(picture);
  } finally {
    body.className = className;
  }
}

/** Few programs but browsers know that a head can be as its line: each colour gets heads of its own. */
function colourHeads(picture: Element): void {
  const before = [...picture.querySelectorAll('marker')];
  const coloured = new Map<string, Element>();
  for (const line of picture.querySelectorAll('[marker-end]')) {
    const head = before.find(({ id }) => line.getAttribute('marker-end')?.includes(`#${id})`));
    const colour = line.getAttribute('stroke');
    if (!head || colour === null) continue;
    const key = `${head.id} ${colour}`;
    const known = coloured.get(key);
    const own = known ?? (head.cloneNode(true) as Element);
    if (!known) {
      own.id = `${head.id}-${coloured.size}`;
      for (const shape of own.querySelectorAll('[fill]')) shape.setAttribute('fill', colour);
      coloured.set(key, own);
      head.before(own);
    }
    line.setAttribute('marker-end', `url(#${own.id})`);
  }
  for (const head of before) head.remove();
}

/** How large a picture comes out, in pixels, if it is not enlarged. */
export function sizeOf({ width, height }: Picture): { readonly width: number; readonly height: number } {
  return { width: width + 2 * margin, height: height + 2 * margin };
}

/** The picture as PNG in base64, enlarged by a factor. */
export async function pngOf(picture: Picture, scale: number): Promise<string> {
  const canvas = await canvasOf(picture, scale);
  return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
}

/** Puts the picture on the clipboard as PNG; rejects where the browser does not let it. */
export async function copyPng(picture: Picture, scale: number): Promise<void> {
  // The clipboard is asked for at once, while the click that allows it still counts.
  const drawn = canvasOf(picture, scale).then(
    canvas =>
      new Promise<Blob>((resolve, reject) => {
        canvas.toBlob(blob => {
          if (blob) resolve(blob);
          else reject(new Error(texts.notice.noCanvas));
        }, 'image/png');
      }),
  );
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': drawn })]);
}

async function canvasOf(picture: Picture, scale: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const { width, height } = sizeOf(picture);
  const factor = Math.min(scale, largestPng / width, largestPng / height);
  canvas.width = Math.ceil(width * factor);
  canvas.height = Math.ceil(height * factor);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(texts.notice.noCanvas);
  context.scale(factor, factor);
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

const paints = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
] as const;
const fonts = ['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'] as const;
const geometry = ['d', 'x', 'y', 'width', 'height', 'rx', 'ry', 'cx', 'cy', 'r', 'points', 'transform'];
const markers = [
  'marker-start',
  'marker-end',
  'id',
  'viewBox',
  'refX',
  'refY',
  'markerWidth',
  'markerHeight',
  'markerUnits',
  'orient',
];

/** A copy with everything that paints it, and nothing else; none for what paints nothing. */
function copyOf(element: Element): Element | undefined {
  if (element instanceof SVGForeignObjectElement) return textOf(element);
  if (!(element instanceof SVGElement) || ['style', 'title', 'desc', 'filter'].includes(element.tagName))
    return undefined;
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return undefined;
  // What is there for the pointer or the browser alone.
  if (element.classList.contains('extent')) return undefined;
  if (element.tagName === 'rect' && style.fill === 'none' && style.stroke === 'none') return undefined;
  const copy = document.createElementNS(svgNamespace, element.tagName);
  for (const name of [...geometry, ...markers]) {
    const value = element.getAttribute(name);
    if (value !== null) copy.setAttribute(name, value);
  }
  if (element.tagName !== 'g' && element.tagName !== 'marker') {
    for (const name of paints) copy.setAttribute(name, style.getPropertyValue(name));
    const { rx } = style;
    if (element.tagName === 'rect' && rx !== 'auto') copy.setAttribute('rx', rx);
  } else if (style.opacity !== '1') {
    copy.setAttribute('opacity', style.opacity);
  }
  if (element.tagName === 'text') {
    for (const name of fonts) copy.setAttribute(name, style.getPropertyValue(name));
    copy.textContent = element.textContent;
    return copy;
  }
  for (const child of element.children) {
    const copied = copyOf(child);
    if (copied) copy.append(copied);
  }
  return copy;
}

/** The lines of an HTML label as SVG text, in the coordinates of the label's group. */
function textOf(label: SVGForeignObjectElement): Element {
  const group = make('g', {});
  const toGroup = (label.getScreenCTM() ?? new DOMMatrix()).inverse();
  const background = label.querySelector('.labelBkg');
  if (background && background.textContent !== '') {
    const style = getComputedStyle(background);
    const box = boxOf(background.getBoundingClientRect(), toGroup);
    group.append(
      make('rect', {
        ...box,
        rx: 8,
        fill: style.backgroundColor,
        stroke: style.borderTopColor,
        'stroke-width': parseFloat(style.borderTopWidth),
      }),
    );
  }
  const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!(node instanceof Text) || !node.parentElement) continue;
    const style = getComputedStyle(node.parentElement);
    const size = parseFloat(style.fontSize);
    for (const { text, rect } of linesOf(node)) {
      const { x, y, width, height } = boxOf(rect, toGroup);
      const line = make('text', {
        x,
        // Most fonts have their baseline a third of their size below the middle of a line.
        y: y + height / 2 + size * 0.35,
        fill: style.color,
        'font-family': style.fontFamily,
        'font-size': size,
        'font-weight': style.fontWeight,
        textLength: width,
        lengthAdjust: 'spacingAndGlyphs',
        'xml:space': 'preserve',
      });
      line.textContent = text;
      group.append(line);
    }
  }
  return group;
}

/** The lines into which the browser has broken a text. */
function linesOf(text: Text): readonly { readonly text: string; readonly rect: DOMRect }[] {
  const lines: { text: string; rect: DOMRect }[] = [];
  const range = document.createRange();
  let start = 0;
  const end = (to: number): void => {
    range.setStart(text, start);
    range.setEnd(text, to);
    const content = range.toString().trimEnd();
    const rect = range.getClientRects()[0];
    if (content !== '' && rect) lines.push({ text: content, rect });
    start = to;
  };
  let top: number | undefined;
  for (let at = 0; at < text.length; at++) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const rect = range.getClientRects()[0];
    if (!rect || rect.width === 0) continue;
    if (top !== undefined && Math.abs(rect.top - top) > rect.height / 2) end(at);
    top = rect.top;
  }
  end(text.length);
  return lines;
}

function boxOf(
  rect: DOMRect,
  matrix: DOMMatrix,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const from = new DOMPoint(rect.left, rect.top).matrixTransform(matrix);
  const to = new DOMPoint(rect.right, rect.bottom).matrixTransform(matrix);
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(svgNamespace, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}
