import type { Box } from './badges.ts';
import { element } from './elements.ts';
import { showsAll, type Size, type View } from './panZoom.ts';

/** From so many nodes on the small map is worth its place. */
const leastNodes = 15;
const largest = { width: 160, height: 160 };

/** A small map of a large picture: boxes, and a frame around what the window shows. A click looks there. */
export class Minimap {
  readonly root: HTMLCanvasElement;
  #boxes: readonly Box[] = [];
  #containers: readonly Box[] = [];
  #picture: Size = { width: 1, height: 1 };

  constructor(lookAt: (x: number, y: number) => void) {
    this.root = element('canvas', 'minimap', { 'aria-hidden': 'true' });
    this.root.hidden = true;
    const look = (event: PointerEvent): void => {
      const { left, top } = this.root.getBoundingClientRect();
      const scale = this.#scale();
      lookAt((event.clientX - left) / scale, (event.clientY - top) / scale);
    };
    this.root.addEventListener('pointerdown', event => {
      event.stopPropagation();
      this.root.setPointerCapture(event.pointerId);
      look(event);
    });
    this.root.addEventListener('pointermove', event => {
      if (event.buttons === 1) look(event);
    });
  }

  show(boxes: readonly Box[], containers: readonly Box[], picture: Size): void {
    this.#boxes = boxes;
    this.#containers = containers;
    this.#picture = picture;
  }

  /** Draws the map again for another view; hidden where the window shows everything, or the picture is small. */
  draw(view: View, space: Size): void {
    this.root.hidden = this.#boxes.length < leastNodes || showsAll(view, this.#picture, space);
    if (this.root.hidden) return;
    const scale = this.#scale();
    const ratio = window.devicePixelRatio;
    const width = this.#picture.width * scale;
    const height = this.#picture.height * scale;
    this.root.width = width * ratio;
    this.root.height = height * ratio;
    this.root.style.width = `${width}px`;
    this.root.style.height = `${height}px`;
    const context = this.root.getContext('2d');
    if (!context) return;
    const style = getComputedStyle(this.root);
    context.scale(ratio * scale, ratio * scale);
    context.fillStyle = style.color;
    for (const { x, y, width: boxWidth, height: boxHeight } of this.#boxes)
      context.fillRect(x, y, boxWidth, boxHeight);
    context.strokeStyle = style.color;
    context.lineWidth = 1 / scale;
    for (const { x, y, width: boxWidth, height: boxHeight } of this.#containers)
      context.strokeRect(x, y, boxWidth, boxHeight);
    context.strokeStyle = style.borderColor;
    context.lineWidth = 2 / scale;
    context.strokeRect(
      -view.x / view.scale,
      -view.y / view.scale,
      space.width / view.scale,
      space.height / view.scale,
    );
  }

  #scale(): number {
    return Math.min(largest.width / this.#picture.width, largest.height / this.#picture.height);
  }
}
