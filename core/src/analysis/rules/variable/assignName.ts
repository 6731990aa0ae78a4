import type { Rule } from '#core/analysis/rule.ts';
import { findingOn } from '#core/analysis/siteFindings.ts';
import { assignedName, isVariableName } from '#core/analysis/variables.ts';
import { say, type Message } from '#core/text/message.ts';

/** A name that no variable can have. */
export const assignName: Rule = {
  code: 'variable/assign-invalid-name',
  variants: [
    'variable/assign-invalid-name-digit',
    'variable/assign-invalid-name-dot',
    'variable/assign-name-over-80',
    'variable/assign-reserved-states',
  ],
  severity: 'error',
  summary: 'A key of `Assign` cannot be the name of a variable.',
  explanation:
    'Names start with a letter or `_`, go on with letters, digits and `_`, and have at most 80 characters. Only whole variables can be set. `states` is taken.',
  link: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"a.b":1},"End":true}}}',
  *check(machine) {
    for (const { property, state } of machine.expressions.assigns) {
      if (property.value?.kind !== 'object') continue;
      for (const member of property.value.properties) {
        const name = assignedName(member, state);
        if (isVariableName(name) || name.includes('${')) continue;
        const [code, message] = faultOf(name);
        const { key } = member;
        yield { ...findingOn(key, state, message), code };
      }
    }
  },
};

function faultOf(name: string): readonly [code: string, message: Message] {
  if (name === 'states') {
    return [
      'variable/assign-reserved-states',
      say`'states' is taken: $states holds input, result and context. Choose another name.`,
    ];
  }
  if (lengthOf(name) > 80) {
    return [
      'variable/assign-name-over-80',
      say`Names of variables have at most 80 characters; this one has ${lengthOf(name)}.`,
    ];
  }
  if (/^\p{Nd}/u.test(name)) {
    return [
      'variable/assign-invalid-name-digit',
      say`'${name}' starts with a digit. Names of variables start with a letter or '_'.`,
    ];
  }
  if (/^[\p{ID_Start}_]\p{ID_Continue}*[.[]/u.test(name)) {
    const whole = name.split(/[.[]/)[0] ?? name;
    return [
      'variable/assign-invalid-name-dot',
      say`Only whole variables can be set. Assign all of '${whole}', or use a name without '.' and '['.`,
    ];
  }
  if (name.startsWith('$')) {
    return ['variable/assign-invalid-name', say`Names are written without '$' here: '${name.slice(1)}'.`];
  }
  return [
    'variable/assign-invalid-name',
    say`'${name}' cannot be the name of a variable: use letters, digits and '_'.`,
  ];
}

/** In characters, not UTF-16 code units. */
function lengthOf(name: string): number {
  return Array.from(name).length;
}
