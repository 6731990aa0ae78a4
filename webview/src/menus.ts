import type { StateCommand } from '#protocol/webview.ts';
import type { DrawnNode } from '#protocol/graph.ts';
import type { MenuItem } from './menu.ts';
import { texts } from './texts.ts';

/** What a menu can do; the page does it. */
export interface MenuActions {
  reveal(state: string): void;
  command(command: StateCommand, state: string): void;
  toggleCollapsed(state: string): void;
}

/** The context menu of a state. */
export function stateMenu(
  node: DrawnNode,
  now: { readonly hasBreakpoint: boolean; readonly isStopped: boolean },
  actions: MenuActions,
): readonly MenuItem[] {
  const command = (label: string, name: StateCommand, key?: string): MenuItem => ({
    label,
    ...(key !== undefined && { key }),
    act: () => {
      actions.command(name, node.id);
    },
  });
  const toggle = (label: string): MenuItem => ({
    label,
    key: texts.menu.spaceKey,
    act: () => {
      actions.toggleCollapsed(node.id);
    },
  });
  return [
    {
      label: texts.menu.goTo,
      key: texts.menu.enterKey,
      act: () => {
        actions.reveal(node.id);
      },
    },
    command(texts.menu.rename, 'rename', 'F2'),
    command(texts.menu.copyName, 'copyName'),
    command(
      now.hasBreakpoint ? texts.menu.removeBreakpoint : texts.menu.setBreakpoint,
      'toggleBreakpoint',
      'F9',
    ),
    ...(now.isStopped ? [command(texts.menu.setNextState, 'setNextState')] : []),
    command(texts.menu.runFromHere, 'runFromHere'),
    ...(node.kind === 'container' ? [toggle(texts.menu.collapse)] : []),
    ...(node.hidden === undefined ? [] : [toggle(texts.menu.expand)]),
  ];
}
