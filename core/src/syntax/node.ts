import type { Message } from '#core/text/message.ts';
import type { Offset, Span } from '#core/text/span.ts';

/**
 * One tree for JSON and YAML. Values are decoded, positions are in the file.
 *
 * A tree is built once per version of a file and never changes. Broken text still gives a tree:
 * what is missing is absent, what is unreadable is a `SyntaxProblem` beside it.
 */
export type SyntaxNode =
  ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode | PlaceholderNode | TagNode;

interface NodeBase extends Span {
  readonly parent: ObjectNode | ArrayNode | TagNode | undefined;
}

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  /** In the order of the file, repeated keys included. YAML merge keys (`<<`) are already resolved. */
  readonly properties: readonly PropertyNode[];
}

export interface PropertyNode extends Span {
  readonly key: StringNode;
  /** Absent while the value is not typed yet (`"Next":`). */
  readonly value: SyntaxNode | undefined;
  /** Where the colon stands, if it does. */
  readonly colon: Offset | undefined;
  readonly parent: ObjectNode;
  /** True for a YAML property that came in by a merge key or alias: it is written elsewhere. */
  readonly inherited: boolean;
}

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly items: readonly SyntaxNode[];
}

export interface StringNode extends NodeBase {
  readonly kind: 'string';
  readonly value: string;
  /** How the string is written in the file; decides how a replacement must be written. */
  readonly style: StringStyle;
  /**
   * The file offset of the n-th code unit of `value` (n = length gives the end of the content).
   *
   * Escapes, YAML folding and indentation make this non-linear: for `"a\u0041b"` offset 2 is eight
   * units behind the opening quote.
   */
  offsetOf(n: number): Offset;
  /** The inverse: which code unit of `value` the file offset lies in; clamped to 0..length. */
  indexOf(offset: Offset): number;
}

export type StringStyle = 'json' | 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly value: number;
  /** As written: `1.0` and `1` are the same number, but not both are integers to AWS. */
  readonly text: string;
}

export interface BooleanNode extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends NodeBase {
  readonly kind: 'null';
}

/** A bare substitution in place of a value: `"Seconds": ${WaitSeconds}`. Its value is known at deployment only. */
export interface PlaceholderNode extends NodeBase {
  readonly kind: 'placeholder';
  /** The text between `${` and `}`. */
  readonly name: string;
}

/** A CloudFormation tag in YAML: `!Sub "…"`, `!GetAtt Function.Arn`. Its value is known at deployment only. */
export interface TagNode extends NodeBase {
  readonly kind: 'tag';
  /** With the exclamation mark: `!Sub`. */
  readonly tag: string;
  readonly content: SyntaxNode | undefined;
}

/** What the parser could not read, in the words a user can act on. */
export interface SyntaxProblem extends Span {
  readonly code: SyntaxProblemCode;
  readonly message: Message;
}

export type SyntaxProblemCode =
  | 'syntax'
  | 'comment'
  | 'trailing-comma'
  | 'duplicate-key'
  | 'too-deep'
  | 'unresolved-alias'
  | 'multiple-documents';

export interface SyntaxTree {
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Comments of the file, in order; `Comment` directives and YAML suppressions live there. */
  readonly comments: readonly CommentSpan[];
}

export interface CommentSpan extends Span {
  /** Without `#`, `//`, or `/*`. */
  readonly text: string;
}

/** The property of that name; of repeated ones the first. */
export function propertyOf(node: SyntaxNode | undefined, name: string): PropertyNode | undefined {
  if (node?.kind !== 'object') return undefined;
  for (const property of node.properties) if (property.key.value === name) return property;
  return undefined;
}

/** The value of the property of that name, if both exist. */
export function valueOf(node: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  return propertyOf(node, name)?.value;
}

/** Whether what the node stands for is decided at deployment, so that nothing can be said about it here. */
export function isDeferred(node: SyntaxNode): boolean {
  if (node.kind === 'placeholder' || node.kind === 'tag') return true;
  if (node.kind === 'string') return hasPlaceholder(node.value);
  return isCloudFormationFunction(node);
}

/** Whether the text holds a substitution such as `${TableName}`; `$${` is not one. */
export function hasPlaceholder(text: string): boolean {
  return text.includes('${') && /(^|[^$])\$\{[^}]*\}/.test(text);
}

/**
 * `{"Ref": …}` and `{"Fn::Sub": …}`: an object that CloudFormation replaces by its value.
 *
 * `{"Condition": …}` is none: CloudFormation knows it among its conditions only, and here it is a Choice Rule.
 */
export function isCloudFormationFunction(node: SyntaxNode): boolean {
  if (node.kind !== 'object' || node.properties.length !== 1) return false;
  const name = node.properties[0]?.key.value ?? '';
  return name === 'Ref' || name.startsWith('Fn::');
}

/** All nodes below and including `node`, parents first. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  if (node.kind === 'object') {
    for (const property of node.properties) if (property.value) yield* walk(property.value);
  } else if (node.kind === 'array') {
    for (const item of node.items) yield* walk(item);
  } else if (node.kind === 'tag' && node.content) {
    yield* walk(node.content);
  }
}
