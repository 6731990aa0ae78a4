/** In a mock file, a state machine goes by its name in the template or else by that of its file, without endings. */
export function mockedName(path: string, name: string | undefined): string {
  return (
    name ?? (path.split(/[\\/]/).at(-1) ?? path).replace(/\.(asl\.json|asl\.ya?ml|asl|json|ya?ml)$/i, '')
  );
}
