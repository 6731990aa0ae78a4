import type {
  BlockNode,
  CallNode,
  ConditionNode,
  Filter,
  JsonataNode,
  NameNode,
  PathNode,
  Pair,
  ParentSlot,
  Stage,
  VariableNode,
  WildcardNode,
} from './ast.ts';
import type { GrammarError } from './grammar.ts';
import type { Syntax, SyntaxPair } from './syntax.ts';

/**
 * Makes the tree the evaluator works on: paths become lists of steps, predicates move onto their
 * steps, calls in tail position are marked, and each `%` finds the step whose input it means.
 *
 * It follows the second pass of the `jsonata` package rule by rule, for what an expression means
 * is decided here as much as in the evaluator.
 */
export function buildAst(syntax: Syntax, report: (error: GrammarError) => void): JsonataNode {
  return new AstBuilder(report).buildWhole(syntax);
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };
type DraftNode = {
  [K in JsonataNode['kind']]: Draft<Extract<JsonataNode, { kind: K }>>;
}[JsonataNode['kind']];

interface SlotDraft extends ParentSlot {
  label: string;
  /** How many steps up the value still is. */
  level: number;
  readonly index: number;
}

const NONE: readonly never[] = [];

/** Lives for one expression: the labels given to `%` and where each is still to be found. */
class AstBuilder {
  private readonly report: (error: GrammarError) => void;
  private readonly slots: SlotDraft[] = [];
  /** The `%` below a node that have not found their step; kept when found, as `jsonata` does. */
  private readonly seeking = new Map<JsonataNode, SlotDraft[]>();
  private readonly slotOf = new Map<ParentSlot, SlotDraft>();

  constructor(report: (error: GrammarError) => void) {
    this.report = report;
  }

  buildWhole(syntax: Syntax): JsonataNode {
    const whole = this.build(syntax);
    if (whole.kind === 'parent' || this.seeking.has(whole)) this.noParent(whole);
    return whole;
  }

  private build(syntax: Syntax): DraftNode {
    const node = this.buildPlain(syntax);
    if (syntax.keepArray) node.keepArray = true;
    return node;
  }

  private buildPlain(syntax: Syntax): DraftNode {
    const base = baseOf(syntax);
    switch (syntax.kind) {
      case 'string':
        return { kind: 'string', value: syntax.value, ...base };
      case 'number':
        return { kind: 'number', value: syntax.value, ...base };
      case 'constant':
        return { kind: 'constant', value: syntax.value, ...base };
      case 'regex':
        return { kind: 'regex', pattern: syntax.pattern, flags: syntax.flags, ...base };
      case 'variable':
        return { kind: 'variable', name: syntax.name, ...base };
      case 'name': {
        const name: Draft<NameNode> = {
          kind: 'name',
          name: syntax.name,
          ...base,
          keepArray: syntax.keepArray,
        };
        return { kind: 'path', steps: [name], keepSingletonArray: syntax.keepArray, ...base };
      }
      case 'wildcard':
        return { kind: 'wildcard', ...base };
      case 'descendant':
        return { kind: 'descendant', ...base };
      case 'parent':
        return { kind: 'parent', slot: this.newSlot(), ...base };
      case 'openArgument':
        return { kind: 'error', parts: NONE, ...base };
      case 'map':
      case 'binary':
        return this.chain(syntax);
      case 'apply': {
        const lhs = this.build(syntax.lhs);
        const rhs = this.build(syntax.rhs);
        return { kind: 'apply', lhs, rhs, ...base, keepArray: lhs.keepArray || rhs.keepArray };
      }
      case 'filter':
        return this.filter(syntax);
      case 'group':
        return this.group(syntax);
      case 'sort':
        return this.sort(syntax);
      case 'bind': {
        const variable = this.build(syntax.variable);
        const value = this.build(syntax.value);
        if (variable.kind !== 'variable') throw new Error('bug: := without a variable');
        return this.inheriting({ kind: 'bind', variable, value, ...base }, [value]);
      }
      case 'focus':
        return this.focus(syntax);
      case 'index':
        return this.index(syntax);
      case 'negate': {
        const operand = this.build(syntax.operand);
        if (operand.kind === 'number') return { ...operand, value: -operand.value, start: base.start };
        return this.inheriting({ kind: 'negate', operand, ...base }, [operand]);
      }
      case 'array': {
        const items = syntax.items.map(item => this.build(item));
        return this.inheriting({ kind: 'array', items, consarray: false, ...base }, items);
      }
      case 'object': {
        const pairs = this.pairs(syntax.pairs);
        return this.inheriting(
          { kind: 'object', pairs, ...base },
          pairs.flatMap(p => [p.key, p.value]),
        );
      }
      case 'call':
        return this.call(syntax);
      case 'lambda': {
        const parameters: VariableNode[] = [];
        for (const parameter of syntax.parameters) {
          const node = this.build(parameter);
          if (node.kind === 'variable') parameters.push(node);
        }
        const body = tailCall(this.build(syntax.body));
        return { kind: 'lambda', parameters, signature: syntax.signature, body, ...base };
      }
      case 'condition': {
        const condition = this.build(syntax.condition);
        const whenTrue = this.build(syntax.whenTrue);
        const whenFalse = syntax.whenFalse && this.build(syntax.whenFalse);
        const node: DraftNode = { kind: 'condition', condition, whenTrue, whenFalse, ...base };
        return this.inheriting(node, whenFalse ? [condition, whenTrue, whenFalse] : [condition, whenTrue]);
      }
      case 'transform':
        return {
          kind: 'transform',
          pattern: this.build(syntax.pattern),
          update: this.build(syntax.update),
          delete: syntax.delete && this.build(syntax.delete),
          ...base,
        };
      case 'block': {
        const expressions = syntax.expressions.map(part => this.build(part));
        const consarray = expressions.some(part => isConsarray(part.kind === 'path' ? part.steps[0] : part));
        return this.inheriting({ kind: 'block', expressions, consarray, ...base }, expressions);
      }
      case 'error':
        return { kind: 'error', parts: syntax.parts.map(part => this.build(part)), ...base };
    }
  }

