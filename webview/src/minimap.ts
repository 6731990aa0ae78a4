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
  /** The map without the frame, kept while the picture, its colour and the size of a pixel stay the same. */
  #boxesDrawn:
    { readonly canvas: HTMLCanvasElement; readonly color: string; readonly ratio: number } | undefined;

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
    this.#boxesDrawn = undefined;
  }

  /** Draws the map again for another view; hidden where the window shows everything, or the picture is small. */
  draw(view: View, space: Size): void {
    this.root.hidden = this.#boxes.length < leastNodes || showsAll(view, this.#picture, space);
    if (this.root.hidden) return;
    const scale = this.#scale();
    const ratio = window.devicePixelRatio;
    const { color, borderColor } = getComputedStyle(this.root);
    const boxes = this.#drawnBoxes(color, ratio);
    this.root.width = boxes.width;
    this.root.height = boxes.height;
    this.root.style.width = `${this.#picture.width * scale}px`;
    this.root.style.height = `${this.#picture.height * scale}px`;
    const context = this.root.getContext('2d');
    if (!context) return;
    context.drawImage(boxes, 0, 0);
    context.scale(ratio * scale, ratio * scale);
    context.strokeStyle = borderColor;
    context.lineWidth = 2 / scale;
    context.strokeRect(
      -view.x / view.scale,
      -view.y / view.scale,
      space.width / view.scale,
      space.height / view.scale,
    );
  }

  /** All boxes: at each step of a pan they would take longer than everything else. */
  #drawnBoxes(color: string, ratio: number): HTMLCanvasElement {
    const known = this.#boxesDrawn;
    if (known?.color === color && known.ratio === ratio) return known.canvas;
    const scale = this.#scale();
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, this.#picture.width * scale * ratio);
    canvas.height = Math.max(1, this.#picture.height * scale * ratio);
    const context = canvas.getContext('2d');
    if (context) {
      context.scale(ratio * scale, ratio * scale);
      context.fillStyle = color;
      for (const { x, y, width, height } of this.#boxes) context.fillRect(x, y, width, height);
      context.strokeStyle = color;
      context.lineWidth = 1 / scale;
      for (const { x, y, width, height } of this.#containers) context.strokeRect(x, y, width, height);
    }
    this.#boxesDrawn = { canvas, color, ratio };
    return canvas;
  }

  #scale(): number {
    return Math.min(largest.width / this.#picture.width, largest.height / this.#picture.height);
  }
}
