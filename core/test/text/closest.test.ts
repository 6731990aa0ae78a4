import { expect, test } from 'vitest';
import { closest } from '#core/text/closest.ts';

test.each([
  ['Pay', ['Pai', 'Ship'], 'Pai'],
  ['Nxet', ['End', 'Next'], 'Next'],
  ['resultpath', ['ResultSelector', 'ResultPath'], 'ResultPath'],
  ['Anything', ['Task', 'Pass'], undefined],
  ['x', ['y'], undefined],
  ['abc', [], undefined],
])('%s among %j is %s', (name, candidates, expected) => {
  expect(closest(name, candidates)).toBe(expected);
});
