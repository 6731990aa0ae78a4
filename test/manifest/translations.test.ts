import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { englishTexts } from '#protocol/graphTexts.ts';
import { tableTexts } from '../tableTexts.ts';

const root = path.resolve(import.meta.dirname, '../..');

type Texts = Readonly<Record<string, string>>;
const readText = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const readTexts = (file: string): Texts => JSON.parse(readText(file)) as Texts;

/** Names that are not translated, and words that are the same in the other language. */
const sameOnPurpose: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Stepwise: Amazon States Language',
    'Stepwise',
    'Graph',
    'Graph: {0}',
    '{0}: {1}',
    'Enter',
    'Base64.',
    '`arn:aws:states:::s3:putObject`.',
    'Task',
    'Status',
    'Iteration {0}',
    'Start',
  ],
  ja: ['Stepwise: Amazon States Language', 'Stepwise', '{0}: {1}', 'Enter'],
};

const manifestTexts = readTexts('package.nls.json');

/** The only files that translate texts they do not name; the tables these come from are read below. */
const computedTexts: readonly string[] = [
  'core/src/text/message.ts',
  'client/src/graph/graphPanel.ts',
  'service/src/features/completion/errorNames.ts',
  'service/src/features/completion/expressions.ts',
  'service/src/features/completion/fields.ts',
  'service/src/features/completion/resources.ts',
  'service/src/features/completion/values.ts',
  'service/src/features/hover/expression.ts',
  'service/src/features/hover/field.ts',
  'service/src/features/hover/value.ts',
  'service/src/features/signatureHelp.ts',
  'service/src/expressions/signatures.ts',
];

/** Every text that is taken from a bundle, as it stands in the code. */
const bundleTexts = [
  ...fs
    .globSync('{client,core,debugger,interpreter,server,service}/src/**/*.ts', { cwd: root })
    .flatMap(file => textsIn(file, readText(file))),
  ...Object.values(englishTexts).flatMap(group => Object.values(group)),
  ...tableTexts,
];

function textsIn(file: string, source: string): readonly string[] {
  if (!/\b(?:l10n\.t|translate)\(|\bsay`/.test(source)) return [];
  const texts: string[] = [];
  visit(parseAst(source, { lang: 'ts' }), node => {
    if (isCallOfTranslation(node)) {
      const [text] = node['arguments'] as readonly Syntax[];
      // A text that is computed would go unseen; those of tables are collected from the tables.
      if (text?.type === 'Literal') texts.push(String(text['value']));
      else expect(computedTexts, `${file}: ${source.slice(node.start, node.end)}`).toContain(file);
    } else if (node.type === 'TaggedTemplateExpression' && isNamed(node['tag'], 'say')) {
      const { quasis } = node['quasi'] as { readonly quasis: readonly { value: { cooked: string } }[] };
      texts.push(quasis.map(({ value }) => value.cooked).reduce((a, b, index) => `${a}{${index - 1}}${b}`));
    }
  });
  return texts;
}

/** A node of the syntax tree, as far as it matters here. */
interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [child: string]: unknown;
}

function isCallOfTranslation(node: Syntax): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = node['callee'] as Syntax;
  if (isNamed(callee, 'translate')) return true;
  if (callee.type !== 'MemberExpression') return false;
  if (isNamed(callee['property'], 'translate')) return true;
  const object = callee['object'] as Syntax;
  return (
    isNamed(callee['property'], 't') &&
    (isNamed(object, 'l10n') || (object.type === 'MemberExpression' && isNamed(object['property'], 'l10n')))
  );
}

function isNamed(node: unknown, name: string): boolean {
  return isSyntax(node) && node.type === 'Identifier' && node['name'] === name;
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function visit(node: object, tell: (node: Syntax) => void): void {
  if (isSyntax(node)) tell(node);
  for (const child of Object.values(node)) {
    if (typeof child === 'object' && child !== null) visit(child as object, tell);
  }
}

function partsOf(text: string, pattern: RegExp): readonly string[] {
  return (text.match(pattern) ?? []).toSorted();
}

describe.each(Object.keys(sameOnPurpose))('the translation to %s', language => {
  const manifest = readTexts(`package.nls.${language}.json`);
  const bundle = readTexts(`l10n/bundle.l10n.${language}.json`);
  const pairs: readonly (readonly [english: string, translated: string])[] = [
    ...Object.entries(manifestTexts).map(([key, english]) => [english, manifest[key] ?? ''] as const),
    ...Object.entries(bundle),
  ];

  test('has every string of package.nls.json, and no other', () => {
    expect(Object.keys(manifest).toSorted()).toEqual(Object.keys(manifestTexts).toSorted());
  });

  test('has every text of client, server, debugger and graph, and no other', () => {
    expect(bundleTexts.filter(text => !(text in bundle))).toEqual([]);
    expect(Object.keys(bundle).filter(text => !bundleTexts.includes(text))).toEqual([]);
  });

  test('is no English, except for what is the same on purpose', () => {
    const same = pairs.filter(([english, translated]) => english === translated);
    expect(same.map(([english]) => english).toSorted()).toEqual(sameOnPurpose[language]?.toSorted());
    expect(pairs.filter(([, translated]) => translated.trim() === '')).toEqual([]);
  });

  test('shows each step of the walkthrough with the same picture and the same code', () => {
    const steps = fs
      .globSync('assets/walkthrough/*.md', { cwd: root })
      .filter(file => !file.includes('.nls.'));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      // VS Code itself looks for a file of this name.
      const translated = readText(step.replace(/\.md$/, `.nls.${language}.md`));
      expect(partsOf(translated, /\([\w-]+\.svg\)|```[\s\S]*?```|`[^`\n]+`/g), step).toEqual(
        partsOf(readText(step), /\([\w-]+\.svg\)|```[\s\S]*?```|`[^`\n]+`/g),
      );
      expect(translated).not.toBe(readText(step));
    }
  });

  test.each([
    ['places to fill in', /\{\d+\}/g],
    ['icons', /\$\([\w-]+\)/g],
    ['commands behind links', /\(command:[^)]*\)/g],
    ['code', /`[^`]*`/g],
    ['ellipses at the end', /…$/gm],
    ['keys behind a title', /\([^\w\s]\)$/g],
  ])('keeps the %s', (_what, pattern) => {
    for (const [english, translated] of pairs)
      expect(partsOf(translated, pattern), english).toEqual(partsOf(english, pattern));
  });
});

test('VS Code is told of each language of the manifest by a bundle, and the reverse', () => {
  const languages = (pattern: string): readonly string[] =>
    fs.globSync(pattern, { cwd: root }).map(file => /\.(\w[\w-]*)\.json$/.exec(file)?.[1] ?? '');
  expect(languages('package.nls.*.json').toSorted()).toEqual(Object.keys(sameOnPurpose));
  expect(languages('l10n/bundle.l10n.*.json').toSorted()).toEqual(Object.keys(sameOnPurpose));
  expect(readTexts('package.json')['l10n']).toBe('./l10n');
});
