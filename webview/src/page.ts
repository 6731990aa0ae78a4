import type { ExecutionView } from '#protocol/execution.ts';
import type { Coverage, Layout, ToPage } from '#protocol/webview.ts';
import type { Box } from './badges.ts';
import { showCoverage } from './coverage.ts';
import { Decoration } from './decoration.ts';
import { draw } from './draw.ts';
import { button, element } from './elements.ts';
import { exportItems, sendPicture } from './exportMenu.ts';
import { HoverCard, summaryOf } from './hoverCard.ts';
import { openMenu, type MenuItem } from './menu.ts';
import { stateMenu, type MenuActions } from './menus.ts';
import { readState, receive, send, writeState } from './messaging.ts';
import { Minimap } from './minimap.ts';
import { firstNode, isStop, search, stepFrom, type Step } from './navigation.ts';
import { Pictures, type Drawn } from './pictures.ts';
import { relabel, structureOf } from './relabel.ts';
import { Mark, Scene, toggle, type Drawing, type Part } from './scene.ts';
import { SearchBox } from './searchBox.ts';
import { spokenStop } from './spoken.ts';
import { filled, texts } from './texts.ts';
import { TimeBar } from './timeBar.ts';
import { Viewport } from './viewport.ts';

/** Takes the extension's messages, keeps one picture in the window, and sends back what the user does with it. */
export class GraphPage {
  readonly #body: HTMLElement;
  readonly #viewport: Viewport;
  readonly #notice = element('div', 'notice', { role: 'status' });
  readonly #live = element('div', 'unseen', { 'aria-live': 'assertive' });
  readonly #machines = element('select', 'machines', { 'aria-label': texts.toolbar.machines });
  readonly #hover = new HoverCard();
  readonly #searchBox: SearchBox;
  readonly #minimap: Minimap;
  readonly #timeBar: TimeBar;
  readonly #pictures = new Pictures();
  /** The state under the pointer, and the one that the keyboard is at. */
  readonly #pointed = new Mark('is-pointed-at');
  readonly #outlined = new Mark('is-focused');
  /** What is shown now. */
  #scene: Scene | undefined;
  #decoration: Decoration | undefined;
  /** The newest drawing that is not shown yet. */
  #wanted: Drawing | undefined;
  #isDrawing = false;
  #cursor: string | undefined;
  #focused: string | undefined;
  #breakpoints: ReadonlySet<string> = new Set();
  #execution: ExecutionView | undefined;
  /** Whether the execution is being debugged. */
  #isLive = false;
  #coverage: Coverage | undefined;
  #isDecorationDue = false;
  /** The element that is in the tab order. */
  #tabStop: SVGElement | undefined;
  /** The state that the pointer was pressed on and not yet released. */
  #pressed: Part | undefined;

