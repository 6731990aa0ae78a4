import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IRawGrammar } from 'vscode-textmate';

/*
 * What the TextMate grammars make of small texts, run by VS Code's own engine. Below a line stand the scopes
 * that its marked characters have, or with an exclamation mark do not have.
 */

const root = path.resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly grammars: readonly {
      readonly scopeName: string;
      readonly path: string;
      readonly injectTo?: readonly string[];
    }[];
  };
};
const { grammars } = manifest.contributes;

const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
const onigLib = loadWASM(new Uint8Array(wasm)).then(() => ({ createOnigScanner, createOnigString }));

/** YAML as far as the samples go, with the scopes that VS Code's grammar gives; that one is VS Code's to ship. */
const plainYaml: IRawGrammar = parseRawGrammar(
  JSON.stringify({
    scopeName: 'source.yaml',
    patterns: [
      { name: 'comment.line.number-sign.yaml', match: '(?:^|(?<=\\s))#.*$' },
      { name: 'string.unquoted.plain.out.yaml entity.name.tag.yaml', match: '[\\w.$-]+(?=:(?:\\s|$))' },
      { name: 'string.quoted.double.yaml', begin: '"', end: '"' },
      { name: 'string.quoted.single.yaml', begin: "'", end: "'" },
      {
        name: 'string.unquoted.plain.out.yaml',
        begin: String.raw`(?<=[:-] )(?=[^\s#"'])`,
        end: String.raw`(?=\s+#|$)`,
      },
    ],
  }),
  'yaml.json',
);

/** The grammars of YAML that VS Code ships, where a test has downloaded it. */
const shipped = globSync('.stepwise-cache/*/node_modules/code-server/lib/vscode/extensions/yaml/syntaxes', {
  cwd: root,
}).toSorted()[0];

type Yaml = (scopeName: string) => IRawGrammar | null;

const standIn: Yaml = scopeName => (scopeName === 'source.yaml' ? plainYaml : null);

const ofVsCode: Yaml = scopeName => {
  const name = /^source\.(yaml.*)$/.exec(scopeName)?.[1];
  if (name === undefined || shipped === undefined) return null;
  const file = path.join(
    root,
    shipped,
    `${name === 'yaml' ? name : name.replace('yaml.', 'yaml-')}.tmLanguage.json`,
  );
  return parseRawGrammar(readFileSync(file, 'utf8'), file);
};

