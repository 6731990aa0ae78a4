import { expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { machineInJsonata, stateInJsonata } from '#service/jsonata/convertState.ts';
import { Inconvertible } from '#service/jsonata/expressions.ts';
import { comparator, hasData } from './data.ts';
import { executionCases, isSelfContained, recordedHost, runCase, type ExecutionCase } from './executions.ts';

/** Random ids and times differ from run to run, whatever language they are written in. */
const isRandom = /States\.UUID|States\.MathRandom|Token|EnteredTime|StartTime/;

test.skipIf(!hasData('executions', 'cases'))(
  'recorded executions give the same after their definition was converted to JSONata',
  { timeout: 120_000 },
  async () => {
    const { makeTaskMock } = await comparator();
    let converted = 0;
    const differing: unknown[] = [];
    for (const recorded of executionCases()) {
      if (!isSelfContained(recorded) || isRandom.test(JSON.stringify(recorded.definition))) continue;
      const before = runCase(recorded, recordedHost(recorded, makeTaskMock));
      if (before.result?.status !== 'SUCCEEDED') continue;
      for (const definition of inJsonata(recorded)) {
        converted++;
        const changed = { ...recorded, definition };
        const after = runCase(changed, recordedHost(changed, makeTaskMock));
        if (JSON.stringify(after.result) !== JSON.stringify(before.result)) {
          differing.push({ id: recorded.id, before: before.result, after: after.result, definition });
        }
      }
    }
    expect(differing).toEqual([]);
    expect(converted).toBeGreaterThan(100);
  },
);

/** The whole definition converted, or if that is refused, each of its states that can be. */
function inJsonata({ definition, id }: ExecutionCase): Json[] {
  const text = JSON.stringify(definition);
  const [machine] = analyze({ uri: id, version: 1, format: 'json', text }).machines;
  if (!machine || machine.machine.queryLanguage === 'JSONata') return [];
  const whole = machineInJsonata(machine);
  if (!(whole instanceof Inconvertible)) return [whole];
  return machine.machine.root.states.flatMap(state => {
    if (state.queryLanguage === 'JSONata') return [];
    const converted = stateInJsonata(state);
    if (converted instanceof Inconvertible) return [];
    const states = machine.machine.root.states.map(({ name }) => name);
    const own = JSON.parse(text) as { readonly States: Readonly<Record<string, Json>> };
    const entries = states.map((name): [string, Json] => [
      name,
      name === state.name ? converted : (own.States[name] ?? null),
    ]);
    return [{ ...own, States: Object.fromEntries(entries) }];
  });
}
