import type { StateType } from '#core/language/values.ts';

const guide = 'https://docs.aws.amazon.com/step-functions/latest/dg/';

/** What each type of state does, in the order in which they are most used. */
export const typeDescriptions: readonly {
  readonly type: StateType;
  readonly doc: string;
  readonly link: string;
}[] = [
  {
    type: 'Task',
    doc: 'Does work: calls a Lambda function, an AWS API, an HTTP endpoint or an activity, and waits for the result.',
    link: `${guide}state-task.html`,
  },
  {
    type: 'Choice',
    doc: 'Goes on to one of several states: the first rule that matches decides, else `Default`.',
    link: `${guide}state-choice.html`,
  },
  {
    type: 'Pass',
    doc: 'Passes its input on, changed by a template if wanted. It calls nothing.',
    link: `${guide}state-pass.html`,
  },
  { type: 'Wait', doc: 'Waits for some seconds, or until a time.', link: `${guide}state-wait.html` },
  {
    type: 'Map',
    doc: 'Runs a state machine of its own for each item of an array or data set.',
    link: `${guide}state-map.html`,
  },
  {
    type: 'Parallel',
    doc: 'Runs several branches at the same time and gives an array of their outputs.',
    link: `${guide}state-parallel.html`,
  },
  {
    type: 'Succeed',
    doc: 'Ends the state machine, branch or iteration successfully.',
    link: `${guide}state-succeed.html`,
  },
  {
    type: 'Fail',
    doc: 'Ends the execution with an Error Name and a cause.',
    link: `${guide}state-fail.html`,
  },
];
