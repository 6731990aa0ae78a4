import { actionName } from '#core/language/services/names.ts';
import { encodeSections, namePart, proseWord } from './encodeSections.mts';
import type { ApiModel, Operation, Shape } from './apiModel.mts';

/** One service of the catalogue: how Step Functions names it and what it takes. */
export interface CatalogueService {
  /** The exception prefix: `DynamoDb`. In lower case it is the name in a Resource. */
  readonly prefix: string;
  /** Whether the Developer Guide lists the service. */
  readonly isDocumented: boolean;
  readonly model: ApiModel;
  /** Operations of the model that Step Functions cannot call. */
  readonly unsupported: ReadonlySet<string>;
}

/**
 * The catalogue as text, in the format that `core/src/language/services/catalogue.ts` describes and reads.
 * The same models give the same text.
 */
export function encodeCatalogue(source: string, services: readonly CatalogueService[]): string {
  const sections = services.map(sectionOf);
  const headings = services.map(({ prefix, isDocumented, model }) =>
    [`${prefix}${isDocumented ? '' : '?'}`, model.operations.length, model.referenceId ?? '']
      .join(' ')
      .trimEnd(),
  );
  return encodeSections(`stepwise-services 1 ${source}`, headings, sections, namePart);
}

/**
 * The documentation as text, in the order of the catalogue's own operations and parameters, which it does not
 * repeat. Per service one line an operation: its sentence and those of its top-level parameters, separated by
 * tabs (empty where there is none; absent at the end of the line). `=n` repeats the service's n-th sentence.
 */
export function encodeDocumentation(source: string, services: readonly CatalogueService[]): string {
  const headings = services.map(service => service.prefix);
  const sections = services.map(documentationSectionOf);
  return encodeSections(`stepwise-service-docs 1 ${source}`, headings, sections, proseWord);
}

function documentationSectionOf({ model }: CatalogueService): string {
  const indexBySentence = new Map<string, number>();
  const written = (sentence: string): string => {
    if (sentence === '') return '';
    const known = indexBySentence.get(sentence);
    if (known !== undefined) return `=${known.toString(36)}`;
    indexBySentence.set(sentence, indexBySentence.size);
    return sentence;
  };
  const lines = sortedOperations(model).map(operation => {
    const shape = operation.input === undefined ? undefined : model.shapes.get(operation.input);
    const members = shape?.kind === 'structure' ? shape.members : [];
    const own = informativeSentence(operation.documentation, operation.name);
    const sentences = [
      own,
      ...members.map(member => informativeSentence(member.documentation, `${operation.name} ${member.name}`)),
    ];
    return sentences.map(written).join('\t').replace(/\t+$/, '');
  });
  return lines.map(line => `${line}\n`).join('');
}

