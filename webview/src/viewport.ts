import type { Box } from './badges.ts';
import { painted } from './layout/breathe.ts';
import { fitted, opening, resized, revealing, zoomed, type Opened, type Size, type View } from './panZoom.ts';

/** A picture and what holds it. */
interface Framed extends Opened {
  readonly frame: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly layers: { readonly ground: SVGSVGElement; readonly badges: SVGSVGElement };
}

/**
 * How the view came about: as a picture is first shown, by "fit to window", or by what the user did. Only what
 * the user did outlives another size of the window.
 */
export const viewModes = ['opened', 'fitted', 'own'] as const;
export type ViewMode = (typeof viewModes)[number];

/** What a window onto a picture is restored from. */
export interface Placed {
  readonly view: View;
  readonly mode: ViewMode;
  /** The size of the window. */
  readonly space: Size;
}

const places = { opened: opening, fitted } as const;

/**
 * The window onto the picture. The wheel pans, with Ctrl (as trackpads send a pinch) it zooms to the
 * pointer; dragging pans; `fit` shows everything.
 */
export class Viewport {
  readonly stage: HTMLElement;
  readonly #onChange: (view: View) => void;
  readonly #onResize: () => void;
  #frame: HTMLElement | undefined;
  /** What is moved and enlarged: the drawing and the layers around it. */
  #layers: readonly SVGSVGElement[] = [];
  #size: Opened = { width: 0, height: 0, start: { x: 0, y: 0 } };
  /** The size of the window; whoever asks the browser for it makes it lay out what has changed. */
  #measured: Size | undefined;
  #view: View | undefined;
  #mode: ViewMode;
  /** The size of the window that the view was made for. */
  #space: Size | undefined;
  /** Whether the pointer moved so far that its release is no click. */
  #dragged = false;

  constructor(
    stage: HTMLElement,
    initial: Placed | undefined,
    on: { readonly change: (view: View) => void; readonly resize: () => void },
  ) {
    this.stage = stage;
    this.#view = initial?.view;
    this.#mode = initial?.mode ?? 'opened';
    this.#space = initial?.space;
    this.#onChange = on.change;
    this.#onResize = on.resize;
    new ResizeObserver(() => {
      this.#measured = undefined;
      this.#resize();
    }).observe(stage);
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

  /** What brings the view back after a reload. */
  get placed(): Placed | undefined {
    return this.#view && { view: this.#view, mode: this.#mode, space: this.#space ?? this.space };
  }

  get space(): Size {
    return (this.#measured ??= { width: this.stage.clientWidth, height: this.stage.clientHeight });
  }

  /** What of the picture the window shows, in the picture's units. */
  get seen(): Box | undefined {
    if (!this.#view) return undefined;
    const { x, y, scale } = this.#view;
    const { width, height } = this.space;
    return { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale };
  }

  get wasDragged(): boolean {
    return this.#dragged;
  }

  /** Puts another picture in; what `anchor` marks stays where it is on the screen, if both pictures have it. */
  show(
    { frame, svg, layers, width, height, start }: Framed,
    anchor?: { readonly before: DOMRect | undefined; readonly after: () => SVGElement | undefined },
  ): void {
    const left = this.#frame;
    if (left && left !== frame) leave(left);
    const isShown = this.#layers.length > 0;
    this.#frame = frame;
    this.#layers = [layers.ground, svg, layers.badges];
    this.#size = { width, height, start };
    const isFirst = this.#view === undefined;
    if (!this.#view) this.open();
    else if (!isShown) this.#resize();
    this.#place(this.#view ?? opening(this.#size, this.space));
    if (frame.parentNode !== this.stage) this.stage.append(frame);
    frame.classList.remove('is-building');
    const after = isFirst ? undefined : anchor?.before && anchor.after()?.getBoundingClientRect();
    if (anchor?.before && after && this.#view) {
      const { x, y, scale } = this.#view;
      this.#place({ scale, x: x + anchor.before.x - after.x, y: y + anchor.before.y - after.y });
    }
  }

  clear(): void {
    this.#frame?.remove();
    this.#frame = undefined;
    this.#layers = [];
  }

  /** The user looks elsewhere. */
  look(view: View): void {
    this.#mode = 'own';
    this.#place(view);
  }

  #place(view: View): void {
    this.#view = view;
    this.#space = this.space;
    for (const { style } of this.#layers)
      style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.#onChange(view);
  }

  /** As a picture is shown that was never seen before. */
  open(): void {
    this.#mode = 'opened';
    if (this.#layers.length > 0) this.#place(opening(this.#size, this.space));
  }

  fit(): void {
    this.#mode = 'fitted';
    if (this.#layers.length > 0) this.#place(fitted(this.#size, this.space));
  }

  #resize(): void {
    const { space } = this;
    const before = this.#space;
    // A page that is not shown has no size.
    if (this.#layers.length === 0 || !this.#view || !before || space.width === 0 || space.height === 0)
      return;
    if (before.width === space.width && before.height === space.height) return;
    const windows = { before, after: space };
    this.#place(
      this.#mode === 'own' ? this.#view : resized(this.#view, this.#size, windows, places[this.#mode]),
    );
    if (this.#mode !== 'own') this.#onResize();
  }

  /** Enlarges around the middle of the window. */
  zoom(factor: number): void {
    if (!this.#view) return;
    const { width, height } = this.space;
    this.look(zoomed(this.#view, factor, { x: width / 2, y: height / 2 }));
  }

  /** Moves just so far that a part of the picture can be seen. */
  reveal(box: Box): void {
    if (!this.#view) return;
    const view = revealing(this.#view, box, this.space);
    if (view.x !== this.#view.x || view.y !== this.#view.y) this.#place(view);
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

/** Takes a picture out of sight at once, and out of the page when the other is seen: that may take long. */
function leave(frame: HTMLElement): void {
  frame.classList.add('is-building');
  void painted().then(() => {
    // It may have come back meanwhile.
    if (frame.classList.contains('is-building')) frame.remove();
  });
}

/** Pixels the pointer may move in a click. */
const clickTolerance = 4;
