import { lazy } from '#core/lazy.ts';
import { actionName, exceptionName, fieldName } from './names.ts';
import { parseSections } from './sections.ts';

/** Every AWS service that a Task can call as `arn:aws:states:::aws-sdk:service:action`, with its actions. */
export interface ServiceCatalogue {
  /** In the order of their names. Reading the list decodes no service. */
  readonly services: readonly ServiceSummary[];
  /** The service with this name in a Resource, for example `dynamodb`; exact case. Decoded on first use. */
  service(name: string): Service | undefined;
}

export interface ServiceSummary {
  /** As a Resource writes it: `dynamodb`. */
  readonly name: string;
  /** The prefix of its Error Names: `DynamoDb`. */
  readonly prefix: string;
  /** Whether the Developer Guide lists the service; others exist, yet Step Functions may not offer them. */
  readonly isDocumented: boolean;
  /** 0 where Step Functions knows a service whose model we lack: then no action can be called unknown. */
  readonly actionCount: number;
}

export interface Service extends ServiceSummary {
  /** In the order of their names. */
  readonly actions: readonly Action[];
  /** The action with this name in a Resource, for example `putItem`; exact case. */
  action(name: string): Action | undefined;
}

/** One API call of a service, with the names that Step Functions gives to its parts. */
export interface Action {
  /** As a Resource writes it: `putItem`. */
  readonly name: string;
  /** As the API calls it: `PutItem`. */
  readonly operation: string;
  /** The page of the service's own API reference; `undefined` where it is not known. */
  readonly reference: string | undefined;
  /** Its place in `Service.actions`. */
  readonly index: number;
  /** False for those that the Developer Guide excludes (streams, retired calls). */
  readonly isSupported: boolean;
  /** The keys of Parameters or Arguments. */
  readonly parameters: readonly Field[];
  /** The keys of the result. */
  readonly result: readonly Field[];
  /**
   * Error Names for Retry and Catch: `DynamoDb.ResourceNotFoundException`, and last those that any call of the
   * service can fail with, `DynamoDb.DynamoDbException` and `DynamoDb.SdkClientException`.
   */
  readonly errors: readonly string[];
}

export interface Field {
  /** As Step Functions writes it: `DbInstanceIdentifier`. */
  readonly name: string;
  /** As the API calls it: `DBInstanceIdentifier`. Optimized integrations and old definitions keep it. */
  readonly apiName: string;
  readonly isRequired: boolean;
  readonly type: FieldType;
}

/** `json` is any value: a document, or something deeper than the catalogue goes. Structures decode on first use. */
export type FieldType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'json' }
  /** The values known when the catalogue was made; services add more, so another value is no mistake. */
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly element: FieldType }
  | { readonly kind: 'map'; readonly value: FieldType }
  | { readonly kind: 'structure'; readonly fields: readonly Field[] };

/**
 * Reads the text of assets/services/catalogue.txt, which the host loads.
 *
 * Only the table of contents is read now (a heading is the prefix, `?` if undocumented, the number of operations and
 * the id of the API reference); a service is decoded when it is first asked for, and kept.
 * A section holds one line an operation (`PutItem`, `~` if excluded, tab, numbers of its errors, tab, request,
 * tab, response), one line with all error names, and one line for each numbered structure or enum.
 * Members are `Name`, `!` if required, and a type: nothing for a string, `#` number, `?` boolean, `@` timestamp,
 * `%` blob, `*` any JSON, `[` or `{` before the type of the elements of a list or a map, `:n` the n-th numbered
 * line (base 36), which starts with `|` for an enum. The writer is scripts/services/encodeCatalogue.mts.
 */
export function parseServiceCatalogue(text: string): ServiceCatalogue {
  const sections = parseSections(text);
  const headingByName = new Map<string, string>();
  const summaryByName = new Map<string, ServiceSummary>();
  for (const heading of sections.headings) {
    const summary = summaryOf(heading);
    headingByName.set(summary.name, heading);
    summaryByName.set(summary.name, summary);
  }
  const decoded = new Map<string, Service>();
  const service = (name: string): Service | undefined => {
    const known = decoded.get(name);
    if (known !== undefined) return known;
    const summary = summaryByName.get(name);
    const heading = headingByName.get(name) ?? '';
    const section = sections.section(heading);
    if (summary === undefined || section === undefined) return undefined;
    const fresh = decodeService(summary, heading.split(' ')[2], section);
    decoded.set(name, fresh);
    return fresh;
  };
  return { services: [...summaryByName.values()], service };
}

