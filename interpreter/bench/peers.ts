import { StateMachine } from 'aws-local-stepfunctions';
import jsonata from 'jsonata';
import { jsonataLoop, type Scenario } from './scenarios.ts';

/** Somebody else's way to do a scenario: the output comes from code of packages of npm. */
export interface Peer {
  readonly name: string;
  /** Whether it is an interpreter, which the bars are about, or does less than one. */
  readonly interprets: boolean;
  readonly run: () => Promise<unknown>;
}

type Definition = ConstructorParameters<typeof StateMachine>[0];
type Input = Parameters<StateMachine['run']>[0];

/** The peers that can do the scenario. They get the same definition, checked and compiled before. */
export function peersFor(scenario: Scenario): readonly Peer[] {
  if (scenario === jsonataLoop) return jsonataPeers(scenario);
  const machine = new StateMachine(scenario.definition as unknown as Definition);
  const input = scenario.input as Input;
  return [{ name: 'aws-local-stepfunctions', interprets: true, run: () => machine.run(input).result }];
}

/**
 * No other interpreter that npm has runs JSONata. What its users can do is let tasks call the `jsonata` package,
 * state by state: one for the Output of Count, one for the Condition of Enough, which then chooses by a flag.
 * The package alone in a bare loop is shown beside it: that has no states, no limits and no history.
 */
function jsonataPeers({ input }: Scenario): readonly Peer[] {
  const next = jsonata('$states.input.n + 1');
  const max = jsonata('$states.input.max');
  const more = jsonata('$states.input.n < $states.input.max');
  const count = async (before: unknown): Promise<{ readonly n: number; readonly max: number }> => ({
    n: (await next.evaluate(undefined, { states: { input: before } })) as number,
    max: (await max.evaluate(undefined, { states: { input: before } })) as number,
  });
  const goesOn = async (counter: unknown): Promise<boolean> =>
    (await more.evaluate(undefined, { states: { input: counter } })) as boolean;
  const resource = 'arn:aws:lambda:us-east-1:123456789012:function:jsonata';
  const machine = new StateMachine({
    StartAt: 'Count',
    States: {
      Count: { Type: 'Task', Resource: resource, Next: 'Compare' },
      Compare: { Type: 'Task', Resource: resource, ResultPath: '$.more', Next: 'Enough' },
      Enough: {
        Type: 'Choice',
        Choices: [{ Variable: '$.more', BooleanEquals: true, Next: 'Count' }],
        Default: 'Done',
      },
      Done: { Type: 'Pass', Parameters: { 'n.$': '$.n', 'max.$': '$.max' }, End: true },
    },
  });
  const overrides = { taskResourceLocalHandlers: { Count: count, Compare: goesOn } };
  return [
    {
      name: 'aws-local-stepfunctions with jsonata in tasks',
      interprets: true,
      run: () => machine.run(input as Input, { overrides }).result,
    },
    {
      name: 'jsonata in a bare loop',
      interprets: false,
      run: async () => {
        let counter = await count(input);
        while (await goesOn(counter)) counter = await count(counter);
        return counter;
      },
    },
  ];
}
