import type {
  ApplyNode,
  BinaryNode,
  CallNode,
  ConditionNode,
  JsonataNode,
  LambdaNode,
  PartialNode,
  TransformNode,
  VariableNode,
} from '#core/expressions/jsonata/ast.ts';
import { jsonataReferences } from '#core/expressions/jsonata/references.ts';
import { asKey } from '../asKey.ts';
import { apply } from './apply.ts';
import { certainHeight } from './certainHeight.ts';
import { Callable, Lambda, NativeFunction, PassedFunction, TailCall, type Evaluator } from './callable.ts';
import { Exhausted, Failure } from './failure.ts';
import { findBinding, Frame } from './frame.ts';
import { builtInFunction } from './functions/builtIns.ts';
import { compileGroup } from './groups.ts';
import { binaryFunctions, negate, truthOf } from './operators.ts';
import { compileFilter, compilePath, type Compiler } from './paths.ts';
import { RegexFunction } from './regexFunction.ts';
import type { Run } from './run.ts';
import { keepSingleton, lookup, normalised } from './sequences.ts';
import { compileTransform } from './transform.ts';
import {
  CONSTRUCTED,
  isArray,
  isObject,
  newSequence,
  OUTER_WRAPPER,
  type OwnArray,
  type Value,
} from './value.ts';

/** Turns a tree without errors into a function; what can be decided once is decided here. */
export function compile(ast: JsonataNode): Evaluator {
  const compiler = new ExpressionCompiler(declaredNames(ast));
  const evaluate = compiler.compileConditional(ast);
  return compiler.bindsVariables ? (input, frame, run) => evaluate(input, new Frame(frame), run) : evaluate;
}

/** Lives for one expression. */
class ExpressionCompiler implements Compiler {
  private readonly declared: ReadonlySet<string>;
  /** How deep the node being compiled is nested in its function's body. */
  private level = 0;
  /** How many `:=` have been compiled: a block without one needs no frame. */
  private bindings = 0;

  constructor(declared: ReadonlySet<string>) {
    this.declared = declared;
  }

  get bindsVariables(): boolean {
    return this.bindings > 0;
  }

  declares(name: string): boolean {
    return this.declared.has(name);
  }

  compile(node: JsonataNode): Evaluator {
    this.level++;
    const evaluator = this.decorated(node, this.plain(node));
    this.level--;
    return evaluator;
  }

  compileConditional(node: JsonataNode): Evaluator {
    const level = this.level + 1;
    const height = certainHeight(node);
    const evaluate = this.compile(node);
    return (input, frame, run) => {
      run.descend(level, height);
      return evaluate(input, frame, run);
    };
  }

  /** Adds what applies to every kind of node: predicates, grouping, and a sequence becoming a value. */
  private decorated(node: JsonataNode, plain: Evaluator): Evaluator {
    let evaluate = plain;
    for (const predicate of node.predicates) {
      const inner = evaluate;
      const filter = compileFilter(predicate, this);
      evaluate = (input, frame, run) => filter(inner(input, frame, run), frame, run);
    }
    if (node.group !== undefined && node.kind !== 'path') {
      const inner = evaluate;
      const group = compileGroup(node.group.pairs, part => this.compileConditional(part));
      evaluate = (input, frame, run) => group(inner(input, frame, run), frame, run);
    }
    if (node.keepArray) {
      const inner = evaluate;
      return (input, frame, run) => normalised(keepSingleton(inner(input, frame, run)));
    }
    if (evaluate === plain && isNeverSequence(node)) return evaluate;
    const inner = evaluate;
    return (input, frame, run) => {
      const value = inner(input, frame, run);
      return typeof value === 'object' ? normalised(value) : value;
    };
  }

