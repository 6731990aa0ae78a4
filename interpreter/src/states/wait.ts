import type { Json } from '#core/json.ts';
import type { WaitState } from '#core/model/stateMachine.ts';
import { valueOf } from '#core/syntax/node.ts';
import { say } from '#core/text/message.ts';
import type { Compiler } from '../compiler.ts';
import {
  assign,
  atLeast,
  entering,
  inputPath,
  leaving,
  numberField,
  output,
  outputPath,
} from '../dataFlow.ts';
import { compileRawPath } from '../expressions.ts';
import { fail } from '../flow.ts';
import { PathFailure } from '../jsonPath/pathFailure.ts';
import type { Stage } from '../program.ts';
import type { Run, Working } from '../run.ts';
import { Failure, runtimeFailure } from '../statesError.ts';
import { parseTimestamp } from '../timestamp.ts';

/** When the wait is over, in milliseconds since 1970. */
type Due = (run: Run, strand: Working) => number | Failure;

/**
 * A Wait state lets virtual time pass. A moment that is over does not wait at all.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
 */
export function waitStages(compiler: Compiler, state: WaitState): Stage[] {
  const jsonata = state.queryLanguage === 'JSONata';
  const due = jsonata ? jsonataDue(compiler, state) : jsonPathDue(compiler, state);
  return [
    entering('WaitStateEntered', state.name),
    ...inputPath(compiler, state),
    {
      name: 'wait',
      perform(run, strand) {
        const end = due(run, strand);
        if (end instanceof Failure) return fail(run, strand, end);
        if (end - run.instant > longest * 1000)
          return fail(run, strand, runtimeFailure('Wait state delay is too long.'));
        strand.stage++;
        return run.ask(strand, id => ({
          kind: 'timer',
          reason: 'wait',
          id,
          strand: strand.path,
          state: state.pointer,
          stateName: state.name,
          due: Math.max(end, run.instant),
        }));
      },
    },
    ...assign(compiler, state, strand => strand.data),
    ...(jsonata ? output(compiler, state) : outputPath(compiler, state)),
    leaving,
  ];
}

/** Most seconds of a wait: AWS counts them in 32 bits. */
const longest = 2 ** 31 - 1;

function jsonPathDue(compiler: Compiler, state: WaitState): Due {
  const { node } = state;
  const seconds = valueOf(node, 'Seconds');
  if (seconds) {
    const count = compiler.number(node, 'Seconds') ?? 0;
    return run => run.instant + count * 1000;
  }
  const timestamp = compiler.text(node, 'Timestamp');
  if (timestamp !== undefined) return () => moment(timestamp) ?? badTimestamp('Timestamp', '', timestamp);
  const secondsPath = compiler.string(node, 'SecondsPath');
  if (secondsPath) {
    const path = compileRawPath(secondsPath.value, compiler.refuse(secondsPath));
    return (run, strand) => {
      const value = path(run.bind(strand, strand.data));
      const problem = secondsProblem(value, secondsPath.value);
      return problem === undefined ? run.instant + Number(value) * 1000 : runtimeFailure(problem);
    };
  }
  const timestampPath = compiler.string(node, 'TimestampPath');
  if (timestampPath) {
    const path = compileRawPath(timestampPath.value, compiler.refuse(timestampPath));
    return (run, strand) => {
      const value = path(run.bind(strand, strand.data));
      if (value instanceof PathFailure)
        return runtimeFailure(
          `The TimestampPath parameter does not reference an input value: ${timestampPath.value}`,
        );
      const end = typeof value === 'string' ? moment(value) : undefined;
      return end ?? badTimestamp('TimestampPath', timestampPath.value, value);
    };
  }
  compiler.problem(state.key, say`The state '${state.name}' does not say how long to wait.`);
  return run => run.instant;
}

function secondsProblem(value: Json | PathFailure, path: string): string | undefined {
  if (value instanceof PathFailure || value === null)
    return `The SecondsPath parameter does not reference an input value: ${path}`;
  if (typeof value !== 'number' || !Number.isInteger(value))
    return `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  if (value < 0) return `The SecondsPath parameter references a negative value: ${path} == ${String(value)}`;
  return undefined;
}

function badTimestamp(field: string, path: string, value: Json): Failure {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return runtimeFailure(
    `The ${field} parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${text}`,
  );
}

/** Parts of a second do not count. */
function moment(text: string): number | undefined {
  const parsed = parseTimestamp(text);
  return parsed && parsed.seconds * 1000;
}

function jsonataDue(compiler: Compiler, state: WaitState): Due {
  const seconds = atLeast(0, 'JSONata', 'Seconds', numberField(compiler, 'JSONata', state.node, 'Seconds'));
  if (seconds)
    return (run, strand) => {
      const value = seconds(run, strand);
      return value instanceof Failure ? value : run.instant + value * 1000;
    };
  const timestamp = compiler.jsonataOf(state.node, 'Timestamp', 'string');
  if (!timestamp) compiler.problem(state.key, say`The state '${state.name}' does not say how long to wait.`);
  return (run, strand) => {
    const value = timestamp?.(run.bind(strand, strand.data));
    if (value instanceof Failure) return value;
    const text = typeof value === 'string' ? value : '';
    return (
      moment(text) ??
      new Failure(
        'States.QueryEvaluationError',
        `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
        'Timestamp',
        'entered',
      )
    );
  };
}
