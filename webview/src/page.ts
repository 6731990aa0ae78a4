import type { ExecutionView } from '#protocol/execution.ts';
import type { ToPage } from '#protocol/webview.ts';
import { draw, type Picture } from './draw.ts';
import { showExecution } from './executionOverlay.ts';
import { readState, receive, send, writeState } from './messaging.ts';
import { fitted, revealing, zoomed, type View } from './panZoom.ts';

type Drawing = Extract<ToPage, { type: 'drawing' }>;

/** Runs the page: takes messages, keeps one picture in the window, sends clicks back. */
export function startPage(body: HTMLElement): void {
  const stage = element('main', 'stage');
  stage.tabIndex = 0;
  stage.setAttribute('aria-label', 'State machine graph');
  const notice = element('div', 'notice');
  notice.setAttribute('role', 'status');
  body.replaceChildren(stage, notice);

  let view: View | undefined = readState()?.view;
  let picture: Picture | undefined;
  let shown: Drawing | undefined;
  let wanted: Drawing | undefined;
  let isDrawing = false;
  let cursor: string | undefined;
  let breakpoints: readonly string[] = [];
  let execution: ExecutionView | undefined;

  const space = (): { width: number; height: number } => ({
    width: stage.clientWidth,
    height: stage.clientHeight,
  });

  const look = (next: View): void => {
    view = next;
    if (picture) picture.svg.style.transform = `translate(${next.x}px, ${next.y}px) scale(${next.scale})`;
    if (shown) writeState({ uri: shown.uri, view: next });
  };

  const decorate = (): void => {
    if (!picture) return;
    for (const [id, node] of picture.nodes) {
      node.classList.toggle('is-cursor', id === cursor);
      node.classList.toggle('has-breakpoint', breakpoints.includes(id));
    }
    showExecution(picture, execution);
  };

  const accept = (drawing: Drawing, next: Picture): void => {
    picture = next;
    shown = drawing;
    next.svg.setAttribute('role', 'graphics-document');
    next.svg.setAttribute('aria-label', drawing.title);
    describe(next, drawing);
    stage.replaceChildren(next.svg);
    look(view ?? fitted(next, space()));
    decorate();
  };

  const drawWanted = async (): Promise<void> => {
    if (isDrawing) return;
    isDrawing = true;
    while (wanted) {
      const drawing: Drawing = wanted;
      wanted = undefined;
      const started = performance.now();
      try {
        if (picture && shown?.drawing.text === drawing.drawing.text) {
          shown = drawing;
          describe(picture, drawing);
          decorate();
        } else {
          accept(drawing, await draw(drawing.drawing));
        }
        notice.hidden = true;
        stage.classList.remove('is-stale');
        send({ type: 'drawn', sequence: drawing.sequence, milliseconds: performance.now() - started });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        showNotice(`The graph could not be drawn: ${message}`);
        send({ type: 'failed', sequence: drawing.sequence, message });
      }
    }
    isDrawing = false;
  };

  const showNotice = (text: string): void => {
    notice.textContent = text;
    notice.hidden = false;
  };

  const revealNode = (id: string): void => {
    const node = picture?.nodes.get(id);
    if (!node || !view) return;
    const { left, top } = stage.getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const { x, y, scale } = view;
    look(
      revealing(
        view,
        {
          x: (box.left - left - x) / scale,
          y: (box.top - top - y) / scale,
          width: box.width / scale,
          height: box.height / scale,
        },
        space(),
      ),
    );
  };

  receive(message => {
    switch (message.type) {
      case 'drawing':
        wanted = message;
        void drawWanted();
        return;
      case 'stale':
        stage.classList.add('is-stale');
        showNotice(`The last valid version is shown. Line ${message.line}: ${message.message}`);
        return;
      case 'empty':
        picture = undefined;
        shown = undefined;
        stage.replaceChildren();
        showNotice(message.message);
        return;
      case 'cursor':
        cursor = message.state;
        decorate();
        if (cursor !== undefined) revealNode(cursor);
        return;
      case 'breakpoints':
        breakpoints = message.states;
        decorate();
        return;
      case 'execution':
        execution = message.view;
        decorate();
        if (execution?.current) revealNode(execution.current.state);
        return;
    }
  });

  movePicture(stage, {
    get: () => view,
    set: look,
    fit: () => {
      if (picture) look(fitted(picture, space()));
    },
  });
  stage.addEventListener('click', event => {
    const id = nodeIdAt(event.target);
    if (id?.startsWith('/')) send({ type: 'reveal', state: id, beside: event.altKey });
  });
  send({ type: 'ready' });
}

