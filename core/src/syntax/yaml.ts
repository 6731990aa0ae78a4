import type { SyntaxTree } from './node.ts';
import { readInBlocks, type YamlBlocks } from './yamlBlocks.ts';
import { readYamlDocument } from './yamlDocument.ts';

/** What one version of a file leaves for the next, so that only what has changed is read again. */
export interface YamlMemory {
  blocks: YamlBlocks | undefined;
}

/**
 * Reads YAML, whatever state it is in: anchors, aliases and merge keys are followed, CloudFormation
 * tags (`!Sub`) become `TagNode`s, a value that is only `${Placeholder}` a `PlaceholderNode`.
 *
 * What an alias or merge key brings in keeps the positions of where it is written. The tree is the same with a
 * memory of another version as without.
 */
export function parseYaml(text: string, memory?: YamlMemory): SyntaxTree {
  const reading = memory && readInBlocks(text, memory.blocks);
  if (!reading) return readYamlDocument(text).tree;
  memory.blocks = reading.blocks;
  return reading.tree;
}
