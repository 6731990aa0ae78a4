import type { JsonataNode, Pair, PathNode, StepVariable } from './ast.ts';

/** A variable where it is read or given its value; the span is that of the name, without `$`. */
export interface VariableReference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly role: 'read' | 'definition';
  /**
   * The block, function or path of this expression that defines it; two references with the same
   * name and scope are the same variable. A free variable (of the state machine, or built in) has none.
   */
  readonly scope: number | undefined;
}

/** `$order.items[0].id`: a path that starts at a variable, as far as its members are known names. */
export interface VariablePath {
  readonly variable: VariableReference;
  readonly members: readonly PathMember[];
  readonly start: number;
  readonly end: number;
}

export interface PathMember {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** A filter such as `[0]` stands behind it. */
  readonly isFiltered: boolean;
}

/** `$name(…)`; the span is that of the name, without `$`. */
export interface FunctionCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly variable: VariableReference;
  /** Counts what `~>` hands in, too. */
  readonly argumentCount: number;
  /** `$f(?, 1)`: an argument is left open. */
  readonly isPartial: boolean;
}

/**
 * A use of the input document, which a state machine's expressions do not have: a bare name, `$`,
 * `*` or `**` outside every step, filter and function, or `$$` anywhere.
 */
export interface InputUse {
  readonly kind: 'name' | '$' | '$$' | 'wildcard';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface JsonataReferences {
  readonly variables: readonly VariableReference[];
  readonly paths: readonly VariablePath[];
  readonly calls: readonly FunctionCall[];
  readonly inputUses: readonly InputUse[];
}

/**
 * Everything an expression refers to, in the order of the text's evaluation.
 *
 * `$states.input.id` is a path with the members `input` and `id`; `$eval` shows up among the
 * calls and the free variables like any other name.
 */
export function jsonataReferences(ast: JsonataNode): JsonataReferences {
  const collector = new Collector();
  collector.visit(ast, collector.newScope(undefined, false), false);
  return collector.finish();
}

interface Scope {
  readonly id: number;
  readonly parent: Scope | undefined;
  /** A function's body may run after later bindings of the scopes around it. */
  readonly isFunction: boolean;
  /** When each name was first given a value, counted in references. */
  readonly definedAt: Map<string, number>;
}

type ReferenceDraft = { -readonly [K in keyof VariableReference]: VariableReference[K] };

/** Lives for one walk over a tree. */
class Collector {
  private readonly variables: ReferenceDraft[] = [];
  private readonly scopeOf: Scope[] = [];
  private readonly paths: VariablePath[] = [];
  private readonly calls: FunctionCall[] = [];
  private readonly inputUses: InputUse[] = [];
  private scopes = 0;

  newScope(parent: Scope | undefined, isFunction: boolean): Scope {
    return { id: this.scopes++, parent, isFunction, definedAt: new Map() };
  }

  /** Scopes are resolved at the end: a function may read what is bound behind it. */
  finish(): JsonataReferences {
    for (const [order, reference] of this.variables.entries()) {
      const scope = this.scopeOf[order];
      if (scope) reference.scope = definingScope(reference.name, order, scope)?.id;
    }
    return { variables: this.variables, paths: this.paths, calls: this.calls, inputUses: this.inputUses };
  }

  /** `hasContext`: whether a step, filter or function around the node gives `$` a meaning. */
  visit(node: JsonataNode, scope: Scope, hasContext: boolean): void {
    if (node.kind === 'path') this.visitPath(node, scope, hasContext);
    else this.visitPlain(node, scope, hasContext, 0);
    this.visitDecorations(node, scope);
  }

  private visitPlain(node: JsonataNode, scope: Scope, hasContext: boolean, extraArguments: number): void {
    const visit = (part: JsonataNode): void => this.visit(part, scope, hasContext);
    switch (node.kind) {
      case 'string':
      case 'number':
      case 'constant':
      case 'regex':
      case 'parent':
        return;
      case 'wildcard':
      case 'descendant':
        if (!hasContext) this.useInput('wildcard', node.kind === 'wildcard' ? '*' : '**', node);
        return;
      case 'name':
        if (!hasContext) this.useInput('name', node.name, node);
        return;
      case 'variable':
        this.readVariable(node, scope, hasContext);
        return;
      case 'path':
        this.visitPath(node, scope, hasContext);
        return;
      case 'binary': {
        const operands: JsonataNode[] = [];
        let first: JsonataNode = node;
        while (first.kind === 'binary') {
          operands.push(first.rhs);
          first = first.lhs;
        }
        visit(first);
        for (const operand of operands.reverse()) visit(operand);
        return;
      }
      case 'bind':
        visit(node.value);
        this.define(node.variable, scope);
        return;
      case 'apply':
        visit(node.lhs);
        if (node.rhs.kind === 'call') {
          this.visitPlain(node.rhs, scope, hasContext, 1);
          this.visitDecorations(node.rhs, scope);
        } else {
          visit(node.rhs);
        }
        return;
      case 'negate':
        visit(node.operand);
        return;
      case 'array':
        node.items.forEach(visit);
        return;
      case 'object':
        this.visitPairs(node.pairs, scope, hasContext);
        return;
      case 'call':
      case 'partial': {
        const call = this.visitProcedure(node.procedure, scope, hasContext);
        for (const argument of node.arguments) if (argument) visit(argument);
        if (call === undefined) return;
        const { name, start, end } = call;
        const argumentCount = node.arguments.length + extraArguments;
        const isPartial = node.kind === 'partial';
        this.calls.push({ name, start, end, variable: call, argumentCount, isPartial });
        return;
      }
      case 'tailCall':
        visit(node.call);
        return;
      case 'lambda': {
        const body = this.newScope(scope, true);
        for (const parameter of node.parameters) this.define(parameter, body);
        this.visit(node.body, body, true);
        return;
      }
      case 'condition':
        visit(node.condition);
        visit(node.whenTrue);
        if (node.whenFalse) visit(node.whenFalse);
        return;
      case 'transform':
        this.visit(node.pattern, scope, true);
        this.visit(node.update, scope, true);
        if (node.delete) this.visit(node.delete, scope, true);
        return;
      case 'block': {
        const inner = this.newScope(scope, false);
        for (const part of node.expressions) this.visit(part, inner, hasContext);
        return;
      }
      case 'sort':
        for (const term of node.terms) this.visit(term.expression, scope, true);
        return;
      case 'error':
        node.parts.forEach(visit);
        return;
    }
  }

