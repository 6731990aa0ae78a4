import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';

type Kind = 'string' | 'number' | 'any' | { readonly [name: string]: Kind };

const fields: { readonly [name: string]: Kind } = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
  Map: { Item: { Index: 'number', Key: 'string', Value: 'any', Source: 'string' } },
};

/** Why TestState refuses a Context Object: it must be made of the fields that there are. */
export function contextProblem(
  context: JsonObject,
): { readonly code: string; readonly message: string } | undefined {
  const problem = problemIn(context, fields, '');
  if (problem === undefined) return undefined;
  return { code: 'ValidationException', message: `Invalid Context object provided: ${problem}` };
}

function problemIn(value: Json, kind: Kind, path: string): string | undefined {
  if (kind === 'any') return undefined;
  if (typeof kind === 'string') return typeof value === kind ? undefined : `${path} must be a ${kind}`;
  if (!isJsonObject(value)) return `${path} must be an object`;
  for (const [name, member] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const expected = Object.hasOwn(kind, name) ? kind[name] : undefined;
    if (expected === undefined) return `Field '${at}' is not allowed`;
    const problem = problemIn(member, expected, at);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