  /** Builds `a.b.c` and `a + b + c` in a loop: text with thousands of operators must not nest calls. */
  private chain(syntax: Syntax): DraftNode {
    const links: Extract<Syntax, { kind: 'map' | 'binary' }>[] = [];
    let first = syntax;
    while (first.kind === 'map' || first.kind === 'binary') {
      links.push(first);
      first = first.lhs;
    }
    let left = this.build(first);
    let stepsRead = 0;
    for (const link of links.reverse()) {
      const right = this.build(link.rhs);
      if (link.kind === 'map') {
        const path = this.map(left, right, stepsRead, link);
        stepsRead = path.steps.length;
        left = path;
      } else {
        const { operator } = link;
        stepsRead = 0;
        left = this.inheriting({ kind: 'binary', operator, lhs: left, rhs: right, ...baseOf(link) }, [
          left,
          right,
        ]);
      }
      if (link.keepArray) left.keepArray = true;
    }
    return left;
  }

  private map(left: DraftNode, right: DraftNode, stepsRead: number, syntax: Syntax): Draft<PathNode> {
    const base = baseOf(syntax);
    const path: Draft<PathNode> =
      left.kind === 'path' ? left : { kind: 'path', steps: [left], keepSingletonArray: false, ...base };
    if (left.kind === 'parent') this.seeking.set(path, [this.slotFor(left.slot)]);
    const steps = mutableSteps(path);
    if (right.kind === 'path') {
      for (const step of right.steps) steps.push(step);
    } else {
      if (right.predicates.length > 0) {
        right.stages = right.predicates;
        right.predicates = NONE;
      }
      steps.push(right);
    }
    path.end = syntax.end;
    this.readSteps(path, stepsRead);
    this.resolveParents(path);
    return path;
  }

  /** Gives the steps from `from` on their meaning as steps: `"a"` is a name, a number is refused. */
  private readSteps(path: Draft<PathNode>, from: number): void {
    const steps = mutableSteps(path);
    for (let index = from; index < steps.length; index++) {
      const step = steps[index];
      if (step === undefined) continue;
      if (step.kind === 'number' || step.kind === 'constant') {
        this.report({ code: 'S0213', value: step.value, start: step.start, end: step.end });
      }
      if (step.kind === 'string') {
        const { value, ...rest } = step;
        steps[index] = { ...rest, kind: 'name', name: value };
      }
      if (step.keepArray) path.keepSingletonArray = true;
    }
    markConsarray(steps[0]);
    markConsarray(steps.at(-1));
  }

