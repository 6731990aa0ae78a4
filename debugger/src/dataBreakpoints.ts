import type { Json } from '#core/json.ts';
import type { Strand } from '#interpreter/snapshot.ts';
import type { Definition } from './definition.ts';
import { valueAt } from './variables.ts';

/** Data that a breakpoint watches: a variable of the state machine or the data on their way, or a part of these. */
export interface Watched {
  readonly root: 'variable' | 'data' | 'input' | 'result';
  /** As the user calls it: `$total`, `$.order.id`. */
  readonly name: string;
  /** Of a variable, its name first. */
  readonly path: readonly (string | number)[];
}

/** `$total`, `$order.lines[2]`, `$.order.id`, `$states.input.id`; nothing for what is not that simple. */
export function watchedIn(expression: string): Watched | undefined {
  const text = expression.trim().replace(/^\{%\s*|\s*%\}$/g, '');
  const special = /^\$states\.(input|result)(?=$|[.[])/.exec(text);
  const head =
    special?.[0] ?? /^\$(?=$|[.[])/.exec(text)?.[0] ?? /^\$[\p{L}_][\p{L}\p{N}_]*/u.exec(text)?.[0];
  if (head === undefined || text.startsWith('$$') || head === '$states') return undefined;
  const path = pathIn(text.slice(head.length));
  if (!path) return undefined;
  const name = text;
  if (special) return { root: special[1] === 'result' ? 'result' : 'input', name, path };
  if (head === '$') return { root: 'data', name, path };
  return { root: 'variable', name, path: [head.slice(1), ...path] };
}

/** `.order.lines[2]['a b']` as its parts. */
function pathIn(text: string): readonly (string | number)[] | undefined {
  const path: (string | number)[] = [];
  const part = /\.([\p{L}\p{N}_-]+)|\.`([^`]+)`|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/uy;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (!match) return undefined;
    const [, plain, ticked, index, quoted] = match;
    if (index !== undefined) path.push(Number(index));
    else path.push(plain ?? ticked ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  return path;
}

export function dataIdOf(watched: Watched): string {
  return JSON.stringify([watched.root, watched.name, watched.path]);
}

export function readDataId(dataId: string): Watched | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(dataId);
  } catch {
    return watchedIn(dataId);
  }
  if (!Array.isArray(parts)) return undefined;
  const [root, name, path] = parts as readonly unknown[];
  const known = (['variable', 'data', 'input', 'result'] as const).find(each => each === root);
  if (!known || typeof name !== 'string' || !Array.isArray(path)) return undefined;
  const steps = path.filter(step => typeof step === 'string' || typeof step === 'number');
  return steps.length === path.length ? { root: known, name, path: steps } : undefined;
}

/** The watched value as a strand has it now. Variables count from when Assign makes them. */
export function valueOfWatched({ root, path }: Watched, strand: Strand): Json | undefined {
  switch (root) {
    case 'variable':
      return valueAt(strand.assigned ? { ...strand.variables, ...strand.assigned } : strand.variables, path);
    case 'data':
      return valueAt(strand.data, path);
    case 'input':
      return valueAt(strand.input, path);
    case 'result':
      return valueAt(strand.result, path);
  }
}

/** Whether the stage that a strand performs has an expression that reads a variable. */
export function reads(definition: Definition, { root, path }: Watched, strand: Strand): boolean {
  if (root !== 'variable') return false;
  const { places, analysis } = definition.machineOf(strand.state);
  const fields = places.filter(
    ({ state, stage, when }) =>
      state === strand.state && stage === strand.stage && stage > 0 && when.kind === 'always',
  );
  // A Map's field holds the states inside, too: what these read is not read by it.
  return analysis.variables.uses.some(
    ({ name, start, site }) =>
      name === path[0] &&
      site.state.pointer === strand.state &&
      fields.some(({ extent }) => extent.start <= start && start < extent.end),
  );
}