/** Nothing where a sentence only says the names again: "The name of the table to delete" of `TableName`. */
function informativeSentence(documentation: string, names: string): string {
  const said = new Set(wordsOf(names));
  const news = wordsOf(documentation).filter(word => !said.has(word) && !fillers.has(word));
  return news.length === 0 ? '' : documentation;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.map(word => word.replace(/(?<=..)s$/, '')) ?? [];

const fillers: ReadonlySet<string> = new Set(
  `a about action all amazon an and any api are associate associated assign aws be been by call can code contain contained
   containing corresponding current delete detail describe each existing for from get give given has have id identifier
   identify identifies in include indicate information into is it its list more name new object of on one operation or
   our parameter particular perform provide provided request represent require required resource retrieve return returned
   set service single specific specified specifie specify structure that the their thi this to type unique update use
   used using value want web what when where whether which will with within you your`.split(/\s+/),
);

const sortedOperations = (model: ApiModel): readonly Operation[] =>
  [...model.operations].sort((a, b) => (actionName(a.name) < actionName(b.name) ? -1 : 1));

function sectionOf({ model, unsupported }: CatalogueService): string {
  const table = new ShapeTable(model);
  const operations = sortedOperations(model);
  const errors = [...new Set(operations.flatMap(operation => operation.errors))].sort();
  const errorIndex = new Map(errors.map((error, index) => [error, index.toString(36)]));
  const requests = operations.map(operation => table.members(operation.input, Infinity));
  const operationLines = operations.map((operation, index) => {
    const errorList = operation.errors.map(error => errorIndex.get(error) ?? '').join(',');
    const response = table.members(operation.output, responseDepth);
    return `${operation.name}${unsupported.has(operation.name) ? '~' : ''}\t${errorList}\t${requests[index] ?? ''}\t${response}`;
  });
  return [...operationLines, errors.join(' '), ...table.lines()].map(line => `${line}\n`).join('');
}

/** How many structures deep a response is told; what lies deeper is `json` unless a request uses it too. */
const responseDepth = 4;

const primitiveCodes = {
  string: '',
  number: '#',
  boolean: '?',
  timestamp: '@',
  blob: '%',
  json: '*',
} as const;

/** Numbers the structures and enums of a service in the order of their first use. */
class ShapeTable {
  readonly #model: ApiModel;
  readonly #indexByName = new Map<string, number>();
  readonly #indexByLine = new Map<string, number>();
  readonly #lines: string[] = [];

  constructor(model: ApiModel) {
    this.#model = model;
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  /** The members of a request or response; empty where there is none. */
  members(name: string | undefined, depth: number): string {
    const shape = name === undefined ? undefined : this.#model.shapes.get(name);
    return shape?.kind === 'structure' ? this.#line(shape, depth) : '';
  }

  /** The type of a member: a code, `[` or `{` before the element's, `:index` for a structure or an enum. */
  #type(shape: Shape, depth: number, aliases: ReadonlySet<string>): string {
    switch (shape.kind) {
      case 'primitive':
        return primitiveCodes[shape.type];
      case 'list':
        return `[${this.#type(shape.element, depth, aliases)}`;
      case 'map':
        return `{${this.#type(shape.value, depth, aliases)}`;
      case 'enum':
      case 'structure':
        return this.#defined(undefined, shape, depth);
      case 'reference': {
        const target = this.#model.shapes.get(shape.name);
        if (target === undefined || aliases.has(shape.name)) return primitiveCodes.json;
        if (target.kind === 'structure' || target.kind === 'enum')
          return this.#defined(shape.name, target, depth);
        return this.#type(target, depth, new Set([...aliases, shape.name]));
      }
    }
  }

  #defined(name: string | undefined, shape: EnumOrStructure, depth: number): string {
    if (shape.kind === 'structure' && shape.members.length === 0) return `{${primitiveCodes.json}`;
    const known = name === undefined ? undefined : this.#indexByName.get(name);
    if (known !== undefined) return `:${known.toString(36)}`;
    if (shape.kind === 'enum')
      return depth === Infinity ? this.#indexed(name, this.#line(shape, depth)) : primitiveCodes.string;
    if (depth <= 0) return primitiveCodes.json;
    if (depth !== Infinity) return this.#indexed(undefined, this.#line(shape, depth - 1));
    // A structure may contain itself: its number is known before its members are.
    const index = this.#lines.push('') - 1;
    if (name !== undefined) this.#indexByName.set(name, index);
    this.#lines[index] = this.#line(shape, depth);
    return `:${index.toString(36)}`;
  }

  #indexed(name: string | undefined, line: string): string {
    const index = this.#indexByLine.get(line) ?? this.#lines.push(line) - 1;
    this.#indexByLine.set(line, index);
    if (name !== undefined) this.#indexByName.set(name, index);
    return `:${index.toString(36)}`;
  }

  #line(shape: EnumOrStructure, depth: number): string {
    if (shape.kind === 'enum') return shape.values.map(value => `|${value}`).join('');
    return shape.members
      .map(
        member =>
          `${member.name}${member.required && depth === Infinity ? '!' : ''}${this.#type(member.shape, depth, new Set())}`,
      )
      .join(' ');
  }
}

type EnumOrStructure = Extract<Shape, { kind: 'enum' | 'structure' }>;