  private plain(node: JsonataNode): Evaluator {
    switch (node.kind) {
      case 'string':
      case 'number':
      case 'constant': {
        const { value } = node;
        return () => value;
      }
      case 'regex': {
        const regex = new RegexFunction(node.pattern, node.flags);
        return () => regex;
      }
      case 'variable':
        return this.variable(node);
      case 'name': {
        const name = asKey(node.name);
        return (input, _frame, run) => lookup(input, name, run);
      }
      case 'wildcard':
        return wildcard;
      case 'descendant':
        return descendants;
      case 'parent': {
        const { label } = node.slot;
        return (_input, frame) => findBinding(frame, label)?.value;
      }
      case 'path':
        return compilePath(node, this);
      case 'binary':
        return this.binary(node);
      case 'bind': {
        this.bindings++;
        const evaluate = this.compile(node.value);
        const { name } = node.variable;
        return (input, frame, run) => {
          const value = evaluate(input, frame, run);
          frame?.bind(name, value);
          return value;
        };
      }
      case 'apply':
        return this.application(node);
      case 'negate': {
        const operand = this.compile(node.operand);
        return (input, frame, run) => negate(operand(input, frame, run));
      }
      case 'array':
        return this.array(node.items, node.consarray);
      case 'object':
        return compileGroup(node.pairs, part => this.compile(part));
      case 'call':
        return this.call(node, undefined);
      case 'partial':
        return this.partial(node);
      case 'lambda':
        return this.lambda(node);
      case 'tailCall':
        return this.tailCall(node.call);
      case 'condition':
        return this.condition(node);
      case 'transform':
        return this.transform(node);
      case 'block':
        return this.block(node.expressions);
      case 'sort':
      case 'error':
        throw new Error(`bug: a node of kind '${node.kind}' cannot be evaluated by itself`);
    }
  }

  private variable(node: VariableNode): Evaluator {
    const { name } = node;
    if (name === '') {
      return input => (isArray(input) && ((input.flags ?? 0) & OUTER_WRAPPER) !== 0 ? input[0] : input);
    }
    const builtIn = builtInFunction(name);
    if (!this.declares(name)) {
      return builtIn === undefined
        ? (_input, _frame, run) => run.variables(name)
        : (_input, _frame, run) => run.variables(name) ?? builtIn;
    }
    return (_input, frame, run) => {
      const binding = findBinding(frame, name);
      return binding === undefined ? (run.variables(name) ?? builtIn) : binding.value;
    };
  }

  /** Chains such as `a & b & c` are evaluated in a loop, however long they are. */
  private binary(node: BinaryNode): Evaluator {
    const links: BinaryNode[] = [];
    let first: JsonataNode = node;
    while (first.kind === 'binary') {
      links.push(first);
      first = first.lhs;
    }
    const outerLevel = this.level;
    this.level = outerLevel + links.length - 1;
    const operand = this.compile(first);
    const steps = links.reverse().map((link, index) => {
      this.level = outerLevel + links.length - 1 - index;
      return this.link(link);
    });
    this.level = outerLevel;
    const [only] = steps;
    if (steps.length === 1 && only)
      return (input, frame, run) => only(operand(input, frame, run), input, frame, run);
    return (input, frame, run) => {
      let value = operand(input, frame, run);
      for (const step of steps) value = step(value, input, frame, run);
      return value;
    };
  }

  private link(node: BinaryNode): (lhs: Value, input: Value, frame: Frame | undefined, run: Run) => Value {
    const { operator } = node;
    if (operator !== 'and' && operator !== 'or') {
      const rhs = this.compile(node.rhs);
      const operate = binaryFunctions[operator];
      return (lhs, input, frame, run) => operate(lhs, rhs(input, frame, run), run);
    }
    const rhs = this.compileConditional(node.rhs);
    const decided = operator === 'or';
    return (lhs, input, frame, run) => {
      try {
        return truthOf(lhs, run) === decided ? decided : truthOf(rhs(input, frame, run), run);
      } catch (error) {
        // The jsonata package names the logical operator, whatever failed on its right.
        if (error instanceof Failure) error.token = operator;
        throw error;
      }
    };
  }

  private array(items: readonly JsonataNode[], isConstructed: boolean): Evaluator {
    const parts = items.map(item => ({ evaluate: this.compile(item), isArray: item.kind === 'array' }));
    return (input, frame, run) => {
      const result: OwnArray = [];
      for (const part of parts) {
        const value = part.evaluate(input, frame, run);
        if (value === undefined) continue;
        if (part.isArray || !isArray(value)) {
          run.push(result, value);
          continue;
        }
        run.work(value.length);
        for (const item of value) run.push(result, item);
      }
      if (isConstructed) result.flags = CONSTRUCTED;
      return result;
    };
  }

