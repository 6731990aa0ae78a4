import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { englishTexts, translatedTexts } from '#protocol/graphTexts.ts';
import type { DrawnEdge, DrawnNode } from '#protocol/graph.ts';
import type { Scene } from '#webview/scene.ts';
import type * as Spoken from '#webview/spoken.ts';
import { bundleIn } from '#test/setup/bundle.ts';

const german = bundleIn('de');

let spokenModule: typeof Spoken;
beforeAll(async () => {
  // The extension puts the table into the page.
  const table = JSON.stringify(translatedTexts(text => german[text] ?? text));
  vi.stubGlobal('document', { querySelector: () => ({ textContent: table }) });
  vi.resetModules();
  spokenModule = await import('#webview/spoken.ts');
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The part of a scene that is spoken of. */
function sceneWith(edges: readonly Pick<DrawnEdge, 'kind' | 'description' | 'to'>[]): Scene {
  return {
    place: () => '2 von 6',
    edgesFrom: () => edges,
    nameOf: (id: string) => id,
  } as unknown as Scene;
}

test('a state is named in German with all that leads away from it, and what became of it', () => {
  const scene = sceneWith([
    { kind: 'choice', description: '$.vip', to: 'Gold' },
    { kind: 'default', description: 'Default', to: 'Silver' },
    { kind: 'next', description: '', to: 'Update Inventory' },
    { kind: 'catch', description: 'PaymentError', to: 'Notify' },
    { kind: 'end', description: '', to: '#end' },
  ]);
  const node = {
    title: 'Verify Payment, Task, Lambda: invoke',
    id: 'Verify Payment',
    retry: '↻ 3',
    finding: { severity: 'warning', message: 'Kein Timeout.' },
  } as unknown as DrawnNode;
  const view = {
    status: 'failed',
    error: 'States.Timeout',
    entered: 2,
    attempts: 3,
    duration: 2500,
    iterations: { total: 10, running: 0, succeeded: 2, failed: 1 },
  } as const;
  expect(spokenModule.spoken(scene, { node } as never, { hasBreakpoint: true, view }).split(', ')).toEqual([
    'Verify Payment',
    'Task',
    'Lambda: invoke',
    '2 von 6',
    'falls $.vip zu Gold',
    'sonst zu Silver',
    'weiter zu Update Inventory',
    'bei PaymentError zu Notify',
    'beendet die Ausführung',
    'Wiederholungen: 3',
    'Haltepunkt',
    'fehlgeschlagen: States.Timeout',
    '2-mal betreten',
    '2 Wiederholungen',
    '3 von 10 Iterationen fertig',
    '1 fehlgeschlagen',
    'Dauer 2.5 s',
    'Warnung: Kein Timeout.',
  ]);
});

test('a stop is told in German, its stage by the field or in words', () => {
  const view = {
    sequence: 1,
    states: {},
    taken: {},
    status: 'stopped',
    time: { position: 0, length: 1 },
    chosenIterations: {},
  } as const;
  const at = (stage?: string) =>
    spokenModule.spokenStop(sceneWith([]), undefined, {
      ...view,
      current: { state: 'Pay', ...(stage !== undefined && { stage }) },
    } as never);
  expect(at()).toBe('Angehalten vor Pay');
  expect(at('afterParameters')).toBe('Angehalten in Pay: Parameters');
  expect(at('assign')).toBe('Angehalten in Pay: Assign');
  expect(at('task')).toBe('Angehalten in Pay: Task');
  expect(spokenModule.spokenStop(sceneWith([]), undefined, { ...view, status: 'timedOut' })).toBe(
    'Zeit der Ausführung abgelaufen',
  );
});

test('no word of the page is spoken in English', () => {
  const table = translatedTexts(text => german[text] ?? text);
  const same = Object.entries(englishTexts).flatMap(([group, texts]) =>
    Object.entries(texts).filter(
      ([name, text]) => (table[group as keyof typeof table] as Record<string, string>)[name] === text,
    ),
  );
  expect(same.map(([, text]) => text)).toEqual(['Graph', 'Enter', '{0}: {1}', '{0}: {1}']);
});
