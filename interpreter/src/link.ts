import type { Program } from './program.ts';

/** A program whose tasks can start the other ones: each was compiled with a pointer of its own. */
export function linked(program: Program, called: readonly Program[]): Program {
  if (called.length === 0) return program;
  const all = [program, ...called];
  return {
    ...program,
    scopes: new Map(all.flatMap(({ scopes }) => [...scopes])),
    states: new Map(all.flatMap(({ states }) => [...states])),
    called: new Map(all.map(each => [each.machine.root.pointer, each])),
  };
}
