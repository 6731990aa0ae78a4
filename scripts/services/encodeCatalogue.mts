import { actionName } from '#core/language/services/names.ts';
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
  const header = services.map((service, index) => {
    const mark = service.isDocumented ? '' : '?';
    return `${service.prefix}${mark} ${service.model.operations.length} ${sections[index]?.length ?? 0}`;
  });
  return `stepwise-services 1 ${source}\n${header.join('\n')}\n\n${sections.join('')}`;
}

/**
 * The documentation as text: per service one line an operation, `PutItem<tab>sentence`, followed by one
 * `<tab>Parameter<tab>sentence` for each top-level parameter that has one.
 */
export function encodeDocumentation(source: string, services: readonly CatalogueService[]): string {
  const sections = services.map(documentationSectionOf);
  const header = services.map((service, index) => `${service.prefix} ${sections[index]?.length ?? 0}`);
  return `stepwise-service-docs 1 ${source}\n${header.join('\n')}\n\n${sections.join('')}`;
}

function documentationSectionOf({ model }: CatalogueService): string {
  const lines = sortedOperations(model).flatMap(operation => {
    const shape = operation.input === undefined ? undefined : model.shapes.get(operation.input);
    const members = shape?.kind === 'structure' ? shape.members : [];
    return [
      `${operation.name}\t${operation.documentation}`,
      ...members
        .filter(member => member.documentation !== '')
        .map(member => `\t${member.name}\t${member.documentation}`),
    ];
  });
  return lines.map(line => `${line}\n`).join('');
}

const sortedOperations = (model: ApiModel): readonly Operation[] =>
  [...model.operations].sort((a, b) => (actionName(a.name) < actionName(b.name) ? -1 : 1));

function sectionOf({ model, unsupported }: CatalogueService): string {
  const table = new ShapeTable(model);
  const operations = sortedOperations(model);
  const errors = [...new Set(operations.flatMap(operation => operation.errors))].sort();
  const errorIndex = new Map(errors.map((error, index) => [error, index.toString(36)]));
  const operationLines = operations.map(operation => {
    const input = table.structure(operation.input);
    const output = table.structure(operation.output);
    const errorList = operation.errors.map(error => errorIndex.get(error) ?? '').join(',');
    return `${operation.name}${unsupported.has(operation.name) ? '~' : ''} ${input} ${output} ${errorList}`;
  });
  const shapeLines = table.lines();
  return [...operationLines, errors.join(' '), ...shapeLines].map(line => `${line}\n`).join('');
}

const primitiveCodes = { string: '', number: '#', boolean: '?', timestamp: '@', blob: '%', json: '*' } as const;

/** Numbers the structures and enums of a service in the order of their first use. */
class ShapeTable {
  readonly #model: ApiModel;
  readonly #indexByName = new Map<string, number>();
  readonly #lines: string[] = [];
  readonly #indexByLine = new Map<string, number>();

  constructor(model: ApiModel) {
    this.#model = model;
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  /** The index of a request or response structure; empty where there is none or it has no member. */
  structure(name: string | undefined): string {
    if (name === undefined) return '';
    const shape = this.#model.shapes.get(name);
    if (shape?.kind !== 'structure' || shape.members.length === 0) return '';
    return this.#indexOf(name, shape).toString(36);
  }

  /** The type of a member: a code, `[` or `{` before the element's, `:index` for a structure or an enum. */
  #type(shape: Shape, aliases: ReadonlySet<string>): string {
    switch (shape.kind) {
      case 'primitive':
        return primitiveCodes[shape.type];
      case 'list':
        return `[${this.#type(shape.element, aliases)}`;
      case 'map':
        return `{${this.#type(shape.value, aliases)}`;
      case 'enum':
      case 'structure':
        return this.#anonymous(shape);
      case 'reference': {
        const target = this.#model.shapes.get(shape.name);
        if (target === undefined || aliases.has(shape.name)) return primitiveCodes.json;
        if (target.kind === 'structure' || target.kind === 'enum') {
          return target.kind === 'structure' && target.members.length === 0
            ? `{${primitiveCodes.json}`
            : `:${this.#indexOf(shape.name, target).toString(36)}`;
        }
        return this.#type(target, new Set([...aliases, shape.name]));
      }
    }
  }

  #anonymous(shape: Extract<Shape, { kind: 'enum' | 'structure' }>): string {
    const line = this.#line(shape);
    const known = this.#indexByLine.get(line);
    if (known !== undefined) return `:${known.toString(36)}`;
    const index = this.#lines.push(line) - 1;
    this.#indexByLine.set(line, index);
    return `:${index.toString(36)}`;
  }

  #indexOf(name: string, shape: Extract<Shape, { kind: 'enum' | 'structure' }>): number {
    const known = this.#indexByName.get(name);
    if (known !== undefined) return known;
    const index = this.#lines.push('') - 1;
    this.#indexByName.set(name, index);
    this.#lines[index] = this.#line(shape);
    return index;
  }

  #line(shape: Extract<Shape, { kind: 'enum' | 'structure' }>): string {
    if (shape.kind === 'enum') return shape.values.map(value => `|${value}`).join('');
    return shape.members
      .map(member => `${member.name}${member.required ? '!' : ''}${this.#type(member.shape, new Set())}`)
      .join(' ');
  }
}