  private filter(syntax: Extract<Syntax, { kind: 'filter' }>): DraftNode {
    const node = this.build(syntax.lhs);
    const step = lastStep(node);
    if (step.group !== undefined) this.report({ code: 'S0209', start: syntax.bracket, end: syntax.end });
    const condition = this.build(syntax.condition);
    const sought = this.seeking.get(condition);
    if (sought) {
      for (const slot of sought) {
        if (slot.level === 1) this.seekParent(step, slot);
        else slot.level--;
      }
      this.inheriting(step, [condition]);
    }
    const filter: Filter = { kind: 'filter', condition, start: syntax.bracket, end: syntax.end };
    if (node.kind === 'path') step.stages = [...step.stages, filter];
    else step.predicates = [...step.predicates, filter];
    node.end = syntax.end;
    return node;
  }

  private group(syntax: Extract<Syntax, { kind: 'group' }>): DraftNode {
    const node = this.build(syntax.lhs);
    if (node.group !== undefined) this.report({ code: 'S0210', start: syntax.brace, end: syntax.end });
    node.group = { pairs: this.pairs(syntax.pairs), start: syntax.brace, end: syntax.end };
    node.end = syntax.end;
    return node;
  }

  private sort(syntax: Extract<Syntax, { kind: 'sort' }>): DraftNode {
    const node = this.build(syntax.lhs);
    const path: Draft<PathNode> =
      node.kind === 'path'
        ? node
        : { kind: 'path', steps: [node], keepSingletonArray: false, ...baseOf(syntax) };
    const terms = syntax.terms.map(term => ({
      descending: term.descending,
      expression: this.build(term.expression),
    }));
    const base = { ...baseOf(syntax), start: syntax.caret };
    const step = this.inheriting(
      { kind: 'sort', terms, ...base },
      terms.map(term => term.expression),
    );
    mutableSteps(path).push(step);
    path.end = syntax.end;
    this.resolveParents(path);
    return path;
  }

  private focus(syntax: Extract<Syntax, { kind: 'focus' | 'index' }>): DraftNode {
    const node = this.build(syntax.lhs);
    const step = lastStep(node);
    const span = { start: syntax.sign, end: syntax.end };
    if (step.stages.length > 0 || step.predicates.length > 0) this.report({ code: 'S0215', ...span });
    if (step.kind === 'sort') this.report({ code: 'S0216', ...span });
    if (syntax.keepArray) step.keepArray = true;
    step.focus = syntax.variable;
    step.tuple = true;
    node.end = syntax.end;
    return node;
  }

  private index(syntax: Extract<Syntax, { kind: 'focus' | 'index' }>): DraftNode {
    const node = this.build(syntax.lhs);
    const step = lastStep(node);
    let path = node;
    if (node.kind !== 'path') {
      path = { kind: 'path', steps: [node], keepSingletonArray: false, ...baseOf(syntax) };
      if (step.predicates.length > 0) {
        step.stages = step.predicates;
        step.predicates = NONE;
      }
    }
    if (step.stages.length === 0) {
      step.index = syntax.variable;
    } else {
      const stage: Stage = { kind: 'index', variable: syntax.variable, start: syntax.sign, end: syntax.end };
      step.stages = [...step.stages, stage];
    }
    step.tuple = true;
    path.end = syntax.end;
    return path;
  }

  private pairs(pairs: readonly SyntaxPair[]): readonly Pair[] {
    return pairs.map(pair => ({ key: this.build(pair.key), value: this.build(pair.value) }));
  }

  private call(syntax: Extract<Syntax, { kind: 'call' }>): DraftNode {
    const parts = syntax.arguments.map(part => (part.kind === 'openArgument' ? undefined : this.build(part)));
    const given = parts.filter(part => part !== undefined);
    const procedure = this.build(syntax.procedure);
    const base = baseOf(syntax);
    const node: DraftNode =
      given.length < parts.length
        ? { kind: 'partial', procedure, arguments: parts, ...base }
        : { kind: 'call', procedure, arguments: given, ...base };
    return this.inheriting(node, given);
  }

  private newSlot(): ParentSlot {
    const index = this.slots.length;
    const slot: SlotDraft = { label: `!${index}`, level: 1, index };
    this.slots.push(slot);
    this.slotOf.set(slot, slot);
    return slot;
  }

  private slotFor(slot: ParentSlot): SlotDraft {
    const draft = this.slotOf.get(slot);
    if (draft === undefined) throw new Error('bug: a parent operator without its slot');
    return draft;
  }

