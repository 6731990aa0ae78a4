/** A member of the Context Object: `$$` in JSONPath, `$states.context` in JSONata. */
export interface ContextMember {
  readonly name: string;
  readonly doc: string;
  readonly type: 'object' | 'string' | 'number' | 'any';
  /** When the member exists, where it does not always. */
  readonly when?: 'map' | 'callback' | 'redrive' | 'retry';
  /** Of an object whose members are all known. */
  readonly members?: readonly ContextMember[];
}

/**
 * What stands in the Context Object.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export const contextMembers: readonly ContextMember[] = [
  {
    name: 'Execution',
    doc: 'The running execution.',
    type: 'object',
    members: [
      { name: 'Id', doc: 'ARN of the execution.', type: 'string' },
      { name: 'Input', doc: 'The input the execution was started with.', type: 'any' },
      { name: 'Name', doc: 'Name of the execution.', type: 'string' },
      { name: 'RoleArn', doc: 'ARN of the role it runs with.', type: 'string' },
      { name: 'StartTime', doc: 'When it was started, as an ISO 8601 timestamp.', type: 'string' },
      { name: 'RedriveCount', doc: 'How many times it was redriven.', type: 'number' },
      { name: 'RedriveTime', doc: 'When it was last redriven.', type: 'string', when: 'redrive' },
    ],
  },
  {
    name: 'State',
    doc: 'The state that is running.',
    type: 'object',
    members: [
      { name: 'EnteredTime', doc: 'When the state was entered, as an ISO 8601 timestamp.', type: 'string' },
      { name: 'Name', doc: 'Name of the state.', type: 'string' },
      { name: 'RetryCount', doc: 'How many times the state was retried.', type: 'number', when: 'retry' },
    ],
  },
  {
    name: 'StateMachine',
    doc: 'The state machine.',
    type: 'object',
    members: [
      { name: 'Id', doc: 'ARN of the state machine.', type: 'string' },
      { name: 'Name', doc: 'Name of the state machine.', type: 'string' },
    ],
  },
  {
    name: 'Task',
    doc: 'The task that waits for its token.',
    type: 'object',
    when: 'callback',
    members: [
      { name: 'Token', doc: 'What SendTaskSuccess and SendTaskFailure are called with.', type: 'string' },
    ],
  },
  {
    name: 'Map',
    doc: 'The item of a Map state that is being prepared.',
    type: 'object',
    when: 'map',
    members: [
      {
        name: 'Item',
        doc: 'The item.',
        type: 'object',
        members: [
          { name: 'Index', doc: 'Number of the item, from 0.', type: 'number' },
          { name: 'Value', doc: 'The item itself.', type: 'any' },
          { name: 'Key', doc: "The member's name, when the Map iterates over an object.", type: 'string' },
          { name: 'Source', doc: '`STATE_DATA`, or the S3 object the item was read from.', type: 'string' },
        ],
      },
    ],
  },
];
