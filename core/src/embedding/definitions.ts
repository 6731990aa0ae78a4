import type { ObjectNode, SyntaxTree } from '#core/syntax/node.ts';
import type { Source } from '#core/text/source.ts';

/** A state machine definition in a file. */
export interface DefinitionSite {
  /** `file`: the whole file is the definition. `object` and `text`: it stands inside a template. */
  readonly kind: 'file' | 'object' | 'text';
  /** The name of the state machine in its template; the file's own definition has none. */
  readonly name: string | undefined;
  readonly node: ObjectNode;
  /** Problems of the text inside a `DefinitionString`, with positions in the file. */
  readonly tree: SyntaxTree;
}

/** The definitions in a file. */
export function findDefinitions(_source: Source, tree: SyntaxTree): readonly DefinitionSite[] {
  if (tree.root?.kind !== 'object') return [];
  return [{ kind: 'file', name: undefined, node: tree.root, tree }];
}
