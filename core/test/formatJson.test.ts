import fc from 'fast-check';
import { applyEdits, format, type Edit } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { formatJson, type JsonLayout } from '#core/syntax/formatJson.ts';
import { parseJson } from '#core/syntax/json.ts';

const layouts = fc.record({
  indentation: fc.constantFrom('  ', '    ', '\t', '   '),
  endOfLine: fc.constantFrom('\n' as const, '\r\n' as const),
  insertFinalNewline: fc.boolean(),
});

/** Blanks as people and tools leave them between two tokens; `~` is a line's end. */
const blanks = fc.constantFrom('', '', '', ' ', '  ', '~', '~  ', '~    ', '\t', ' ~~ ');

const scalars = fc.constantFrom('"a"', '"\\u00e9 \\"b\\""', '12', '-1.5e3', 'true', 'null', '""', '0');

/** Values with any blanks between their tokens. */
const { value: values } = fc.letrec<{ value: string; array: string; object: string }>(tie => ({
  value: fc.oneof({ depthSize: 'small' }, scalars, tie('array'), tie('object')),
  array: fc
    .tuple(fc.array(spaced(tie('value')), { maxLength: 4 }), blanks)
    .map(([items, gap]) => `[${items.join(',') || gap}]`),
  object: fc
    .tuple(
      fc.array(fc.tuple(spaced(fc.constantFrom('"a"', '"b"', '"\\n"')), spaced(tie('value'))), {
        maxLength: 4,
      }),
      blanks,
    )
    .map(([members, gap]) => `{${members.map(([name, value]) => `${name}:${value}`).join(',') || gap}}`),
}));

function spaced(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(blanks, inner, blanks).map(([before, text, behind]) => `${before}${text}${behind}`);
}

function editsOfLibrary(text: string, { indentation, endOfLine, insertFinalNewline }: JsonLayout): Edit[] {
  const insertSpaces = indentation !== '\t';
  return format(text, undefined, {
    tabSize: insertSpaces ? indentation.length : 4,
    insertSpaces,
    insertFinalNewline,
    eol: endOfLine,
  });
}

function editsOfTree(text: string, layout: JsonLayout): Edit[] | undefined {
  return formatJson(parseJson({ text }), text, layout)?.map(edit => ({
    offset: edit.start,
    length: edit.end - edit.start,
    content: edit.text,
  }));
}

const plain: JsonLayout = { indentation: '  ', endOfLine: '\n', insertFinalNewline: false };

describe('formatJson', () => {
  test('makes the very edits of jsonc-parser', () => {
    fc.assert(
      fc.property(spaced(values), layouts, (pattern, layout) => {
        const text = pattern.replaceAll('~', layout.endOfLine);
        const edits = editsOfTree(text, layout);
        expect(edits).toEqual(editsOfLibrary(text, layout));
        const formatted = applyEdits(text, edits ?? []);
        expect(editsOfTree(formatted, layout)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('takes substitutions for values', () => {
    const text = '{"a":${A}.b ,"c":[${D},\n  "${E}"]}';
    expect(applyEdits(text, editsOfTree(text, plain) ?? [])).toBe(
      '{\n  "a": ${A}.b,\n  "c": [\n    ${D},\n    "${E}"\n  ]\n}',
    );
  });

  test('indents a hundred levels, too', () => {
    const text = `${'['.repeat(101)}1${']'.repeat(101)}`;
    const formatted = applyEdits(text, editsOfTree(text, plain) ?? []);
    expect(formatted).toContain(`\n${' '.repeat(202)}1\n${' '.repeat(200)}]\n`);
  });

  test.each(['', '{"a": 1,}', '{"a": 1 /* b */}', '{"a" 1}', '[1 2]', '{"a": 1', '\uFEFF{}', '{\r"a": 1}'])(
    'leaves %j to others',
    text => {
      expect(editsOfTree(text, plain)).toBeUndefined();
    },
  );
});
