import { expect, test } from 'vitest';
import { runToEnd } from '#interpreter/execute.ts';
import { echo, programOf } from './running.ts';

/** An expression may come to the context without naming it. */
test.each([
  ['$states.context.State.Name', 'Ask'],
  ['$states.input.%.context.State.Name', 'Ask'],
  ['$states.input@$v.context.State.Name', 'Ask'],
  ['$lookup($states, "context").State.Name', 'Ask'],
])('%s', (expression, output) => {
  const machine = {
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: { Ask: { Type: 'Pass', End: true, Output: `{% ${expression} %}` } },
  };
  const { outcome } = runToEnd(programOf(machine), { input: {} }, echo);
  expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
});
