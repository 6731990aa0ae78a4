import { advance, outcomeOf, type Step } from './advance.ts';
import { deliver, nextDue } from './deliver.ts';
import { called, longestSleep, repliesTo, unreadable, written, type Ran } from './execute.ts';
import type { EventRecord } from './history/eventRecord.ts';
import type { Host } from './host.ts';
import type { Program } from './program.ts';
import type { Reply, Request } from './request.ts';
import type { Instant, Snapshot } from './snapshot.ts';

/** What one stage did, or what a reply brought about. */
export type Traced =
  | { readonly kind: 'stage'; readonly now: Instant; readonly step: Step }
  | { readonly kind: 'reply'; readonly now: Instant; readonly events: readonly EventRecord[] };

/**
 * Runs an execution as `execute` does and to the same events, but yields every processing stage with its
 * value. The host is asked for one thing at a time.
 */
export async function* trace(program: Program, start: Snapshot, host: Host): AsyncGenerator<Traced, Ran> {
  let snapshot = start;
  const events: EventRecord[] = [];
  const asked = new Set<number>();
  for (;;) {
    const turn = advance(program, snapshot);
    if (turn.kind === 'stepped') {
      ({ snapshot } = turn);
      events.push(...turn.step.events);
      yield { kind: 'stage', now: snapshot.now, step: turn.step };
      continue;
    }
    if (turn.kind === 'ended') break;
    const replies = await replyOf(program, snapshot, turn.requests, asked, host);
    if (replies.length === 0) break;
    for (const reply of replies) {
      const delivered = deliver(program, snapshot, reply);
      ({ snapshot } = delivered);
      events.push(...delivered.events);
      if (delivered.events.length > 0) yield { kind: 'reply', now: snapshot.now, events: delivered.events };
    }
  }
  return { outcome: outcomeOf(snapshot), events, snapshot };
}

/** What comes next from outside: the answer to the first request that has not been asked, else a later time. */
async function replyOf(
  program: Program,
  snapshot: Snapshot,
  requests: readonly Request[],
  asked: Set<number>,
  host: Host,
): Promise<readonly Reply[]> {
  for (const request of requests) {
    if (request.kind === 'timer' || asked.has(request.id)) continue;
    asked.add(request.id);
    switch (request.kind) {
      case 'task': {
        const replies = repliesTo(request, await called(host, request));
        if (replies.length > 0) return replies;
        break;
      }
      case 'read': {
        const found = (await host.read?.(request)) ?? unreadable;
        return [{ kind: 'read', request: request.id, found }];
      }
      case 'write':
        return [await written(host, request)];
    }
  }
  const due = nextDue(program, snapshot);
  if (due === undefined) return [];
  if (due - snapshot.now <= longestSleep) await host.sleep?.(due);
  return [{ kind: 'time', now: Math.max(due, snapshot.now) }];
}
