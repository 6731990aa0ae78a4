import { say, type Words } from '#core/text/message.ts';
import type { BinaryOperator } from './ast.ts';
import { parseSignature, type Signature } from './signature.ts';
import type { Syntax, SyntaxPair, SyntaxTerm } from './syntax.ts';
import { createScanner, type Expected, type LexicalError, type Token } from './tokens.ts';

export interface GrammarError {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly token?: unknown;
  readonly value?: unknown;
  readonly message?: Words;
}

/** Nesting beyond this is refused: no walk over the tree may exhaust the stack. */
export const MAX_HEIGHT = 400;

/**
 * Parses by operator precedence (Pratt), with the grammar and the binding powers of JSONata 2.0.
 *
 * The `jsonata` package's own parser is the oracle in the tests and not used here: its tokens have
 * no start, nested text overflows its stack, each `??` doubles its work, and it takes what Step
 * Functions refuses.
 *
 * Total: what is wrong is reported, the rest is still in the tree. After the first syntax error
 * the parser looks for the next thing that makes sense, and errors that follow from that are
 * kept quiet.
 */
export function parseSyntax(text: string, report: (error: GrammarError) => void): Syntax {
  return new Parser(text, report).parse();
}

/** Lives for one parse: the current token and whether recovery has begun. */
class Parser {
  private readonly scanner;
  private readonly report: (error: GrammarError) => void;
  private token: Token;
  private lastEnd = 0;
  private depth = 0;
  private isRecovering = false;
  /** An operand is missing at the end; reported only when no bracket is open, as `jsonata` does. */
  private endsTooEarly = false;

  constructor(text: string, report: (error: GrammarError) => void) {
    this.report = report;
    this.scanner = createScanner(text, error => this.failLexically(error));
    this.token = this.scanner.next('operand');
    this.refuseUnknownOperator();
  }

  parse(): Syntax {
    const whole = this.expression(0);
    if (this.token.kind === 'end') {
      if (this.endsTooEarly) this.fail({ code: 'S0207', token: this.token.value, ...spanOf(this.token) });
      return whole;
    }
    this.fail({ code: 'S0201', token: this.token.value, ...spanOf(this.token) });
    const parts = [whole];
    while (!this.isAtEnd()) {
      const before: Token = this.token;
      parts.push(this.expression(0));
      if (this.token === before) this.advance('operand');
    }
    return this.errorSyntax(parts, whole.start);
  }

  private expression(rightPower: number): Syntax {
    if (this.depth >= MAX_HEIGHT) return this.tooDeep(this.token);
    this.depth++;
    let left = this.operand();
    while (rightPower < this.leftPower()) {
      const operator = this.token;
      this.advance('operand');
      left = this.operation(operator, left);
      if (left.height > MAX_HEIGHT) left = this.tooDeep(operator);
    }
    this.depth--;
    return left;
  }

  private leftPower(): number {
    return this.token.kind === 'operator' ? (LEFT_POWER.get(this.token.value) ?? 0) : 0;
  }

  /** What may begin an expression: a literal, a name, a bracket, a prefix operator. */
  private operand(): Syntax {
    const token = this.token;
    if (token.kind === 'operator' && CLOSERS.has(token.value)) return this.notAnOperand(token);
    if (token.kind === 'end') {
      this.endsTooEarly = true;
      return this.errorSyntax([], token.start);
    }
    // Always 'operator': JSONata takes no regular expression directly behind a prefix, so `(/a/)` is an error.
    this.advance('operator');
    const leaf = { ...spanOf(token), height: 1, keepArray: false };
    switch (token.kind) {
      case 'string':
        return { kind: 'string', value: token.value, ...leaf };
      case 'number':
        return { kind: 'number', value: token.value, ...leaf };
      case 'constant':
        return { kind: 'constant', value: token.value, ...leaf };
      case 'regex':
        return { kind: 'regex', pattern: token.value, flags: token.flags, ...leaf };
      case 'variable':
      case 'name':
        return { kind: token.kind, name: token.value, ...leaf };
      case 'operator':
        return this.prefixOperation(token, token.value);
    }
  }

