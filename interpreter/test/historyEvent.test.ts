import { expect, test } from 'vitest';
import { runToEnd } from '#interpreter/execute.ts';
import { historyEvent, historyText } from '#interpreter/history/historyEvent.ts';
import { echo, fn, programOf } from './running.ts';

const program = programOf({
  StartAt: 'Say "hi"',
  States: {
    'Say "hi"': { Type: 'Pass', Assign: { 'v.$': '$.a' }, Next: 'Call' },
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { 'p.$': '$' },
      Next: 'Direct',
    },
    Direct: { Type: 'Task', Resource: fn, TimeoutSeconds: 5, Next: 'Wait' },
    Wait: { Type: 'Wait', Seconds: 1, Next: 'Map' },
    Map: {
      Type: 'Map',
      ItemsPath: '$.p.list',
      ItemProcessor: { StartAt: 'Fail', States: { Fail: { Type: 'Fail', Error: 'E' } } },
      End: true,
    },
  },
});

const { events } = runToEnd(program, { input: { a: 'ü "quoted"', list: [1] } }, echo);

test('the text of a history is that of its events', () => {
  expect(JSON.parse(historyText(events))).toEqual({ events: events.map(historyEvent) });
  expect(historyText(events)).toBe(JSON.stringify({ events: events.map(historyEvent) }));
});

test('an event has the shape of GetExecutionHistory', () => {
  expect(events.map(historyEvent).slice(1, 4)).toEqual([
    {
      timestamp: '2025-01-01T00:00:00.000Z',
      type: 'PassStateEntered',
      id: 2,
      previousEventId: 0,
      stateEnteredEventDetails: {
        name: 'Say "hi"',
        input: '{"a":"ü \\"quoted\\"","list":[1]}',
        inputDetails: { truncated: false },
      },
    },
    {
      timestamp: '2025-01-01T00:00:00.000Z',
      type: 'PassStateExited',
      id: 3,
      previousEventId: 2,
      stateExitedEventDetails: {
        name: 'Say "hi"',
        output: '{"a":"ü \\"quoted\\"","list":[1]}',
        outputDetails: { truncated: false },
        assignedVariables: { v: '"ü \\"quoted\\""' },
        assignedVariablesDetails: { truncated: false },
      },
    },
    {
      timestamp: '2025-01-01T00:00:00.000Z',
      type: 'TaskStateEntered',
      id: 4,
      previousEventId: 3,
      stateEnteredEventDetails: {
        name: 'Call',
        input: '{"a":"ü \\"quoted\\"","list":[1]}',
        inputDetails: { truncated: false },
      },
    },
  ]);
});
