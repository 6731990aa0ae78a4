import { expect, test } from 'vitest';
import { analyze } from '#core/analysis/analysis.ts';
import { readableMermaid } from '#core/graph/readableMermaid.ts';
import { graphOf } from '#core/graph/fromMachine.ts';
import { translateBy } from '#core/text/translate.ts';
import { drawing } from '#server/graph/drawing.ts';
import { bundleIn, englishAmong } from '#test/setup/bundle.ts';

const german = bundleIn('de');

/** A state machine with everything of which the graph says more than its name. */
const everything = {
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Retry: [
        { ErrorEquals: ['Busy'], MaxAttempts: 1 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 3, MaxDelaySeconds: 90, JitterStrategy: 'FULL' },
      ],
      Next: 'Work',
    },
    Work: { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask.sync', Next: 'Which' },
    Which: {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.a', IsPresent: true },
            { Variable: '$.b', IsNull: false },
          ],
          Next: 'Until',
        },
        {
          Or: [{ Not: { Variable: '$.c', IsString: true } }, { Variable: '$.d', BooleanEquals: false }],
          Next: 'Each',
        },
      ],
      Default: 'Gone',
    },
    Until: { Type: 'Wait', TimestampPath: '$.at', Next: 'Each' },
    Each: {
      Type: 'Map',
      MaxConcurrency: 5,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', End: true } },
      },
      Next: 'Fan',
    },
    Fan: {
      Type: 'Parallel',
      Branches: [1, 2].map(n => ({ StartAt: `B${n}`, States: { [`B${n}`]: { Type: 'Pass', End: true } } })),
      End: true,
    },
    Lost: { Type: 'Pass', End: true },
  },
};

function drawnIn(texts: Readonly<Record<string, string>>) {
  const text = JSON.stringify(everything);
  const { machines } = analyze(
    { uri: 'file:///m.asl.json', version: 1, format: 'json', text },
    { translate: translateBy(texts) },
  );
  const [machine] = machines;
  if (!machine) throw new Error('no machine');
  return { machine, ...drawing(machine, { direction: 'TB', collapsed: new Set(['/States/Fan']) }) };
}

test('the graph is drawn and told in German; names of the specification stay', () => {
  const { nodes, edges } = drawnIn(german);
  const labels = nodes.flatMap(({ label }) => (label ? [label.join(': ')] : []));
  expect(labels).toEqual([
    'Ask: SQS: sendMessage (wartet auf Callback)',
    'Work: ECS: runTask (wartet auf Abschluss)',
    'Which: Choice',
    'Gone: Fehlender Zustand',
    'Until: Wait · bis $.at',
    'Item: Pass',
    'Fan: Parallel · 2 Zweige',
    'Lost: Pass',
    'Each: Verteilte Map · max. 5 gleichzeitig',
  ]);
  const titleOf = (name: string) => nodes.find(({ title }) => title.startsWith(name))?.title;
  expect(titleOf('Lost')).toBe('Lost, Pass, nicht erreichbar');
  expect(titleOf('Gone')).toBe('Gone, Fehlender Zustand');
  expect(nodes.flatMap(({ details }) => details)).toEqual([
    'Retry Busy: 1 Wiederholung nach 1 s, ×2',
    'Retry States.ALL: 3 Wiederholungen nach 1 s, ×2, höchstens 1 min 30 s, Jitter',
    'Kein Zustand heißt so.',
  ]);
  expect(edges.map(({ description }) => description).filter(text => text !== '')).toEqual([
    '$.a ist vorhanden und $.b ist nicht null',
    'nicht $.c ist ein Text oder nicht $.d',
    'Default',
  ]);
  // The marks have no label; their titles are for nobody.
  const ofStates = nodes.flatMap(({ label, title, details }) =>
    label ? [...label, ...title.split(', '), ...details] : [],
  );
  const said = [...ofStates, ...edges.flatMap(({ label, description }) => [label, description])];
  expect(englishAmong(said, german)).toEqual([]);
});

test('the text of Mermaid that is copied is English everywhere', () => {
  const copied = (texts: Readonly<Record<string, string>>) =>
    readableMermaid(graphOf(drawnIn(texts).machine, { collapsed: new Set() }), 'TB');
  expect(copied(german)).toBe(copied({}));
  expect(drawnIn({}).text).not.toBe(drawnIn(german).text);
});
