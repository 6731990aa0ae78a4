import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeAction, CompletionItem } from 'vscode-languageserver-types';
import type { Knowledge } from '#core/analysis/analysis.ts';
import type { Json } from '#core/json.ts';
import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import { errorNames } from '#core/language/errorNames.ts';
import { fieldsIn, objectNames } from '#core/language/fields.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';
import { jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import { optimizedActions } from '#core/language/services/optimized.ts';
import {
  isStateType,
  stateTypes,
  type FieldRow,
  type ObjectName,
  type QueryLanguage,
} from '#core/language/values.ts';
import { translateBy } from '#core/text/translate.ts';
import { statesVariable } from '#service/expressions/statesVariable.ts';
import {
  codeActions,
  completion,
  convert,
  documentSymbols,
  hover,
  prepareRename,
  rename,
  resolveCodeAction,
  signatureHelp,
} from '#service/languageService.ts';
import { typeDescriptions } from '#service/typeDescriptions.ts';
import { knowledge } from './knowledge.ts';
import { marked, type Marked } from './markers.ts';

type Texts = Readonly<Record<string, string>>;

function textsOf(language: string): Texts {
  const file = path.resolve(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

/** What the service knows beside a user of VS Code who reads this language. */
function knowledgeIn(language: string): Knowledge {
  return { ...knowledge, translate: translateBy(textsOf(language)) };
}

const german = knowledgeIn('de');

function hovered(text: string, known = german): string {
  const { analysis, position } = marked(text, 'json', known);
  const contents = hover(analysis, position)?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

function completed(text: string, label: string): CompletionItem | undefined {
  const { analysis, position } = marked(text, 'json', german);
  return completion(analysis, position).items.find(item => item.label === label);
}

function documentationOf(item: CompletionItem | undefined): string {
  const { documentation } = item ?? {};
  return typeof documentation === 'object' ? documentation.value : '';
}

function actionsAt({ analysis, position, ranges }: Marked): readonly CodeAction[] {
  const range = ranges[0] ?? { start: position, end: position };
  return codeActions(analysis, range, { enable: true, rules: {} }, undefined);
}

describe('in German', () => {
  test('a state is summed up', () => {
    const text = hovered(
      `{"StartAt":"<|>Pay","States":{"Pay":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Retry":[{"ErrorEquals":["States.Timeout"],"MaxAttempts":2,"IntervalSeconds":5}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Oops"}],"End":true},"Oops":{"Type":"Fail"}}}`,
    );
    expect(text.split('\n')).toEqual([
      '**Pay** · Task · sqs sendMessage',
      '',
      '- von `StartAt`',
      '- danach: `Oops` bei `States.ALL`, Ende',
      '- wiederholt bei `States.Timeout` 2-mal ab 5 s, Abstand je × 2',
    ]);
  });

  test('a field says its rule; names, links and JSON’s types stay', () => {
    const text = hovered(`{"States":{"A":{"Type":"Wait","Sec<|>onds":1}}}`);
    expect(text.split('\n\n')).toEqual([
      '**Seconds**: Ganzzahl von 0 bis 99999999 oder JSONata',
      'Wie lange gewartet wird, in Sekunden.',
      'Nicht zusammen mit `SecondsPath`, `Timestamp`, `TimestampPath`.',
      '[Dokumentation](https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html)',
    ]);
  });

  test('the sentences of the AWS SDK stay in English', () => {
    const state = (field: string): string =>
      `{"States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sqs:sendMessage","Parameters":{"${field}":"q"}}}}`;
    const text = hovered(state('Queue<|>Url'));
    expect(text).toContain('**QueueUrl**: string · erforderlich');
    const inEnglish = hovered(state('Queue<|>Url'), knowledge);
    expect(text.split('\n\n').slice(1)).toEqual(inEnglish.split('\n\n').slice(1));
  });

  test('completion says what fields, functions and states are for', () => {
    const field = completed(`{"States":{"A":{"Type":"Wait",<|>}}}`, 'Seconds');
    expect(documentationOf(field)).toMatch(/^Wie lange gewartet wird, in Sekunden\.\n\n\[Dokumentation\]\(/);
    const called = completed(
      `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% $s<|> %}"}}}`,
      '$sum',
    );
    expect(documentationOf(called)).toMatch(/^Summiert Zahlen\./);
    const required = completed(`{"States":{"A":{"Type":"Task",<|>}}}`, 'Resource');
    expect(required?.labelDetails).toEqual({ description: 'erforderlich' });
    const next = completed(
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"<|>"},"B":{"Type":"Succeed"}}}`,
      'B',
    );
    expect(next?.detail).toBe('noch führt nichts hierher');
  });

  test('a new state is offered by what it does, and written as ever', () => {
    const text = `{"QueryLanguage":"JSONata","StartAt":"A","States":{<|>}}`;
    const offered = completed(text, 'Task: Nachricht an eine Warteschlange senden');
    const { analysis, position } = marked(text, 'json', knowledge);
    const english = completion(analysis, position).items.find(
      ({ label }) => label === 'Task: send a message to a queue',
    );
    expect(english?.textEdit).toBeDefined();
    expect(offered?.textEdit).toEqual(english?.textEdit);
  });

  test('a signature says what its parameters are', () => {
    const { analysis, position } = marked(
      `{"States":{"A":{"Type":"Pass","Parameters":{"a.$":"States.ArrayGetItem(<|>"}}}}`,
      'json',
      german,
    );
    const [signature] = signatureHelp(analysis, position)?.signatures ?? [];
    expect(signature?.label).toBe('States.ArrayGetItem(array: array, index: number) → any');
    expect(signature?.parameters?.[1]?.documentation).toBe('Welches Element, gezählt ab 0.');
  });

  test('quick fixes and refactorings have their titles', () => {
    const titles = actionsAt(
      marked(
        `{"StartAt":"A","States":{"<|>A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}}}`,
        'json',
        german,
      ),
    ).map(({ title }) => title);
    expect(titles).toContain(`Retry zu 'A' hinzufügen`);
    expect(titles).toContain(`'A' in einen Parallel-Zustand extrahieren`);
    expect(titles).toContain(`'A' in JSONata umwandeln`);
    const ofVariable = actionsAt(
      marked(`{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"<|>x":1},"End":true}}}`, 'json', german),
    ).map(({ title }) => title);
    expect(ofVariable).toContain(`'x' entfernen`);
    expect(ofVariable).toContain(`flow/unused-variable in 'A' ignorieren`);
  });

  test('an action finds itself again by its title when its edit is asked for', () => {
    const { analysis, ranges } = marked(
      `{"StartAt":"A","States":{<|"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}|>}}`,
      'json',
      german,
    );
    const options = { enable: true, rules: {} };
    const abilities = { resolvesEdits: true };
    const range = ranges[0] ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const offered = codeActions(analysis, range, options, ['refactor.extract'], abilities).find(
      ({ title }) => title === '2 Zustände in einen Parallel-Zustand extrahieren',
    );
    expect(offered && 'edit' in offered).toBe(false);
    const data = { uri: analysis.source.uri, version: 1, range };
    const resolved = offered && resolveCodeAction(analysis, offered, data, options, abilities);
    expect(resolved?.edit?.changes).toHaveProperty([analysis.source.uri]);
  });

  test('a refusal gives its reason', () => {
    const twoEntries = marked(
      `{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"A"},<|"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}|>}}`,
      'json',
      german,
    );
    const refused = actionsAt(twoEntries).find(({ title }) =>
      title.startsWith('2 Zustände in einen Parallel'),
    );
    expect(refused?.disabled?.reason).toBe(`Andere Zustände führen zu mehr als einem von diesen: 'A', 'B'.`);
    const converted = actionsAt(
      marked(
        `{"StartAt":"A","States":{"<|>A":{"Type":"Pass","InputPath":"$..x","End":true}}}`,
        'json',
        german,
      ),
    ).find(({ title }) => title.includes('JSONata'));
    expect(converted?.disabled?.reason).toBe(
      '$..x kann zu mehreren Stellen führen, wofür JSONata einen anderen Wert ergibt.',
    );
  });

  test('so do renaming and converting', () => {
    const machine = marked(
      `{"StartAt":"<|>A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}`,
      'json',
      german,
    );
    expect(rename(machine.analysis, machine.position, 'B')).toEqual({
      kind: 'refused',
      reason: `Einen Zustand 'B' gibt es schon; Namen sind im ganzen Zustandsautomaten eindeutig.`,
    });
    const field = marked(`{"St<|>artAt":"A","States":{"A":{"Type":"Succeed"}}}`, 'json', german);
    expect(prepareRename(field.analysis, field.position)).toEqual({
      kind: 'refused',
      reason: 'Nur Zustände und Variablen können umbenannt werden, von jeder Stelle aus, die sie nennt.',
    });
    const empty = convert(marked('', 'json', german).analysis);
    expect(empty).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/^Die Datei muss lesbar sein, bevor sie umgewandelt werden kann\./),
    });
  });

  test('the outline says which state is the first', () => {
    const { analysis } = marked(
      `{"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[{"States":{}},{"States":{}}],"End":true}}}`,
      'json',
      german,
    );
    const [symbol] = documentSymbols(analysis);
    expect(symbol?.detail).toBe('Parallel · Start');
    expect(symbol?.children?.map(({ name }) => name)).toEqual(['Zweig 1', 'Zweig 2']);
  });
});

