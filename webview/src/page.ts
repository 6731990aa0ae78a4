import type { ExecutionView } from '#protocol/execution.ts';
import type { DrawnNode } from '#protocol/graph.ts';
import type { Layout, StateCommand, ToPage } from '#protocol/webview.ts';
import { drawBadges } from './badges.ts';
import { draw, type Picture } from './draw.ts';
import { button, element } from './elements.ts';
import { showExecution } from './executionOverlay.ts';
import { openMenu, type MenuItem } from './menu.ts';
import { readState, receive, send, writeState } from './messaging.ts';
import { Minimap } from './minimap.ts';
import { firstNode, isStop, search, stepFrom, type Step } from './navigation.ts';
import { SearchBox } from './searchBox.ts';
import { TimeBar } from './timeBar.ts';
import { Viewport } from './viewport.ts';

type Drawing = Extract<ToPage, { type: 'drawing' }>;

/** Takes the extension's messages, keeps one picture in the window, and sends back what the user does with it. */
export class GraphPage {
  readonly #body: HTMLElement;
  readonly #viewport: Viewport;
  readonly #notice = element('div', 'notice', { role: 'status' });
  readonly #live = element('div', 'unseen', { 'aria-live': 'polite' });
  readonly #machines = element('select', 'machines', { 'aria-label': 'State machine' });
  readonly #searchBox: SearchBox;
  readonly #minimap: Minimap;
  readonly #timeBar: TimeBar;
  #picture: Picture | undefined;
  /** The drawing that the picture shows. */
  #shown: Drawing | undefined;
  /** The newest drawing that is not shown yet. */
  #wanted: Drawing | undefined;
  #isDrawing = false;
  #cursor: string | undefined;
  #focused: string | undefined;
  #breakpoints: ReadonlySet<string> = new Set();
  #execution: ExecutionView | undefined;
  #badgesDue = false;

