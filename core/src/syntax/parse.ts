import type { Source } from '#core/text/source.ts';
import { parseJson } from './json.ts';
import type { SyntaxTree } from './node.ts';
import { parseYaml, type YamlMemory } from './yaml.ts';

/** Reads a file of either format. Never fails: what is wrong stands in `problems`. */
export function parse(source: Source, memory?: YamlMemory): SyntaxTree {
  return source.format === 'yaml' ? parseYaml(source.text, memory) : parseJson({ text: source.text });
}
