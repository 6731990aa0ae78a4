import type { Signature } from './signature.ts';

/**
 * The syntax tree of a JSONata 2.0 expression, in the shape the evaluator works on.
 *
 * It is the tree of the `jsonata` package after its second pass: location paths are flat lists of
 * steps, predicates hang on the step they filter, `%` has found the step whose parent it means.
 * `start` and `end` are UTF-16 offsets into the expression text, half open.
 */
export type JsonataNode =
  | StringNode
  | NumberNode
  | ConstantNode
  | RegexNode
  | VariableNode
  | NameNode
  | WildcardNode
  | DescendantNode
  | ParentNode
  | PathNode
  | BinaryNode
  | BindNode
  | ApplyNode
  | NegateNode
  | ArrayNode
  | ObjectNode
  | CallNode
  | PartialNode
  | LambdaNode
  | TailCallNode
  | ConditionNode
  | TransformNode
  | BlockNode
  | SortNode
  | ErrorNode;

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '&' | 'and' | 'or' | 'in' | '..';

interface NodeBase {
  readonly start: number;
  readonly end: number;
  /** Filters on the value as a whole, as in `(1..9)[2]`. */
  readonly predicates: readonly Filter[];
  /** Filters and `#$i` bindings that follow a path step and apply to each of its results. */
  readonly stages: readonly Stage[];
  /** The `{…}` that groups the value: `Order{id: price}`. */
  readonly group: Group | undefined;
  /** Written with `[]` behind it: a single result stays an array. */
  readonly keepArray: boolean;
  /** Evaluated as a stream of tuples, because `@`, `#` or `%` must remember where a value came from. */
  readonly tuple: boolean;
  /** The variable of `@$v` on this step. */
  readonly focus: StepVariable | undefined;
  /** The variable of `#$i` on this step. */
  readonly index: StepVariable | undefined;
  /** The step remembers its input under this label for a `%` further on. */
  readonly ancestor: ParentSlot | undefined;
}

/** Where a `%` finds its value: the tuple entry called `label`. */
export interface ParentSlot {
  readonly label: string;
}

export interface Filter {
  readonly kind: 'filter';
  readonly start: number;
  readonly end: number;
  readonly condition: JsonataNode;
}

export interface IndexBinding {
  readonly kind: 'index';
  readonly start: number;
  readonly end: number;
  readonly variable: StepVariable;
}

/** The variable behind `@` or `#`; the span begins at its `$`. */
export interface StepVariable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export type Stage = Filter | IndexBinding;

export interface Pair {
  readonly key: JsonataNode;
  readonly value: JsonataNode;
}

export interface Group {
  readonly start: number;
  readonly end: number;
  readonly pairs: readonly Pair[];
}

export interface StringNode extends NodeBase {
  readonly kind: 'string';
  readonly value: string;
}

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly value: number;
}

export interface ConstantNode extends NodeBase {
  readonly kind: 'constant';
  readonly value: boolean | null;
}

export interface RegexNode extends NodeBase {
  readonly kind: 'regex';
  readonly pattern: string;
  /** Of `i` and `m`, as written. */
  readonly flags: string;
}

/** `$name`; `$` has the name `''` and `$$` the name `'$'`. */
export interface VariableNode extends NodeBase {
  readonly kind: 'variable';
  readonly name: string;
}

/** A field name; always a step of a path, also when it stands alone. */
export interface NameNode extends NodeBase {
  readonly kind: 'name';
  readonly name: string;
}

export interface WildcardNode extends NodeBase {
  readonly kind: 'wildcard';
}

export interface DescendantNode extends NodeBase {
  readonly kind: 'descendant';
}

/** `%` where an operand stands: the object the context came from. */
export interface ParentNode extends NodeBase {
  readonly kind: 'parent';
  readonly slot: ParentSlot;
}

export interface PathNode extends NodeBase {
  readonly kind: 'path';
  readonly steps: readonly JsonataNode[];
  readonly keepSingletonArray: boolean;
}

export interface BinaryNode extends NodeBase {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly lhs: JsonataNode;
  readonly rhs: JsonataNode;
}

export interface BindNode extends NodeBase {
  readonly kind: 'bind';
  readonly variable: VariableNode;
  readonly value: JsonataNode;
}

/** `lhs ~> rhs`. */
export interface ApplyNode extends NodeBase {
  readonly kind: 'apply';
  readonly lhs: JsonataNode;
  readonly rhs: JsonataNode;
}

export interface NegateNode extends NodeBase {
  readonly kind: 'negate';
  readonly operand: JsonataNode;
}

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly items: readonly JsonataNode[];
  /** First or last step of a path: its value is one thing and is not flattened. */
  readonly consarray: boolean;
}

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  readonly pairs: readonly Pair[];
}

export interface CallNode extends NodeBase {
  readonly kind: 'call';
  readonly procedure: JsonataNode;
  readonly arguments: readonly JsonataNode[];
}

/** `$f(?, 2)`: a function of the arguments left open. `undefined` marks an open one. */
export interface PartialNode extends NodeBase {
  readonly kind: 'partial';
  readonly procedure: JsonataNode;
  readonly arguments: readonly (JsonataNode | undefined)[];
}

export interface LambdaNode extends NodeBase {
  readonly kind: 'lambda';
  readonly parameters: readonly VariableNode[];
  readonly signature: Signature | undefined;
  readonly body: JsonataNode;
}

/** A call in tail position of a lambda: made by the caller, so that the stack does not grow. */
export interface TailCallNode extends NodeBase {
  readonly kind: 'tailCall';
  readonly call: CallNode;
}

export interface ConditionNode extends NodeBase {
  readonly kind: 'condition';
  readonly condition: JsonataNode;
  readonly whenTrue: JsonataNode;
  readonly whenFalse: JsonataNode | undefined;
}

/** `|pattern|update, delete|`. */
export interface TransformNode extends NodeBase {
  readonly kind: 'transform';
  readonly pattern: JsonataNode;
  readonly update: JsonataNode;
  readonly delete: JsonataNode | undefined;
}

export interface BlockNode extends NodeBase {
  readonly kind: 'block';
  readonly expressions: readonly JsonataNode[];
  readonly consarray: boolean;
}

/** `^(…)`; always a step of a path. */
export interface SortNode extends NodeBase {
  readonly kind: 'sort';
  readonly terms: readonly SortTerm[];
}

export interface SortTerm {
  readonly descending: boolean;
  readonly expression: JsonataNode;
}

/** Text that could not be understood; what was understood of it is in `parts`. */
export interface ErrorNode extends NodeBase {
  readonly kind: 'error';
  readonly parts: readonly JsonataNode[];
}
