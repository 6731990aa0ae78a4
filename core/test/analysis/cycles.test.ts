import { analyze } from '#core/analysis/analysis.ts';
import { expect, test } from 'vitest';

/** `A>B C; B>A` is a machine whose Choice A leads to B and C, and whose B leads back. */
function cyclesOf(edges: string): string[] {
  const states: Record<string, unknown> = {};
  let first = '';
  for (const [name = '', targets = ''] of edges.split('; ').map(edge => edge.split('>'))) {
    first ||= name;
    const choices = targets.split(' ').filter(Boolean);
    states[name] =
      choices.length === 0
        ? { Type: 'Succeed' }
        : { Type: 'Choice', Choices: choices.map(Next => ({ Variable: '$.a', IsPresent: true, Next })) };
  }
  const text = JSON.stringify({ StartAt: first, States: states });
  const [machine] = analyze({ uri: 'test.asl', version: 1, format: 'json', text }).machines;
  if (!machine) throw new Error('no state machine');
  const cycles = machine.flow.cyclesIn(machine.machine.root);
  const names = cycles.map(cycle =>
    [...cycle]
      .map(({ name }) => name)
      .sort(byText)
      .join(''),
  );
  return names.sort(byText);
}

function byText(left: string, right: string): number {
  return left.localeCompare(right);
}

test('a chain has none', () => expect(cyclesOf('A>B; B>C; C>')).toEqual([]));
test('a state that leads to itself is one', () => expect(cyclesOf('A>A B; B>')).toEqual(['A']));
test('states that lead to each other are one', () =>
  expect(cyclesOf('A>B; B>C D; C>A; D>')).toEqual(['ABC']));
test('loops with a common state are one', () => expect(cyclesOf('A>B; B>A C; C>B D; D>')).toEqual(['ABC']));
test('loops behind each other are two', () =>
  expect(cyclesOf('A>B; B>A C; C>D; D>C E; E>')).toEqual(['AB', 'CD']));
test('a way that skips a loop does not join it', () =>
  expect(cyclesOf('A>B C; B>D; C>C B; D>')).toEqual(['C']));
