/** A machine that starts itself, by the name it goes by, until nothing is `left`; its output counts the starts. */
export function countdown(name: string): object {
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Left?',
    States: {
      'Left?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.left > 0 %}', Next: 'Again' }],
        Default: 'Zero',
      },
      Again: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: name, Input: { left: '{% $states.input.left - 1 %}' } },
        Output: '{% $states.result.Output + 1 %}',
        End: true,
      },
      Zero: { Type: 'Pass', Output: 0, End: true },
    },
  };
}
