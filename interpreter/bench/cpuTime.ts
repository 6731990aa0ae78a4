/** CPU seconds that the work takes, of all threads: the collector and the compiler count too. */
export function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The same for work that others do in their own time. */
export async function cpuSecondsUntil(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The median of some runs, after those that warm up. */
export function medianCpuSeconds(work: () => unknown, times = 15): number {
  for (let i = 0; i < 5; i++) work();
  return median(Array.from({ length: times }, () => cpuSeconds(work)));
}
