import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Conversation, type ConversationOptions, type TestFiles } from './conversation.ts';

const folder = path.join(import.meta.dirname, 'transcripts');

/**
 * A test that holds a whole conversation against the one that was written down: `transcripts/NAME.txt`.
 * `UPDATE=1` writes it anew; the difference is then for a human to read.
 */
export function transcript(
  name: string,
  files: TestFiles,
  hold: (conversation: Conversation) => Promise<void>,
  options?: ConversationOptions,
): void {
  test(name, async () => {
    const conversation = new Conversation(files, options);
    await hold(conversation);
    expect(conversation.problems).toEqual([]);
    const file = path.join(folder, `${name.replaceAll(/[^\w]+/g, '-').toLowerCase()}.txt`);
    if (process.env['UPDATE'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, conversation.text);
    }
    expect(conversation.text).toBe(readFileSync(file, 'utf8'));
  });
}
