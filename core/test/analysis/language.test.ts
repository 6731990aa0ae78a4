import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze, type Knowledge } from '#core/analysis/analysis.ts';
import type { Finding } from '#core/analysis/finding.ts';
import { rules } from '#core/analysis/rules/all.ts';
import { buildStateMachine } from '#core/model/build.ts';
import { parseJson } from '#core/syntax/json.ts';
import { formatOf, type Source } from '#core/text/source.ts';
import { inEnglish, translateBy, type Translate } from '#core/text/translate.ts';
import { catalogue as services } from '../language/services/assets.ts';

const german = translateBy(
  JSON.parse(
    fs.readFileSync(path.resolve(import.meta.dirname, '../../../l10n/bundle.l10n.de.json'), 'utf8'),
  ) as Readonly<Record<string, string>>,
);

function findingsIn(
  text: string,
  knowledge: Knowledge,
  { file = 'test.asl.json', role }: { readonly file?: string; readonly role?: Source['role'] } = {},
): readonly Finding[] {
  const source = { uri: file, version: 1, format: formatOf(file), text, ...(role && { role }) };
  return analyze(source, { services, now: Date.UTC(2100, 0), ...knowledge }).findings;
}

/** All that a finding says in our words. */
function said({ message, related = [], fix, otherFix }: Finding): readonly string[] {
  return [
    message,
    ...related.map(place => place.message),
    ...[fix, otherFix].flatMap(mend => (mend ? [mend.title] : [])),
  ];
}

function saidInGerman(...[text, options]: [text: string, options?: Parameters<typeof findingsIn>[2]]) {
  return findingsIn(text, { translate: german }, options).flatMap(said);
}

describe('in German', () => {
  test('findings and the titles of their fixes', () => {
    const text = `{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":-1,"Next":"Paymnt"},"Payment":{"Type":"Succeed"}}}`;
    expect(saidInGerman(text)).toEqual([
      "'Seconds' muss eine ganze Zahl von 0 bis 99999999 sein, nicht -1.",
      "In diesem Bereich gibt es keinen Zustand namens 'Paymnt'. Meinten Sie 'Payment'?",
      "In 'Payment' ändern",
      "Zustand 'Paymnt' anlegen",
    ]);
  });

  test('what other places have to do with a finding', () => {
    const text = `{"StartAt":"A","States":{
      "A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","TimeoutSeconds":9,"Retry":[{"ErrorEquals":["X","Y"]},{"ErrorEquals":["Y","X"]}],"End":true}}}`;
    expect(saidInGerman(text)).toContain(
      "'Y' und 'X' kommen nie hierher: Ein früherer Retrier übernimmt diese Fehler.",
    );
    expect(saidInGerman(text)).toContain("'Y' wird hier schon übernommen.");
  });

  test('expressions, with what stands in a sentence', () => {
    const jsonPath = (value: string): string =>
      `{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":${JSON.stringify(value)}},"End":true}}}`;
    expect(saidInGerman(jsonPath('States.MathAdd(1)'))).toEqual([
      'States.MathAdd nimmt 2 Argumente, hier ist es 1.',
    ]);
    expect(saidInGerman(jsonPath("States.MathAdd(1, 'a')"))).toEqual([
      "Das Argument 'second' von States.MathAdd muss eine Zahl sein, dies ist eine Zeichenfolge.",
    ]);
    const jsonata = (value: string): string =>
      `{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":${JSON.stringify(value)},"End":true}}}`;
    expect(saidInGerman(jsonata('{% 1 ?? 2 %}'))).toEqual([
      'Das ist kein JSONata: Den Operator ?? gibt es erst seit JSONata 2.1; Step Functions verwendet JSONata 2.0. Schreiben Sie $exists(a) ? a : b.',
    ]);
  });

  test('what cannot be read as JSON or YAML', () => {
    expect(saidInGerman('{"StartAt": "A",}')).toContain(
      'AWS lehnt ein Komma hinter dem letzten Element ab. Entfernen Sie es.',
    );
    expect(saidInGerman('{"StartAt" "A"}')).toContain('Doppelpunkt nach dem Namen der Eigenschaft erwartet.');
    expect(saidInGerman('StartAt: A: B', { file: 'test.asl.yaml' })).toContain(
      'Verschachtelte Zuordnungen sind in kompakten Zuordnungen nicht erlaubt.',
    );
    expect(saidInGerman('StartAt: *A', { file: 'test.asl.yaml' })).toContain(
      "Vor diesem Alias steht kein Anker '&A'.",
    );
  });

  test('suppressions of rules that do not exist', () => {
    const text = `{"Comment":"stepwise-ignore task/nothing","StartAt":"A","States":{"A":{"Type":"Succeed"}}}`;
    expect(saidInGerman(text)).toEqual(["Es gibt keine Regel 'task/nothing', die ignoriert werden könnte."]);
  });

  test('mock and test files', () => {
    const { root } = parseJson({ text: '{"StartAt":"Pay","States":{"Pay":{"Type":"Succeed"}}}' });
    const machine = root?.kind === 'object' ? buildStateMachine(root) : undefined;
    const knowledge = {
      translate: german,
      machineNamed: () => machine,
      testCasesIn: () => ({ machineName: 'm', names: ['Happy'] }),
    };
    const mocks = `{"StateMachines":{"M":{"TestCases":{"Happy":{"pay":"R","Pay":"R"}}}},"MockedResponses":{"R":{"0":{"Return":1},"2":{"Return":1}}}}`;
    expect(findingsIn(mocks, knowledge, { role: 'mocks' }).flatMap(said)).toEqual([
      "Der Zustandsautomat hat keinen Zustand namens 'pay'. Meinten Sie 'Pay'?",
      "'Pay' ist ein Succeed-Zustand; nur Task-Zustände haben Mock-Antworten.",
      "Für den Aufruf '1' gibt es keine Antwort.",
    ]);
    const tests = `{"definition":"m.asl.json","mockFile":"mocks.json","tests":{"t":{"testCase":"happy","expect":{"status":"GOOD"}}}}`;
    expect(findingsIn(tests, knowledge, { role: 'tests' }).flatMap(said)).toEqual([
      "Die Mock-Datei hat keinen Testfall 'happy' für 'm'. Meinten Sie 'Happy'?",
      "'status' muss einer dieser Werte sein: SUCCEEDED, FAILED, TIMED_OUT, ABORTED.",
    ]);
  });
});

test("AWS's words stay as they are", () => {
  const text = `{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$.a..","End":true}}}`;
  expect(saidInGerman(text)).toEqual(["Dieser Pfad ist nicht lesbar: Path must not end with a '.' or '..'."]);
  for (const { example } of rules) {
    const aws = (knowledge: Knowledge): unknown[] => findingsIn(example, knowledge).map(found => found.aws);
    expect(aws({ translate: german })).toEqual(aws({}));
  }
});

/** Marks what it is asked to translate. */
const marked: Translate = (text, ...values) => `«${inEnglish(text, ...values)}»`;

test.each(rules.map(rule => [rule.code, rule] as const))(
  '%s says nothing that is not translated, and English by itself',
  (_code, { example }) => {
    const english = findingsIn(example, {}).flatMap(said);
    expect(english.length).toBeGreaterThan(0);
    const other = findingsIn(example, { translate: marked }).flatMap(said);
    expect(other.map(text => text.replaceAll(/[«»]/g, ''))).toEqual(english);
    for (const text of other) expect(text).toMatch(/^«.*»$/s);
  },
);
