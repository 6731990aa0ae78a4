import type { ExecutionView, StateView } from '#protocol/execution.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import type { ToPage } from '#protocol/webview.ts';
import { drawingOf, examples, type Definition } from './definitions.ts';
import { generatedMachine } from './generated.ts';
import type { GraphPage } from './graphPage.ts';

/** Something a user meets on the page, beyond a graph that just stands there. */
export interface Situation {
  readonly name: string;
  /** CSS pixels; the usual pane otherwise. */
  readonly width?: number;
  readonly height?: number;
  arrange(graph: GraphPage): Promise<void>;
}

/** The size of a pane beside an editor. */
export const usualPane = { width: 900, height: 1000 };

/** Brings a page that was just opened into a situation. */
export async function meet(graph: GraphPage, situation: Situation): Promise<void> {
  const { width, height } = { ...usualPane, ...situation };
  await graph.page.setViewportSize({ width, height });
  await graph.page.mouse.move(0, 0);
  await graph.forget();
  await graph.load('dark');
  await situation.arrange(graph);
  await graph.frame();
}

/** A definition that just stands there. */
export function drawn(definition: Definition): Situation {
  return {
    name: definition.name,
    arrange: async graph => void (await graph.show(drawingOf(definition), { title: definition.name })),
  };
}

/** The states of the page that pictures, axe and the checks of the layout look at. */
export const situations: readonly Situation[] = [
  {
    name: 'stopped',
    arrange: async graph => {
      await graph.show(drawingOf(example('order-processing')));
      await graph.post(stopped);
      await graph.post({
        type: 'breakpoints',
        states: ['/States/Update Inventory', '/States/Refund Payment'],
      });
      await graph.post({ type: 'cursor', state: '/States/Update Inventory' });
    },
  },
  {
    name: 'failed',
    arrange: async graph => {
      await graph.show(drawingOf(example('parallel-fan-out')));
      await graph.post(everyStatus(drawingOf(example('parallel-fan-out'))));
    },
  },
  {
    name: 'iterations',
    arrange: async graph => {
      await graph.show(drawingOf(example('data-pipeline')));
      await graph.post(iterations);
    },
  },
  {
    name: 'coverage',
    arrange: async graph => {
      await graph.show(drawingOf(example('order-processing')));
      await graph.post({
        type: 'coverage',
        coverage: {
          states: {
            '/States/Verify Payment': 3,
            '/States/Payment Approved?': 3,
            '/States/Update Inventory': 2,
          },
          taken: { '/States/Verify Payment#Next': 3, '/States/Payment Approved?#Choice/0': 2 },
        },
      });
    },
  },
  {
    name: 'broken',
    arrange: async graph => {
      await graph.show(drawingOf(mistakes));
      await graph.post({ type: 'stale', line: 12, message: 'Comma expected.' });
    },
  },
  { name: 'mistakes', arrange: async graph => void (await graph.show(drawingOf(mistakes))) },
  {
    name: 'searching',
    arrange: async graph => {
      await graph.show(drawingOf(example('order-processing')), { machines: ['Orders', 'Refunds'] });
      await graph.page.keyboard.press('/');
      await graph.page.keyboard.type('payment');
    },
  },
  {
    name: 'menu',
    arrange: async graph => {
      await graph.show(drawingOf(example('parallel-fan-out')));
      await graph.page.locator('[data-node="/States/Prepare Trip"]').focus();
      await graph.page.keyboard.press('Shift+F10');
    },
  },
  {
    name: 'hover',
    arrange: async graph => {
      await graph.show(drawingOf(example('order-processing')));
      await graph.post(stopped);
      await graph.page.locator('[data-node="/States/Verify Payment"]').hover();
      await graph.page.locator('.hover-card').waitFor();
    },
  },
  {
    name: 'left-to-right',
    arrange: async graph => {
      await graph.show(drawingOf(example('order-processing'), { direction: 'LR' }), {
        layout: { direction: 'LR' },
      });
    },
  },
  {
    name: 'collapsed',
    arrange: async graph => {
      const drawing = drawingOf(generatedMachine(320));
      await graph.show(drawing, {
        note: 'Parallel and Map states are closed, as this state machine has 320 states. Space opens the focused one; the menu opens all.',
      });
    },
  },
  {
    name: 'empty',
    arrange: async graph => {
      await graph.post({ type: 'empty', message: 'There are no states to draw yet.' });
    },
  },
  {
    name: 'narrow',
    width: 400,
    arrange: async graph => {
      await graph.show(drawingOf(example('order-processing')), { machines: ['OrderProcessing', 'Refunds'] });
      await graph.post(stopped);
    },
  },
  {
    name: 'low',
    height: 250,
    arrange: async graph => {
      await graph.show(drawingOf(example('user-registration')));
      await graph.post(stopped);
    },
  },
  {
    // A pane of 800 by 700 pixels in which everything is twice as large.
    name: 'zoomed-200-percent',
    width: 400,
    height: 350,
    arrange: async graph => {
      await graph.show(drawingOf(example('data-pipeline')), { machines: ['Pipeline', 'Other'] });
      await graph.post(iterations);
    },
  },
];

