import { CompletionItemKind, type CompletionList } from 'vscode-languageserver-types';
import type { Analysis } from '#core/analysis/analysis.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { testFileNames } from '#core/mocking/testFileNames.ts';
import { locate } from '#core/syntax/locate.ts';
import type { Offset } from '#core/text/span.ts';
import { nameItem } from './mocks.ts';

/** In a test file: the states of the definition, and the test cases of the mock file. The schema has the rest. */
export function testCompletion(analysis: Analysis, offset: Offset): CompletionList {
  const { path, inKey, node } = locate(analysis.syntax.root, offset);
  const [section, , field, part] = path;
  if (section !== 'tests' || inKey) return { isIncomplete: false, items: [] };
  const written = node?.kind === 'string' ? node : undefined;
  const items = (names: readonly string[] | undefined, kind: CompletionItemKind): CompletionList => ({
    isIncomplete: false,
    items: (names ?? []).map(name => nameItem(analysis, name, kind, written, offset)),
  });
  const { definition, stateMachine, mockFile } = testFileNames(analysis.syntax.root);
  const { machineNamed, testCasesIn } = analysis.knowledge;
  const machineName = mockedName(definition?.value ?? '', stateMachine?.value);
  if (field === 'testCase')
    return items(mockFile && testCasesIn?.(mockFile.value, machineName)?.names, CompletionItemKind.Reference);
  if (field === 'expect' && part === 'states')
    return items(
      machineNamed?.(machineName)?.states.map(({ name }) => name),
      CompletionItemKind.Field,
    );
  return items([], CompletionItemKind.Text);
}
