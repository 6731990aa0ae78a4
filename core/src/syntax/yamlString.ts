import type { Offset } from '#core/text/span.ts';
import type { StringNode, StringStyle } from './node.ts';
import { indexOfOffset, scalarOffsets } from './stringOffsets.ts';

/** A YAML string; offsets are worked out on first use. */
export class YamlString implements StringNode {
  readonly kind = 'string';
  readonly start: Offset;
  readonly end: Offset;
  readonly style: Exclude<StringStyle, 'json'>;
  readonly value: string;
  readonly parent: StringNode['parent'];
  readonly #text: string;
  #offsets: readonly Offset[] | undefined;

  constructor(
    text: string,
    start: Offset,
    end: Offset,
    style: Exclude<StringStyle, 'json'>,
    value: string,
    parent: StringNode['parent'],
  ) {
    this.#text = text;
    this.start = start;
    this.end = end;
    this.style = style;
    this.value = value;
    this.parent = parent;
  }

  offsetOf(n: number): Offset {
    this.#offsets ??= scalarOffsets({
      text: this.#text,
      start: this.start,
      end: this.end,
      style: this.style,
      value: this.value,
    });
    return this.#offsets[Math.max(0, Math.min(n, this.value.length))] ?? this.start;
  }

  indexOf(offset: Offset): number {
    return indexOfOffset(this, offset);
  }
}