function registryWith(yaml: Yaml): Registry {
  return new Registry({
    onigLib,
    loadGrammar: scopeName => {
      const own = grammars.find(grammar => grammar.scopeName === scopeName);
      if (!own) return Promise.resolve(yaml(scopeName));
      const file = path.join(root, own.path);
      return Promise.resolve(parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: scopeName =>
      grammars.filter(({ injectTo }) => injectTo?.includes(scopeName)).map(grammar => grammar.scopeName),
  });
}

/** Holds the scopes against the marks; a mark line begins with `>`. */
async function check(registry: Registry, scopeName: string, text: string): Promise<void> {
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar ${scopeName}`);
  let stack = INITIAL;
  let line = '';
  let scopes: (readonly string[])[] = [];
  const wrong: string[] = [];
  for (const given of text.replace(/^\n/, '').split('\n')) {
    const mark = /^>(\s*)(\^+)\s+(!?)(\S.*)$/.exec(given);
    if (!mark) {
      line = given;
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      scopes = tokens.flatMap(token =>
        Array.from({ length: token.endIndex - token.startIndex }, () => token.scopes),
      );
      continue;
    }
    const [, blanks = '', carets = '', not = '', wanted = ''] = mark;
    const start = blanks.length + 1;
    for (let at = start; at < start + carets.length; at++) {
      for (const scope of wanted.split(' ')) {
        const has = scopes[at]?.some(found => found === scope || found.startsWith(`${scope}.`)) === true;
        if (has === (not === '!')) {
          wrong.push(
            `${line}\n${' '.repeat(at)}^ ${not}${scope}, but: ${scopes[at]?.join(' ') ?? 'nothing'}`,
          );
        }
      }
    }
  }
  expect(wrong.join('\n')).toBe('');
}

const json = (text: string): Promise<void> => check(registryWith(standIn), 'source.asl', text);

describe('JSON', () => {
  test('fields, types and the names of states', () =>
    json(`
{ "StartAt": "Pay now",
>  ^^^^^^^ support.type.property-name keyword.other.transition.asl
>             ^^^^^^^ string.quoted.double entity.name.function.state.asl
  "States": { "Pay now": { "Type": "Task", "Next": "Done", "Other": "Next" } },
>  ^^^^^^ support.type.property-name
>                           ^^^^ support.type.property-name
>                                   ^^^^ storage.type.state.asl
>                                           ^^^^ keyword.other.transition.asl
>                                                   ^^^^ entity.name.function.state.asl
>                                                                     ^^^^ string.quoted.double
>                                                                     ^^^^ !entity.name.function.state.asl
  "Type": "Nonsense", "Seconds": -1.5e3, "End": true }
>          ^^^^^^^^ !storage.type.state.asl
>                                ^^^^^^ constant.numeric
>                                               ^^^^ constant.language`));

  test('comments, which are no part of texts', () =>
    json(`
{ // "Type": "Task"
> ^^^^^^^^^^^^^^^^^ !storage.type.state.asl
> ^^^^^^^^^^^^^^^^^ comment.line.double-slash.asl
  /* "a"
> ^^^^^^ comment.block.asl
  b */ "c": "// d" }
>^^^^^ comment.block.asl
>           ^^^^ !comment
>           ^^^^ string.quoted.double`));

  test('JSONata', () =>
    json(`
{ "Output": "{% $sum($states.input.items.(price * 2)) > $limit and 'it' != \`a b\` %}" }
>            ^^ punctuation.section.embedded.begin
>               ^^^^ support.function.jsonata meta.embedded.inline.jsonata.asl
>                    ^^^^^^^ variable.language.states.jsonata
>                            ^^^^^ variable.other.property.jsonata
>                                         ^^^^^ variable.other.property.jsonata
>                                                 ^ constant.numeric.jsonata
>                                                     ^ keyword.operator.comparison.jsonata
>                                                       ^^^^^^ variable.other.readwrite.jsonata
>                                                              ^^^ keyword.operator.word.jsonata
>                                                                  ^^^^ string.quoted.single.jsonata
>                                                                          ^^^^^ variable.other.property.jsonata
>                                                                                ^^ punctuation.section.embedded.end
, "a": { "b": "{% function($x) { $x := /a+/i ~> $match('\\\\n') } %}", "c": "text" }
>                 ^^^^^^^^ storage.type.function.jsonata
>                                   ^^ keyword.operator.assignment.jsonata
>                                      ^^^^^ string.regexp.jsonata
>                                            ^^ keyword.operator.chain.jsonata
>                                                                           ^^^^ string.quoted.double
>                                                                           ^^^^ !meta.embedded`));

  test('JSONPath and the Context Object', () =>
    json(`
{ "InputPath": "$.orders[0]['a b'].items[?(@.n > 1)]..id", "Name.$": "$$.State.Name",
>               ^ variable.language.input.asl meta.embedded.inline.jsonpath.asl
>                 ^^^^^^ variable.other.property.asl
>                        ^ constant.numeric.asl
>                           ^^^^^ string.quoted.single.asl
>                                        ^ keyword.operator.filter.asl
>                                          ^ variable.language.current.asl
>                                                   ^^ keyword.operator.descent.asl
>                                                                     ^^ variable.language.context.asl
  "ItemsPath": "$list", "Text": "costs $5", "All.$": "$" }
>               ^^^^^ variable.other.readwrite.asl
>                                ^^^^^^^^ string.quoted.double
>                                ^^^^^^^^ !meta.embedded
>                                                     ^ variable.language.input.asl`));

  test('intrinsic functions', () =>
    json(`
{ "id.$": "States.Format('{} of {}', $.n, States.ArrayLength($.all), null)", "b": "States are" }
>          ^^^^^^^^^^^^^ support.function.intrinsic.asl meta.embedded.inline.jsonpath.asl
>                         ^^ constant.other.placeholder.asl
>                         ^^ string.quoted.single.asl
>                                         ^^^^^^^^^^^^^^^^^^ support.function.intrinsic.asl
>                                    ^ variable.language.input.asl
>                                                                    ^^^^ constant.language.asl
>                                                                                  ^^^^^^^^^^ !meta.embedded`));

  test('placeholders, in texts and bare', () =>
    json(`
{ "Resource": "arn:\${AWS::Partition}:x", "Seconds": \${Wait}, "Items": [\${One}, 2] }
>                  ^^^^^^^^^^^^^^^^^ variable.other.substitution.asl
>                                                   ^^^^^^^ variable.other.substitution.asl
>                                                                      ^^^^^^ variable.other.substitution.asl
>                                                                              ^ constant.numeric`));

  test('a text that is not closed does not run on', () =>
    json(`
{ "Output": "{% $a
  "Next": "B" }
>  ^^^^ !meta.embedded
>          ^ !meta.embedded`));
});

describe.each([
  ['in the words of the test', standIn],
  ...(shipped === undefined ? [] : [['as VS Code ships it', ofVsCode] as const]),
] as const)('YAML %s', (_name, source) => {
  const yaml = (text: string): Promise<void> => check(registryWith(source), 'source.asl.yaml', text);

  test('expressions in quotes and without', () =>
    yaml(`
Output: "{% $states.input.n > 1 %}" # so
>        ^^ punctuation.section.embedded.begin
>           ^^^^^^^ variable.language.states.jsonata meta.embedded.inline.jsonata.asl
>                           ^ keyword.operator.comparison.jsonata
>                               ^^ punctuation.section.embedded.end
>                                   ^^^^ comment.line.number-sign.yaml
Single: '{% $count([1]) %}'
>           ^^^^^^ support.function.jsonata
InputPath: $.order.items[0]
>          ^ variable.language.input.asl
>            ^^^^^ variable.other.property.asl
>                        ^ constant.numeric.asl
Name.$: $$.State.Name
>       ^^ variable.language.context.asl
id.$: States.UUID()
>     ^^^^^^^^^^^ support.function.intrinsic.asl`));

  test('placeholders', () =>
    yaml(`
Resource: arn:\${Name}:x
>             ^^^^^^^ variable.other.substitution.asl`));

  test('what only looks like one', () =>
    yaml(`
Comment: costs $5 today
>        ^^^^^^^^^^^^^^ string
>        ^^^^^^^^^^^^^^ !meta.embedded
Text: plain words
>     ^^^^^^^^^^^ string
>     ^^^^^^^^^^^ !meta.embedded`));
});

test('every grammar can be loaded, and what it includes', async () => {
  for (const { scopeName } of grammars) {
    expect(await registryWith(standIn).loadGrammar(scopeName), scopeName).not.toBeNull();
  }
});
