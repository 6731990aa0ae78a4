/** Computes a value on first use and keeps it. The only form of caching in the core: it lives as long as its owner. */
export function lazy<T>(compute: () => T): () => T {
  let state: { readonly value: T } | undefined;
  return () => (state ??= { value: compute() }).value;
}
