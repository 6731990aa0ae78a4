import type { StateCommand } from '#protocol/webview.ts';
import type { DrawnNode } from '#protocol/graph.ts';
import type { MenuItem } from './menu.ts';

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
    key: 'Space',
    act: () => {
      actions.toggleCollapsed(node.id);
    },
  });
  return [
    {
      label: 'Go to State',
      key: 'Enter',
      act: () => {
        actions.reveal(node.id);
      },
    },
    command('Rename…', 'rename', 'F2'),
    command('Copy Name', 'copyName'),
    command(now.hasBreakpoint ? 'Remove Breakpoint' : 'Set Breakpoint', 'toggleBreakpoint', 'F9'),
    ...(now.isStopped ? [command('Set Next State', 'setNextState')] : []),
    command('Run from Here', 'runFromHere'),
    ...(node.kind === 'container' ? [toggle('Collapse')] : []),
    ...(node.hidden === undefined ? [] : [toggle('Expand')]),
  ];
}