  constructor(body: HTMLElement) {
    this.#body = body;
    const stage = element('main', 'stage', { 'aria-label': texts.toolbar.page });
    this.#viewport = new Viewport(stage, readState()?.placed, {
      change: view => {
        this.#hover.hide();
        this.#minimap.draw(view, this.#viewport.space);
        if (this.#scene) writeState({ uri: this.#scene.message.uri, placed: this.#viewport.placed });
      },
      resize: () => {
        this.#revealPart(this.#execution?.current?.state ?? this.#cursor);
      },
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
      find: query => (this.#scene ? search(this.#scene.message.drawing, query) : []),
      show: (found, current) => {
        this.#showFound(new Set(found), current);
      },
      done: current => {
        this.#focus(current ?? this.#focused);
      },
    });
    this.#timeBar = new TimeBar({
      seek: position => {
        send({ type: 'seek', position });
      },
      chooseIteration: (state, index) => {
        send({ type: 'iteration', state, index });
      },
      clear: () => {
        send({ type: 'clearExecution' });
      },
      nameOf: state => this.#scene?.nameOf(state) ?? state,
    });
    this.#machines.addEventListener('change', () => {
      const { direction } = this.#scene?.message.layout ?? { direction: 'TB' as const };
      send({ type: 'layout', layout: { machine: this.#machines.selectedIndex, direction } });
    });
    body.replaceChildren(
      element('header', '', {}, element('h1', 'unseen', {}, texts.toolbar.page), this.#toolbar()),
      element('div', 'middle', {}, stage, this.#searchBox.root, this.#minimap.root, this.#notice),
      this.#timeBar.root,
      this.#hover.root,
      this.#live,
    );
    this.#notice.hidden = true;
    this.#machines.hidden = true;
    this.#listen(stage);
    this.#followColours();
    receive(message => {
      this.#receive(message);
    });
  }

  /** Everything has VS Code's colours by itself but the map, which is painted. */
  #followColours(): void {
    const observer = new MutationObserver(() => {
      if (this.#viewport.view) this.#minimap.draw(this.#viewport.view, this.#viewport.space);
    });
    for (const root of [document.documentElement, this.#body])
      observer.observe(root, { attributeFilter: ['class', 'style'] });
  }

  #toolbar(): HTMLElement {
    return element(
      'div',
      'toolbar',
      { role: 'toolbar', 'aria-label': texts.toolbar.name },
      this.#machines,
      button('zoomIn', texts.toolbar.zoomIn, () => {
        this.#viewport.zoom(1.2);
      }),
      button('zoomOut', texts.toolbar.zoomOut, () => {
        this.#viewport.zoom(1 / 1.2);
      }),
      button('fit', texts.toolbar.fit, () => {
        this.#viewport.fit();
      }),
      button('turn', texts.toolbar.turn, () => {
        this.#relayout({ direction: this.#scene?.message.layout.direction === 'LR' ? 'TB' : 'LR' });
      }),
      button('search', texts.toolbar.search, () => {
        this.#searchBox.open();
      }),
      button('more', texts.toolbar.more, () => {
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
        this.#wanted = undefined;
        this.#viewport.stage.classList.add('is-stale');
        this.#say(filled(texts.notice.stale, message.line, message.message));
        return;
      case 'empty':
        this.#wanted = undefined;
        this.#viewport.clear();
        this.#scene = undefined;
        this.#say(message.message);
        return;
      case 'cursor':
        this.#cursor = message.state;
        this.#decorate();
        this.#revealPart(message.state);
        return;
      case 'breakpoints':
        this.#breakpoints = new Set(message.states);
        this.#decorate();
        return;
      case 'execution':
        this.#receiveExecution(message);
        return;
      case 'export':
        void this.#export(message);
        return;
      case 'coverage':
        this.#coverage = message.coverage;
        this.#decorate();
        return;
    }
  }

  async #export({ format, scale }: Extract<ToPage, { type: 'export' }>): Promise<void> {
    this.#finishDecoration();
    if (!this.#scene) return;
    try {
      await sendPicture(this.#scene.picture, format, scale);
    } catch (error) {
      this.#fail(this.#scene.message.sequence, error);
    }
  }

  #receiveExecution({ view, source }: Extract<ToPage, { type: 'execution' }>): void {
    // Sequences grow within a session; another session begins anew, with nothing that could be late.
    const isLate = view && this.#execution && view.sequence < this.#execution.sequence && view.sequence > 1;
    if (isLate) return;
    const said = spokenStop(this.#scene, this.#execution, view);
    if (said !== undefined) this.#live.textContent = said;
    this.#execution = view;
    this.#isLive = source === 'live';
    this.#timeBar.show(view, source);
    this.#decorate();
    this.#revealPart(view?.current?.state);
  }

  /** Draws what is wanted, one at a time; of several that came meanwhile only the last. */
  async #drawWanted(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    for (let wanted = this.#wanted; wanted; wanted = this.#wanted) {
      this.#wanted = undefined;
      const started = performance.now();
      try {
        this.#show(wanted, await this.#drawn(wanted));
        send({ type: 'drawn', sequence: wanted.sequence, milliseconds: performance.now() - started });
      } catch (error) {
        this.#fail(wanted.sequence, error);
      }
    }
    this.#isDrawing = false;
  }

  #fail(sequence: number, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#say(filled(texts.notice.failed, message));
    send({ type: 'failed', sequence, message });
  }

  /** A picture of the drawing: the one that is shown, one that was kept, one whose labels can be changed, or a new one. */
  async #drawn({ drawing }: Drawing): Promise<Drawn> {
    const shown = this.#scene && { picture: this.#scene.picture, drawing: this.#scene.message.drawing };
    if (shown?.drawing.text === drawing.text) return { ...shown, drawing };
    const kept = this.#pictures.find(drawing.text);
    if (kept) return { ...kept, drawing };
    const isAlike = shown && structureOf(shown.drawing.text) === structureOf(drawing.text);
    if (isAlike && relabel(shown.picture, shown.drawing, drawing)) return { ...shown, drawing };
    return { picture: await draw(drawing, this.#viewport.stage), drawing };
  }

  #show(message: Drawing, drawn: Drawn): void {
    this.#pictures.keep(drawn);
    const before = this.#scene;
    const scene = new Scene(message, drawn.picture);
    this.#scene = scene;
    if (this.#decoration?.picture !== scene.picture) {
      this.#decoration?.stop();
      this.#decoration = new Decoration(scene.picture);
    }
    if (before?.picture !== scene.picture) this.#replace(before, scene);
    this.#viewport.stage.classList.remove('is-stale');
    this.#notice.replaceChildren(message.note);
    this.#notice.hidden = message.note === '';
    this.#machines.replaceChildren(
      ...message.machines.map((name, index) =>
        element('option', '', {}, name === '' ? filled(texts.toolbar.unnamedMachine, index + 1) : name),
      ),
    );
    this.#machines.selectedIndex = message.layout.machine;
    this.#machines.hidden = message.machines.length < 2;
    writeState({ uri: message.uri, placed: this.#viewport.placed });
    this.#describe(scene, before?.picture === scene.picture);
    this.#decorate();
  }

  #replace(before: Scene | undefined, scene: Scene): void {
    const { message, picture } = scene;
    const isOther =
      before !== undefined &&
      (before.message.uri !== message.uri ||
        before.message.layout.machine !== message.layout.machine ||
        before.message.layout.direction !== message.layout.direction);
    const anchor = this.#focused ?? this.#cursor;
    const hadFocus =
      this.#body.contains(document.activeElement) && before?.partAt(document.activeElement) !== undefined;
    const box = anchor === undefined ? undefined : before?.parts.get(anchor)?.group.getBoundingClientRect();
    this.#viewport.show(
      { ...picture, start: scene.start },
      {
        before: box,
        after: () => (anchor === undefined ? undefined : scene.parts.get(anchor)?.group),
      },
    );
    if (isOther) this.#viewport.open();
    const parts = [...scene.parts.values()];
    const boxesOf = (areContainers: boolean): readonly Box[] =>
      parts.filter(({ node }) => (node.kind === 'container') === areContainers).map(({ box }) => box);
    this.#minimap.show(boxesOf(false), boxesOf(true), picture);
    if (this.#viewport.view) this.#minimap.draw(this.#viewport.view, this.#viewport.space);
    if (hadFocus) this.#focus(this.#focused);
  }

  #say(text: string): void {
    this.#notice.replaceChildren(text);
    this.#notice.hidden = false;
  }

  /** Roles, relations and the place in the tab order, for screen readers and the keyboard. */
  #describe(scene: Scene, isDescribed: boolean): void {
    const { svg } = scene.picture;
    if (svg.ariaLabel !== scene.message.title) svg.ariaLabel = scene.message.title;
    if (this.#focused === undefined || !scene.parts.has(this.#focused))
      this.#focused = firstNode(scene.message.drawing);
    if (isDescribed) {
      this.#stopAt(this.#focused);
      return;
    }
    svg.setAttribute('role', 'tree');
    svg.removeAttribute('aria-roledescription');
    for (const group of svg.querySelectorAll('.edgePaths, .edgeLabels'))
      group.setAttribute('aria-hidden', 'true');
    for (const { node, group } of scene.parts.values()) {
      if (!isStop(node)) {
        group.setAttribute('aria-hidden', 'true');
        continue;
      }
      group.setAttribute('role', 'treeitem');
      group.setAttribute('aria-level', String(scene.depth(node.id)));
      group.setAttribute('tabindex', node.id === this.#focused ? '0' : '-1');
      if (node.kind === 'container') group.setAttribute('aria-expanded', 'true');
      else if (node.hidden !== undefined) group.setAttribute('aria-expanded', 'false');
    }
    this.#tabStop = this.#focused === undefined ? undefined : scene.parts.get(this.#focused)?.group;
  }

  /** Makes one part the place in the tab order. */
  #stopAt(id: string | undefined): void {
    const group = id === undefined ? undefined : this.#scene?.parts.get(id)?.group;
    if (group === this.#tabStop) return;
    this.#tabStop?.setAttribute('tabindex', '-1');
    group?.setAttribute('tabindex', '0');
    this.#tabStop = group;
  }

  /** Brings classes, badges and spoken names up to date, at most once a frame. */
  #decorate(): void {
    if (this.#isDecorationDue) return;
    this.#isDecorationDue = true;
    requestAnimationFrame(() => {
      if (this.#isDecorationDue) this.#decorateNow();
    });
  }

  #decorateNow(): void {
    this.#isDecorationDue = false;
    const scene = this.#scene;
    if (!scene) return;
    this.#decoration?.update(
      scene,
      { cursor: this.#cursor, breakpoints: this.#breakpoints, execution: this.#execution },
      this.#viewport.seen,
    );
    showCoverage(scene, this.#coverage);
  }

  /** What leaves the page has all of its marks. */
  #finishDecoration(): void {
    this.#decorateNow();
    this.#decoration?.finish();
  }

  #revealPart(id: string | undefined): void {
    const part = id === undefined ? undefined : this.#scene?.parts.get(id);
    if (part) this.#viewport.reveal(part.box);
  }

  #showFound(found: ReadonlySet<string>, current: string | undefined): void {
    this.#viewport.stage.classList.toggle('is-searching', found.size > 0);
    for (const [id, part] of this.#scene?.parts ?? []) {
      toggle(part, 'is-found', found.has(id));
      toggle(part, 'is-found-now', id === current);
    }
    this.#revealPart(current);
  }

  #focus(id: string | undefined): void {
    const part = id === undefined ? undefined : this.#scene?.parts.get(id);
    if (!part) return;
    this.#focused = id;
    this.#stopAt(id);
    part.group.focus({ preventScroll: true });
    this.#viewport.reveal(part.box);
  }

  #relayout(change: Partial<Layout>): void {
    if (this.#scene) send({ type: 'layout', layout: { ...this.#scene.message.layout, ...change } });
  }

  #toggleCollapsed(id: string): void {
    const collapsed = this.#scene?.message.drawing.collapsed ?? [];
    this.#relayout({
      collapsed: collapsed.includes(id) ? collapsed.filter(other => other !== id) : [...collapsed, id],
    });
  }

  readonly #actions: MenuActions = {
    reveal: state => {
      send({ type: 'reveal', state, beside: false });
    },
    command: (command, state) => {
      send({ type: 'command', command, state });
    },
    toggleCollapsed: state => {
      this.#toggleCollapsed(state);
    },
  };

  #listen(stage: HTMLElement): void {
    stage.addEventListener('click', event => {
      this.#choose(this.#scene?.partAt(event.target), event.altKey);
    });
    stage.addEventListener('pointerdown', event => {
      this.#pressed = event.button === 0 ? this.#scene?.partAt(event.target) : undefined;
    });
    window.addEventListener('pointerup', event => {
      const pressed = this.#pressed;
      this.#pressed = undefined;
      // Of what was drawn anew in between the browser says no click.
      const now = pressed && this.#scene?.parts.get(pressed.node.id);
      if (now && now.group !== pressed.group) this.#choose(now, event.altKey);
    });
    stage.addEventListener('dblclick', event => {
      const node = this.#scene?.partAt(event.target)?.node;
      if (node && isStop(node) && node.kind !== 'missing')
        send({ type: 'reveal', state: node.id, beside: true });
    });
    stage.addEventListener('contextmenu', event => {
      event.preventDefault();
      const part = this.#scene?.partAt(event.target);
      if (part && (part.node.kind === 'state' || part.node.kind === 'container'))
        this.#openStateMenu(part, event.clientX, event.clientY);
      else this.#openGraphMenu(event.clientX, event.clientY);
    });
    stage.addEventListener('pointerover', event => {
      this.#hoverOver(event.target);
    });
    stage.addEventListener('pointerdown', () => {
      this.#hover.hide();
    });
    stage.addEventListener('pointerleave', () => {
      this.#hover.hide();
      this.#pointed.move(undefined);
    });
    stage.addEventListener('focusin', ({ target }) => {
      const isVisible = target instanceof Element && target.matches(':focus-visible');
      this.#outlined.move(isVisible ? this.#scene?.partAt(target) : undefined);
    });
    stage.addEventListener('focusout', () => {
      this.#outlined.move(undefined);
    });
    this.#body.addEventListener('keydown', event => {
      this.#hover.hide();
      if (this.#key(event)) event.preventDefault();
    });
  }

  /** A click: on a state, it goes there. */
  #choose(part: Part | undefined, beside: boolean): void {
    if (!part || !isStop(part.node) || this.#viewport.wasDragged) return;
    this.#focus(part.node.id);
    if (part.node.kind !== 'missing') send({ type: 'reveal', state: part.node.id, beside });
  }

  #hoverOver(target: EventTarget | null): void {
    const scene = this.#scene;
    const part = scene?.partAt(target);
    this.#pointed.move(part);
    if (scene && part && isStop(part.node)) {
      this.#hover.over(part.group, () => summaryOf(scene, part, this.#execution?.states[part.node.id]));
      return;
    }
    const edge = scene?.edgeAt(target);
    if (scene && edge && edge.description !== '' && target instanceof Element)
      this.#hover.over(target, () => [element('div', 'hover-detail', {}, edge.description)]);
    else this.#hover.over(null, () => []);
  }

  /** Does what a key says; tells whether it said something. */
  #key(event: KeyboardEvent): boolean {
    const { target, key } = event;
    const isInField = target instanceof HTMLSelectElement || target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey || isInField) return false;
    if (event.key.startsWith('Arrow')) return this.#step(event);
    switch (key) {
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
    }
    const part = this.#focused === undefined ? undefined : this.#scene?.parts.get(this.#focused);
    return part !== undefined && !(target instanceof HTMLButtonElement) && this.#keyOn(part, event);
  }

  /** Along transitions from the focused state; with nothing focused yet, to the first. */
  #step(event: KeyboardEvent): boolean {
    if (event.target instanceof HTMLButtonElement || !this.#scene || this.#focused === undefined)
      return false;
    const { drawing, layout } = this.#scene.message;
    const steps: Readonly<Record<string, Step>> =
      layout.direction === 'LR'
        ? { ArrowRight: 'forward', ArrowLeft: 'back', ArrowUp: 'left', ArrowDown: 'right' }
        : { ArrowDown: 'forward', ArrowUp: 'back', ArrowLeft: 'left', ArrowRight: 'right' };
    const step = steps[event.key];
    if (!step) return false;
    const isFocused = this.#scene.partAt(event.target)?.node.id === this.#focused;
    this.#focus(isFocused ? (stepFrom(drawing, this.#focused, step) ?? this.#focused) : this.#focused);
    return true;
  }

  #keyOn(part: Part, event: KeyboardEvent): boolean {
    const { node } = part;
    const canOpen = node.kind !== 'missing';
    switch (event.key) {
      case 'Enter':
        if (canOpen) send({ type: 'reveal', state: node.id, beside: event.altKey });
        return canOpen;
      case ' ':
        if (node.kind !== 'container' && node.hidden === undefined) return false;
        this.#toggleCollapsed(node.id);
        return true;
      case 'F2':
        if (canOpen) send({ type: 'command', command: 'rename', state: node.id });
        return canOpen;
      case 'F9':
        if (canOpen) send({ type: 'command', command: 'toggleBreakpoint', state: node.id });
        return canOpen;
      case 'F10':
        if (!event.shiftKey || !canOpen) return false;
        this.#openMenuAt(part);
        return true;
      case 'ContextMenu':
        if (canOpen) this.#openMenuAt(part);
        return canOpen;
      default:
        return false;
    }
  }

  #openMenuAt(part: Part): void {
    const box = part.group.getBoundingClientRect();
    this.#openStateMenu(part, box.left + 8, box.bottom);
  }

  #openStateMenu({ node }: Part, x: number, y: number): void {
    const now = {
      hasBreakpoint: this.#breakpoints.has(node.id),
      isStopped: this.#isLive && this.#execution?.status === 'stopped',
    };
    this.#hover.hide();
    openMenu(this.#body, node.title, stateMenu(node, now, this.#actions), x, y);
  }

  #openGraphMenu(x = this.#body.clientWidth, y = 40): void {
    const scene = this.#scene;
    if (!scene) return;
    const { drawing } = scene.message;
    const containers = drawing.nodes.filter(({ kind }) => kind === 'container').map(({ id }) => id);
    const layoutItem = (label: string, collapsed: readonly string[]): MenuItem => ({
      label,
      act: () => {
        this.#relayout({ collapsed });
      },
    });
    const items: MenuItem[] = [
      ...(containers.length > 0
        ? [layoutItem(texts.menu.collapseAll, [...drawing.collapsed, ...containers])]
        : []),
      ...(drawing.collapsed.length > 0 ? [layoutItem(texts.menu.expandAll, [])] : []),
      ...exportItems(scene.picture, {
        finish: () => {
          this.#finishDecoration();
        },
        say: text => {
          this.#say(text);
        },
      }),
    ];
    this.#hover.hide();
    openMenu(this.#body, texts.toolbar.name, items, x, y);
  }
}
