import type { Rule } from '#core/analysis/rule.ts';
import { findingIn, findingOn } from '#core/analysis/siteFindings.ts';
import { say } from '#core/text/message.ts';

/** `States.Format(…)` in JSONata. */
export const intrinsicInJsonata: Rule = {
  code: 'jsonata/intrinsic-in-jsonata',
  severity: 'error',
  summary: 'An intrinsic function of JSONPath stands in a JSONata expression.',
  explanation:
    'JSONata has functions of its own in their place: `$uuid()` for `States.UUID()`, `&` for `States.Format`, `$parse` for `States.StringToJson` and so on. Without `{% … %}` the call is passed on as text, which is a warning.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#built-in-jsonata-functions',
  example:
    '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% States.UUID() %}","End":true}}}',
  *check(machine) {
    for (const { kind, node, state } of machine.expressions.literals) {
      if (kind !== 'jsonataText') continue;
      const [called = ''] = /^States\.\w+(?=\(.*\)$)/s.exec(node.value) ?? [];
      const instead = counterparts.get(called);
      if (instead === undefined) continue;
      const message = say`'${called}' belongs to JSONPath. Write ${`{% ${instead} %}`}.`;
      yield { ...findingOn(node, state, message), severity: 'warning' };
    }
    for (const { site, expression } of machine.expressions.readableJsonata) {
      for (const use of expression.references.inputUses) {
        if (use.kind !== 'name' || use.text !== 'States') continue;
        const [called = 'States'] = /^States\.\w*/.exec(site.text.slice(use.start)) ?? [];
        const instead = counterparts.get(called);
        const message =
          instead === undefined
            ? say`'${called}' belongs to JSONPath. Use a function of JSONata.`
            : say`'${called}' belongs to JSONPath. Write ${instead}.`;
        yield findingIn(site, { start: use.start, end: use.start + called.length }, message);
      }
    }
  },
};

const counterparts: ReadonlyMap<string, string> = new Map([
  ['States.Format', "'text' & $value"],
  ['States.StringToJson', '$parse(text)'],
  ['States.JsonToString', '$string(value)'],
  ['States.Array', '[a, b]'],
  ['States.ArrayPartition', '$partition(array, size)'],
  ['States.ArrayContains', 'value in array'],
  ['States.ArrayRange', '$range(first, last, step)'],
  ['States.ArrayGetItem', 'array[index]'],
  ['States.ArrayLength', '$count(array)'],
  ['States.ArrayUnique', '$distinct(array)'],
  ['States.Base64Encode', '$base64encode(text)'],
  ['States.Base64Decode', '$base64decode(text)'],
  ['States.Hash', '$hash(text, algorithm)'],
  ['States.JsonMerge', '$merge([a, b])'],
  ['States.MathRandom', '$random()'],
  ['States.MathAdd', 'a + b'],
  ['States.StringSplit', '$split(text, separator)'],
  ['States.UUID', '$uuid()'],
]);