  constructor(body: HTMLElement) {
    this.#body = body;
    const stage = element('main', 'stage', { 'aria-label': 'State machine graph' });
    this.#viewport = new Viewport(stage, readState()?.view, view => {
      this.#minimap.draw(view, this.#viewport.space);
      if (this.#shown) writeState({ uri: this.#shown.uri, view });
    });
    this.#minimap = new Minimap((x, y) => {
      const { view, space } = this.#viewport;
      if (view)
        this.#viewport.look({
          scale: view.scale,
          x: space.width / 2 - x * view.scale,
          y: space.height / 2 - y * view.scale,
        });
    });
    this.#searchBox = new SearchBox({
      find: query => (this.#shown ? search(this.#shown.drawing, query) : []),
      show: (found, current) => {
        this.#showFound(new Set(found), current);
      },
      done: current => {
        if (current !== undefined) this.#focus(current);
      },
    });
    this.#timeBar = new TimeBar(position => {
      send({ type: 'seek', position });
    });
    this.#machines.addEventListener('change', () => {
      this.#relayout({ machine: this.#machines.selectedIndex, collapsed: [] });
    });
    body.replaceChildren(
      stage,
      this.#toolbar(),
      this.#searchBox.root,
      this.#minimap.root,
      this.#timeBar.root,
      this.#notice,
      this.#live,
    );
    this.#notice.hidden = true;
    this.#listen(stage);
    receive(message => {
      this.#receive(message);
    });
    send({ type: 'ready' });
  }

  #toolbar(): HTMLElement {
    return element(
      'div',
      'toolbar',
      { role: 'toolbar', 'aria-label': 'Graph' },
      this.#machines,
      button('＋', 'Zoom in (+)', () => {
        this.#viewport.zoom(1.2);
      }),
      button('－', 'Zoom out (-)', () => {
        this.#viewport.zoom(1 / 1.2);
      }),
      button('⤢', 'Fit to window (0)', () => {
        this.#viewport.fit();
      }),
      button('⇄', 'Turn: top to bottom or left to right', () => {
        this.#relayout({ direction: this.#shown?.layout.direction === 'LR' ? 'TB' : 'LR' });
      }),
      button('⌕', 'Find a state (/)', () => {
        this.#searchBox.open();
      }),
      button('⋯', 'More', () => {
        this.#openGraphMenu();
      }),
    );
  }

  #receive(message: ToPage): void {
    switch (message.type) {
      case 'drawing':
        this.#wanted = message;
        void this.#drawWanted();
        return;
      case 'stale':
        this.#viewport.stage.classList.add('is-stale');
        this.#say(`The last valid version is shown. Line ${message.line}: ${message.message}`);
        return;
      case 'empty':
        this.#picture?.svg.remove();
        this.#picture = undefined;
        this.#shown = undefined;
        this.#say(message.message);
        return;
      case 'cursor':
        this.#cursor = message.state;
        this.#decorate();
        this.#revealNode(message.state);
        return;
      case 'breakpoints':
        this.#breakpoints = new Set(message.states);
        this.#decorate();
        return;
      case 'execution':
        if (
          message.view &&
          this.#execution &&
          message.view.sequence < this.#execution.sequence &&
          message.view.status !== 'running'
        )
          return;
        this.#announce(message.view);
        this.#execution = message.view;
        this.#timeBar.show(message.view);
        this.#decorate();
        this.#revealNode(message.view?.current?.state);
        return;
    }
  }

  /** Draws what is wanted, one at a time; of several that came meanwhile only the last. */
  async #drawWanted(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    while (this.#wanted) {
      const wanted: Drawing = this.#wanted;
      this.#wanted = undefined;
      const started = performance.now();
      try {
        const isSamePicture = this.#picture && this.#shown?.drawing.text === wanted.drawing.text;
        if (isSamePicture) this.#accept(wanted);
        else this.#replace(wanted, await draw(wanted.drawing));
        send({ type: 'drawn', sequence: wanted.sequence, milliseconds: performance.now() - started });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.#say(`The graph could not be drawn: ${message}`);
        send({ type: 'failed', sequence: wanted.sequence, message });
      }
    }
    this.#isDrawing = false;
  }

  #replace(drawing: Drawing, picture: Picture): void {
    const isOther =
      this.#shown !== undefined &&
      (this.#shown.uri !== drawing.uri ||
        this.#shown.layout.machine !== drawing.layout.machine ||
        this.#shown.layout.direction !== drawing.layout.direction);
    const anchor = this.#cursor ?? this.#focused;
    const before =
      anchor === undefined ? undefined : this.#picture?.nodes.get(anchor)?.getBoundingClientRect();
    this.#picture = picture;
    picture.svg.setAttribute('role', 'graphics-document');
    this.#viewport.show(picture.svg, picture, {
      before,
      after: () => (anchor === undefined ? undefined : picture.nodes.get(anchor)),
    });
    if (isOther) this.#viewport.fit();
    this.#accept(drawing);
    this.#minimap.show([...picture.boxes.values()], picture);
    if (this.#viewport.view) this.#minimap.draw(this.#viewport.view, this.#viewport.space);
  }

  #accept(drawing: Drawing): void {
    this.#shown = drawing;
    this.#viewport.stage.classList.remove('is-stale');
    this.#notice.hidden = drawing.note === '';
    this.#notice.textContent = drawing.note;
    this.#machines.replaceChildren(...drawing.machines.map(name => element('option', '', {}, name)));
    this.#machines.selectedIndex = drawing.layout.machine;
    this.#machines.hidden = drawing.machines.length < 2;
    if (this.#viewport.view) writeState({ uri: drawing.uri, view: this.#viewport.view });
    this.#describe();
    this.#decorate();
  }

  #say(text: string): void {
    this.#notice.textContent = text;
    this.#notice.hidden = false;
  }

  /** Names, tooltips and the place in the tab order, for eyes and for screen readers. */
  #describe(): void {
    const { picture, drawing } = this.#both() ?? {};
    if (!picture || !drawing || !this.#shown) return;
    picture.svg.setAttribute('aria-label', this.#shown.title);
    const stops = drawing.nodes.filter(isStop);
    if (this.#focused === undefined || !picture.nodes.has(this.#focused)) this.#focused = firstNode(drawing);
    for (const node of drawing.nodes) {
      const group = picture.nodes.get(node.id);
      if (!group) continue;
      if (isStop(node)) {
        group.setAttribute('role', 'button');
        group.setAttribute('tabindex', node.id === this.#focused ? '0' : '-1');
        group.setAttribute('aria-label', this.#spoken(node, stops));
      } else {
        group.setAttribute('aria-hidden', 'true');
      }
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

  /** `Verify Payment, Task, Lambda: verify-payment, 2 of 6, next Update Inventory, on PaymentError Notify`. */
  #spoken(node: DrawnNode, stops: readonly DrawnNode[]): string {
    const parts = [node.title, `${stops.indexOf(node) + 1} of ${stops.length}`];
    for (const { kind, description, to } of this.#shown?.drawing.edges.filter(
      ({ from }) => from === node.id,
    ) ?? []) {
      const target = stops.find(({ id }) => id === to)?.title.split(', ')[0] ?? 'end';
      if (kind === 'next' || kind === 'end')
        parts.push(kind === 'end' ? 'ends the execution' : `next ${target}`);
      else if (kind === 'catch') parts.push(`on ${description} ${target}`);
      else if (kind === 'choice') parts.push(`if ${description} ${target}`);
      else if (kind === 'default') parts.push(`otherwise ${target}`);
    }
    if (node.finding) parts.push(`${node.finding.severity}: ${node.finding.message}`);
    return parts.join(', ');
  }

  /** Brings classes and badges up to date, at most once a frame. */
  #decorate(): void {
    if (this.#badgesDue) return;
    this.#badgesDue = true;
    requestAnimationFrame(() => {
      this.#badgesDue = false;
      const { picture, drawing } = this.#both() ?? {};
      if (!picture || !drawing) return;
      for (const node of drawing.nodes) {
        const { classList } = picture.nodes.get(node.id) ?? {};
        classList?.toggle('is-cursor', node.id === this.#cursor);
        classList?.toggle('has-error', node.finding?.severity === 'error');
        classList?.toggle('has-warning', node.finding?.severity === 'warning');
      }
      showExecution(picture, this.#execution);
      drawBadges(picture, { drawing, breakpoints: this.#breakpoints, execution: this.#execution });
    });
  }

  #both(): { readonly picture: Picture; readonly drawing: Drawing['drawing'] } | undefined {
    return this.#picture && this.#shown && { picture: this.#picture, drawing: this.#shown.drawing };
  }

  #announce(view: ExecutionView | undefined): void {
    const stop = view?.current;
    if (
      !stop ||
      (stop.state === this.#execution?.current?.state && stop.stage === this.#execution.current.stage)
    )
      return;
    const name =
      this.#shown?.drawing.nodes.find(({ id }) => id === stop.state)?.title.split(', ')[0] ?? stop.state;
    this.#live.textContent = `Stopped ${stop.stage === undefined || stop.stage === 'input' ? 'before' : `at ${stop.stage} of`} ${name}`;
  }

  #revealNode(id: string | undefined): void {
    const node = id === undefined ? undefined : this.#picture?.nodes.get(id);
    if (node) this.#viewport.reveal(node);
  }

  #showFound(found: ReadonlySet<string>, current: string | undefined): void {
    this.#viewport.stage.classList.toggle('is-searching', found.size > 0);
    for (const [id, node] of this.#picture?.nodes ?? []) {
      node.classList.toggle('is-found', found.has(id));
      node.classList.toggle('is-found-now', id === current);
    }
    this.#revealNode(current);
  }

  #focus(id: string): void {
    const node = this.#picture?.nodes.get(id);
    if (!node) return;
    if (this.#focused !== undefined) this.#picture?.nodes.get(this.#focused)?.setAttribute('tabindex', '-1');
    this.#focused = id;
    node.setAttribute('tabindex', '0');
    node.focus({ preventScroll: true });
    this.#viewport.reveal(node);
  }

  #relayout(change: Partial<Layout>): void {
    if (this.#shown) send({ type: 'layout', layout: { ...this.#shown.layout, ...change } });
  }

  #toggleCollapsed(id: string): void {
    const collapsed = this.#shown?.layout.collapsed ?? [];
    this.#relayout({
      collapsed: collapsed.includes(id) ? collapsed.filter(other => other !== id) : [...collapsed, id],
    });
  }

  #listen(stage: HTMLElement): void {
    stage.addEventListener('click', event => {
      const node = this.#nodeAt(event.target);
      if (!node || this.#viewport.wasDragged) return;
      this.#focused = node.id;
      if (isStop(node) && node.kind !== 'missing')
        send({ type: 'reveal', state: node.id, beside: event.altKey });
    });
    stage.addEventListener('dblclick', event => {
      const node = this.#nodeAt(event.target);
      if (node && isStop(node)) send({ type: 'reveal', state: node.id, beside: true });
    });
    stage.addEventListener('contextmenu', event => {
      event.preventDefault();
      const node = this.#nodeAt(event.target);
      if (node && (node.kind === 'state' || node.kind === 'container'))
        this.#openStateMenu(node, event.clientX, event.clientY);
      else this.#openGraphMenu(event.clientX, event.clientY);
    });
    this.#body.addEventListener('keydown', event => {
      if (this.#key(event)) event.preventDefault();
    });
  }

  /** Does what a key says; tells whether it said something. */
  #key(event: KeyboardEvent): boolean {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.target instanceof HTMLSelectElement ||
      event.target instanceof HTMLInputElement
    )
      return false;
    const steps: Readonly<Record<string, Step>> =
      this.#shown?.layout.direction === 'LR'
        ? { ArrowRight: 'forward', ArrowLeft: 'back', ArrowUp: 'left', ArrowDown: 'right' }
        : { ArrowDown: 'forward', ArrowUp: 'back', ArrowLeft: 'left', ArrowRight: 'right' };
    const step = steps[event.key];
    const node = this.#shown?.drawing.nodes.find(({ id }) => id === this.#focused);
    if (step && this.#shown && this.#focused !== undefined) {
      const to = stepFrom(this.#shown.drawing, this.#focused, step);
      if (to !== undefined) this.#focus(to);
      return true;
    }
    switch (event.key) {
      case '+':
      case '=':
        this.#viewport.zoom(1.2);
        return true;
      case '-':
        this.#viewport.zoom(1 / 1.2);
        return true;
      case '0':
        this.#viewport.fit();
        return true;
      case '/':
        this.#searchBox.open();
        return true;
      case 'Enter':
        if (!node || event.target instanceof HTMLButtonElement) return false;
        send({ type: 'reveal', state: node.id, beside: event.altKey });
        return true;
      case ' ':
        if (
          !node ||
          event.target instanceof HTMLButtonElement ||
          (node.kind !== 'container' && node.hidden === undefined)
        )
          return false;
        this.#toggleCollapsed(node.id);
        return true;
      case 'F9':
        if (!node) return false;
        send({ type: 'command', command: 'toggleBreakpoint', state: node.id });
        return true;
      case 'F10':
        if (!event.shiftKey || !node) return false;
        this.#openMenuAtFocus(node);
        return true;
      case 'ContextMenu':
        if (!node) return false;
        this.#openMenuAtFocus(node);
        return true;
      default:
        return false;
    }
  }

  #openMenuAtFocus(node: DrawnNode): void {
    const box = this.#picture?.nodes.get(node.id)?.getBoundingClientRect();
    if (box) this.#openStateMenu(node, box.left + 8, box.bottom);
  }

  #openStateMenu(node: DrawnNode, x: number, y: number): void {
    const command = (name: StateCommand) => (): void => {
      send({ type: 'command', command: name, state: node.id });
    };
    const isStopped = this.#execution?.status === 'stopped';
    const items: MenuItem[] = [
      {
        label: 'Go to State',
        key: 'Enter',
        act: () => send({ type: 'reveal', state: node.id, beside: false }),
      },
      { label: 'Rename…', act: command('rename') },
      {
        label: this.#breakpoints.has(node.id) ? 'Remove Breakpoint' : 'Set Breakpoint',
        key: 'F9',
        act: command('toggleBreakpoint'),
      },
      ...(isStopped ? [{ label: 'Set Next State', act: command('setNextState') }] : []),
      { label: 'Run from Here', act: command('runFromHere') },
      { label: 'Copy Name', act: command('copyName') },
      ...(node.kind === 'container'
        ? [{ label: 'Collapse', key: 'Space', act: () => this.#toggleCollapsed(node.id) }]
        : []),
      ...(node.hidden !== undefined
        ? [{ label: 'Expand', key: 'Space', act: () => this.#toggleCollapsed(node.id) }]
        : []),
    ];
    openMenu(this.#body, node.title, items, x, y);
  }

  #openGraphMenu(x = this.#body.clientWidth, y = 36): void {
    const shown = this.#shown;
    if (!shown) return;
    const containers = shown.drawing.nodes.filter(({ kind }) => kind === 'container').map(({ id }) => id);
    const items: MenuItem[] = [
      ...(containers.length > 0
        ? [
            {
              label: 'Collapse All',
              act: () => this.#relayout({ collapsed: [...shown.layout.collapsed, ...containers] }),
            },
          ]
        : []),
      ...(shown.layout.collapsed.length > 0
        ? [{ label: 'Expand All', act: () => this.#relayout({ collapsed: [] }) }]
        : []),
      { label: 'Copy as Mermaid', act: () => send({ type: 'export', format: 'mermaid', content: '' }) },
    ];
    openMenu(this.#body, 'Graph', items, x, y);
  }

  #nodeAt(target: EventTarget | null): DrawnNode | undefined {
    const group = target instanceof Element ? target.closest('[data-node]') : null;
    const id = group instanceof SVGElement ? group.dataset['node'] : undefined;
    return this.#shown?.drawing.nodes.find(node => node.id === id);
  }
}

function setTitle(parent: SVGElement, text: string): void {
  const known = parent.querySelector(':scope > title');
  const title = known ?? document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = text;
  if (!known) parent.prepend(title);
}
