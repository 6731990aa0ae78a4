/**
 * A JSON Pointer (RFC 6901) from the root of a definition: `/States/Fan/Branches/0/States/Work`.
 *
 * It identifies states and scopes in every layer: graph nodes, executions, breakpoints and
 * messages between processes carry pointers.
 */
export type Pointer = string;

/** The pointer of a member of what `pointer` points to. */
export function child(pointer: Pointer, member: string | number): Pointer {
  const text = String(member);
  return `${pointer}/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

/** The members on the way, unescaped. */
export function membersOf(pointer: Pointer): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(member => member.replaceAll('~1', '/').replaceAll('~0', '~'));
}
