/*
 * Definitions as large as AWS allows and larger, of a realistic mix of states, all reachable and valid.
 */

const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:Fn';

/** A chain of states with Choices that lead back, indented as people keep it: about 700 bytes a state. */
export function largeDefinition(count: number): string {
  const states: Record<string, object> = {};
  for (let index = 0; index < count; index++) states[nameOf(index)] = stateAt(index, count);
  return JSON.stringify({ Comment: 'generated', StartAt: nameOf(0), States: states }, undefined, 2);
}

function nameOf(index: number): string {
  return `State number ${index}`;
}

function stateAt(index: number, count: number): object {
  if (index === count - 1) return { Type: 'Succeed' };
  const next = { Next: nameOf(index + 1) };
  switch (index % 10) {
    case 3:
      return {
        Type: 'Choice',
        Choices: [
          { Variable: '$.a.b', NumericGreaterThan: index, Next: nameOf(index + 1) },
          {
            And: [{ Variable: '$.x', StringEquals: 'y' }, { Not: { Variable: '$.z', IsPresent: true } }],
            Next: nameOf(Math.max(0, index - 2)),
          },
        ],
        Default: nameOf(index + 1),
      };
    case 5:
      return {
        Type: 'Pass',
        Parameters: {
          'id.$': '$.id',
          'text.$': "States.Format('Hello {} of {}', $.name, $$.Execution.Id)",
          n: index,
        },
        ResultPath: `$.p${index}`,
        ...next,
      };
    case 7:
      return { Type: 'Wait', Seconds: (index % 60) + 1, ...next };
    default:
      return {
        Type: 'Task',
        Comment: `Task ${index}`,
        Resource: index % 2 === 1 ? lambda + index : 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: lambda + index, 'Payload.$': '$' },
        ResultSelector: { 'body.$': '$.Payload' },
        ResultPath: `$.r${index}`,
        TimeoutSeconds: 300,
        Retry: [
          {
            ErrorEquals: ['Lambda.ServiceException', 'Lambda.TooManyRequestsException'],
            IntervalSeconds: 2,
            MaxAttempts: 6,
            BackoffRate: 2,
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: nameOf(count - 1) }],
        ...next,
      };
  }
}

/** Parallel states inside each other. */
export function nestedDefinition(depth: number): string {
  let scope: object = { StartAt: 'Innermost', States: { Innermost: { Type: 'Pass', End: true } } };
  for (let level = depth; level > 0; level--) {
    const name = `Level ${level}`;
    scope = { StartAt: name, States: { [name]: { Type: 'Parallel', Branches: [scope], End: true } } };
  }
  return JSON.stringify(scope, undefined, 2);
}

/** A chain of JSONata states, each of which assigns a variable and reads the one before. */
export function variablesDefinition(count: number): string {
  const states: Record<string, object> = {};
  for (let index = 0; index < count; index++) {
    const value = index === 0 ? 1 : `{% $v${index - 1} + 1 %}`;
    states[nameOf(index)] = {
      Type: 'Pass',
      Assign: { [`v${index}`]: value },
      ...(index + 1 < count ? { Next: nameOf(index + 1) } : { End: true }),
    };
  }
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: nameOf(0), States: states }, undefined, 2);
}
