import type { MachineAnalysis } from '#core/analysis/analysis.ts';

/** The wanted name of a new state, with a number behind it where it is taken. */
export function freeName({ machine }: MachineAnalysis, wanted: string): string {
  const taken = new Set(machine.states.map(({ name }) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted.slice(0, 80) : `${wanted.slice(0, 76)} ${count}`;
    if (!taken.has(name)) return name;
  }
}