function example(name: string): Definition {
  const found = examples().find(candidate => candidate.name === name);
  if (!found) throw new Error(`no example ${name}`);
  return found;
}

const stopped: ToPage = {
  type: 'execution',
  source: 'live',
  view: {
    sequence: 1,
    status: 'stopped',
    states: {
      '/States/Verify Payment': { status: 'succeeded', entered: 1, attempts: 3, duration: 3200 },
      '/States/Payment Approved?': { status: 'succeeded', entered: 1, attempts: 1, duration: 0 },
      '/States/Update Inventory': { status: 'running', entered: 1, attempts: 1 },
      '/States/Create User': { status: 'running', entered: 1, attempts: 1 },
    },
    taken: {
      '#start>/States/Verify Payment': 1,
      '/States/Verify Payment#Next': 1,
      '/States/Payment Approved?#Choice/0': 1,
    },
    current: { state: '/States/Update Inventory', stage: 'afterParameters' },
    time: { position: 7, length: 12 },
  },
};

const map = '/States/Enrich Records';
const iterations: ToPage = {
  type: 'execution',
  source: 'live',
  view: {
    sequence: 1,
    status: 'stopped',
    states: {
      '/States/Select Records': { status: 'succeeded', entered: 1, attempts: 1 },
      '/States/Any Records?': { status: 'succeeded', entered: 1, attempts: 1 },
      [map]: {
        status: 'running',
        entered: 1,
        attempts: 1,
        iterations: { total: 12, running: 2, succeeded: 3, failed: 1 },
      },
      [`${map}/ItemProcessor/States/Convert`]: { status: 'succeeded', entered: 6, attempts: 1 },
      [`${map}/ItemProcessor/States/Locate Sensor`]: { status: 'retrying', entered: 6, attempts: 2 },
    },
    taken: {},
    current: { state: `${map}/ItemProcessor/States/Locate Sensor`, stage: 'task' },
    time: { position: 40, length: 55 },
    chosenIterations: { [map]: 2 },
  },
};

const statuses = ['succeeded', 'failed', 'caught', 'waiting', 'aborted', 'running', 'retrying'] as const;

/** Each status somewhere in the graph, after the execution has failed. */
function everyStatus({ nodes, edges }: GraphDrawing): ToPage {
  const shown = nodes.filter(({ kind }) => kind === 'state' || kind === 'container');
  const states: Record<string, StateView> = Object.fromEntries(
    shown.map(({ id }, index) => [
      id,
      { status: statuses[index % statuses.length] ?? 'succeeded', entered: 1 + (index % 3), attempts: 1 },
    ]),
  );
  const view: ExecutionView = {
    sequence: 1,
    status: 'failed',
    states,
    taken: Object.fromEntries(edges.filter((_, index) => index % 2 === 0).map(({ id }) => [id, 1])),
    time: { position: 30, length: 30 },
  };
  return { type: 'execution', source: 'recorded', view };
}

/** A missing target, an unreachable state, an error, a warning and names that try what they can. */
const mistakes: Definition = {
  name: 'mistakes',
  format: 'json',
  text: JSON.stringify({
    StartAt: 'Look up',
    States: {
      'Look up': {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'look-up' },
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5 }],
        Catch: [{ ErrorEquals: ['Lambda.Unknown', 'States.Timeout', 'Another.Error'], Next: 'Gone' }],
        Next: '<img src=x onerror=alert(1)>',
      },
      '<img src=x onerror=alert(1)>': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.order.customer.address.country', StringEquals: 'CH', Next: 'שלום עולם' },
          {
            And: [
              { Variable: '$.order.total.amount', NumericGreaterThan: 1000 },
              { Not: { Variable: '$.order.customer.isKnown', BooleanEquals: true } },
            ],
            Next: 'end',
          },
        ],
        Default: 'A name that is as long as a name may be, which are eighty characters, and no 1',
      },
      שלום_עולם: { Type: 'Pass', Next: 'end' },
      'שלום עולם': { Type: 'Wait', Seconds: 4000, Next: 'end' },
      end: { Type: 'Succeed', InputPath: 12 },
      'A name that is as long as a name may be, which are eighty characters, and no 1': {
        Type: 'Map',
        MaxConcurrency: 5,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        End: true,
      },
      Lonely: { Type: 'Fail', Error: 'NobodyComesHere' },
    },
  }),
};
