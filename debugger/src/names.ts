import type { State, StateMachine } from '#core/model/stateMachine.ts';

/** A glob as a pattern: `*` is any text, `?` any character. */
export function globPattern(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
}

/**
 * The states a function breakpoint means: by name, by a glob of it, by `type:Map`, or by `resource:*sqs*`.
 * A name that is written exactly goes before its reading as a glob.
 */
export function statesNamed({ states }: StateMachine, text: string): readonly State[] {
  const wanted = text.trim();
  const exact = states.filter(({ name }) => name === wanted);
  if (exact.length > 0) return exact;
  const [, kind = '', rest = ''] = /^(type|resource)\s*:\s*(.*)$/i.exec(wanted) ?? [];
  const pattern = globPattern(kind === '' ? wanted : rest);
  switch (kind.toLowerCase()) {
    case 'type':
      return states.filter(({ type }) => pattern.test(type));
    case 'resource':
      return states.filter(
        state => state.type === 'Task' && state.resource !== undefined && pattern.test(state.resource.value),
      );
    default:
      return states.filter(({ name }) => pattern.test(name));
  }
}
