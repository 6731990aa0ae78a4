import type { ValueProblem } from '#core/analysis/fieldFaults.ts';
import type { FieldRow, ObjectName, QueryLanguage } from '#core/language/values.ts';

/*
 * The codes of the rules that rest on the tables of fields. A code says where and what: `wait/seconds-negative`
 * is a negative Seconds of a Wait, `retry/interval-zero` an IntervalSeconds of 0 in a Retrier.
 */

const groupByObject: Readonly<Record<ObjectName, string>> = {
  StateMachine: 'root',
  Branch: 'parallel',
  ItemProcessor: 'map',
  Iterator: 'map',
  ProcessorConfig: 'map',
  Pass: 'pass',
  Task: 'task',
  Choice: 'choice',
  Wait: 'wait',
  Succeed: 'state',
  Fail: 'fail',
  Parallel: 'parallel',
  Map: 'map',
  Retrier: 'retry',
  Catcher: 'catch',
  ChoiceRule: 'choice',
  NestedChoiceRule: 'choice',
  ItemReader: 'map',
  ReaderConfig: 'map',
  ItemBatcher: 'map',
  ResultWriter: 'map',
  WriterConfig: 'map',
  Credentials: 'task',
};

/** Fields that are one thing wherever they stand. */
const groupByField: Readonly<Record<string, string>> = {
  Next: 'transition',
  End: 'transition',
  Default: 'transition',
  Retry: 'retry',
  Catch: 'catch',
  Assign: 'variable',
  ResultSelector: 'template',
  ItemSelector: 'template',
  BatchInput: 'template',
  Credentials: 'task',
  QueryLanguage: 'root',
  Version: 'root',
  Comment: 'root',
};

const shortNames: Readonly<Record<string, string>> = {
  TimeoutSeconds: 'timeout',
  HeartbeatSeconds: 'heartbeat',
  IntervalSeconds: 'interval',
  MaxDelaySeconds: 'maxdelay',
  BackoffRate: 'backoff',
  JitterStrategy: 'jitter',
  ToleratedFailurePercentage: 'tolerated-percentage',
  ToleratedFailureCount: 'tolerated-count',
  InputType: 'itemreader-inputtype',
};

/** The field in a code: `timeout` for TimeoutSeconds. */
function shortName(field: string): string {
  return shortNames[field] ?? field.toLowerCase();
}

/** The code of an object's fault that is not about one known field: `retry/unknown-field`. */
export function groupOfObject(object: ObjectName): string {
  return groupByObject[object];
}

/** What a code tells of a value that a field does not take. */
export interface ValueForm {
  readonly object: ObjectName;
  readonly language: QueryLanguage;
  readonly row: FieldRow;
  readonly problem: ValueProblem;
  readonly found: FoundValue;
}

export type FoundValue = 'string' | 'expression' | 'null' | 'negative' | 'zero' | 'array' | 'other';

/** `wait/seconds-negative`, `retry/not-array`, `choice/operand-timestamp` … */
export function valueCode(form: ValueForm): string {
  const { row, object } = form;
  if (row.value.is === 'comparand') return operandCode(form);
  const special = specialCode(form);
  if (special !== undefined) return special;
  const stem = `${groupByField[row.name] ?? groupByObject[object]}/${shortName(row.name)}`;
  switch (form.problem) {
    case 'type':
      return typeCode(form, stem);
    case 'fraction':
      return `${stem}-float`;
    case 'tooLow':
      return `${stem}-${lowSuffix(form)}`;
    case 'tooHigh':
      return highCode(form, stem);
    case 'word':
      return `${stem}-value`;
    case 'empty':
      return emptyCode(form, stem);
    case 'tooLong':
      return `${stem}-over-${row.value.is === 'text' ? (row.value.maxLength ?? '') : ''}`;
    case 'timestamp':
      return `${stem}-format`;
    default:
      return form.problem satisfies never;
  }
}

function specialCode({ row, object, language, found, problem }: ValueForm): string | undefined {
  if (language === 'JSONPath' && row.only === undefined && found === 'expression' && problem === 'type') {
    return `jsonpath/jsonata-field-${row.name}-string`;
  }
  if (found === 'null' && row.name.endsWith('Path'))
    return `${groupByObject[object]}/${shortName(row.name)}-null`;
  if (row.value.is === 'path' || row.value.is === 'referencePath' || row.value.is === 'resultPath')
    return notAPathCode(groupByObject[object], row.name);
  switch (row.name) {
    case 'And':
    case 'Or':
      return problem === 'empty'
        ? `choice/empty-${row.name.toLowerCase()}`
        : `choice/${row.name.toLowerCase()}-is-object`;
    case 'Not':
      return 'choice/not-is-array';
    case 'Condition':
      return 'choice/condition-not-jsonata-string';
    case 'Retry':
    case 'Catch':
      return `${row.name.toLowerCase()}/not-array`;
    default:
      return undefined;
  }
}