/** A definition that has the object as it is found in one. */
const homes: Readonly<Record<ObjectName, (object: Json) => Json>> = {
  StateMachine: object => object,
  Branch: object => ({ States: { A: { Type: 'Parallel', Branches: [object] } } }),
  ItemProcessor: object => ({ States: { A: { Type: 'Map', ItemProcessor: object } } }),
  Iterator: object => ({ States: { A: { Type: 'Map', Iterator: object } } }),
  ProcessorConfig: object => ({
    States: { A: { Type: 'Map', ItemProcessor: { ProcessorConfig: object } } },
  }),
  Pass: inState,
  Task: inState,
  Choice: inState,
  Wait: inState,
  Succeed: inState,
  Fail: inState,
  Parallel: inState,
  Map: inState,
  Retrier: object => ({ States: { A: { Type: 'Task', Retry: [object] } } }),
  Catcher: object => ({ States: { A: { Type: 'Task', Catch: [object] } } }),
  ChoiceRule: object => ({ States: { A: { Type: 'Choice', Choices: [object] } } }),
  NestedChoiceRule: object => ({ States: { A: { Type: 'Choice', Choices: [{ Not: object }] } } }),
  ItemReader: object => ({ States: { A: { Type: 'Map', ItemReader: object } } }),
  ReaderConfig: object => ({ States: { A: { Type: 'Map', ItemReader: { ReaderConfig: object } } } }),
  ItemBatcher: object => ({ States: { A: { Type: 'Map', ItemBatcher: object } } }),
  ResultWriter: object => ({ States: { A: { Type: 'Map', ResultWriter: object } } }),
  WriterConfig: object => ({ States: { A: { Type: 'Map', ResultWriter: { WriterConfig: object } } } }),
  Credentials: object => ({ States: { A: { Type: 'Task', Credentials: object } } }),
};

