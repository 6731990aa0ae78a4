import type { Shape } from '#core/analysis/shape.ts';

/** Reads `.a['b'][0].c` as its steps; nothing where it is more than that. */
export function stepsOf(path: string): readonly (string | undefined)[] | undefined {
  const steps: (string | undefined)[] = [];
  let rest = path;
  while (rest !== '') {
    const step = /^\.(?:([\p{ID_Start}_][\p{ID_Continue}-]*)|`([^`]*)`)|^\['([^']*)'\]|^(\[[^\]]*\])/u.exec(
      rest,
    );
    if (!step) return undefined;
    steps.push(step[4] === undefined ? (step[1] ?? step[2] ?? step[3]) : undefined);
    rest = rest.slice(step[0].length);
  }
  return steps;
}

/** Where steps lead; `undefined` steps take any item. JSONata goes through arrays by itself. */
export function shapeAt(
  shape: Shape,
  steps: readonly (string | undefined)[],
  options: { readonly throughArrays: boolean },
): Shape | undefined {
  let at: Shape | undefined = shape;
  for (const step of steps) {
    if (at === undefined) return undefined;
    if (step === undefined) {
      if (at.kind === 'array') at = at.element;
      else if (!options.throughArrays) return undefined;
      continue;
    }
    if (options.throughArrays) at = itemOf(at);
    at = at.kind === 'object' ? at.members.get(step)?.shape : undefined;
  }
  return at && options.throughArrays ? itemOf(at) : at;
}

function itemOf(shape: Shape): Shape {
  return shape.kind === 'array' ? itemOf(shape.element) : shape;
}

const shownMembers = 12;
const shownDepth = 2;

/** A shape as a type: `{ id: string, items: { price: number }[], note?: any, … }`. */
export function describeShape(shape: Shape, depth = 0): string {
  switch (shape.kind) {
    case 'unknown':
      return 'any';
    case 'array':
      return `${describeShape(shape.element, depth)}[]`;
    case 'object': {
      if (shape.members.size === 0) return shape.isOpen ? 'object' : '{}';
      if (depth > shownDepth) return 'object';
      const members = [...shape.members].slice(0, shownMembers);
      const texts = members.map(
        ([name, member]) =>
          `${/^[\w$]+$/.test(name) ? name : JSON.stringify(name)}${member.isOptional ? '?' : ''}: ${describeShape(member.shape, depth + 1)}`,
      );
      const isCut = shape.members.size > members.length || shape.isOpen;
      return `{ ${[...texts, ...(isCut ? ['…'] : [])].join(', ')} }`;
    }
    default:
      return shape.value === undefined ? shape.kind : JSON.stringify(shape.value);
  }
}
