import { describe, expect, test } from 'vitest';
import { findingsOf, type CheckOptions } from './checkFindings.ts';

const codes = (text: string, options: CheckOptions = {}): string[] =>
  findingsOf(text, { only: ['parallel/', 'pass/', 'stepwise/', 'task/'], ...options }).map(
    ({ code }) => code,
  );

const branches = '"Branches":[{"StartAt":"I","States":{"I":{"Type":"Succeed"}}}]';

describe('a Comment silences rules', () => {
  test('in its state', () => {
    const machine = (comment: string): string =>
      `{"StartAt":"A","States":{"A":{"Type":"Parallel",${comment}${branches},"Next":"B"},"B":{"Type":"Parallel","Branches":[{"StartAt":"J","States":{"J":{"Type":"Succeed"}}}],"End":true}}}`;
    expect(codes(machine(''))).toEqual(['parallel/single-branch', 'parallel/single-branch']);
    expect(codes(machine('"Comment":"Catches later. stepwise-ignore parallel/single-branch",'))).toEqual([
      'parallel/single-branch',
    ]);
    expect(codes(machine('"Comment":"stepwise-ignore parallel/*",'))).toEqual(['parallel/single-branch']);
  });

  test('in all of the state machine', () => {
    const text = `{"Comment":"stepwise-ignore parallel/single-branch, task/no-timeout","StartAt":"A","States":{"A":{"Type":"Parallel",${branches},"End":true}}}`;
    expect(codes(text)).toEqual([]);
  });

  test('a code that does not exist is told', () => {
    const text = `{"Comment":"stepwise-ignore parallel/singel-branch","StartAt":"A","States":{"A":{"Type":"Succeed"}}}`;
    const [found] = findingsOf(text);
    expect(found?.code).toBe('stepwise/unknown-rule');
    expect(text.slice(found?.start, found?.end)).toBe('parallel/singel-branch');
  });
});

describe('a YAML comment silences rules', () => {
  const machine = (above: string, behind: string): string =>
    `StartAt: A\nStates:\n  A:\n    Type: Parallel\n${above}    Branches:${behind}\n      - StartAt: I\n        States:\n          I: {Type: Succeed}\n    End: true\n`;

  test('on the next line, or on its own', () => {
    expect(codes(machine('', ''), { format: 'yaml' })).toEqual(['parallel/single-branch']);
    const rule = 'stepwise-ignore parallel/single-branch -- one is enough';
    expect(codes(machine(`    # ${rule}\n`, ''), { format: 'yaml' })).toEqual([]);
    expect(codes(machine('', ` # ${rule}`), { format: 'yaml' })).toEqual([]);
  });

  test('in the whole file', () => {
    const text = `# stepwise-ignore-file parallel/*\n${machine('', '')}`;
    expect(codes(text, { format: 'yaml' })).toEqual([]);
  });
});

describe('settings', () => {
  const text = `{"StartAt":"A","States":{"A":{"Type":"Parallel",${branches},"End":true}}}`;

  test('give a rule another severity, or switch it off', () => {
    const severity = (setting: 'error' | 'off', code: string): string[] =>
      findingsOf(text, { only: 'parallel/', settings: { severity: { [code]: setting } } }).map(
        found => found.severity,
      );
    expect(severity('error', 'parallel/single-branch')).toEqual(['error']);
    expect(severity('off', 'parallel/single-branch')).toEqual([]);
    expect(severity('off', 'parallel/*')).toEqual([]);
  });

  test('the exact code wins over its group', () => {
    const settings = { severity: { 'parallel/*': 'off', 'parallel/single-branch': 'warning' } } as const;
    expect(findingsOf(text, { only: 'parallel/', settings }).map(found => found.severity)).toEqual([
      'warning',
    ]);
  });
});
