import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, type ScalarTag, type Tags } from 'yaml';
import { formatYaml } from '#core/syntax/formatYaml.ts';
import { toJson } from '#core/syntax/toJson.ts';
import { parseYaml } from '#core/syntax/yaml.ts';

function isNumber(tag: Tags[number]): tag is ScalarTag {
  return typeof tag === 'object' && /:(?:int|float)$/.test(tag.tag);
}

/** The library's own writing of the whole text, but for numbers, which it would round. */
function writtenAtOnce(text: string, indent: number): string | undefined {
  if (text.includes('\r\n'))
    return writtenAtOnce(text.replaceAll('\r\n', '\n'), indent)?.replaceAll('\n', '\r\n');
  const document = parseDocument(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: tags =>
      tags.map(tag => (isNumber(tag) ? { ...tag, stringify: ({ source = '' }) => source } : tag)),
  });
  if (document.errors.length > 0) return undefined;
  return document.toString({
    indent,
    indentSeq: true,
    lineWidth: 0,
    minContentWidth: 0,
    flowCollectionPadding: true,
    singleQuote: null,
  });
}

function valueOf(text: string): unknown {
  const { root, problems } = parseYaml(text);
  return root && problems.length === 0 ? toJson(root) : undefined;
}

const key = fc.constantFrom(
  'A',
  'Next',
  'a b',
  '"q: k"',
  "'s'",
  'true',
  'Type-',
  '1',
  'é',
  '"\\u0041"',
  'a.$',
);

const scalar = fc.constantFrom(
  'x',
  'a b  c',
  '$.a.b',
  'arn:aws:states:::x',
  '"d q"',
  "'it''s'",
  '"\\n"',
  'é',
  '12',
  '012',
  '1.0',
  '-1',
  'true',
  'True',
  'null',
  '~',
  'x-',
  'x:y',
  '{a: 1,b: [2]}',
  '[]',
  '!Sub "${A}"',
  '# c',
  'x # c',
  '"" ',
  'x   ',
  '|\n~a\n~  b',
  '>-\n~a',
  '|+\n~a\n',
  '""',
  'x\n~y',
  '&a x',
  '*a',
  '12345678901234567890',
  'no',
  '.5',
);

const gap = fc.constantFrom(
  '',
  '',
  '',
  '',
  '\n',
  '\n\n',
  '@# c\n',
  '\n@# c\n',
  '@# c\n\n@#d\n',
  '@  # deep\n',
  '# c\n',
);

type Write = (indent: string) => string;

/** Mappings and sequences of any indentation, with comments between. */
const block = blockOf(key, scalar, gap);

/** What most definitions hold. */
const plainBlock = blockOf(
  fc.constantFrom('A', 'Next', 'a b', '"q: k"', 'a.$', "'s'"),
  fc.constantFrom('x', '$.a.b', '"d q"', '12', 'true', '', 'a b', '- x', "'s'", 'x '),
  fc.constantFrom('', '', '', '', '', '', '', '\n', '@# c\n'),
);

function blockOf(
  key: fc.Arbitrary<string>,
  scalar: fc.Arbitrary<string>,
  gap: fc.Arbitrary<string>,
): fc.Arbitrary<Write> {
  return fc.letrec<{ value: Write; mapping: Write; sequence: Write }>(tie => ({
    value: fc
      .oneof({ depthSize: 'small' }, fc.constant(undefined), tie('mapping'), tie('sequence'))
      .map(inner => inner ?? (indent => `${indent}B: x\n`)),
    mapping: fc
      .array(fc.tuple(gap, key, fc.oneof(scalar, tie('value')), fc.constantFrom('  ', '    ', ' ', '')), {
        minLength: 1,
        maxLength: 4,
      })
      .map(
        members => indent =>
          members
            .map(([before, name, held, step]) => {
              const value =
                typeof held === 'string' ? ` ${lines(held, indent)}\n` : `\n${held(indent + step)}`;
              return `${before.replaceAll('@', indent)}${indent}${name}:${value}`;
            })
            .join(''),
      ),
    sequence: fc
      .array(fc.tuple(gap, fc.oneof(scalar, tie('mapping')), fc.constantFrom(' ', '   ')), {
        minLength: 1,
        maxLength: 3,
      })
      .map(
        items => indent =>
          items
            .map(([before, held, blanks]) => {
              const inner = `${indent} ${blanks}`;
              const value = typeof held === 'string' ? `${lines(held, indent)}\n` : held(inner).trimStart();
              return `${before.replaceAll('@', indent)}${indent}-${blanks}${value}`;
            })
            .join(''),
      ),
  })).value;
}

function lines(value: string, indent: string): string {
  return value.replaceAll('~', `${indent}   `);
}

