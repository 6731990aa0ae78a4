import { say, type Message } from '#core/text/message.ts';

/**
 * Why nothing answers: sentences of ours among the causes of errors. An execution has them in English, as those of
 * AWS: its data must not depend on the language of whoever looks on.
 */
export function notMocked(stateName: string): Message {
  return say`The state '${stateName}' is not mocked in this test case.`;
}

export function noMockedAnswer(responseName: string, invocation: number, stateName: string): Message {
  return say`The mocked response '${responseName}' has no answer for call ${invocation} of the state '${stateName}'.`;
}
