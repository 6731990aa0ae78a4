import { isJsonObject, type Json } from '#core/json.ts';
import { answerFor, type MockFile } from '#core/mocking/mockFile.ts';
import { inWords, say, type Message, type Words } from '#core/text/message.ts';
import type { Answer, SyncHost } from './host.ts';
import { noMockedAnswer, notMocked } from './hostFaults.ts';
import type { TaskRequest } from './request.ts';

/** The test case, or what keeps it from being used. */
export type MockedCase =
  { readonly kind: 'host'; readonly host: SyncHost } | { readonly kind: 'refused'; readonly reason: Words };

/**
 * A host that answers tasks as Step Functions Local does with a mock file: by the name of the state and
 * the number of its call in this execution, whatever the strand or attempt.
 *
 * A call the file has no answer for fails the execution; so does a state that the test case does not list,
 * unless `unmocked` answers it.
 */
export function mockHost(
  file: MockFile,
  machineName: string,
  caseName: string,
  unmocked: (request: TaskRequest) => Answer | undefined = () => undefined,
): MockedCase {
  const machine = file.machines.find(({ name }) => name === machineName);
  if (!machine)
    return refused(say`The mock file has no state machine named '${machineName}'.`, file.machines);
  const testCase = machine.testCases.find(({ name }) => name === caseName);
  if (!testCase) return refused(say`The mock file has no test case named '${caseName}'.`, machine.testCases);
  const error = file.problems.find(({ severity }) => severity === 'error');
  if (error) return { kind: 'refused', reason: error.message };
  const responseNames = new Map(
    testCase.states.map(({ stateName, responseName }) => [stateName, responseName.value]),
  );
  const responses = new Map(file.responses.map(response => [response.name, response]));
  const call = (request: TaskRequest): Answer => {
    const responseName = responseNames.get(request.stateName);
    if (responseName === undefined) return unmocked(request) ?? refuseUnmocked(request);
    const response = responses.get(responseName);
    const answer = response && answerFor(response, request.invocation);
    if (!answer)
      return {
        kind: 'failed',
        error: 'States.Runtime',
        cause: inWords(noMockedAnswer(responseName, request.invocation, request.stateName)),
      };
    // The answer is that of the job or of the one who holds the token; before, the service takes the call.
    const submitted = request.resource.pattern === 'requestResponse' ? {} : { submitted: {} };
    if (answer.kind === 'throw')
      return { ...submitted, kind: 'failed', error: answer.error, cause: answer.cause };
    return { ...submitted, kind: 'succeeded', output: resultOf(request, answer.value) };
  };
  return { kind: 'host', host: { call } };
}

/** A task whose Resource is a function gets the Payload of an answer that is written as Invoke's. */
function resultOf(request: TaskRequest, value: Json): Json {
  if (request.resource.kind !== 'function' || !isJsonObject(value)) return value;
  const { Payload } = value;
  return Payload !== undefined && 'StatusCode' in value ? Payload : value;
}

function refuseUnmocked({ stateName }: TaskRequest): Answer {
  return {
    kind: 'failed',
    error: 'States.Runtime',
    cause: inWords(notMocked(stateName)),
  };
}

function refused(problem: Message, known: readonly { readonly name: string }[]): MockedCase {
  const names = known.map(entry => `'${entry.name}'`).join(', ');
  const reason = names === '' ? say`${problem} It has none.` : say`${problem} It has ${names}.`;
  return { kind: 'refused', reason };
}
