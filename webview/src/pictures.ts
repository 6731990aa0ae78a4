import type { GraphDrawing } from '#protocol/graph.ts';
import type { Picture } from './draw.ts';

/** A picture and the drawing it shows. */
export interface Drawn {
  readonly picture: Picture;
  readonly drawing: GraphDrawing;
}

/** So many pictures are kept, if they are small. */
const mostPictures = 20;
/** So many nodes and edges are kept in all of them together: a large picture takes hundreds of megabytes. */
const mostParts = 6_000;

/** The pictures shown last, by their text: undo, redo and opening a container again need no drawing. */
export class Pictures {
  /** The one used last comes last. */
  readonly #kept = new Map<string, Drawn>();

  find(text: string): Drawn | undefined {
    const found = this.#kept.get(text);
    if (found) this.keep(found);
    return found;
  }

  keep(drawn: Drawn): void {
    for (const [text, { picture }] of this.#kept) if (picture === drawn.picture) this.#kept.delete(text);
    this.#kept.set(drawn.drawing.text, drawn);
    let parts = 0;
    for (const [index, [text, { drawing }]] of [...this.#kept].toReversed().entries()) {
      parts += drawing.nodes.length + drawing.edges.length;
      if (index > 0 && (index >= mostPictures || parts > mostParts)) this.#kept.delete(text);
    }
  }
}