/** The code of what is no path, be it text or a number: `jsonpath/inputpath-not-path`, `wait/secondspath-not-path`. */
export function notAPathCode(group: string, field: string): string {
  switch (field) {
    case 'InputPath':
    case 'OutputPath':
      return 'jsonpath/inputpath-not-path';
    case 'ItemsPath':
    case 'ResultPath':
      return `jsonpath/${field.toLowerCase()}-not-reference`;
    case 'Variable':
      return 'choice/variable-not-path';
    default:
      if (group === 'choice') return 'choice/operand-path-not-path';
      return group === 'wait' ? `wait/${field.toLowerCase()}-not-path` : 'jsonpath/not-a-path';
  }
}

function operandCode({ row, problem }: ValueForm): string {
  if (row.value.is !== 'comparand') return '';
  if (row.value.path) return 'choice/operand-path-not-path';
  if (problem === 'timestamp') return 'choice/operand-timestamp';
  return `choice/operand-type-${row.value.type === 'number' ? 'numeric' : row.value.type}`;
}

function typeCode({ row, found }: ValueForm, stem: string): string {
  switch (row.value.is) {
    case 'number':
    case 'flag':
    case 'errorNames':
      return found === 'string' || found === 'expression' ? `${stem}-string` : `${stem}-type`;
    case 'stateName':
    case 'resource':
      return `${stem}-not-string`;
    case 'list':
      return `${stem}-not-array`;
    case 'object':
    case 'states':
    case 'assign':
      return `${stem}-not-object`;
    case 'payloadTemplate':
    case 'jsonataValue':
      return `${stem}-value`;
    default:
      return `${stem}-type`;
  }
}

function lowSuffix({ row, found }: ValueForm): string {
  if (row.value.is === 'number' && !row.value.integer && row.value.min > 0) return `below-${row.value.min}`;
  return found === 'negative' ? 'negative' : 'zero';
}

function highCode({ row, object }: ValueForm, stem: string): string {
  if (object === 'StateMachine') return `${stem}-too-large`;
  return `${stem}-over-${row.value.is === 'number' ? row.value.max : ''}`;
}

function emptyCode({ row, object }: ValueForm, stem: string): string {
  switch (row.value.is) {
    case 'list':
    case 'errorNames':
    case 'strings':
      return `${groupByObject[object]}/empty-${shortName(row.name)}`;
    case 'states':
      return 'root/empty-states';
    default:
      return `${stem}-empty`;
  }
}

const missingCodes: Readonly<Record<string, string>> = {
  'StateMachine StartAt': 'root/required-startat',
  'StateMachine States': 'root/required-states',
  'Branch StartAt': 'parallel/branch-missing-startat',
  'Branch States': 'parallel/branch-missing-states',
  'ItemProcessor StartAt': 'map/itemprocessor-missing-startat',
  'ItemProcessor States': 'map/itemprocessor-missing-states',
  'Iterator StartAt': 'map/itemprocessor-missing-startat',
  'Iterator States': 'map/itemprocessor-missing-states',
  'ItemReader Resource': 'map/itemreader-missing-resource',
  'ChoiceRule Next': 'choice/rule-missing-next',
  'ChoiceRule Condition': 'choice/condition-missing',
  'Credentials RoleArn': 'task/credentials-empty',
};

/** `task/missing-resource`, `root/required-fields-empty` (both of its fields) … */
export function missingCode(object: ObjectName, rows: readonly FieldRow[]): string {
  if (object === 'StateMachine' && rows.length > 1) return 'root/required-fields-empty';
  const name = rows[0]?.name ?? '';
  return missingCodes[`${object} ${name}`] ?? `${groupByObject[object]}/missing-${shortName(name)}`;
}

/** `task/timeout-and-path`, `fail/error-and-errorpath`, `transition/next-and-end-both` … */
export function exclusionCode(object: ObjectName, first: string, second: string): string {
  const names = [first, second].sort((a, b) => order(a) - order(b));
  const [one = '', two = ''] = names;
  if (object === 'Wait' && one !== 'Next' && one !== 'End') return 'wait/two-durations';
  if (two === 'End' || one === 'End') return 'transition/next-and-end-both';
  const group = groupByObject[object];
  if (two === `${one}.$` || (object !== 'Fail' && two === `${one}Path` && one !== 'Items'))
    return `${group}/${shortName(one)}-and-path`;
  return `${group}/${one.toLowerCase()}-and-${two.toLowerCase()}`;
}

/** Plain fields before their `…Path` twins, new ones after the old (`iterator-and-itemprocessor`). */
function order(name: string): number {
  if (name === 'Iterator' || name === 'ItemSelector') return -1;
  return name.endsWith('Path') || name.endsWith('.$') ? 1 : 0;
}
