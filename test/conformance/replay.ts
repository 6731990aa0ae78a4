import type { Json, JsonObject } from '#core/json.ts';
import { Conversation } from '../../debugger/test/conversation.ts';
import { executionCases, type ExecutionCase } from './executions.ts';

/** The recorded executions with their whole history, in the order in which AWS wrote it. */
export function replayCases(): readonly ReplayCase[] {
  return (executionCases() as readonly ReplayCase[]).filter(
    ({ type, mode, eventOrderLost }) => type === 'STANDARD' && mode === 'history' && eventOrderLost !== true,
  );
}

export interface ReplayCase extends ExecutionCase {
  readonly eventOrderLost?: boolean;
  /** Names that stand in the recording for values that were different in every run. */
  readonly wildcards?: {
    readonly sub: readonly string[];
    readonly whole: readonly string[];
    readonly time?: readonly string[];
  };
}

/** What came of repeating a recorded execution in the debugger. */
export interface Replayed {
  readonly end: 'finished' | 'diverged' | 'unfinished' | 'asked' | 'refused';
  readonly text: string;
}

/** Attaches the debugger to a recorded history and lets it run to the end. */
export async function replay(test: ReplayCase): Promise<Replayed> {
  const files: Record<string, string> = {
    '/machine.asl.json': JSON.stringify(test.definition),
    '/history.json': JSON.stringify(historyOf(test)),
  };
  const buckets: Record<string, string> = {};
  for (const { bucket, key, body } of test.setup?.s3 ?? []) {
    buckets[bucket] = `/s3/${bucket}`;
    files[`/s3/${bucket}/${key}`] = body;
  }
  const client = new Conversation(files);
  await client.initialize();
  const attached = client.send('attach', {
    program: '/machine.asl.json',
    history: '/history.json',
    buckets,
    stopOnEntry: false,
    stopAtEnd: false,
    unmocked: 'ask',
  });
  const started = await Promise.race([client.event('initialized'), attached]);
  if ('success' in started && started.success === false)
    return { end: 'refused', text: started.message ?? '' };
  await client.ask('configurationDone');
  const stop = await client.stop();
  if (stop === 'terminated') return { end: 'finished', text: '' };
  const told = client.eventsOf('stopped').at(-1);
  await client.ask('disconnect');
  const text = told?.text ?? told?.description ?? '';
  if (stop === 'exception') return { end: 'diverged', text };
  return { end: text.endsWith('here its history ends.') ? 'unfinished' : 'asked', text };
}

/** The history as GetExecutionHistory gives it: values are JSON texts again. */
function historyOf({ definition, expected, execution, input, wildcards }: ReplayCase): Json {
  const written = JSON.stringify(definition);
  const events = (expected['events'] as readonly JsonObject[] | undefined) ?? [];
  return {
    events: events.map(event => ({
      timestamp: execution?.startTime ?? '2025-01-01T00:00:00.000Z',
      ...Object.fromEntries(
        Object.entries(event).map(([name, value]) => [
          name,
          name.endsWith('EventDetails') ? withTexts(withValues(value) as JsonObject) : value,
        ]),
      ),
    })),
  };

  /** Values in place of the names that the recording has for them: AWS's own history has values. */
  function withValues(value: Json): Json {
    if (typeof value === 'string') return valueFor(value);
    if (Array.isArray(value)) return value.map(withValues);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withValues(member)]));
  }

  /** What a name stands for: what the definition spells out around it, else any value. */
  function meant(token: string, text: string): string {
    const [before = '', after = ''] = text.split(token);
    if (!text.includes(token) || before.length < 'arn:aws:states:'.length) return uuid;
    const start = written.indexOf(before);
    if (start < 0) return uuid;
    const [name = ''] = /^[\w-]*/.exec(written.slice(start + before.length)) ?? [];
    return name !== '' && written.startsWith(after, start + before.length + name.length) ? name : uuid;
  }

  function valueFor(text: string): Json {
    if (text === 'date' && wildcards?.time?.includes('date') === true) return timestampIn(input) ?? text;
    if (text === 'generated-uuid') return uuid;
    if (text === 'RandomNumberGenerated') return 7;
    const tokens = (wildcards?.sub ?? []).filter(token => /uuid|ArnPart|RunArn/i.test(token));
    return tokens.reduce((replaced, token) => replaced.replaceAll(token, meant(token, text)), text);
  }
}

const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

function timestampIn(input: Json): string | undefined {
  return /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(JSON.stringify(input))?.[0];
}

const jsonTexts = new Set(['input', 'output', 'parameters']);

function withTexts(details: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]): [string, Json] => {
      if (jsonTexts.has(name)) return [name, JSON.stringify(value)];
      if (name === 'cause' && typeof value !== 'string') return [name, JSON.stringify(value)];
      if (name === 'assignedVariables')
        return [
          name,
          Object.fromEntries(
            Object.entries(value as JsonObject).map(([key, each]) => [key, JSON.stringify(each)]),
          ),
        ];
      return [name, value];
    }),
  );
}
