import { say, type Message, type Words } from '#core/text/message.ts';
import { noMockedAnswer, notMocked } from '#interpreter/hostFaults.ts';

export function nothingAnswers(stateName: string): Message {
  return say`Nothing answers the task '${stateName}': give the launch configuration a "mockFile" and a "testCase", or "unmocked": "ask".`;
}

export function noFolder(bucket: string): Message {
  return say`No folder stands for the bucket '${bucket}'. Name one in "buckets" of the launch configuration.`;
}

const ours = [notMocked(''), noMockedAnswer('', 0, ''), nothingAnswers(''), noFolder('')].map(({ text }) => ({
  text,
  pattern: patternOf(text),
}));

/** A cause as it is shown: what AWS or a task says stands as it is, a sentence of ours can be translated. */
export function causeInWords(cause: string): Words {
  for (const { text, pattern } of ours) {
    const values = pattern.exec(cause);
    if (values) return { text, values: values.slice(1) };
  }
  return cause;
}

/** `No folder stands for the bucket '{0}'.` as the texts that are made of it; its places are in their order. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\{\d+\}/).map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('(.*)')}$`, 's');
}