describe('formatYaml', () => {
  test.each([
    { name: 'any values', content: block },
    { name: 'plain values', content: plainBlock },
  ])('writes entry by entry what the library writes of the whole: $name', ({ content }) => {
    let written = 0;
    const text = fc.tuple(fc.constantFrom('', '# Head\n', '# Head\n\n', '\n'), content, gap, fc.boolean());
    fc.assert(
      fc.property(text, fc.constantFrom(2, 4), ([head, body, tail, isWindows], indent) => {
        const unix = `${head}${body('')}${tail.replaceAll('@', '')}`;
        const given = isWindows ? unix.replaceAll('\n', '\r\n') : unix;
        const formatted = formatYaml(given, indent);
        if (valueOf(given) === undefined) {
          expect(formatted).toBeUndefined();
          return;
        }
        const whole = writtenAtOnce(given, indent);
        const isSame =
          whole !== undefined && JSON.stringify(valueOf(whole)) === JSON.stringify(valueOf(given));
        expect(formatted).toBe(isSame ? whole : undefined);
        if (formatted !== undefined && formatted !== given) written++;
      }),
      { numRuns: 300 },
    );
    expect(written).toBeGreaterThan(30);
  });

  test('numbers keep their digits and their spelling', () => {
    const numbers = ['9007199254740993', '1e400', '0x1F', '0xFFFFFFFFFFFFFFFF', '.5', '+3', '0o17', '1.10'];
    for (const number of [...numbers, '012', '1.0e+3', '-.inf', '.nan', '0.12345678901234567890123']) {
      expect(formatYaml(`a:\n    b:   ${number}\n    c: [ ${number}]\n`, 2)).toBe(
        `a:\n  b: ${number}\n  c: [ ${number} ]\n`,
      );
    }
    expect(formatYaml('%YAML 1.1\n---\na:  1_000\nb: 1:30\n', 2)).toBe('%YAML 1.1\n---\na: 1_000\nb: 1:30\n');
  });

  test('folded texts keep their lines', () => {
    expect(formatYaml('a:   >-\n    one\n    two\n\n    three\n      more\n\n\nb:  1\n', 2)).toBe(
      'a: >-\n  one\n  two\n\n  three\n    more\n\nb: 1\n',
    );
    expect(formatYaml('s:\n- a:   >\n     x  \n     y\n- !Sub   >-\n   p\n   q # no comment\n', 4)).toBe(
      's:\n    - a: >\n          x  \n          y\n    - !Sub >-\n      p\n      q # no comment\n',
    );
  });

  test('folded texts of any lines mean the same and are written once', () => {
    const line = fc.constantFrom('', '', 'a', 'b c', '  more', '# no comment', 'd  ', '- e', ' ', 'f: g');
    const folds = fc.tuple(fc.constantFrom('>', '>-', '>+', '>2', '> # c'), fc.constantFrom('  ', '    '));
    let kept = 0;
    fc.assert(
      fc.property(folds, fc.array(line, { minLength: 1, maxLength: 6 }), ([header, blanks], lines) => {
        const body = lines.map(each => (each === '' ? '' : blanks + each)).join('\n');
        const text = `a:   ${header}\n${body}\nz:  1\n`;
        const once = formatYaml(text, 2);
        if (once === undefined) return;
        expect(valueOf(once)).toEqual(valueOf(text));
        // Of a number for the indentation the library writes blank lines with blanks.
        if (header !== '>2') expect(formatYaml(once, 2) ?? once).toBe(once);
        if (/^>-?$/.test(header) && lines.some(each => each.trim() !== '')) {
          const words = (of: string): string[] => of.split('\n').map(each => each.trim());
          const same =
            words(once).filter(Boolean).join('\n') ===
            words(text.replace(/: {2,}/g, ': '))
              .filter(Boolean)
              .join('\n');
          expect(same, once).toBe(true);
          kept++;
        }
      }),
      { numRuns: 1000 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  test('a line of blanks at the end of a text is part of it', () => {
    const text = 'a:   |\n  b\n   \nz:  1\n';
    expect(valueOf(formatYaml(text, 2) ?? '')).toEqual(valueOf(text));
  });

  test('bytes stay as they are written', () => {
    expect(formatYaml('a:   !!binary aGk=\n', 2)).toBe('a: !!binary aGk=\n');
    expect(formatYaml('%YAML 1.1\n---\na:   !!binary aGk=\n', 2)).toBe('%YAML 1.1\n---\na: !!binary aGk=\n');
  });

  test('leaves entries that are written well as they are', () => {
    const text = `# A definition\nStartAt: A\nStates:\n  # the first\n  A:\n    Type: Choice\n    Choices:\n      - Variable: $.a\n        IsNull: true\n\n        Next: "B c"\n    Output: |\n      {% 1\n        + 2 %}\n`;
    expect(formatYaml(text, 2)).toBe(text);
  });
});
