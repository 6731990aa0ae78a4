import type { Json } from '#core/json.ts';
import type { Strand } from '#interpreter/snapshot.ts';
import { Refusal, request, type RequestTable } from '../connection.ts';
import type { SessionContext } from '../context.ts';
import { watchedIn } from '../dataBreakpoints.ts';
import { evaluate, jsonIn, type Scene } from '../evaluate.ts';
import { preview, typeOf } from '#core/preview.ts';
import { isSecret, mask } from '#core/secrets.ts';
import { say } from '#core/text/message.ts';
import { integer, object, optional, string } from '../shape.ts';
import { hasPlace, valueAt, withValueAt, type Target } from '../variables.ts';
import { strandAt } from '../strands.ts';

/** Requests that change values. */
export function changingRequests(session: SessionContext): RequestTable {
  return {
    setVariable: request(object({ variablesReference: integer, name: string, value: string }), {
      refuse: session.whenStopped,
      run: ({ variablesReference, name, value }) => {
        const row = session.variables.rowNamed(variablesReference, name);
        if (!row?.target) throw new Refusal(say`'${name}' cannot be changed.`);
        return change(session, row.target, value, row.name);
      },
    }),
    setExpression: request(object({ expression: string, value: string, frameId: optional(integer) }), {
      refuse: session.whenStopped,
      run: ({ expression, value, frameId }) => {
        const target = targetOf(session, expression, frameId);
        if (!target)
          throw new Refusal(
            say`'${expression}' cannot be changed: name a variable or a path, such as $total or $.order.id.`,
          );
        return change(session, target, value, expression);
      },
    }),
  };
}

/** What an assignment to an expression changes, where that is one place. */
export function targetOf(
  session: SessionContext,
  expression: string,
  frameId: number | undefined,
): Target | undefined {
  const watched = watchedIn(expression);
  if (!watched) return undefined;
  const { strand } = session.scene(frameId);
  const { root, path } = watched;
  if (root !== 'variable') return { strand: strand.path, what: { kind: root }, path };
  const [name, ...rest] = path;
  return { strand: strand.path, what: { kind: 'variable', name: String(name) }, path: rest };
}

function change(session: SessionContext, target: Target, text: string, name: string): object {
  const debuggee = session.now();
  const { recording } = debuggee;
  const strand = strandAt(recording.snapshot, target.strand);
  if (!strand) throw new Refusal(say`The strand has ended.`, { showUser: false });
  const value = valueOf(text, { program: recording.program, snapshot: recording.snapshot, strand });
  const root = rootValue(strand, target);
  if (!hasPlace(root, target.path))
    throw new Refusal(
      say`'${name}' cannot be changed: it is neither a member of an object nor an item of an array.`,
    );
  const changed = withValueAt(root, target.path, value);
  const { what } = target;
  debuggee.edit(
    target.strand,
    what.kind === 'variable'
      ? { kind: 'variable', name: what.name, value: changed }
      : { kind: what.kind, value: changed },
    name,
  );
  session.invalidate();
  const after = strandAt(recording.snapshot, target.strand);
  const shown = (after && valueAt(rootValue(after, target), target.path)) ?? value;
  const own = what.kind === 'variable' ? what.name : what.kind;
  if (session.secrets === 'masked' && isSecret(String(target.path.at(-1) ?? own), shown))
    return { value: mask, type: typeOf(shown), variablesReference: 0 };
  return {
    value: preview(shown, session.secrets),
    type: typeOf(shown),
    ...session.variables.reference({ name, value: shown, target }),
  };
}

/** What the user typed: JSON, or an expression. */
function valueOf(text: string, scene: Scene): Json {
  const value = jsonIn(text);
  if (value !== undefined) return value;
  const evaluated = evaluate(text, scene);
  if (evaluated.kind === 'value') return evaluated.value;
  throw new Refusal(say`The new value is neither JSON nor an expression: ${evaluated.message}`);
}

function rootValue(strand: Strand, { what }: Target): Json {
  switch (what.kind) {
    case 'input':
      return strand.input;
    case 'data':
      return strand.data;
    case 'result':
      return strand.result ?? null;
    case 'variable':
      return strand.variables[what.name] ?? null;
  }
}