  /** Hands the unresolved `%` of `parts` up to `node`. */
  private inheriting<T extends DraftNode>(node: T, parts: readonly JsonataNode[]): T {
    for (const part of parts) {
      const sought = this.seeking.get(part);
      if (sought === undefined && part.kind !== 'parent') continue;
      const slots = sought ?? [];
      if (part.kind === 'parent') slots.push(this.slotFor(part.slot));
      const own = this.seeking.get(node);
      if (own === undefined) this.seeking.set(node, slots);
      else own.push(...slots);
    }
    return node;
  }

  private resolveParents(path: Draft<PathNode>): void {
    const last = path.steps.at(-1);
    if (last === undefined) return;
    const slots = this.seeking.get(last) ?? [];
    if (last.kind === 'parent') slots.push(this.slotFor(last.slot));
    const steps = mutableSteps(path);
    for (const slot of slots) {
      let index = steps.length - 2;
      while (slot.level > 0) {
        let step = steps[index--];
        if (step === undefined) {
          const unresolved = this.seeking.get(path);
          if (unresolved) unresolved.push(slot);
          else this.seeking.set(path, [slot]);
          break;
        }
        // Steps in a row that bind their focus all work on the same input.
        while (step.focus !== undefined && steps[index]?.focus !== undefined) step = steps[index--] ?? step;
        if (!this.seekParent(step, slot)) break;
      }
    }
  }

  /** Walks up from `node` until the slot has found its step; false when there is none to be found. */
  private seekParent(node: JsonataNode, slot: SlotDraft): boolean {
    const draft: DraftNode = node;
    switch (draft.kind) {
      case 'name':
      case 'wildcard':
        slot.level--;
        if (slot.level === 0) this.remember(draft, slot);
        return true;
      case 'parent':
        slot.level++;
        return true;
      case 'block': {
        const last = draft.expressions.at(-1);
        if (last === undefined) return true;
        draft.tuple = true;
        return this.seekParent(last, slot);
      }
      case 'path': {
        draft.tuple = true;
        for (let index = draft.steps.length - 1; index >= 0; index--) {
          const step = draft.steps[index];
          if (step === undefined || !this.seekParent(step, slot)) return false;
          if (slot.level <= 0) break;
        }
        return true;
      }
      default:
        this.noParent(draft);
        slot.level = 0;
        return false;
    }
  }

  private remember(step: Draft<NameNode> | Draft<WildcardNode>, slot: SlotDraft): void {
    if (step.ancestor !== undefined) slot.label = step.ancestor.label;
    step.ancestor = slot;
    step.tuple = true;
  }

  private noParent(node: JsonataNode): void {
    this.report({ code: 'S0217', token: node.kind, start: node.start, end: node.end });
  }
}

function baseOf(span: { readonly start: number; readonly end: number }) {
  return {
    start: span.start,
    end: span.end,
    predicates: NONE,
    stages: NONE,
    group: undefined,
    keepArray: false,
    tuple: false,
    focus: undefined,
    index: undefined,
    ancestor: undefined,
  };
}

/** The steps of a path still under construction; only the builder that made the array changes it. */
function mutableSteps(path: Draft<PathNode>): DraftNode[] {
  return path.steps as DraftNode[];
}

function lastStep(node: DraftNode): DraftNode {
  return node.kind === 'path' ? (mutableSteps(node).at(-1) ?? node) : node;
}

function isConsarray(node: JsonataNode | undefined): boolean {
  return (node?.kind === 'array' || node?.kind === 'block') && node.consarray;
}

function markConsarray(step: DraftNode | undefined): void {
  if (step?.kind === 'array') step.consarray = true;
}

/** Marks calls whose value is the value of the function they stand in. */
function tailCall(node: DraftNode): JsonataNode {
  switch (node.kind) {
    case 'call': {
      if (node.predicates.length > 0) return node;
      const call: CallNode = node;
      return { kind: 'tailCall', call, ...baseOf(node) };
    }
    case 'condition':
      return {
        ...node,
        whenTrue: tailCall(node.whenTrue),
        whenFalse: node.whenFalse && tailCall(node.whenFalse),
      } satisfies ConditionNode;
    case 'block': {
      const last = node.expressions.at(-1);
      if (last === undefined) return node;
      return { ...node, expressions: [...node.expressions.slice(0, -1), tailCall(last)] } satisfies BlockNode;
    }
    default:
      return node;
  }
}
