import type { DrawnEdge, DrawnNode, GraphDrawing } from '#protocol/graph.ts';
import type { Picture } from './draw.ts';

/** Mermaid's text without its labels: equal structures are laid out alike but for the sizes of the labels. */
export function structureOf(text: string): string {
  return text.replaceAll(/"[^"]*"/g, '""');
}

/**
 * Writes the labels of another drawing of the same structure into a picture. Does nothing and says so
 * where a new label does not fit into the old one's place: then it must be laid out again.
 */
export function relabel(picture: Picture, from: GraphDrawing, to: GraphDrawing): boolean {
  const undo: (() => void)[] = [];
  const written: Written[] = [];
  // Asked before anything is changed: the answer is at hand.
  const scale = picture.svg.getScreenCTM()?.a ?? 1;
  const write = (part: Element, texts: readonly [Element, string][]): void => {
    const place = part.querySelector<SVGForeignObjectElement>('foreignObject');
    const content = place?.firstElementChild;
    if (!place || !content) return;
    for (const [element, text] of texts) {
      const old = element.textContent;
      setText(element, text);
      undo.push(() => {
        setText(element, old);
      });
    }
    written.push({ place, content, height: place.height.baseVal.value, width: place.width.baseVal.value });
  };
  for (const [group, node] of changedNodes(picture, from, to)) {
    const [name, line] = [group.querySelector('.nodeLabel b'), group.querySelector('.nodeLabel i')];
    if (!line || !name || !node.label) return false;
    write(group, [
      [name, node.label[0]],
      [line, node.label[1]],
    ]);
  }
  for (const [part, edge] of changedEdges(picture, from, to)) {
    const text = part.querySelector('.edgeLabel p') ?? part.querySelector('.edgeLabel');
    if (!text) return false;
    write(part, [[text, edge.label]]);
  }
  const sizes = written.map(({ content }) => content.getBoundingClientRect());
  const fits = written.every(({ width, height }, index) => {
    const size = sizes[index];
    return size && size.width / scale <= width + slack && Math.abs(size.height / scale - height) <= tolerance;
  });
  if (fits) {
    for (const { place, width } of written) place.setAttribute('width', String(width + slack));
  } else {
    for (const back of undo.toReversed()) back();
  }
  return fits;
}

/** Keeps the text node: another one would be styled anew, and with it what the browser knows of its neighbours. */
function setText(element: Element, text: string): void {
  const { firstChild } = element;
  if (firstChild instanceof Text && firstChild === element.lastChild) firstChild.data = text;
  else element.textContent = text;
}

/** Of rounding, in the picture's units. */
const tolerance = 1;
/** So much a label may grow into the empty edge of its box: less than Mermaid's padding. */
const slack = 6;

interface Written {
  readonly place: SVGForeignObjectElement;
  readonly content: Element;
  readonly width: number;
  readonly height: number;
}

function* changedNodes(
  picture: Picture,
  from: GraphDrawing,
  to: GraphDrawing,
): Generator<readonly [SVGGElement, DrawnNode]> {
  for (const [index, node] of to.nodes.entries()) {
    const old = counterpart(from.nodes, index, node.name)?.label;
    if (old?.[0] === node.label?.[0] && old?.[1] === node.label?.[1]) continue;
    const group = picture.nodes.get(node.name);
    if (group) yield [group, node];
  }
}

function* changedEdges(
  picture: Picture,
  from: GraphDrawing,
  to: GraphDrawing,
): Generator<readonly [SVGElement, DrawnEdge]> {
  for (const [index, edge] of to.edges.entries()) {
    if (counterpart(from.edges, index, edge.name)?.label === edge.label) continue;
    const part = picture.edges.get(edge.name)?.find(({ tagName }) => tagName !== 'path');
    if (part) yield [part, edge];
  }
}

/** The part of that name in another drawing of the same structure, in which it stands in the same place. */
function counterpart<Part extends { readonly name: string }>(
  parts: readonly Part[],
  index: number,
  name: string,
): Part | undefined {
  const part = parts[index];
  return part?.name === name ? part : parts.find(other => other.name === name);
}
