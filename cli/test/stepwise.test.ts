import { describe, expect, test } from 'vitest';
import { stepwiseIn } from './fakeIo.ts';

const machine = '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}}';

describe('stepwise', () => {
  test('tells its version', async () => {
    for (const asked of ['--version', '-v', 'version']) {
      const { code, out } = await stepwiseIn({}, [asked]);
      expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
      expect(code).toBe(0);
    }
  });

  test.each([
    [['chekc'], "stepwise: there is no command 'chekc'. Did you mean 'check'? Try 'stepwise help'.\n"],
    [['help', 'nope'], "stepwise: there is no command 'nope'. Try 'stepwise help'.\n"],
    [
      ['run', 'a', '--inptu', '{}'],
      'stepwise run: There is no option --inptu. Did you mean --input? See stepwise help run.\n',
    ],
    [['graph', 'a', 'b'], 'stepwise graph: Name one FILE, not a and b. See stepwise help graph.\n'],
    [['test-state', 'a', '--validation', 'none'], 'stepwise test-state: --validation belongs to a --mock or'],
    [['run', 'hello-world/hello-world.asl.json', '--mock', '#Happy'], '--mock names a file before the #'],
    [
      ['run', 'hello-world/hello-world.asl.json', '--mock', 'hello-world/MockConfigFile.json'],
      "#Greeting. The file has 'Greeting', 'BusyThenGreeting'.",
    ],
    [['graph', 'hello-world/hello-world.asl.json', '--scale', '9'], "--scale is a number up to 8, not '9'"],
  ])('%j is refused, with the way out', async (args, message) => {
    const { code, out, err } = await stepwiseIn({}, args);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  test.each([
    'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: 1\n    End: true\n',
    machine,
    `\uFEFF${machine}`,
  ])('standard input may be JSON or YAML', async text => {
    const files = { '-': text };
    expect((await stepwiseIn({ files }, ['run', '-', '--quiet'])).out).toBe('1\n');
    expect((await stepwiseIn({ files }, ['test-state', '-', '--state', 'A'])).out).toContain('"output": 1');
    expect((await stepwiseIn({ files }, ['graph', '-'])).out).toContain('A["A<br/>Pass"]');
  });

  test('names and causes of a definition cannot paint over the terminal', async () => {
    const name = String.raw`\u001b[2J\nE\u009b`;
    const text = `{"StartAt":"${name}","States":{"${name}":{"Type":"Fail","Error":"\\u001b[0m","Cause":"a\\nb\\u0007"}}}`;
    const { err } = await stepwiseIn({ files: { 'e.asl.json': text } }, ['run', 'e.asl.json']);
    expect(err).toBe('    0.000 s  ▶ ␛[2J␊E\uFFFD  {}\n    0.000 s  ■ failed\nFAILED: ␛[0m: a\nb␇\n');
    const broken = `{"StartAt":"\\u001b[2J","States":{"A":{"Type":"Succeed","Comment":"\u001b[2J"}}}`;
    const { out } = await stepwiseIn({ files: { 'b.asl.json': broken } }, ['check', 'b.asl.json']);
    expect(out).toContain("No state named '␛[2J' in this scope.");
    expect(out).toContain('"Comment":"␛[2J"');
    expect(out).not.toContain('\u001b');
  });
});
