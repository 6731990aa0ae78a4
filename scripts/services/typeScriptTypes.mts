import type { Member, Primitive, Shape } from './apiModel.mts';

/**
 * The shape that a TypeScript type written by a code generator stands for.
 *
 * Knows the few forms that the AWS clients use: primitives, references, arrays, `{[key: string]: T}`
 * (a map), object types (structures), unions of string literals (enums) and unions of objects with
 * `never` members (tagged unions, given as one structure whose members are all optional).
 * Anything else is `json`, so that an unknown form makes the catalogue less precise, never wrong.
 */
export function shapeOfType(type: string): Shape {
  return new TypeReader(type).union();
}

/** The members of an object type's text between its braces, with the JSDoc of each. */
export function membersOfBody(body: string): readonly Member[] {
  return new TypeReader(`{${body}}`).objectMembers();
}

const primitives: Readonly<Record<string, Primitive>> = {
  string: 'string',
  number: 'number',
  bigint: 'number',
  boolean: 'boolean',
  true: 'boolean',
  false: 'boolean',
  Date: 'timestamp',
  Uint8Array: 'blob',
  Buffer: 'blob',
  Readable: 'blob',
  ReadableStream: 'blob',
  StreamingInputBody: 'blob',
  StreamingOutputBody: 'blob',
};

/** The type of a member that its alternative forbids. */
const never: Shape = { kind: 'primitive', type: 'json' };

type Token = { readonly kind: 'word' | 'string' | 'mark' | 'doc'; readonly text: string };

class TypeReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  union(): Shape {
    this.#skip('|');
    const alternatives = [this.#intersection()];
    while (this.#skip('|')) alternatives.push(this.#intersection());
    return joined(alternatives);
  }

  objectMembers(): readonly Member[] {
    const shape = this.#primary();
    return shape.kind === 'structure' ? shape.members : [];
  }

  /** `A & { b: string }` only narrows A: the first part says enough. */
  #intersection(): Shape {
    const first = this.#postfix();
    while (this.#skip('&')) this.#postfix();
    return first;
  }

  #postfix(): Shape {
    let shape = this.#primary();
    while (this.#peek() === '[' && this.#tokens[this.#next + 1]?.text === ']') {
      this.#next += 2;
      shape = { kind: 'list', element: shape };
    }
    return shape;
  }

  #primary(): Shape {
    const token = this.#tokens[this.#next++];
    if (token === undefined) return { kind: 'primitive', type: 'json' };
    if (token.kind === 'string') return { kind: 'enum', values: [token.text] };
    if (token.text === '(') {
      const inner = this.union();
      this.#skip(')');
      return inner;
    }
    if (token.text === '{') return this.#object();
    return this.#named(token.text);
  }

  #named(word: string): Shape {
    let name = word;
    let qualified = false;
    while (this.#skip('.')) {
      name = this.#tokens[this.#next++]?.text ?? '';
      qualified = true;
    }
    const typeArguments: Shape[] = [];
    if (this.#skip('<')) {
      do typeArguments.push(this.union());
      while (this.#skip(','));
      this.#skip('>');
    }
    if (name === 'Redacted' || name === 'Array') {
      const argument = typeArguments[0] ?? { kind: 'primitive', type: 'json' };
      return name === 'Array' ? { kind: 'list', element: argument } : argument;
    }
    if (name === 'Record' && typeArguments[1] !== undefined) return { kind: 'map', value: typeArguments[1] };
    const primitive = primitives[name];
    if (primitive !== undefined) return { kind: 'primitive', type: primitive };
    if (name === 'never') return never;
    if (typeArguments.length > 0 || qualified || /^[a-z]+$/.test(name))
      return { kind: 'primitive', type: 'json' };
    return { kind: 'reference', name };
  }

  #object(): Shape {
    const members: Member[] = [];
    let mapValue: Shape | undefined;
    let documentation = '';
    while (this.#next < this.#tokens.length && !this.#skip('}')) {
      const token = this.#tokens[this.#next++];
      if (token === undefined || token.text === ';' || token.text === ',') continue;
      if (token.kind === 'doc') documentation = token.text;
      else if (token.text === '[') {
        while (this.#next < this.#tokens.length && !this.#skip(']')) this.#next++;
        this.#skip('?');
        this.#skip(':');
        mapValue = this.union();
      } else {
        const optional = this.#skip('?');
        this.#skip(':');
        const shape = this.union();
        members.push({ name: token.text, required: !optional, shape, documentation });
        documentation = '';
      }
    }
    return mapValue !== undefined && members.length === 0
      ? { kind: 'map', value: mapValue }
      : { kind: 'structure', members };
  }

  #peek(): string | undefined {
    const token = this.#tokens[this.#next];
    return token?.kind === 'mark' ? token.text : undefined;
  }

  #skip(mark: string): boolean {
    if (this.#peek() !== mark) return false;
    this.#next++;
    return true;
  }
}

function joined(alternatives: readonly Shape[]): Shape {
  const useful = alternatives.filter(shape => !isNothing(shape));
  const enumValues = useful.flatMap(shape => (shape.kind === 'enum' ? shape.values : []));
  // A string beside the literals means "or one we do not know yet".
  if (enumValues.length > 0) return { kind: 'enum', values: [...new Set(enumValues)] };
  const structures = useful.filter(shape => shape.kind === 'structure');
  if (structures.length > 1 && structures.length === useful.length) return taggedUnion(structures);
  return (
    useful.find(shape => shape.kind === 'primitive' && shape.type === 'blob') ??
    useful.find(shape => shape.kind !== 'structure' || shape.members.length > 0) ?? {
      kind: 'primitive',
      type: 'json',
    }
  );
}

function taggedUnion(structures: readonly Extract<Shape, { kind: 'structure' }>[]): Shape {
  const memberByName = new Map<string, Member>();
  for (const member of structures.flatMap(structure => structure.members)) {
    if (member.shape !== never && !memberByName.has(member.name)) {
      memberByName.set(member.name, { ...member, required: false });
    }
  }
  return { kind: 'structure', members: [...memberByName.values()] };
}

const isNothing = (shape: Shape): boolean => shape.kind === 'structure' && shape.members.length === 0;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\/\*\*([\s\S]*?)\*\/|\/\/[^\n]*|(['"])((?:\\.|(?!\2).)*)\2|([A-Za-z0-9_$]+)|([^\s])/g;
  for (const [, doc, quote, literal, word, mark] of text.matchAll(pattern)) {
    if (doc !== undefined) tokens.push({ kind: 'doc', text: doc });
    else if (quote !== undefined) tokens.push({ kind: 'string', text: unescaped(literal ?? '') });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
  }
  return tokens;
}

const unescaped = (literal: string): string => literal.replace(/\\(.)/g, '$1');
