import type { Offset, Span } from '#core/text/span.ts';
import type { Writable } from '#core/writable.ts';
import type { ArrayNode, CommentSpan, ObjectNode, SyntaxNode, SyntaxProblem, SyntaxTree } from './node.ts';
import { movedItem, movedMember } from './movedNode.ts';
import { cutYaml, type Cut } from './yamlCut.ts';
import { readYamlDocument, type YamlDocument } from './yamlDocument.ts';

/** The blocks of a file by their text, each read as if it stood alone. */
export type YamlBlocks = ReadonlyMap<string, YamlDocument>;

/** A file that was read block by block. */
export interface YamlReading {
  readonly tree: SyntaxTree;
  readonly blocks: YamlBlocks;
}

/**
 * Reads a YAML file block by block, and only those blocks that are not known from another version of it.
 *
 * The `yaml` library reads blocks as it reads files; they are put together to the tree that it gives for the whole.
 * `undefined` where that is not certain, because the file cannot be cut or a block is not self-contained.
 */
export function readInBlocks(text: string, known: YamlBlocks | undefined): YamlReading | undefined {
  const cut = cutYaml(text);
  return cut && new BlockReader(text, known).read(cut);
}

type Parent = ObjectNode | ArrayNode | undefined;

/** A collection that has been put together; `end` is where what encloses it goes on. */
interface Collection {
  readonly node: ObjectNode | ArrayNode;
  readonly end: Offset;
}

class BlockReader {
  readonly #text: string;
  readonly #known: YamlBlocks | undefined;
  readonly #blocks = new Map<string, YamlDocument>();
  readonly #problems: SyntaxProblem[] = [];
  readonly #comments: CommentSpan[] = [];

  constructor(text: string, known: YamlBlocks | undefined) {
    this.#text = text;
    this.#known = known;
  }

  read(cut: Cut): YamlReading | undefined {
    if (cut.start > 0 && !this.#block({ start: 0, end: cut.start }, 0)) return undefined;
    const collection = this.#collection(cut, undefined);
    if (!collection) return undefined;
    this.#problems.sort((left, right) => left.start - right.start || left.end - right.end);
    return {
      tree: { root: collection.node, problems: this.#problems, comments: this.#comments },
      blocks: this.#blocks,
    };
  }

  #collection(cut: Cut, parent: Parent): Collection | undefined {
    return cut.kind === 'mapping' ? this.#mapping(cut, parent) : this.#sequence(cut, parent);
  }

  #mapping(cut: Cut, parent: Parent): Collection | undefined {
    const properties: Writable<ObjectNode['properties'][number]>[] = [];
    const start = cut.start + cut.indent;
    const node: Writable<ObjectNode> = { kind: 'object', parent, start, end: start, properties };
    let end = start;
    for (const { inner, ...entry } of cut.entries) {
      const block = this.#block(inner ? { start: entry.start, end: inner.start } : entry, cut.indent);
      const root = block?.tree.root;
      if (!block || root?.kind !== 'object') return undefined;
      for (const member of root.properties) {
        properties.push(movedMember(member, node, this.#text, entry.start));
      }
      node.end = root.end + entry.start;
      end = block.end + entry.start;
      if (!inner) continue;
      const value = this.#collection(inner, node);
      const member = properties.at(-1);
      if (!value || !member) return undefined;
      member.value = value.node;
      member.end = value.node.end;
      node.end = value.end;
      ({ end } = value);
    }
    return { node, end };
  }

  #sequence(cut: Cut, parent: Parent): Collection | undefined {
    const items: SyntaxNode[] = [];
    const start = cut.start + cut.indent;
    const node: Writable<ArrayNode> = { kind: 'array', parent, start, end: start, items };
    let end = start;
    for (const { inner, ...entry } of cut.entries) {
      if (inner) {
        const value = this.#collection(inner, node);
        if (!value) return undefined;
        items.push(value.node);
        ({ end } = value);
        node.end = end;
        continue;
      }
      const block = this.#block(entry, cut.indent);
      const root = block?.tree.root;
      if (!block || root?.kind !== 'array') return undefined;
      for (const item of root.items) items.push(movedItem(item, node, this.#text, entry.start));
      node.end = root.end + entry.start;
      end = block.end + entry.start;
    }
    return { node, end };
  }

  /** Reads whole lines, the first of them from its indentation on, since the dash of an item may stand before. */
  #block({ start, end }: Span, indent: number): YamlDocument | undefined {
    const padded = `${' '.repeat(indent + 1)}${this.#text.slice(start + indent, end)}`;
    // A part of the padded text, because a part of the file's would keep all of it in memory, version after version.
    const text = padded.slice(1);
    const block = this.#blocks.get(text) ?? this.#known?.get(text) ?? readYamlDocument(text);
    if (!block.isSelfContained) return undefined;
    this.#blocks.set(text, block);
    for (const problem of block.tree.problems) this.#problems.push(moved(problem, start));
    for (const comment of block.tree.comments) this.#comments.push(moved(comment, start));
    return block;
  }
}

function moved<T extends Span>(span: T, by: number): T {
  return { ...span, start: span.start + by, end: span.end + by };
}
