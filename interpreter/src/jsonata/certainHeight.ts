import type { BinaryNode, JsonataNode } from '#core/expressions/jsonata/ast.ts';

/**
 * How many levels of nested expressions are evaluated for certain when a node is: its operands and
 * arguments, but not the branches of a condition, later steps of a path, filters or functions'
 * bodies, which are measured when their turn comes.
 */
export function certainHeight(node: JsonataNode): number {
  const known = heights.get(node);
  if (known !== undefined) return known;
  const height = heightOf(node);
  heights.set(node, height);
  return height;
}

/** Trees never change, so that heights can be kept as long as they are. */
const heights = new WeakMap<JsonataNode, number>();

function heightOf(node: JsonataNode): number {
  switch (node.kind) {
    case 'binary':
      return chainHeight(node);
    case 'path':
      return 1 + greatest(node.steps.slice(0, 1));
    case 'bind':
      return 1 + certainHeight(node.value);
    case 'apply':
      return 1 + greatest([node.lhs, ...(node.rhs.kind === 'call' ? operandsOf(node.rhs) : [node.rhs])]);
    case 'negate':
      return 1 + certainHeight(node.operand);
    case 'array':
      return 1 + greatest(node.items);
    case 'object':
      return 1 + greatest(node.pairs.flatMap(pair => [pair.key, pair.value]));
    case 'call':
    case 'partial':
      return 1 + greatest(operandsOf(node));
    case 'condition':
      return 1 + certainHeight(node.condition);
    case 'block':
      return 1 + greatest(node.expressions);
    case 'string':
    case 'number':
    case 'constant':
    case 'regex':
    case 'variable':
    case 'name':
    case 'wildcard':
    case 'descendant':
    case 'parent':
    case 'lambda':
    case 'tailCall':
    case 'transform':
    case 'sort':
    case 'error':
      return 1;
  }
}

function operandsOf(call: Extract<JsonataNode, { kind: 'call' | 'partial' }>): readonly JsonataNode[] {
  const operands = [call.procedure];
  for (const argument of call.arguments) if (argument) operands.push(argument);
  return operands;
}

/** `a + b + c` nests to the left as deep as it is long; walked in a loop for that reason. */
function chainHeight(node: BinaryNode): number {
  const links: BinaryNode[] = [];
  let first: JsonataNode = node;
  while (first.kind === 'binary') {
    links.push(first);
    first = first.lhs;
  }
  let height = certainHeight(first);
  for (const { operator, rhs } of links.reverse()) {
    const isCertain = operator !== 'and' && operator !== 'or';
    height = 1 + (isCertain ? Math.max(height, certainHeight(rhs)) : height);
  }
  return height;
}

function greatest(nodes: readonly JsonataNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, certainHeight(node)), 0);
}