  private prefixOperation(token: Token, operator: string): Syntax {
    const leaf = { ...spanOf(token), height: 1, keepArray: false };
    switch (operator) {
      case 'and':
      case 'or':
      case 'in':
        return { kind: 'name', name: operator, ...leaf };
      case '*':
        return { kind: 'wildcard', ...leaf };
      case '**':
        return { kind: 'descendant', ...leaf };
      case '%':
        return { kind: 'parent', ...leaf };
      case '-': {
        const operand = this.expression(70);
        return { kind: 'negate', operand, ...this.spanning(token.start, [operand]) };
      }
      case '(':
        return this.block(token);
      case '[':
        return this.array(token);
      case '{': {
        const pairs = this.pairs();
        return {
          kind: 'object',
          pairs,
          ...this.spanning(
            token.start,
            pairs.flatMap(p => [p.key, p.value]),
          ),
        };
      }
      case '|':
        return this.transform(token);
      default:
        return this.notAnOperand(token);
    }
  }

  private operation(token: Token, left: Syntax): Syntax {
    const operator = String(token.value);
    switch (operator) {
      case '.': {
        const rhs = this.expression(75);
        return { kind: 'map', lhs: left, rhs, ...this.chained(left, rhs) };
      }
      case '(':
        return this.call(left);
      case '[':
        return this.filter(token, left);
      case '{': {
        const pairs = this.pairs();
        const parts = pairs.flatMap(p => [p.key, p.value]);
        return {
          kind: 'group',
          lhs: left,
          pairs,
          brace: token.start,
          ...this.spanning(left.start, [left, ...parts]),
        };
      }
      case '^':
        return this.sort(token, left);
      case ':=':
        return this.bind(left);
      case '@':
      case '#':
        return this.stepVariable(token, operator === '@' ? 'focus' : 'index', left);
      case '?':
        return this.condition(left);
      case '??':
      case '?:': {
        this.fail({
          code: 'S0211',
          token: operator,
          message: say`The operator ${operator} came with JSONata 2.1; Step Functions runs JSONata 2.0. Write ${INSTEAD[operator]}.`,
          ...spanOf(token),
        });
        const rhs = this.expression(0);
        return { kind: 'error', parts: [left, rhs], ...this.spanning(left.start, [left, rhs]) };
      }
      case '~>': {
        const rhs = this.expression(40);
        return { kind: 'apply', lhs: left, rhs, ...this.spanning(left.start, [left, rhs]) };
      }
      default: {
        const binary = BINARY_OPERATORS.get(operator);
        if (binary === undefined) throw new Error(`bug: ${operator} binds to the left without a meaning`);
        const rhs = this.expression(LEFT_POWER.get(operator) ?? 0);
        return { kind: 'binary', operator: binary, lhs: left, rhs, ...this.chained(left, rhs) };
      }
    }
  }

  private block(open: Token): Syntax {
    const expressions: Syntax[] = [];
    while (!this.isAt(')') && !this.isAtEnd()) {
      expressions.push(this.expression(0));
      if (!this.isAt(';')) break;
      this.advance('operand');
    }
    this.expect(')', 'operator');
    return { kind: 'block', expressions, ...this.spanning(open.start, expressions) };
  }

  private array(open: Token): Syntax {
    const items: Syntax[] = [];
    if (!this.isAt(']')) {
      for (;;) {
        const item = this.expression(0);
        items.push(this.isAt('..') ? this.range(item) : item);
        if (!this.isAt(',')) break;
        this.advance('operand');
      }
    }
    this.expect(']', 'operator');
    return { kind: 'array', items, ...this.spanning(open.start, items) };
  }

  private range(lhs: Syntax): Syntax {
    this.advance('operand');
    const rhs = this.expression(0);
    return { kind: 'binary', operator: '..', lhs, rhs, ...this.spanning(lhs.start, [lhs, rhs]) };
  }

  private pairs(): readonly SyntaxPair[] {
    const pairs: SyntaxPair[] = [];
    if (!this.isAt('}')) {
      for (;;) {
        const key = this.expression(0);
        this.expect(':', 'operand');
        pairs.push({ key, value: this.expression(0) });
        if (!this.isAt(',')) break;
        this.advance('operand');
      }
    }
    this.expect('}', 'operator');
    return pairs;
  }

  private transform(open: Token): Syntax {
    const pattern = this.expression(0);
    this.expect('|', 'operand');
    const update = this.expression(0);
    let deletion: Syntax | undefined;
    if (this.isAt(',')) {
      this.advance('operand');
      deletion = this.expression(0);
    }
    this.expect('|', 'operand');
    const parts = deletion ? [pattern, update, deletion] : [pattern, update];
    return { kind: 'transform', pattern, update, delete: deletion, ...this.spanning(open.start, parts) };
  }

  private filter(open: Token, left: Syntax): Syntax {
    if (this.isAt(']')) {
      let step = left;
      while (step.kind === 'filter') step = step.lhs;
      step.keepArray = true;
      this.advance('operand');
      return left;
    }
    const condition = this.expression(0);
    this.expect(']', 'operator');
    return {
      kind: 'filter',
      lhs: left,
      condition,
      bracket: open.start,
      ...this.spanning(left.start, [left, condition]),
    };
  }

