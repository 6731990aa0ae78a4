import { describe, test } from 'vitest';
import { checkFindings } from '../checkFindings.ts';

const only = ['flow/dead', 'flow/self', 'flow/infinite'];
const check = (drawn: string): void => checkFindings(drawn, { only });
const choice = '"Type": "Choice", "Choices": [{"Variable": "$.a", "IsPresent": true, "Next": "B"}]';

describe('no end in reach', () => {
  test('a state that leads to itself', () =>
    check(`
      {"StartAt": "A", "States": {"A": {${choice}, "Default": "Z"}, "Z": {"Type": "Succeed"}, "B": {"Type": "Pass",
      "Next": "B"}}}
      //      ^^^ [warning] flow/self-loop-without-exit: 'B' leads to itself only, so the execution never ends.`));
  test('states that lead to each other', () =>
    check(`
      {"StartAt": "A", "States": {"A": {${choice}, "Default": "Z"}, "Z": {"Type": "Succeed"},
      "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Wait", "Seconds": 1, "Next": "B"}}}
    //^^^ [warning] flow/dead-end-cycle-no-terminal-reachable: From 'B' the execution never comes to an end: it stays among 'B', 'C'.`));
  test('a way out of the loop ends it', () =>
    check(`
      {"StartAt": "A", "States": {"A": {${choice}, "Default": "Z"}, "Z": {"Type": "Succeed"},
      "B": {"Type": "Pass", "Next": "C"}, "C": {${choice}, "Default": "Z"}}}`));
  test('what is not finished or not known may end', () =>
    check(`
      {"StartAt": "A", "States": {"A": {${choice}, "Default": "Z"}, "Z": {"Type": "Succeed"},
      "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "Next": "\${Next}"}}}`));
  test('a scope without any end is another fault', () =>
    check(`{"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "B"}}}`));
});

describe('polling', () => {
  const loop = (task: string, between = ''): string => `
      {"StartAt": "A", "States": {
      "A": {"Type": "Task", ${task}, "Next": "C"},
      ${between}"C": {"Type": "Choice", "Choices": [{"Variable": "$.done", "BooleanEquals": true, "Next": "D"}], "Default": "A"}, "D": {"Type": "Succeed"}}}`;
  test('without a pause', () =>
    check(
      loop('"Resource": "arn:aws:lambda:us-east-1:123456789012:function:f"').replace(
        '"Next": "C"},',
        `"Next": "C"},
    //^^^ [information] flow/infinite-loop-without-wait: The loop around 'A' runs without a pause. If it waits for something, put a Wait state into it.`,
      ),
    ));
  test('with a Wait', () =>
    check(
      loop('"Resource": "arn:aws:states:::lambda:invoke"')
        .replace('"Default": "A"', '"Default": "W"')
        .replace('"D":', '"W": {"Type": "Wait", "Seconds": 5, "Next": "A"}, "D":'),
    ));
  test('a job that is waited for', () => check(loop('"Resource": "arn:aws:states:::glue:startJobRun.sync"')));
  test('a loop that moves on', () =>
    check(loop('"Resource": "arn:aws:states:::lambda:invoke", "ResultPath": "$.page"')));
});
