import type { ExecutionView } from '#protocol/execution.ts';
import { Badges, type Box } from './badges.ts';
import type { Picture } from './draw.ts';
import { ExecutionOverlay } from './executionOverlay.ts';
import { isStop } from './navigation.ts';
import { toggle, type Part, type Scene } from './scene.ts';
import { spoken } from './spoken.ts';

/** What is marked on a picture, beyond what was drawn. */
export interface Marks {
  readonly cursor: string | undefined;
  readonly breakpoints: ReadonlySet<string>;
  readonly execution: ExecutionView | undefined;
}

/** So many states and edges are brought up to date in one frame, or for so long: to paint them takes several times as long. */
const mostInFrame = 24;
const millisecondsInFrame = 2;

/**
 * The marks on one picture: classes, badges and spoken names, kept up to date without laying anything out
 * again. Only parts that have something else to say are touched. Where those are many, the ones that can be
 * seen come first and the others in the frames after.
 */
export class Decoration {
  readonly picture: Picture;
  readonly #badges: Badges;
  readonly #overlay: ExecutionOverlay;
  /** What each part was last marked with, by its name in the picture. */
  readonly #marked = new Map<string, string>();
  #scene: Scene | undefined;
  /** What is still to be done for the newest marks, first things first. */
  #due: (() => void)[] = [];
  #frame: number | undefined;

  constructor(picture: Picture) {
    this.picture = picture;
    this.#badges = new Badges(picture.layers.badges);
    this.#overlay = new ExecutionOverlay(picture);
  }

  /** Brings everything up to date, little of it at once and much of it frame by frame; `seen` is what the window shows. */
  update(scene: Scene, marks: Marks, seen: Box | undefined): void {
    this.stop();
    // Other states, or others around them: what was said of them may no longer hold.
    if (scene !== this.#scene) this.#marked.clear();
    this.#scene = scene;
    const { execution } = marks;
    const { parts, message } = scene;
    const unseen: (() => void)[] = [];
    const add = (box: Box | undefined, work: () => void): void => {
      (!seen || !box || meet(box, seen) ? this.#due : unseen).push(work);
    };
    this.#overlay.show(execution !== undefined, parts.get(execution?.current?.state ?? ''));
    for (const part of parts.values()) {
      const key = keyOf(part.node.id, marks);
      if (this.#marked.get(part.node.name) !== key)
        add(part.box, () => {
          this.#marked.set(part.node.name, key);
          this.#mark(scene, part, marks);
        });
    }
    for (const edge of message.drawing.edges) {
      if (this.#overlay.isOld(edge, execution))
        add(around(parts.get(edge.from)?.box, parts.get(edge.to)?.box), () => {
          this.#overlay.showEdge(edge, execution);
        });
    }
    this.#due.push(...unseen);
    // Where much differs, finding it has taken what this frame has.
    if (this.#due.length > mostInFrame) this.#goOn();
    else this.#work();
  }

  /** Does at once what was left for later frames. */
  finish(): void {
    const due = this.#due;
    this.stop();
    for (const work of due) work();
  }

  /** The picture is shown no longer, or other marks are. */
  stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#due = [];
  }

  #work(): void {
    const started = performance.now();
    for (let count = 0; count < mostInFrame && performance.now() - started < millisecondsInFrame; count++)
      this.#due.shift()?.();
    this.#frame = undefined;
    if (this.#due.length > 0) this.#goOn();
  }

  #goOn(): void {
    this.#frame = requestAnimationFrame(() => {
      this.#work();
    });
  }

  #mark(scene: Scene, part: Part, marks: Marks): void {
    const { node, group } = part;
    const isCursor = node.id === marks.cursor;
    toggle(part, 'is-cursor', isCursor);
    toggle(part, 'has-error', node.finding?.severity === 'error');
    toggle(part, 'has-warning', node.finding?.severity === 'warning');
    this.#overlay.showPart(part, marks.execution);
    this.#badges.update(part, marks);
    if (!isStop(node)) return;
    const label = spoken(scene, part, {
      hasBreakpoint: marks.breakpoints.has(node.id),
      view: marks.execution?.states[node.id],
    });
    if (group.ariaLabel !== label) group.ariaLabel = label;
    const isCurrent = node.id === marks.execution?.current?.state;
    group.ariaCurrent = isCurrent ? 'step' : isCursor ? 'location' : null;
  }
}

/** Equal for equal marks: most parts are as they were, a step changes two of a thousand. */
function keyOf(id: string, { cursor, breakpoints, execution }: Marks): string {
  const current = execution?.current?.state === id ? execution.current : undefined;
  return JSON.stringify([id === cursor, breakpoints.has(id), current, execution?.states[id]]);
}

function meet(one: Box, other: Box): boolean {
  return (
    one.x <= other.x + other.width &&
    other.x <= one.x + one.width &&
    one.y <= other.y + other.height &&
    other.y <= one.y + one.height
  );
}

/** The box around two. */
function around(one: Box | undefined, other: Box | undefined): Box | undefined {
  if (!one || !other) return one ?? other;
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}