  private sort(caret: Token, left: Syntax): Syntax {
    this.expect('(', 'operand');
    const terms: SyntaxTerm[] = [];
    for (;;) {
      const descending = this.isAt('>');
      if (descending || this.isAt('<')) this.advance('operand');
      terms.push({ descending, expression: this.expression(0) });
      if (!this.isAt(',')) break;
      this.advance('operand');
    }
    this.expect(')', 'operand');
    const parts = terms.map(term => term.expression);
    return {
      kind: 'sort',
      lhs: left,
      terms,
      caret: caret.start,
      ...this.spanning(left.start, [left, ...parts]),
    };
  }

  private bind(left: Syntax): Syntax {
    const isVariable = left.kind === 'variable';
    if (!isVariable) this.fail({ code: 'S0212', token: tokenOf(left), start: left.start, end: left.end });
    const value = this.expression(9);
    if (!isVariable)
      return { kind: 'error', parts: [left, value], ...this.spanning(left.start, [left, value]) };
    return { kind: 'bind', variable: left, value, ...this.spanning(left.start, [value]) };
  }

  private stepVariable(sign: Token, kind: 'focus' | 'index', left: Syntax): Syntax {
    const variable = this.expression(80);
    if (variable.kind !== 'variable') {
      this.fail({ code: 'S0214', token: sign.value, start: variable.start, end: variable.end });
      return { kind: 'error', parts: [left, variable], ...this.spanning(left.start, [left, variable]) };
    }
    return {
      kind,
      lhs: left,
      variable: { name: variable.name, start: variable.start, end: variable.end },
      sign: sign.start,
      ...this.spanning(left.start, [left]),
    };
  }

  private condition(condition: Syntax): Syntax {
    const whenTrue = this.expression(0);
    let whenFalse: Syntax | undefined;
    if (this.isAt(':')) {
      this.advance('operand');
      whenFalse = this.expression(0);
    }
    const parts = whenFalse ? [condition, whenTrue, whenFalse] : [condition, whenTrue];
    return {
      kind: 'condition',
      condition,
      whenTrue,
      whenFalse,
      ...this.spanning(condition.start, parts),
    };
  }

  private call(procedure: Syntax): Syntax {
    const parts: Syntax[] = [];
    if (!this.isAt(')')) {
      for (;;) {
        parts.push(this.isAt('?') ? this.openArgument() : this.expression(0));
        if (!this.isAt(',')) break;
        this.advance('operand');
      }
    }
    this.expect(')', 'operator');
    if (procedure.kind === 'name' && (procedure.name === 'function' || procedure.name === 'λ')) {
      return this.lambda(procedure, parts);
    }
    return {
      kind: 'call',
      procedure,
      arguments: parts,
      ...this.spanning(procedure.start, [procedure, ...parts]),
    };
  }

  private openArgument(): Syntax {
    const { start, end } = this.token;
    this.advance('operand');
    return { kind: 'openArgument', start, end, height: 1, keepArray: false };
  }

  private lambda(keyword: Syntax, parameters: readonly Syntax[]): Syntax {
    for (const [index, parameter] of parameters.entries()) {
      if (parameter.kind === 'variable') continue;
      const { start, end } = parameter;
      this.fail({ code: 'S0208', token: tokenOf(parameter), value: index + 1, start, end });
    }
    const signature = this.isAt('<') ? this.signature() : undefined;
    this.expect('{', 'operand');
    const body = this.expression(0);
    this.expect('}', 'operand');
    return {
      kind: 'lambda',
      parameters,
      signature,
      body,
      ...this.spanning(keyword.start, [...parameters, body]),
    };
  }

  private signature(): Signature | undefined {
    const { start } = this.token;
    let text = '<';
    for (let depth = 1; depth > 0 && !this.isAt('{') && !this.isAtEnd();) {
      this.advance('operand');
      if (this.isAt('>')) depth--;
      else if (this.isAt('<')) depth++;
      text += String(this.token.value);
    }
    this.expect('>', 'operand');
    const result = parseSignature(text);
    if (result.kind === 'signature') return result.signature;
    this.fail({ code: result.code, value: result.value, start: start + result.offset, end: this.lastEnd });
    return undefined;
  }

  private isAt(operator: string): boolean {
    return this.token.kind === 'operator' && this.token.value === operator;
  }