  private application(node: ApplyNode): Evaluator {
    const lhs = this.compile(node.lhs);
    if (node.rhs.kind === 'call') {
      return this.decorated(node.rhs, this.call(node.rhs, lhs));
    }
    const rhs = this.compile(node.rhs);
    const level = this.level;
    return (input, frame, run) => {
      const value = lhs(input, frame, run);
      const procedure = rhs(input, frame, run);
      if (!(procedure instanceof Callable)) throw new Failure('T2006', { value: procedure });
      if (!(value instanceof Callable))
        return atLevel(level, run, () => apply(procedure, [value], null, run));
      return new NativeFunction(1, undefined, (given, later) =>
        apply(procedure, [apply(value, given, null, later)], null, later),
      );
    };
  }

  /** `piped`: what `~>` hands in as the first argument. */
  private call(node: CallNode, piped: Evaluator | undefined): Evaluator {
    const procedure = this.compile(node.procedure);
    const parameters = node.arguments.map(argument => this.compile(argument));
    const token = nameOfProcedure(node.procedure);
    const missing = this.missingFunction(node.procedure, 'T1005');
    const level = this.level;
    return (input, frame, run) => {
      const given: Value[] = piped ? [piped(input, frame, run)] : [];
      const called = procedure(input, frame, run);
      if (called === undefined) missing?.(frame, run);
      for (const parameter of parameters) {
        const value = parameter(input, frame, run);
        given.push(value instanceof Callable ? passed(value) : value);
      }
      const { depth } = run;
      run.depth = depth + level;
      try {
        const result = apply(called, given, input, run, token);
        run.depth = depth;
        return result;
      } catch (error) {
        if (error instanceof Failure) error.token ??= token;
        throw error;
      }
    };
  }

  /** A bare `sum(…)` fails with a hint when there is a function `$sum`. */
  private missingFunction(
    procedure: JsonataNode,
    code: string,
  ): ((frame: Frame | undefined, run: Run) => void) | undefined {
    const name = procedure.kind === 'path' ? nameOfProcedure(procedure) : undefined;
    if (name === undefined) return undefined;
    const builtIn = builtInFunction(name);
    return (frame, run) => {
      const known = findBinding(frame, name)?.value ?? run.variables(name) ?? builtIn;
      if (known) throw new Failure(code, { token: name });
    };
  }

  private partial(node: PartialNode): Evaluator {
    const procedure = this.compile(node.procedure);
    const parameters = node.arguments.map(argument => argument && this.compile(argument));
    const token = nameOfProcedure(node.procedure);
    const missing = this.missingFunction(node.procedure, 'T1007');
    return (input, frame, run) => {
      const given = parameters.map(parameter => parameter?.(input, frame, run));
      const called = procedure(input, frame, run);
      if (called === undefined) missing?.(frame, run);
      if (!(called instanceof Callable)) throw new Failure('T1008', token === undefined ? {} : { token });
      return partiallyApplied(called, given, parameters);
    };
  }

  private lambda(node: LambdaNode): Evaluator {
    const outerLevel = this.level;
    this.level = 0;
    const body = this.compileConditional(node.body);
    this.level = outerLevel;
    const parameters = node.parameters.map(parameter => parameter.name);
    const { signature } = node;
    return (input, frame) => new Lambda(parameters, signature, body, input, frame);
  }

  /** Evaluated where the function was called, not inside it: levels are counted from there. */
  private tailCall(call: CallNode): Evaluator {
    const outerLevel = this.level;
    this.level = 0;
    const procedure = this.compileConditional(call.procedure);
    const parameters = call.arguments.map(argument => this.compileConditional(argument));
    this.level = outerLevel;
    const token = call.procedure.kind === 'variable' ? call.procedure.name : undefined;
    return (input, frame) => new TailCall(procedure, parameters, token, input, frame);
  }

  private condition(node: ConditionNode): Evaluator {
    const condition = this.compile(node.condition);
    const whenTrue = this.compileConditional(node.whenTrue);
    const whenFalse = node.whenFalse && this.compileConditional(node.whenFalse);
    return (input, frame, run) => {
      if (truthOf(condition(input, frame, run), run)) return whenTrue(input, frame, run);
      return whenFalse?.(input, frame, run);
    };
  }

  private transform(node: TransformNode): Evaluator {
    const cloner = this.variable({ ...node, kind: 'variable', name: 'clone' });
    return compileTransform(node, cloner, this);
  }

