import type { Definition } from './definitions.ts';

type Members = Record<string, unknown>;

/**
 * A machine of so many states in the mix that real ones have: mostly tasks in a row, some Choices,
 * Catch to a Fail, and Parallel and Map states two levels deep. The same count gives the same machine.
 */
export function generatedMachine(count: number): Definition {
  let made = 0;
  const scope = (size: number, depth: number, prefix: string): Members => {
    const states: Members = {};
    const last = made + size;
    const names: string[] = [];
    const add = (name: string, state: Members): void => {
      states[name] = state;
      names.push(name);
    };
    while (made < last) {
      const number = made++;
      const left = last - made;
      if (depth < 2 && number % 17 === 8 && left >= 6) {
        const inner = Math.min(left, 6);
        const half = Math.floor(inner / 2);
        add(`${prefix}Fan Out ${number}`, {
          Type: 'Parallel',
          Branches: [scope(half, depth + 1, `${prefix}L`), scope(inner - half, depth + 1, `${prefix}R`)],
        });
      } else if (depth < 2 && number % 23 === 11 && left >= 4) {
        add(`${prefix}For Each ${number}`, {
          Type: 'Map',
          MaxConcurrency: 4,
          ItemProcessor: scope(Math.min(left, 4), depth + 1, `${prefix}M`),
        });
      } else if (number % 7 === 3) {
        add(`${prefix}Is It ${number}`, { Type: 'Choice' });
      } else if (number % 11 === 5) {
        add(`${prefix}Wait ${number}`, { Type: 'Wait', Seconds: number });
      } else {
        add(`${prefix}Process Order ${number}`, {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: `process-order-${number}` },
          ...(number % 5 === 0 && { Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 3 }] }),
        });
      }
    }
    connect(states, names, prefix);
    return { StartAt: names[0], States: states };
  };
  const connect = (states: Members, names: readonly string[], prefix: string): void => {
    names.forEach((name, index) => {
      const state = states[name] as Members;
      const next = names[index + 1];
      if (state['Type'] === 'Choice') {
        const target = next ?? names[0];
        state['Choices'] = [
          {
            Variable: '$.total',
            NumericGreaterThan: index,
            Next: names[Math.min(index + 2, names.length - 1)],
          },
        ];
        state['Default'] = target;
      } else if (next === undefined) {
        state['End'] = true;
      } else {
        state['Next'] = next;
        if (state['Type'] === 'Task' && index % 9 === 4) {
          const failed = `${prefix}Failed ${index}`;
          state['Catch'] = [{ ErrorEquals: ['States.TaskFailed'], Next: failed }];
          states[failed] = { Type: 'Fail', Error: 'Failed' };
          made++;
        }
      }
    });
  };
  return { name: `generated ${count}`, text: JSON.stringify(scope(count, 0, ''), null, 2), format: 'json' };
}
