import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import type { Session } from './session.ts';

/** The ids of our language servers' processes below this session's VS Code. */
export function languageServers({ server }: Session): readonly number[] {
  assert.ok(server, 'there is a server');
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap(match =>
      match ? [{ id: Number(match[1]), parent: Number(match[2]), args: match[3] ?? '' }] : [],
    );
  const isBelow = (id: number): boolean => {
    const row = table.find(candidate => candidate.id === id);
    return row !== undefined && (row.parent === server.processId || isBelow(row.parent));
  };
  return table
    .filter(({ id, args }) => args.includes('dist/server/main.node.js') && isBelow(id))
    .map(({ id }) => id);
}
