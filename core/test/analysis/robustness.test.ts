import { analyze } from '#core/analysis/analysis.ts';
import { rules } from '#core/analysis/rules/all.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { parseJson } from '#core/syntax/json.ts';
import type { Format } from '#core/text/source.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';

/** Every rule's example, so that each code path of the checks is met while it is being destroyed. */
const examples: readonly string[] = rules.map(({ example }) => example);

/** Looks at everything that is known of a text. Throws when something does, or lies outside the text. */
function analyzeAll(text: string, format: Format): void {
  const analysis = analyze({ uri: 'test.asl', version: 1, format, text });
  for (const finding of analysis.findings) {
    for (const span of [finding, ...(finding.related ?? [])]) {
      const isInside = 0 <= span.start && span.start <= span.end && span.end <= text.length;
      expect(isInside, `${finding.code} ${span.start}..${span.end} of ${text.length}`).toBe(true);
    }
  }
  for (const { machine, expressions, variables, shapes } of analysis.machines) {
    for (const state of machine.states) {
      shapes.inputOf(state);
      shapes.outputOf(state);
      variables.visibleAt(state);
    }
    for (const site of expressions.all) {
      shapes.documentAt(site);
      shapes.statesAt(site);
      expect(expressions.at(site.node.start)?.node.start).toBe(site.node.start);
    }
    for (const variable of variables.all) shapes.variableShape(variable);
  }
}

function inFormat(example: string, format: Format): string {
  if (format === 'json') return example;
  const { root } = parseJson({ text: example });
  return root ? stringify(toJson(root)) : example;
}

const format = fc.constantFrom<Format>('json', 'yaml');
const noise = fc.constantFrom(
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\n',
  '  ',
  '-',
  '{%',
  '%}',
  '$',
  '$$',
  '.$',
  '(',
  "'",
  '${',
  '\u0000',
  'é',
  '|',
  '&a ',
  '*a',
);

test('no text that is cut off is too much', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...examples),
      format,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (example, as, share) => {
        const text = inFormat(example, as);
        analyzeAll(text.slice(0, Math.floor(text.length * share)), as);
      },
    ),
    { numRuns: 300 },
  );
});

test('nor is one with anything put in, taken out or replaced', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(6),
    insert: fc.oneof(noise, fc.string({ maxLength: 4 })),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...examples),
      format,
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      (example, as, edits) => {
        let text = inFormat(example, as);
        for (const { at, remove, insert } of edits) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + insert + text.slice(start + remove);
        }
        analyzeAll(text, as);
      },
    ),
    { numRuns: 600 },
  );
});
