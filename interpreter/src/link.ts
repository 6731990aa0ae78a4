import { isJsonObject } from '#core/json.ts';
import { nameIn, nameOf, type Callees, type Part } from './callees.ts';
import type { Answer } from './host.ts';
import type { Program } from './program.ts';
import type { TaskRequest } from './request.ts';
import { isExecutionStart } from './resource.ts';

/** A machine and those that its tasks start, as one program. */
export interface Linked {
  readonly program: Program;
  /** The machine that an ARN or a name means, if it is at hand. */
  readonly partOf: (arn: string) => Part | undefined;
  /** What answers a task that starts a machine which is at hand: an execution of it. */
  readonly beginning: (request: TaskRequest) => Answer | undefined;
}

/** Puts a machine together with those that its tasks start. */
export function link(main: Part, { parts, arns }: Callees): Linked {
  const program = linked(
    main.program,
    parts.map(part => part.program),
  );
  const partOf = (arn: string): Part | undefined => arns.get(arn) ?? arns.get(nameIn(arn));
  return {
    program,
    partOf,
    beginning: ({ resource, parameters }) => {
      const arn = isJsonObject(parameters) ? parameters['StateMachineArn'] : undefined;
      const part = typeof arn === 'string' && isExecutionStart(resource) ? partOf(arn) : undefined;
      if (!part || typeof arn !== 'string') return undefined;
      return {
        kind: 'execution',
        machine: part.machine.machine.root.pointer,
        stateMachineName: arn.includes(':stateMachine:') ? nameIn(arn) : nameOf(part),
        type: part.machine.workflowType ?? 'STANDARD',
      };
    },
  };
}

/** A program whose tasks can start the other ones, and itself: each was compiled with a pointer of its own. */
export function linked(program: Program, called: readonly Program[]): Program {
  const all = [program, ...called];
  return {
    ...program,
    scopes: new Map(all.flatMap(({ scopes }) => [...scopes])),
    states: new Map(all.flatMap(({ states }) => [...states])),
    called: new Map(all.map(each => [each.machine.root.pointer, each])),
  };
}