/** A catalogue without services, for hosts that have not loaded one: nothing is known, so nothing is unknown. */
export const emptyCatalogue: ServiceCatalogue = { services: [], service: () => undefined };

function summaryOf(heading: string): ServiceSummary {
  const [marked = '', count = '0'] = heading.split(' ');
  const isDocumented = !marked.endsWith('?');
  const prefix = isDocumented ? marked : marked.slice(0, -1);
  return { name: prefix.toLowerCase(), prefix, isDocumented, actionCount: Number(count) };
}

function decodeService(summary: ServiceSummary, referenceId: string | undefined, section: string): Service {
  const lines = section.split('\n');
  const errorNames = lazy(() =>
    (lines[summary.actionCount] ?? '').split(' ').map(error => `${summary.prefix}.${exceptionName(error)}`),
  );
  const types = numberedTypes(lines.slice(summary.actionCount + 1));
  const actions = lines
    .slice(0, summary.actionCount)
    .map((line, index) =>
      decodeAction(line, index, { prefix: summary.prefix, referenceId, errorNames, types }),
    );
  const actionByName = new Map(actions.map(action => [action.name, action]));
  return { ...summary, actions, action: name => actionByName.get(name) };
}

/** What the lines of a section refer to. */
interface SectionContext {
  readonly prefix: string;
  readonly referenceId: string | undefined;
  readonly errorNames: () => readonly string[];
  readonly types: TypeByNumber;
}

function decodeAction(
  line: string,
  index: number,
  { prefix, referenceId, errorNames, types }: SectionContext,
): Action {
  const [marked = '', errors = '', request = '', response = ''] = line.split('\t');
  const isSupported = !marked.endsWith('~');
  const operation = isSupported ? marked : marked.slice(0, -1);
  const ownErrors = lazy(() => numbersOf(errors).map(number => errorNames()[number] ?? ''));
  const parameters = lazy(() => decodeFields(request, types));
  const result = lazy(() => decodeFields(response, types));
  return {
    name: actionName(operation),
    operation,
    index,
    isSupported,
    reference:
      referenceId === undefined
        ? undefined
        : `https://docs.aws.amazon.com/goto/WebAPI/${referenceId}/${operation}`,
    get errors() {
      return [...new Set([...ownErrors(), `${prefix}.${prefix}Exception`, `${prefix}.SdkClientException`])];
    },
    get parameters() {
      return parameters();
    },
    get result() {
      return result();
    },
  };
}

/** `1,a,10` is 1, 10, 36. */
const numbersOf = (list: string): readonly number[] =>
  list === '' ? [] : list.split(',').map(number => Number.parseInt(number, 36));

/** A structure may contain itself, so a type is decoded when it is reached. */
type TypeByNumber = (number: number) => FieldType;

function numberedTypes(lines: readonly string[]): TypeByNumber {
  const decoded = new Map<number, FieldType>();
  const typeOf: TypeByNumber = number => {
    const known = decoded.get(number);
    if (known !== undefined) return known;
    const type = decodeNumbered(lines[number] ?? '', typeOf);
    decoded.set(number, type);
    return type;
  };
  return typeOf;
}

function decodeNumbered(line: string, types: TypeByNumber): FieldType {
  if (line.startsWith('|')) return { kind: 'enum', values: line.slice(1).split('|') };
  const fields = lazy(() => decodeFields(line, types));
  return {
    kind: 'structure',
    get fields() {
      return fields();
    },
  };
}

function decodeFields(members: string, types: TypeByNumber): readonly Field[] {
  if (members === '') return [];
  return members.split(' ').map(member => {
    const [, apiName = '', mark = '', code = ''] = /^([\w.-]*)(!?)(.*)$/.exec(member) ?? [];
    return { name: fieldName(apiName), apiName, isRequired: mark === '!', type: decodeType(code, types) };
  });
}

function decodeType(code: string, types: TypeByNumber): FieldType {
  switch (code.charAt(0)) {
    case '':
      return { kind: 'string' };
    case '#':
      return { kind: 'number' };
    case '?':
      return { kind: 'boolean' };
    case '@':
      return { kind: 'timestamp' };
    case '%':
      return { kind: 'blob' };
    case '[':
      return { kind: 'list', element: decodeType(code.slice(1), types) };
    case '{':
      return { kind: 'map', value: decodeType(code.slice(1), types) };
    case ':':
      return types(Number.parseInt(code.slice(1), 36));
    default:
      return { kind: 'json' };
  }
}