  private visitPath(path: PathNode, outer: Scope, hasContext: boolean): void {
    const [first, ...rest] = path.steps;
    if (first === undefined) return;
    const scope = path.steps.some(bindsVariable) ? this.newScope(outer, false) : outer;
    const before = this.variables.length;
    this.visit(first, scope, hasContext);
    const root = this.variables[before];
    if (first.kind === 'variable' && root?.end === first.end) this.addPath(root, path);
    this.defineStepVariables(first, scope);
    for (const step of rest) {
      this.visit(step, scope, true);
      this.defineStepVariables(step, scope);
    }
    this.visitGroup(path, scope);
  }

  private addPath(variable: VariableReference, path: PathNode): void {
    const members: PathMember[] = [];
    let end = variable.end;
    for (const step of path.steps.slice(1)) {
      if (step.kind !== 'name') break;
      members.push({ name: step.name, start: step.start, end: step.end, isFiltered: step.stages.length > 0 });
      end = step.end;
    }
    this.paths.push({ variable, members, start: variable.start - 1, end });
  }

  private visitDecorations(node: JsonataNode, scope: Scope): void {
    for (const filter of node.predicates) this.visit(filter.condition, scope, true);
    for (const stage of node.stages) {
      if (stage.kind === 'filter') this.visit(stage.condition, scope, true);
      else this.define(stage.variable, scope);
    }
    if (node.kind !== 'path') this.visitGroup(node, scope);
  }

  private visitGroup(node: JsonataNode, scope: Scope): void {
    if (node.group) this.visitPairs(node.group.pairs, scope, true);
  }

  private visitPairs(pairs: readonly Pair[], scope: Scope, hasContext: boolean): void {
    for (const pair of pairs) {
      this.visit(pair.key, scope, hasContext);
      this.visit(pair.value, scope, hasContext);
    }
  }

  private visitProcedure(
    node: JsonataNode,
    scope: Scope,
    hasContext: boolean,
  ): VariableReference | undefined {
    const before = this.variables.length;
    this.visit(node, scope, hasContext);
    const reference = this.variables[before];
    return node.kind === 'variable' && reference?.end === node.end ? reference : undefined;
  }

  private readVariable(variable: StepVariable, scope: Scope, hasContext: boolean): void {
    if (variable.name === '$') this.useInput('$$', '$$', variable);
    else if (variable.name !== '') this.refer(variable, 'read', scope);
    else if (!hasContext) this.useInput('$', '$', variable);
  }

  private define(variable: StepVariable, scope: Scope): void {
    if (!scope.definedAt.has(variable.name)) scope.definedAt.set(variable.name, this.variables.length);
    this.refer(variable, 'definition', scope);
  }

  private defineStepVariables(step: JsonataNode, scope: Scope): void {
    if (step.focus) this.define(step.focus, scope);
    if (step.index) this.define(step.index, scope);
  }

  private refer(variable: StepVariable, role: VariableReference['role'], scope: Scope): void {
    this.variables.push({
      name: variable.name,
      start: variable.start + 1,
      end: variable.end,
      role,
      scope: undefined,
    });
    this.scopeOf.push(scope);
  }

  private useInput(
    kind: InputUse['kind'],
    text: string,
    at: { readonly start: number; readonly end: number },
  ): void {
    this.inputUses.push({ kind, text, start: at.start, end: at.end });
  }
}

function bindsVariable(step: JsonataNode): boolean {
  return (
    step.focus !== undefined || step.index !== undefined || step.stages.some(stage => stage.kind === 'index')
  );
}

function definingScope(name: string, order: number, innermost: Scope): Scope | undefined {
  let isDeferred = false;
  for (let scope: Scope | undefined = innermost; scope; scope = scope.parent) {
    const definedAt = scope.definedAt.get(name);
    if (definedAt !== undefined && (isDeferred || definedAt <= order)) return scope;
    if (scope.isFunction) isDeferred = true;
  }
  return undefined;
}
