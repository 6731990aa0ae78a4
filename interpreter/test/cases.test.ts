import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#core/json.ts';
import type { Start } from '#interpreter/begin.ts';
import { runToEnd } from '#interpreter/execute.ts';
import { historyEvent } from '#interpreter/history/historyEvent.ts';
import type { Answer, SyncHost } from '#interpreter/host.ts';
import type { Outcome } from '#interpreter/snapshot.ts';
import { programOf } from './running.ts';

/**
 * Each file in `cases` is an execution: a machine, what its tasks come to, and the events it leaves, as
 * `id<-previous type name`. `UPDATE=1` writes events and outcome anew; the difference is to be reviewed.
 */
interface Case {
  readonly title: string;
  readonly machine: Json;
  readonly start?: Start;
  /** What the calls of a state come to, in order; the last one again and again. */
  readonly tasks?: { readonly [stateName: string]: readonly Answer[] };
  /** Texts of files, by `bucket/key`. */
  readonly files?: { readonly [place: string]: string };
  readonly outcome?: Outcome;
  readonly events?: readonly string[];
  /** What was written, by `bucket/key`; with names that are made up left out. */
  readonly written?: readonly string[];
}

const folder = join(import.meta.dirname, 'cases');

test.each(readdirSync(folder))('%s', async name => {
  const file = join(folder, name);
  const given = JSON.parse(readFileSync(file, 'utf8')) as Case;
  const written: string[] = [];
  const ran = runToEnd(programOf(given.machine), { name: 'run', ...given.start }, hostOf(given, written), {
    maxStages: 100_000,
  });
  const actual = {
    outcome: JSON.parse(JSON.stringify(ran.outcome ?? null)) as Outcome,
    events: ran.events.map(record => traceOf(historyEvent(record), record.execution)),
    ...(written.length > 0 ? { written } : {}),
  };
  if (process.env['UPDATE'] === '1') {
    const text = JSON.stringify({ ...given, ...actual });
    const options = await resolveConfig(file);
    writeFileSync(file, await format(text, { ...options, parser: 'json' }));
  }
  const { outcome, events, written: expected } = given;
  expect(actual).toEqual({ outcome, events, ...(expected ? { written: expected } : {}) });
});

function hostOf({ tasks = {}, files = {} }: Case, written: string[]): SyncHost {
  return {
    call({ stateName, invocation, parameters }) {
      const answers = tasks[stateName];
      return answers?.[Math.min(invocation, answers.length - 1)] ?? { kind: 'succeeded', output: parameters };
    },
    read({ bucket, key }) {
      const text = files[`${bucket}/${key}`];
      return text === undefined
        ? { kind: 'missing', cause: 'The specified key does not exist.' }
        : { kind: 'text', text };
    },
    write({ bucket, files: all }) {
      for (const { key } of all) written.push(`${bucket}/${key.replace(/[0-9a-f-]{36}/, 'id')}`);
    },
  };
}

/** `7<-5 TaskStateEntered Pay`; events of the second child execution begin with `2: `. */
function traceOf(event: ReturnType<typeof historyEvent>, execution: number): string {
  const details = Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1] as
    JsonObject | undefined;
  const told = ['name', 'index', 'length', 'error', 'timeoutInSeconds']
    .map(name => details?.[name])
    .filter(value => typeof value === 'string' || typeof value === 'number');
  const time = Date.parse(event.timestamp) / 1000 - Date.UTC(2025, 0, 1) / 1000;
  return [
    execution > 0 ? `${String(execution)}:` : '',
    `${String(event.id)}<-${String(event.previousEventId)}`,
    event.type,
    ...told,
    time > 0 ? `+${String(time)}s` : '',
  ]
    .filter(part => part !== '')
    .join(' ');
}
