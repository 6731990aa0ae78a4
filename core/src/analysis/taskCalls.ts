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
  const readings = new Map<string, Pick<TaskCall, 'resource' | 'pattern'> & { resolve: () => Resolution }>();
  const calls: TaskCall[] = [];
  for (const state of machine.states) {
    if (state.type !== 'Task' || !state.resource) continue;
    const { resource: node } = state;
    let reading = readings.get(node.value);
    if (!reading) {
      reading = read(node.value, services);
      readings.set(node.value, reading);
    }
    const { resource, pattern, resolve } = reading;
    calls.push({
      state,
      node,
      resource,
      pattern,
      get resolution() {
        return resolve();
      },
      get template() {
        const value = valueOf(state.node, state.queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters');
        return value?.kind === 'object' && !isDeferred(value) ? value : undefined;
      },
    });
  }
  return calls;
}

function read(
  text: string,
  services: ServiceCatalogue | undefined,
): Pick<TaskCall, 'resource' | 'pattern'> & { resolve: () => Resolution } {
  const resource = parseResource(text);
  const isIntegration = resource.kind === 'optimized' || resource.kind === 'sdk';
  const resolve = lazy<Resolution>(() =>
    isIntegration && services ? resolveIntegration(resource, services) : { kind: 'undetermined' },
  );
  return { resource, pattern: isIntegration ? resource.pattern?.text : undefined, resolve };
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