function inState(object: Json): Json {
  return { States: { A: object } };
}

/** A definition in the language with the cursor at a field of the object. */
function definitionWith(name: ObjectName, field: FieldRow, language: QueryLanguage): string {
  const type = isStateType(name) ? { Type: name } : {};
  const own = field.name === 'Type' ? {} : { [field.name]: 0 };
  const definition = homes[name]({ ...type, ...own });
  const text = JSON.stringify({ QueryLanguage: language, ...(definition as Record<string, Json>) });
  const at = text.lastIndexOf(`"${field.name}":${field.name === 'Type' ? '' : '0'}`) + 1;
  return `${text.slice(0, at)}<|>${text.slice(at)}`;
}

/** What is not code, not a name in bold and no link. */
function wordsOf(markdown: string): string {
  return markdown
    .replaceAll(/```[\s\S]*?```|`[^`]*`|\*\*[^*]*\*\*|\]\([^)]*\)/g, ' ')
    .replaceAll('Payload Template', ' ');
}

const englishWords =
  /\b(?:the|of|and|or|from|with|which|not|only|list|path|any|required|replaced|together)\b/i;

describe.each(['de', 'ja'])('to a reader of %s', language => {
  const texts = textsOf(language);
  const known = knowledgeIn(language);

  /** The hover has the text of the table in the language, and no other words than its own. */
  function expectTranslated(definition: string, doc: string): void {
    const markdown = hovered(definition, known);
    expect(texts[doc], doc).toBeDefined();
    expect(markdown, definition).toContain(texts[doc]);
    expect(wordsOf(markdown), definition).not.toMatch(englishWords);
  }

  const languages: readonly QueryLanguage[] = ['JSONPath', 'JSONata'];
  test.each(objectNames.flatMap(name => languages.map(query => [name, query] as const)))(
    'hovers tell every field of %s in %s',
    (name, query) => {
      for (const field of fieldsIn(name, query).values())
        expectTranslated(definitionWith(name, field, query), field.doc);
    },
  );

  test('hovers tell every type of state', () => {
    for (const type of stateTypes) {
      const doc = typeDescriptions.find(described => described.type === type)?.doc ?? '';
      expectTranslated(`{"States":{"A":{"Type":"<|>${type}"}}}`, doc);
    }
  });

  test('hovers tell every error of the language', () => {
    for (const { name, doc } of errorNames)
      expectTranslated(`{"States":{"A":{"Type":"Task","Retry":[{"ErrorEquals":["<|>${name}"]}]}}}`, doc);
  });

  test('hovers tell every function', () => {
    for (const { name, summary } of jsonataFunctions)
      expectTranslated(
        `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% $<|>${name}() %}"}}}`,
        summary,
      );
    for (const { name, summary, limits } of intrinsicFunctions) {
      const definition = `{"States":{"A":{"Type":"Pass","Parameters":{"a.$":"<|>${name}()"}}}}`;
      expectTranslated(definition, summary);
      if (limits !== undefined) expectTranslated(definition, limits);
    }
  });

  test('hovers tell every member of $states and of the Context Object', () => {
    for (const [member, doc] of membersIn(contextMembers))
      expectTranslated(
        `{"States":{"A":{"Type":"Pass","Parameters":{"a.$":"$$.${withCursor(member)}"}}}}`,
        doc,
      );
    for (const [member, doc] of membersIn(statesVariable))
      expectTranslated(
        `{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Assign":{"a":"{% $states.${withCursor(member)} %}"}}}}`,
        doc,
      );
  });

  test('hovers tell every optimized integration', () => {
    for (const { service, action, documentation, place } of optimizedActions) {
      const arn = `arn:aws:states:::${service}:<|>${action}`;
      const state =
        place === 'Task' ? { Type: 'Task', Resource: arn } : { Type: 'Map', [place]: { Resource: arn } };
      const markdown = hovered(JSON.stringify({ States: { A: state } }), known);
      // The sentence of the SDK behind it stays as AWS wrote it.
      expect(texts[documentation], documentation).toBeDefined();
      expect(markdown, arn).toContain(texts[documentation]);
    }
  });
});

/** Paths to all members, with what is said of them. */
function membersIn(members: readonly ContextMember[]): readonly (readonly [path: string, doc: string])[] {
  return members.flatMap(({ name, doc, members: inner }) => [
    [name, doc] as const,
    ...membersIn(inner ?? []).map(([below, belowDoc]) => [`${name}.${below}`, belowDoc] as const),
  ]);
}

/** The cursor in the last name of a path. */
function withCursor(member: string): string {
  return `${member.slice(0, -1)}<|>${member.slice(-1)}`;
}