/** Names and tooltips, for eyes and for screen readers. */
function describe(picture: Picture, { drawing }: Drawing): void {
  for (const node of drawing.nodes) {
    const group = picture.nodes.get(node.id);
    if (!group) continue;
    const isState = node.kind === 'state' || node.kind === 'container';
    group.setAttribute('role', isState ? 'button' : 'img');
    group.setAttribute(
      'aria-label',
      node.finding ? `${node.title}, ${node.finding.severity}: ${node.finding.message}` : node.title,
    );
    group.classList.toggle('has-error', node.finding?.severity === 'error');
    group.classList.toggle('has-warning', node.finding?.severity === 'warning');
    setTitle(
      group,
      [node.title, ...node.details, ...(node.finding ? [node.finding.message] : [])].join('\n'),
    );
  }
  for (const edge of drawing.edges) {
    if (edge.description === '') continue;
    for (const part of picture.edges.get(edge.id) ?? []) setTitle(part, edge.description);
  }
}

function setTitle(parent: SVGElement, text: string): void {
  const known = parent.querySelector(':scope > title');
  const title = known ?? document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = text;
  if (!known) parent.prepend(title);
}

interface Looking {
  get(): View | undefined;
  set(view: View): void;
  fit(): void;
}

/** Wheel pans, with Ctrl (or pinched) it zooms; dragging pans; `+ - 0` zoom and fit. */
function movePicture(stage: HTMLElement, looking: Looking): void {
  stage.addEventListener(
    'wheel',
    event => {
      const view = looking.get();
      if (!view) return;
      event.preventDefault();
      const { left, top } = stage.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        looking.set(
          zoomed(view, Math.exp(-event.deltaY / 300), { x: event.clientX - left, y: event.clientY - top }),
        );
      } else {
        looking.set({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
      }
    },
    { passive: false },
  );
  let drag: { readonly x: number; readonly y: number; readonly view: View } | undefined;
  stage.addEventListener('pointerdown', event => {
    const view = looking.get();
    if (event.button === 0 && view) drag = { x: event.clientX, y: event.clientY, view };
  });
  window.addEventListener('pointermove', event => {
    if (!drag) return;
    const { x, y, view } = drag;
    looking.set({ ...view, x: view.x + event.clientX - x, y: view.y + event.clientY - y });
  });
  window.addEventListener('pointerup', () => {
    drag = undefined;
  });
  stage.addEventListener('keydown', event => {
    const view = looking.get();
    if (!view) return;
    const middle = { x: stage.clientWidth / 2, y: stage.clientHeight / 2 };
    if (event.key === '+' || event.key === '=') looking.set(zoomed(view, 1.2, middle));
    else if (event.key === '-') looking.set(zoomed(view, 1 / 1.2, middle));
    else if (event.key === '0') looking.fit();
  });
}

function nodeIdAt(target: EventTarget | null): string | undefined {
  const node = target instanceof Element ? target.closest('[data-node]') : null;
  return node instanceof SVGElement ? node.dataset['node'] : undefined;
}

function element(name: string, className: string): HTMLElement {
  const created = document.createElement(name);
  created.className = className;
  return created;
}
