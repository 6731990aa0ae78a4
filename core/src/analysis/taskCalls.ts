import { resolveIntegration, type Resolution } from '#core/language/services/integration.ts';
import { parseResource, type ResourceArn } from '#core/language/services/resource.ts';
import type { ServiceCatalogue } from '#core/language/services/catalogue.ts';
import { lazy } from '#core/lazy.ts';
import type { StateMachine, TaskState } from '#core/model/stateMachine.ts';
import { isDeferred, valueOf, type ObjectNode, type StringNode } from '#core/syntax/node.ts';

/** What a Task calls: its Resource, read, and the parameters it hands over. */
export interface TaskCall {
  readonly state: TaskState;
  readonly node: StringNode;
  readonly resource: ResourceArn;
  /** The pattern as written behind the action (`sync`, `waitForTaskToken`); none for activities and functions. */
  readonly pattern: string | undefined;
  /** What the catalogue of services says; undetermined without one. */
  readonly resolution: Resolution;
  /** `Parameters` or `Arguments`, where it is an object that is not decided at deployment. */
  readonly template: ObjectNode | undefined;
}

/** The Tasks whose Resource is a string, in the order of `machine.states`. */
export function collectTaskCalls(
  machine: StateMachine,
  services: ServiceCatalogue | undefined,
): readonly TaskCall[] {
  const readings = new Map<string, Reading>();
  const calls: TaskCall[] = [];
  for (const state of machine.states) {
    if (state.type !== 'Task' || !state.resource) continue;
    const text = state.resource.value;
    let reading = readings.get(text);
    if (!reading) {
      reading = read(text, services);
      readings.set(text, reading);
    }
    calls.push(new Call(state, state.resource, reading));
  }
  return calls;
}

/** What a Resource says; read once for all Tasks that have it. */
interface Reading {
  readonly resource: ResourceArn;
  readonly pattern: string | undefined;
  readonly resolve: () => Resolution;
}

function read(text: string, services: ServiceCatalogue | undefined): Reading {
  const resource = parseResource(text);
  const isIntegration = resource.kind === 'optimized' || resource.kind === 'sdk';
  const resolve = lazy<Resolution>(() =>
    isIntegration && services ? resolveIntegration(resource, services) : { kind: 'undetermined' },
  );
  return { resource, pattern: isIntegration ? resource.pattern?.text : undefined, resolve };
}

class Call implements TaskCall {
  readonly state: TaskState;
  readonly node: StringNode;
  readonly #reading: Reading;

  constructor(state: TaskState, node: StringNode, reading: Reading) {
    this.state = state;
    this.node = node;
    this.#reading = reading;
  }

  get resource(): ResourceArn {
    return this.#reading.resource;
  }

  get pattern(): string | undefined {
    return this.#reading.pattern;
  }

  get resolution(): Resolution {
    return this.#reading.resolve();
  }

  get template(): ObjectNode | undefined {
    const { node, queryLanguage } = this.state;
    const value = valueOf(node, queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters');
    return value?.kind === 'object' && !isDeferred(value) ? value : undefined;
  }
}

/** Whether the Task is `arn:aws:states:::service:action`, with any pattern. */
export function isOptimized({ resource }: TaskCall, service: string, action: string): boolean {
  return (
    resource.kind === 'optimized' && resource.service.text === service && resource.action.text === action
  );
}

/** Whether the Task runs a Lambda function, by its ARN or by `lambda:invoke`. */
export function isLambda(call: TaskCall): boolean {
  return call.resource.kind === 'lambda' || isOptimized(call, 'lambda', 'invoke');
}

/** Whether somebody outside hands in the result, so that the Task waits until then: an activity, or a task token. */
export function waitsForWorker({ resource, pattern }: TaskCall): boolean {
  return resource.kind === 'activity' || pattern === 'waitForTaskToken';
}