  private isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  private advance(expected: Expected): void {
    this.lastEnd = this.token.end;
    this.token = this.scanner.next(expected);
    this.refuseUnknownOperator();
  }

  /** `!` and `~` end a name and mean nothing by themselves. */
  private refuseUnknownOperator(): void {
    if (this.isAt('!') || this.isAt('~')) {
      this.fail({ code: 'S0204', token: this.token.value, ...spanOf(this.token) });
    }
  }

  /** Consumes what must come here; when it does not, says so and consumes nothing. */
  private expect(operator: string, next: Expected): void {
    if (this.isAt(operator)) {
      this.advance(next);
    } else {
      const code = this.isAtEnd() ? 'S0203' : 'S0202';
      this.fail({ code, token: this.token.value, value: operator, ...spanOf(this.token) });
    }
  }

  private notAnOperand(token: Token): Syntax {
    this.fail({ code: 'S0211', token: token.value, ...spanOf(token) });
    return this.errorSyntax([], token.start);
  }

  private tooDeep(token: Token): Syntax {
    const message = say`The expression is nested more than ${MAX_HEIGHT} levels deep.`;
    this.fail({ code: 'S0220', message, ...spanOf(token) });
    while (!this.isAtEnd()) this.advance('operand');
    return this.errorSyntax([], token.start);
  }

  private errorSyntax(parts: readonly Syntax[], start: number): Syntax {
    return { kind: 'error', parts, ...this.spanning(start, parts) };
  }

  /** The frame of a node that ends with the last token read. */
  private spanning(start: number, parts: readonly Syntax[]) {
    let height = 0;
    for (const part of parts) height = Math.max(height, part.height);
    return { start, end: Math.max(start, this.lastEnd), height: height + 1, keepArray: false };
  }

  /** The same for an operator whose left operands are walked in a loop. */
  private chained(lhs: Syntax, rhs: Syntax) {
    const lhsHeight = lhs.kind === 'map' || lhs.kind === 'binary' ? lhs.height : lhs.height + 1;
    return {
      start: lhs.start,
      end: this.lastEnd,
      height: Math.max(lhsHeight, rhs.height + 1),
      keepArray: false,
    };
  }

  private fail(error: GrammarError): void {
    if (!this.isRecovering) this.report(error);
    // A missing feature is understood; after anything else the parser is guessing.
    if (error.message === undefined || error.code === 'S0220') this.isRecovering = true;
  }

  private failLexically(error: LexicalError): void {
    if (!this.isRecovering) this.report(error);
    if (LOST_AT.has(error.code)) this.isRecovering = true;
  }
}

const LEFT_POWER: ReadonlyMap<string, number> = new Map([
  ['.', 75],
  ['[', 80],
  ['{', 70],
  ['(', 80],
  ['@', 80],
  ['#', 80],
  ['?', 20],
  ['??', 20],
  ['?:', 20],
  ['+', 50],
  ['-', 50],
  ['*', 60],
  ['/', 60],
  ['%', 60],
  ['=', 40],
  ['<', 40],
  ['>', 40],
  ['^', 40],
  [':=', 10],
  ['!=', 40],
  ['<=', 40],
  ['>=', 40],
  ['~>', 40],
  ['and', 30],
  ['or', 25],
  ['in', 40],
  ['&', 50],
]);

const BINARY_OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map(
  (['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in'] as const).map(o => [
    o,
    o,
  ]),
);

/** What never begins an operand and may be what an open bracket is waiting for. */
const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}', ',', ';', ':']);

const INSTEAD = { '??': '$exists(a) ? a : b', '?:': 'a ? a : b' } as const;

/** Lexical errors after which the rest of the text means nothing: an open string, comment, name or regex. */
const LOST_AT: ReadonlySet<string> = new Set(['S0101', 'S0105', 'S0106', 'S0302']);

function spanOf(token: Token): { readonly start: number; readonly end: number } {
  return { start: token.start, end: token.end };
}

function tokenOf(syntax: Syntax): unknown {
  switch (syntax.kind) {
    case 'string':
    case 'number':
    case 'constant':
      return syntax.value;
    case 'variable':
    case 'name':
      return syntax.name;
    case 'binary':
      return syntax.operator;
    case 'openArgument':
      return '?';
    case 'map':
      return '.';
    case 'filter':
    case 'array':
      return '[';
    case 'call':
    case 'block':
      return '(';
    case 'group':
    case 'object':
      return '{';
    case 'negate':
      return '-';
    case 'bind':
      return ':=';
    case 'condition':
      return '?';
    default:
      return syntax.kind;
  }
}
