import type { FieldOwner } from '#core/analysis/fieldFaults.ts';
import type { ObjectName, ValueKind } from '#core/language/values.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';
import { jsonTypes } from '#core/text/jsonTypes.ts';
import { say, type Message, type Words } from '#core/text/message.ts';

/** An object as people call it, at the beginning of a sentence: `A Task state`, `A Retrier`, `The state machine`. */
export function subject(object: ObjectName): Words {
  return subjects[object] ?? say`A ${object} state`;
}

const subjects: Readonly<Partial<Record<ObjectName, Words>>> = {
  StateMachine: say`The state machine`,
  Branch: say`A branch`,
  ItemProcessor: say`An ItemProcessor`,
  Iterator: say`An Iterator`,
  ProcessorConfig: say`A ProcessorConfig`,
  Retrier: say`A Retrier`,
  Catcher: say`A Catcher`,
  ChoiceRule: say`A Choice Rule`,
  NestedChoiceRule: say`A nested Choice Rule`,
  ItemReader: say`An ItemReader`,
  ReaderConfig: say`A ReaderConfig`,
  ItemBatcher: say`An ItemBatcher`,
  ResultWriter: say`A ResultWriter`,
  WriterConfig: say`A WriterConfig`,
  Credentials: 'Credentials',
};

/** What a field takes: `a whole number from 0 to 99999999`, `"FULL" or "NONE"`. */
export function expectation(kind: ValueKind, { language }: Pick<FieldOwner, 'language'>): Words {
  const orExpression = (what: Message): Message =>
    language === 'JSONata' ? say`${what} or a JSONata expression between {% and %}` : what;
  switch (kind.is) {
    case 'text':
    case 'string':
    case 'json':
      return say`a string`;
    case 'oneOf':
      return anyOf(kind.values.map(value => JSON.stringify(value)));
    case 'boolean':
    case 'flag':
      return say`true or false`;
    case 'number':
      return kind.jsonata === true ? orExpression(numberText(kind)) : numberText(kind);
    case 'timestamp':
      return orExpression(comparands.timestamp);
    case 'stateName':
      return say`the name of a state, as a string`;
    case 'resource':
      return say`an ARN, as a string`;
    case 'path':
      return kind.nullable === true ? say`a path such as "$.order", or null` : say`a path such as "$.order"`;
    case 'referencePath':
    case 'pathOrIntrinsic':
      return say`a path such as "$.order"`;
    case 'resultPath':
      return say`a path such as "$.result", or null`;
    case 'payloadTemplate':
      return say`an object`;
    case 'jsonataValue':
      return orExpression(say`an object`);
    case 'jsonataArray':
      return orExpression(say`an array`);
    case 'condition':
      return say`true, false or a JSONata expression between {% and %}`;
    case 'assign':
      return say`an object that names variables, such as {"total": 0}`;
    case 'errorNames':
      return say`an array of Error Names such as ["States.Timeout"]`;
    case 'strings':
      return say`an array of strings`;
    case 'object':
      return say`an object`;
    case 'list':
      return say`an array of objects`;
    case 'states':
      return say`an object that holds states by name`;
    case 'comparand':
      return kind.path ? say`a path such as "$.order"` : comparands[kind.type];
    default:
      return kind satisfies never;
  }
}

const comparands = {
  string: say`a string`,
  number: say`a number`,
  boolean: say`true or false`,
  timestamp: say`a timestamp such as "2024-08-18T17:33:00Z"`,
} as const;

function numberText({ integer, min, max }: ValueKind & { is: 'number' }): Message {
  if (max >= Number.MAX_SAFE_INTEGER)
    return integer ? say`a whole number of at least ${min}` : say`a number of at least ${min}`;
  return integer ? say`a whole number from ${min} to ${max}` : say`a number from ${min} to ${max}`;
}

/** `A`, `A or B`, `A, B or C`. */
export function anyOf(items: readonly Words[]): Words {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : say`${commas(items.slice(0, -1))} or ${last}`;
}

/** `A`, `A and B`, `A, B and C`. */
export function allOf(items: readonly Words[]): Words {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : say`${commas(items.slice(0, -1))} and ${last}`;
}

/** The same in every language. */
function commas(items: readonly Words[]): Message {
  return { text: items.map((_, index) => `{${index}}`).join(', '), values: items };
}

/** What stands there instead: `"10"`, `an object`. */
export function actual(value: SyntaxNode): Words {
  switch (value.kind) {
    case 'string':
      return value.value.length > 40
        ? `${JSON.stringify(value.value.slice(0, 40))}…`
        : JSON.stringify(value.value);
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
    case 'array':
    case 'object':
      return jsonTypes[value.kind];
    case 'placeholder':
      return `\${${value.name}}`;
    case 'tag':
      return value.tag;
    default:
      return value satisfies never;
  }
}
