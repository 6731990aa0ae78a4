import { expect, test } from 'vitest';
import { parsePayloadValue, payloadValueKind } from '#core/expressions/intrinsic/payloadValue.ts';

test.each([
  ['$', 'path', 'path'],
  ['$.a[0]', 'path', 'path'],
  ["$['a']", 'path', 'path'],
  ['$$', 'contextPath', 'path'],
  ['$$.Execution.Id', 'contextPath', 'path'],
  ['$order.id', 'variable', 'path'],
  ['States.UUID()', 'intrinsic', 'intrinsic'],
  ['hello', 'intrinsic', 'intrinsic'],
])('%s is a %s', (text, kind, parsedKind) => {
  expect(payloadValueKind(text)).toBe(kind);
  expect(parsePayloadValue(text).kind).toBe(parsedKind);
});
