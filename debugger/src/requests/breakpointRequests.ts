import type { DebugProtocol } from '@vscode/debugprotocol';
import { request, type RequestTable } from '../connection.ts';
import type { SessionContext } from '../context.ts';
import { dataIdOf, watchedIn } from '../dataBreakpoints.ts';
import { integer, list, object, oneOf, optional, string } from '../shape.ts';

const terms = {
  condition: optional(string),
  hitCondition: optional(string),
};
const sourceShape = object({ path: optional(string), name: optional(string) });

/** Requests that set breakpoints, and tell where they can stand. */
export function breakpointRequests(session: SessionContext): RequestTable {
  const breakpoint = object({
    line: integer,
    column: optional(integer),
    logMessage: optional(string),
    ...terms,
  });
  return {
    setBreakpoints: request(
      object({
        source: sourceShape,
        breakpoints: optional(list(breakpoint)),
        lines: optional(list(integer)),
      }),
      {
        run: ({ source, breakpoints, lines }) => ({
          breakpoints: session.breakpoints.setInFile(
            source.path ?? source.name ?? '',
            breakpoints ?? (lines ?? []).map(line => ({ line })),
          ),
        }),
      },
    ),
    setFunctionBreakpoints: request(object({ breakpoints: list(object({ name: string, ...terms })) }), {
      run: ({ breakpoints }) => ({ breakpoints: session.breakpoints.setOnStates(breakpoints) }),
    }),
    setDataBreakpoints: request(
      object({
        breakpoints: list(
          object({ dataId: string, accessType: optional(oneOf('read', 'write', 'readWrite')), ...terms }),
        ),
      }),
      { run: ({ breakpoints }) => ({ breakpoints: session.breakpoints.setOnData(breakpoints) }) },
    ),
    setExceptionBreakpoints: request(
      object({
        filters: list(string),
        filterOptions: optional(list(object({ filterId: string, condition: optional(string) }))),
      }),
      {
        run: ({ filters, filterOptions }) => ({
          breakpoints: session.filters.set(
            [...filters.map(filterId => ({ filterId })), ...(filterOptions ?? [])],
            session.dialect.translate,
          ),
        }),
      },
    ),
    dataBreakpointInfo: request(
      object({ variablesReference: optional(integer), name: string, frameId: optional(integer) }),
      {
        refuse: session.whenLaunched,
        run: args => dataBreakpointInfo(session, args.variablesReference, args.name),
      },
    ),
    breakpointLocations: request(
      object({
        source: sourceShape,
        line: integer,
        column: optional(integer),
        endLine: optional(integer),
        endColumn: optional(integer),
      }),
      { run: args => ({ breakpoints: locations(session, args) }) },
    ),
  };
}

function dataBreakpointInfo(session: SessionContext, reference: number | undefined, name: string): object {
  const row =
    reference === undefined || reference === 0 ? undefined : session.variables.rowNamed(reference, name);
  const watched = row?.expression === undefined ? watchedIn(name) : watchedIn(row.expression);
  if (!watched)
    return {
      dataId: null,
      description: session.dialect.translate(
        'Variables and paths can be watched: $total, $.order.id, $states.input.id',
      ),
    };
  return {
    dataId: dataIdOf(watched),
    description: watched.name,
    accessTypes: watched.root === 'variable' ? ['write', 'read', 'readWrite'] : ['write'],
    canPersist: true,
  };
}

function locations(
  session: SessionContext,
  {
    source,
    line,
    column,
    endLine,
    endColumn,
  }: {
    readonly source: { readonly path: string | undefined };
    readonly line: number;
    readonly column: number | undefined;
    readonly endLine: number | undefined;
    readonly endColumn: number | undefined;
  },
): readonly DebugProtocol.BreakpointLocation[] {
  const file = session.machinesIn(source.path ?? '');
  const [first] = file;
  if (!first) return [];
  const { lines } = first;
  const places = file.flatMap(machine => machine.places);
  const from = lines.offsetAt({
    line: session.dialect.lineFrom(line),
    character: column === undefined ? 0 : session.dialect.columnFrom(column),
  });
  const last = session.dialect.lineFrom(endLine ?? line);
  const to =
    endColumn === undefined
      ? lines.lineStart(last + 1)
      : lines.offsetAt({ line: last, character: session.dialect.columnFrom(endColumn) });
  return places
    .filter(({ span }) => span.start >= from && span.start <= to && lines.positionAt(span.start).line <= last)
    .map(({ span }) => session.dialect.range(span, lines));
}