  private block(expressions: readonly JsonataNode[]): Evaluator {
    const before = this.bindings;
    const parts = expressions.map(part => this.compile(part));
    const needsFrame = this.bindings > before;
    const [only] = parts;
    if (parts.length === 1 && only && !needsFrame) return only;
    return (input, frame, run) => {
      const inner = needsFrame ? new Frame(frame) : frame;
      let value: Value;
      for (const part of parts) value = part(input, inner, run);
      return value;
    };
  }
}

/** Kinds whose own value is never a sequence of the evaluator's making, or is one already made a value. */
const NEVER_SEQUENCES: ReadonlySet<JsonataNode['kind']> = new Set([
  'string',
  'number',
  'constant',
  'regex',
  'negate',
  'array',
  'object',
  'lambda',
  'tailCall',
  'partial',
  'transform',
  'bind',
  'block',
  'condition',
] as const);

function isNeverSequence(node: JsonataNode): boolean {
  return node.kind === 'binary' ? node.operator !== '..' : NEVER_SEQUENCES.has(node.kind);
}

function nameOfProcedure(procedure: JsonataNode): string | undefined {
  if (procedure.kind === 'variable') return procedure.name;
  const first = procedure.kind === 'path' ? procedure.steps[0] : undefined;
  return first?.kind === 'name' || first?.kind === 'variable' ? first.name : undefined;
}

function passed(value: Callable): Callable {
  return value instanceof PassedFunction ? value : new PassedFunction(value);
}

function atLevel(level: number, run: Run, action: () => Value): Value {
  const { depth } = run;
  run.depth = depth + level;
  const result = action();
  run.depth = depth;
  return result;
}

function partiallyApplied(
  procedure: Callable,
  given: readonly Value[],
  parameters: readonly (Evaluator | undefined)[],
): Callable {
  const target = procedure instanceof PassedFunction ? procedure.target : procedure;
  const arity = Math.max(target.arity, target.signature?.parameters.length ?? 0);
  // The package binds names, so that what exceeds them is dropped and the signature is not checked.
  const open = Array.from({ length: arity }, (_, index) => index).filter(
    index => index < parameters.length && parameters[index] === undefined,
  );
  return new NativeFunction(open.length, undefined, (later, run) => {
    const all = Array.from({ length: arity }, (_, index) => {
      const place = open.indexOf(index);
      return place === -1 ? given[index] : later[place];
    });
    if (target instanceof NativeFunction) return target.implementation(all, run);
    if (!(target instanceof Lambda)) return apply(target, all, null, run);
    const { parameters: names, body, input, frame } = target;
    return apply(new Lambda(names, undefined, body, input, frame), all, null, run);
  });
}

function wildcard(given: Value, _frame: Frame | undefined, run: Run): Value {
  const input =
    isArray(given) && ((given.flags ?? 0) & OUTER_WRAPPER) !== 0 && given.length > 0 ? given[0] : given;
  let found: OwnArray = newSequence();
  if (!isObject(input) && !isArray(input)) return found;
  for (const value of isArray(input) ? input : Object.values(input)) {
    run.step();
    if (isArray(value)) {
      // Once it has taken an array apart, the package's result is no sequence any more.
      found = Array.from(found);
      flattenInto(found, value, run, 0);
    } else {
      run.push(found, value);
    }
  }
  return found;
}

function flattenInto(found: OwnArray, value: Value, run: Run, nesting: number): void {
  run.step();
  if (nesting > MAX_NESTING) throw new Exhausted('depth');
  if (isArray(value)) for (const item of value) flattenInto(found, item, run, nesting + 1);
  else run.push(found, value);
}

const MAX_NESTING = 2_000;

function descendants(input: Value, _frame: Frame | undefined, run: Run): Value {
  if (input === undefined) return undefined;
  const found = newSequence();
  descend(found, input, run, 0);
  return found.length === 1 ? found[0] : found;
}

function descend(found: OwnArray, value: Value, run: Run, nesting: number): void {
  run.step();
  if (nesting > MAX_NESTING) throw new Exhausted('depth');
  if (isArray(value)) {
    for (const item of value) descend(found, item, run, nesting + 1);
    return;
  }
  run.push(found, value);
  if (isObject(value)) for (const item of Object.values(value)) descend(found, item, run, nesting + 1);
}

/** Every name that `:=`, a parameter, `@`, `#` or `%` gives a value anywhere in the expression. */
function declaredNames(ast: JsonataNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, role } of jsonataReferences(ast).variables) if (role === 'definition') names.add(name);
  return names;
}
