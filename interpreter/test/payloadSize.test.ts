import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#core/json.ts';
import { runToEnd } from '#interpreter/execute.ts';
import { byteLength, exceeds } from '#interpreter/payloadSize.ts';
import { echo, fn, programOf } from './running.ts';

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

test('the length is that of the JSON text in UTF-8', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(byteLength(json)).toBe(utf8Length(JSON.stringify(json)));
    }),
  );
  for (const text of ['ü', '€', '😀', '\ud800', '\u2028', '\b\t\n\f\r\u0001"\\'])
    expect(byteLength(text)).toBe(utf8Length(JSON.stringify(text)));
  for (const number of [0, -0, 9, 10, 99, 100, -7, 1.5, 999_999_999, 1_000_000_000, 1e21, 1e-7])
    expect(byteLength(number)).toBe(JSON.stringify(number).length);
});

test('a glance and a count agree', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(400), (value, limit) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(exceeds(json, limit)).toBe(byteLength(json) > limit);
    }),
  );
});

test('data nested without end are too large, and nothing overflows', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const program = programOf({
    StartAt: 'A',
    States: {
      A: {
        Type: 'Task',
        Resource: fn,
        ResultSelector: { 'v.$': 'States.StringToJson($.text)' },
        Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], ResultPath: null, Next: 'B' }],
        End: true,
      },
      B: { Type: 'Pass', End: true },
    },
  });
  const { outcome } = runToEnd(program, { input: { text: deep }, quotas: { payloadBytes: 300_000 } }, echo);
  expect(outcome?.status === 'SUCCEEDED' || outcome?.status === 'FAILED').toBe(true);
});
