import type { DrawnEdge, DrawnNode } from '#protocol/graph.ts';
import type { ToPage } from '#protocol/webview.ts';
import type { Box } from './badges.ts';
import type { Picture } from './draw.ts';
import { isStop } from './navigation.ts';
import { filled, texts } from './texts.ts';

export type Drawing = Extract<ToPage, { type: 'drawing' }>;

/** A part of the graph and its elements in the picture. */
export interface Part {
  readonly node: DrawnNode;
  readonly group: SVGGElement;
  /** What shows how it is: its box in the ground, if it has one. */
  readonly shape: SVGElement;
  readonly box: Box;
}

/** Puts a class on a part, or takes it away: on its element, by which it is found, and on what shows it. */
export function toggle({ group, shape }: Part, name: string, isOn: boolean): void {
  group.classList.toggle(name, isOn);
  if (shape !== group) shape.classList.toggle(name, isOn);
}

/** A class that at most one part has. */
export class Mark {
  readonly #name: string;
  #on: SVGElement | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  move(part: Part | undefined): void {
    if (part?.shape === this.#on) return;
    this.#on?.classList.remove(this.#name);
    this.#on = part?.shape;
    this.#on?.classList.add(this.#name);
  }
}

/** A drawing and its picture, by the ids that the editor and the debugger use. */
export class Scene {
  readonly message: Drawing;
  readonly picture: Picture;
  readonly parts: ReadonlyMap<string, Part>;
  readonly edges: ReadonlyMap<string, readonly SVGElement[]>;
  readonly #edgesFrom: ReadonlyMap<string, readonly DrawnEdge[]>;
  readonly #places: ReadonlyMap<string, number>;

  constructor(message: Drawing, picture: Picture) {
    this.message = message;
    this.picture = picture;
    const parts = new Map<string, Part>();
    const places = new Map<string, number>();
    for (const node of message.drawing.nodes) {
      const group = picture.nodes.get(node.name);
      const box = picture.boxes.get(node.name);
      if (group && box) {
        const shape = picture.layers.shapes.get(node.name) ?? group;
        parts.set(node.id, { node, group, shape, box });
        // Pictures are kept while names change, so the ids of their parts do too.
        if (group.getAttribute('data-node') !== node.id) group.setAttribute('data-node', node.id);
        if (shape !== group) shape.dataset['boxOf'] = node.id;
      }
      if (isStop(node)) places.set(node.id, places.size + 1);
    }
    this.parts = parts;
    this.#places = places;
    this.edges = new Map(message.drawing.edges.map(({ id, name }) => [id, picture.edges.get(name) ?? []]));
    const edgesFrom = new Map<string, DrawnEdge[]>();
    for (const edge of message.drawing.edges) {
      const known = edgesFrom.get(edge.from);
      if (known) known.push(edge);
      else edgesFrom.set(edge.from, [edge]);
    }
    this.#edgesFrom = edgesFrom;
  }

  /** The middle of the Start mark, from the picture's corner. */
  get start(): { readonly x: number; readonly y: number } {
    const mark = this.message.drawing.nodes.find(({ kind }) => kind === 'start');
    const box = mark && this.parts.get(mark.id)?.box;
    const { x, y } = this.picture.svg.viewBox.baseVal;
    return box ? { x: box.x + box.width / 2 - x, y: box.y + box.height / 2 - y } : { x: 0, y: 0 };
  }

  edgesFrom(id: string): readonly DrawnEdge[] {
    return this.#edgesFrom.get(id) ?? [];
  }

  /** `2 of 6`. */
  place(id: string): string {
    return filled(texts.spoken.place, this.#places.get(id) ?? 0, this.#places.size);
  }

  /** How deep it lies in containers, from 1. */
  depth(id: string): number {
    const container = this.parts.get(id)?.node.container;
    return container === undefined ? 1 : 1 + this.depth(container);
  }

  nameOf(id: string): string {
    const node = this.parts.get(id)?.node;
    return node?.label?.[0] ?? node?.title ?? id;
  }

  /** The part that an element of the picture belongs to. */
  partAt(target: EventTarget | null): Part | undefined {
    const found = target instanceof Element ? target.closest('[data-node], [data-box-of]') : null;
    if (!(found instanceof SVGElement)) return undefined;
    const { node, boxOf } = found.dataset;
    return this.parts.get(node ?? boxOf ?? '');
  }

  /** The edge that an element of the picture belongs to. */
  edgeAt(target: EventTarget | null): DrawnEdge | undefined {
    const part = target instanceof Element ? target.closest('[data-id]') : null;
    const name = part instanceof SVGElement ? part.dataset['id'] : undefined;
    return this.message.drawing.edges.find(edge => edge.name === name);
  }
}
