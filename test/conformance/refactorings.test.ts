import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { formatOf, type Source } from '#core/text/source.ts';
import type { Edit } from '#service/edits.ts';
import { extractToMap, extractToParallel, extractToStateMachine } from '#service/refactoring/extract.ts';
import { changeIn, extractionOf, Impossible, type Container } from '#service/refactoring/extraction.ts';
import { doesNothing, inlineParallel, inlinePass } from '#service/refactoring/inline.ts';
import { comparator, dataFolder, hasData } from './data.ts';
import { executionCases, isSelfContained, recordedHost, runCase } from './executions.ts';

/** A text before and after. */
interface Refactored {
  readonly what: string;
  readonly text: string;
  /** The file that was made beside it. */
  readonly made: string | undefined;
}

/** Pairs of neighbours in the flow of every scope, and single states, moved and taken out in every way there is. */
function refactored(analysis: Analysis, containers: readonly Container[], most: number): Refactored[] {
  const results: Refactored[] = [];
  for (const machine of analysis.machines) {
    for (const scope of machine.machine.scopes) {
      const order = machine.flow.inFlowOrder(scope);
      for (const [index, state] of order.slice(0, most).entries()) {
        const pair = [state, ...order.slice(index + 1, index + 2)];
        for (const container of containers) results.push(...moved(machine, scope, pair, container));
        const edits =
          state.type === 'Parallel'
            ? inlineParallel(machine, state)
            : doesNothing(state)
              ? inlinePass(machine, state)
              : undefined;
        if (!edits || edits instanceof Impossible) continue;
        const what = `${state.name} inlined`;
        results.push({ what, text: applied(analysis.source.text, edits), made: undefined });
      }
    }
  }
  return results;
}

function moved(
  machine: Analysis['machines'][number],
  scope: Scope,
  states: readonly State[],
  container: Container,
): Refactored[] {
  const extraction = extractionOf(machine, scope, states);
  if (extraction instanceof Impossible || changeIn(extraction, container) !== undefined) return [];
  const { text } = machine.analysis.source;
  const what = `${states.map(({ name }) => name).join(', ')} into ${container}`;
  switch (container) {
    case 'Parallel':
      return [{ what, text: applied(text, extractToParallel(extraction)), made: undefined }];
    case 'Map':
      return [{ what, text: applied(text, extractToMap(extraction)), made: undefined }];
    case 'stateMachine': {
      const { edits, text: made } = extractToStateMachine(extraction, 'child');
      return [{ what, text: applied(text, edits), made }];
    }
  }
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < at) throw new Error('edits overlap');
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

test.skipIf(!hasData('executions', 'cases'))(
  'recorded executions give the same after their states were moved',
  { timeout: 120_000 },
  async () => {
    const { makeTaskMock } = await comparator();
    let count = 0;
    const differing: unknown[] = [];
    for (const recorded of executionCases()) {
      if (!isSelfContained(recorded)) continue;
      const before = runCase(recorded, recordedHost(recorded, makeTaskMock));
      if (before.result?.status !== 'SUCCEEDED') continue;
      // Random ids and times differ from run to run; numbers of events count what was entered.
      if (isRandom.test(JSON.stringify(recorded.definition))) continue;
      const text = JSON.stringify(recorded.definition, undefined, 2);
      const analysis = analyze({ uri: recorded.id, version: 1, format: 'json', text });
      for (const { what, text: changed } of refactored(analysis, ['Parallel', 'Map'], 3)) {
        count++;
        const definition = JSON.parse(changed) as Json;
        const again = { ...recorded, definition };
        const after = runCase(again, recordedHost(again, makeTaskMock));
        if (JSON.stringify(after.result) !== JSON.stringify(before.result)) {
          differing.push({ id: recorded.id, what, before: before.result, after: after.result });
        }
      }
    }
    expect(differing).toEqual([]);
    expect(count).toBeGreaterThan(100);
  },
);

const isRandom = /UUID|uuid|MathRandom|\$random|Token|EnteredTime|StartTime|\$now|\$millis/;

describe.skipIf(!hasData('definitions', 'index.json'))('definitions stay sound', () => {
  test('no error comes in, and no comment is lost', { timeout: 240_000 }, () => {
    const folder = path.join(dataFolder, 'definitions');
    const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as readonly {
      readonly file: string;
      readonly label: string;
    }[];
    let count = 0;
    const broken: unknown[] = [];
    for (const { file, label } of index) {
      if (label !== 'valid') continue;
      const text = readFileSync(path.join(folder, file), 'utf8');
      const source: Source = { uri: file, version: 1, format: formatOf(file), text };
      const before = analyze(source);
      const errors = countErrors(before);
      for (const { what, text: changed, made } of refactored(
        before,
        ['Parallel', 'Map', 'stateMachine'],
        2,
      )) {
        count++;
        const after = analyze({ ...source, text: changed });
        const beside = made === undefined ? undefined : analyze({ ...source, text: made });
        const added = [...countErrors(after), ...(beside ? countErrors(beside) : [])].filter(
          ([code, times]) => times > (errors.get(code) ?? 0),
        );
        const comments = after.syntax.comments.length + (beside?.syntax.comments.length ?? 0);
        if (added.length > 0 || comments !== before.syntax.comments.length) {
          broken.push({ file, what, added, comments: [before.syntax.comments.length, comments] });
        }
      }
    }
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(500);
  });
});

function countErrors({ findings }: Analysis): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code, severity } of findings) {
    if (severity === 'error') counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
