import type { Json } from '#core/json.ts';
import { strandsOf } from '#interpreter/advance.ts';
import type { Snapshot, Strand } from '#interpreter/snapshot.ts';
import { at } from '#interpreter/table.ts';
import type { Call } from './mocks.ts';
import type { Entry, Recording } from './recording.ts';

/**
 * The calls of tasks up to the present moment, with their answers, in the order of the calls. What ran in
 * executions that tasks have started is the answer of those tasks.
 */
export function callsIn(recording: Recording): readonly Call[] {
  const calls: { id: number; call: Call }[] = [];
  for (let position = 1; position <= recording.position; position++) {
    const entry = recording.at(position);
    if (!mayAnswer(entry)) continue;
    const before = recording.snapshotAt(position - 1);
    for (const strand of strandsOf(before)) {
      const { waiting } = strand;
      if (waiting?.kind !== 'task' || strand.path.includes('/Execution[')) continue;
      const answer = answerTo(strand, entry, recording.snapshotAt(position));
      if (answer) calls.push({ id: waiting.id, call: { stateName: waiting.stateName, answer } });
    }
  }
  return calls.toSorted((a, b) => a.id - b.id).map(({ call }) => call);
}

/** What the task of a state was answered before, newest first. */
export function answersOf(recording: Recording, stateName: string): readonly Json[] {
  return callsIn(recording)
    .filter(call => call.stateName === stateName)
    .flatMap(({ answer }) => (answer.kind === 'succeeded' ? [answer.output] : []))
    .toReversed();
}

function mayAnswer(entry: Entry): boolean {
  if (entry.kind === 'delivered') return true;
  return entry.kind === 'stepped' && entry.events.some(({ type }) => type.startsWith('Execution'));
}

/** The answer that an entry has brought to a task: by a reply, or because the execution it waits for has ended. */
function answerTo({ execution, waiting }: Strand, entry: Entry, after: Snapshot): Call['answer'] | undefined {
  if (waiting?.kind !== 'task') return undefined;
  if (waiting.execution !== undefined)
    return at(after.executions, waiting.execution)?.outcome && answerIn(entry, execution);
  if (entry.kind !== 'delivered' || !('request' in entry.reply) || entry.reply.request !== waiting.id)
    return undefined;
  const { reply } = entry;
  if (reply.kind === 'succeeded') return { kind: reply.kind, output: reply.output };
  if (reply.kind === 'failed') return { kind: reply.kind, error: reply.error, cause: reply.cause };
  return undefined;
}

/** The end of a task that the events of an entry tell. */
function answerIn({ events }: Entry, execution: number): Call['answer'] | undefined {
  for (const { type, details, execution: index } of events) {
    if (index !== execution) continue;
    if (type === 'TaskSucceeded') return { kind: 'succeeded', output: details?.['output'] ?? null };
    if (type === 'TaskFailed' || type === 'TaskTimedOut')
      return { kind: 'failed', error: textOf(details?.['error']), cause: textOf(details?.['cause']) };
  }
  return undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
