import type { FieldOwner } from '#core/analysis/fieldFaults.ts';
import type { ObjectName, ValueKind } from '#core/language/values.ts';
import type { SyntaxNode } from '#core/syntax/node.ts';

/** Writes an object as people call it: `a Task state`, `a Retrier`, `the state machine`. */
export function objectText(object: ObjectName): string {
  return objectTexts[object] ?? `${/^[AI]/.test(object) ? 'an' : 'a'} ${object} state`;
}

const objectTexts: Readonly<Partial<Record<ObjectName, string>>> = {
  StateMachine: 'the state machine',
  Branch: 'a branch',
  ItemProcessor: 'an ItemProcessor',
  Iterator: 'an Iterator',
  ProcessorConfig: 'a ProcessorConfig',
  Retrier: 'a Retrier',
  Catcher: 'a Catcher',
  ChoiceRule: 'a Choice Rule',
  NestedChoiceRule: 'a nested Choice Rule',
  ItemReader: 'an ItemReader',
  ReaderConfig: 'a ReaderConfig',
  ItemBatcher: 'an ItemBatcher',
  ResultWriter: 'a ResultWriter',
  WriterConfig: 'a WriterConfig',
  Credentials: 'Credentials',
};

/** At the beginning of a sentence. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a field takes: `a whole number from 0 to 99999999`, `"FULL" or "NONE"`. */
export function expectation(kind: ValueKind, { language }: Pick<FieldOwner, 'language'>): string {
  const orExpression = language === 'JSONata' ? ' or a JSONata expression between {% and %}' : '';
  switch (kind.is) {
    case 'text':
    case 'string':
    case 'json':
      return 'a string';
    case 'oneOf':
      return listed(kind.values.map(value => JSON.stringify(value)));
    case 'boolean':
    case 'flag':
      return 'true or false';
    case 'number':
      return numberText(kind) + (kind.jsonata === true ? orExpression : '');
    case 'timestamp':
      return `a timestamp such as "2024-08-18T17:33:00Z"${orExpression}`;
    case 'stateName':
      return 'the name of a state, as a string';
    case 'resource':
      return 'an ARN, as a string';
    case 'path':
      return kind.nullable === true ? 'a path such as "$.order", or null' : 'a path such as "$.order"';
    case 'referencePath':
    case 'pathOrIntrinsic':
      return 'a path such as "$.order"';
    case 'resultPath':
      return 'a path such as "$.result", or null';
    case 'payloadTemplate':
      return 'an object';
    case 'jsonataValue':
      return `an object${orExpression}`;
    case 'jsonataArray':
      return `an array${orExpression}`;
    case 'condition':
      return 'true, false or a JSONata expression between {% and %}';
    case 'assign':
      return 'an object that names variables, such as {"total": 0}';
    case 'errorNames':
      return 'an array of Error Names such as ["States.Timeout"]';
    case 'strings':
      return 'an array of strings';
    case 'object':
      return 'an object';
    case 'list':
      return 'an array of objects';
    case 'states':
      return 'an object that holds states by name';
    case 'comparand':
      return kind.path ? 'a path such as "$.order"' : comparands[kind.type];
    default:
      return kind satisfies never;
  }
}

const comparands = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  timestamp: 'a timestamp such as "2024-08-18T17:33:00Z"',
} as const;

function numberText({ integer, min, max }: ValueKind & { is: 'number' }): string {
  const noun = integer ? 'a whole number' : 'a number';
  return max >= Number.MAX_SAFE_INTEGER ? `${noun} of at least ${min}` : `${noun} from ${min} to ${max}`;
}

/** `A`, `A or B`, `A, B or C`. */
export function listed(items: readonly string[], word = 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** What stands there instead: `"10"`, `an object`. */
export function actual(value: SyntaxNode): string {
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
      return 'null';
    case 'array':
      return 'an array';
    case 'object':
      return 'an object';
    case 'placeholder':
      return `\${${value.name}}`;
    case 'tag':
      return value.tag;
    default:
      return value satisfies never;
  }
}
