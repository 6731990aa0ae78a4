import { fitted, opening, revealing, zoomed, type Size, type View } from './panZoom.ts';

/** A picture and what holds it. */
interface Framed extends Size {
  readonly frame: HTMLElement;
  readonly svg: SVGSVGElement;
}

/**
 * The window onto the picture. The wheel pans, with Ctrl (as trackpads send a pinch) it zooms to the
 * pointer; dragging pans; `fit` shows everything.
 */
export class Viewport {
  readonly stage: HTMLElement;
  readonly #onChange: (view: View) => void;
  #frame: HTMLElement | undefined;
  #svg: SVGSVGElement | undefined;
  #size: Size = { width: 0, height: 0 };
  #view: View | undefined;
  /** Whether the pointer moved so far that its release is no click. */
  #dragged = false;

  constructor(stage: HTMLElement, initial: View | undefined, onChange: (view: View) => void) {
    this.stage = stage;
    this.#view = initial;
    this.#onChange = onChange;
    stage.addEventListener(
      'wheel',
      event => {
        this.#wheel(event);
      },
      { passive: false },
    );
    stage.addEventListener('pointerdown', event => {
      this.#drag(event);
    });
  }

  get view(): View | undefined {
    return this.#view;
  }

  get size(): Size {
    return this.#size;
  }

  get space(): Size {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  get wasDragged(): boolean {
    return this.#dragged;
  }

  /** Puts another picture in; what `anchor` marks stays where it is on the screen, if both pictures have it. */
  show(
    { frame, svg, width, height }: Framed,
    anchor?: { readonly before: DOMRect | undefined; readonly after: () => SVGElement | undefined },
  ): void {
    if (this.#frame !== frame) this.#frame?.remove();
    this.#frame = frame;
    this.#svg = svg;
    this.#size = { width, height };
    const isFirst = this.#view === undefined;
    this.look(this.#view ?? opening(this.#size, this.space));
    if (frame.parentNode !== this.stage) this.stage.append(frame);
    frame.classList.remove('is-building');
    const after = isFirst ? undefined : anchor?.before && anchor.after()?.getBoundingClientRect();
    if (anchor?.before && after && this.#view) {
      const { x, y, scale } = this.#view;
      this.look({ scale, x: x + anchor.before.x - after.x, y: y + anchor.before.y - after.y });
    }
  }

  clear(): void {
    this.#frame?.remove();
    this.#frame = undefined;
    this.#svg = undefined;
  }

  look(view: View): void {
    this.#view = view;
    if (this.#svg) this.#svg.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.#onChange(view);
  }

  /** As a picture is shown that was never seen before. */
  open(): void {
    if (this.#svg) this.look(opening(this.#size, this.space));
  }

  fit(): void {
    if (this.#svg) this.look(fitted(this.#size, this.space));
  }

  /** Enlarges around the middle of the window. */
  zoom(factor: number): void {
    if (!this.#view) return;
    const { width, height } = this.space;
    this.look(zoomed(this.#view, factor, { x: width / 2, y: height / 2 }));
  }

  /** Moves just so far that the element can be seen. */
  reveal(element: SVGElement): void {
    if (!this.#view) return;
    const { x, y, scale } = this.#view;
    const stage = this.stage.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const inPicture = {
      x: (box.left - stage.left - x) / scale,
      y: (box.top - stage.top - y) / scale,
      width: box.width / scale,
      height: box.height / scale,
    };
    this.look(revealing(this.#view, inPicture, this.space));
  }

  #wheel(event: WheelEvent): void {
    if (!this.#view) return;
    event.preventDefault();
    const { left, top } = this.stage.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-Math.max(-80, Math.min(80, event.deltaY)) / 200);
      this.look(zoomed(this.#view, factor, { x: event.clientX - left, y: event.clientY - top }));
    } else {
      const [dx, dy] =
        event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.look({ ...this.#view, x: this.#view.x - dx, y: this.#view.y - dy });
    }
  }

  #drag(event: PointerEvent): void {
    this.#dragged = false;
    const from = this.#view;
    if (!from || (event.button !== 0 && event.button !== 1)) return;
    const move = ({ clientX, clientY }: PointerEvent): void => {
      const dx = clientX - event.clientX;
      const dy = clientY - event.clientY;
      if (!this.#dragged && Math.hypot(dx, dy) < clickTolerance) return;
      this.#dragged = true;
      this.look({ ...from, x: from.x + dx, y: from.y + dy });
    };
    const end = (): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }
}

/** Pixels the pointer may move in a click. */
const clickTolerance = 4;
