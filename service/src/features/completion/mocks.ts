import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
} from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { readMockFile } from '#core/mocking/mockFile.ts';
import { locate } from '#core/syntax/locate.ts';
import type { StringNode } from '#core/syntax/node.ts';
import type { Offset } from '#core/text/span.ts';
import { toRange } from '#service/toLsp.ts';

/** In a mock file: the Task states of the state machine in a test case, and the names of the responses. */
export function mockCompletion(analysis: Analysis, offset: Offset): CompletionList {
  const { path, property, inKey, node } = locate(analysis.syntax.root, offset);
  const [section, machineName, cases, testCase, stateName] = path;
  if (section !== 'StateMachines' || cases !== 'TestCases' || testCase === undefined)
    return { isIncomplete: false, items: [] };
  const file = readMockFile(analysis.syntax.root);
  const written = node?.kind === 'string' ? node : undefined;
  if (stateName !== undefined && !inKey) {
    return {
      isIncomplete: false,
      items: file.responses.map(({ name }) =>
        nameItem(analysis, name, CompletionItemKind.Reference, written, offset),
      ),
    };
  }
  const machine = analysis.knowledge.machineNamed?.(String(machineName));
  const known = new Set(
    file.machines
      .find(({ name }) => name === machineName)
      ?.testCases.find(({ name }) => name === testCase)
      ?.states.map(state => state.stateName),
  );
  const free =
    machine?.states.filter(({ type, name }) => type === 'Task' && (!known.has(name) || name === stateName)) ??
    [];
  const key = inKey ? property?.key : undefined;
  return {
    isIncomplete: false,
    items: free.map(({ name }) => {
      if (key) return nameItem(analysis, name, CompletionItemKind.Field, key, offset);
      return {
        label: name,
        kind: CompletionItemKind.Field,
        insertTextFormat: InsertTextFormat.Snippet,
        insertText: `${JSON.stringify(name).replaceAll(/[$}\\]/g, '\\$&')}: "$1"`,
        filterText: JSON.stringify(name),
      };
    }),
  };
}

/** A name in quotes, in place of the string that is there. */
export function nameItem(
  analysis: Analysis,
  name: string,
  kind: CompletionItemKind,
  written: StringNode | undefined,
  offset: Offset,
): CompletionItem {
  const newText = JSON.stringify(name);
  return {
    label: name,
    kind,
    filterText: newText,
    textEdit: { range: toRange(analysis, written ?? { start: offset, end: offset }), newText },
  };
}
