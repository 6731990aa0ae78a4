import { payloadSuffix } from '#core/expressions/intrinsic/payloadValue.ts';
import type { JsonPath, PathStep } from '#core/expressions/jsonPath/ast.ts';
import type { Json } from '#core/json.ts';
import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import { integrationPattern, resultOf as integrationResult } from '#core/language/services/integration.ts';
import type { ServiceCatalogue } from '#core/language/services/catalogue.ts';
import { lazy } from '#core/lazy.ts';
import type { Scope, State, StateMachine, Transition } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { literal, ShapeEvaluator, type Meaning } from './evaluateShape.ts';
import type { ExpressionSite, ExpressionSites, Part } from './expressionSites.ts';
import type { Flow } from './flow.ts';
import {
  anyNumber,
  anyString,
  arrayOf,
  join,
  joinAll,
  lookup,
  objectOf,
  openObject,
  shapeOfExample,
  shapeOfFields,
  tupleOf,
  unknown,
  withMember,
  type Lookup,
  type Shape,
} from './shape.ts';
import type { TaskCall } from './taskCalls.ts';
import type { Variable, Variables } from './variables.ts';

/** Values that were seen at a state: of recorded executions, mocks, or examples in the file. */
export interface Samples {
  readonly executionInput: Json | undefined;
  resultOf(state: State): Json | undefined;
  /** Error Names that the state's work was seen to fail with. */
  errorsOf(state: State): readonly string[];
}

/** What is known of the data of a state machine without running it. Everything else is `unknown`. */
export interface Shapes {
  /** The state input, before InputPath. */
  inputOf(state: State): Shape;
  /** What the state works on: after InputPath and Parameters, or Arguments. */
  taskInputOf(state: State): Shape;
  /** What the work gives: before ResultSelector, or `$states.result`. */
  resultOf(state: State): Shape;
  /** What goes to `Next`, or out of the scope. */
  outputOf(state: State): Shape;
  variableShape(variable: Variable): Shape;
  /** What `$` is in an expression of JSONPath; nothing where it names a place to write to. */
  documentAt(site: ExpressionSite): Shape | undefined;
  /** What `$states` is in an expression of JSONata. */
  statesAt(site: ExpressionSite): Shape;
  /** The Context Object, `$$` or `$states.context`. */
  contextAt(site: ExpressionSite): Shape;
  /** Where a path of an expression leads. */
  lookupPath(site: ExpressionSite, path: JsonPath): Lookup | undefined;
}

export interface ShapeSources {
  readonly machine: StateMachine;
  readonly flow: Flow;
  readonly sites: ExpressionSites;
  readonly variables: Variables;
  readonly taskCalls: readonly TaskCall[];
  readonly services: ServiceCatalogue | undefined;
  readonly samples: Samples | undefined;
}

export function analyzeShapes(sources: ShapeSources): Shapes {
  return new ShapeAnalysis(sources);
}

/** What came in at each state of a scope, and what comes out of the scope. */
interface Run {
  readonly inputs: ReadonlyMap<State, Shape>;
  readonly output: Shape;
}

/** What the stages of one state give for one input. */
interface Stages {
  readonly input: Shape;
  readonly effective: Shape;
  taskInput(): Shape;
  result(): Shape;
  /** JSONPath: after ResultPath. */
  placed(): Shape;
}

/** Deeper nesting of Map and Parallel is not followed while an outer scope is computed. */
const deepestScope = 6;

class ShapeAnalysis implements Shapes {
  readonly #sources: ShapeSources;
  readonly #runs = new Map<Scope, { readonly input: Shape; readonly run: Run }>();
  readonly #finalRuns = new Map<Scope, Run>();
  readonly #stages = new Map<State, Stages>();
  readonly #variables = new Map<Variable, Shape | 'computing'>();
  readonly #constants = new Map<Variable, Shape | 'computing'>();
  readonly #evaluator: ShapeEvaluator;
  readonly #calls: () => ReadonlyMap<State, TaskCall>;
  /** How many scopes are being computed. While one is, variables are known by their constants only. */
  #depth = 0;

  constructor(sources: ShapeSources) {
    this.#sources = sources;
    this.#evaluator = new ShapeEvaluator(sources.sites, (name, state) => {
      const variable = sources.variables.resolve(name, state);
      return variable ? this.variableShape(variable) : unknown;
    });
    this.#calls = lazy(() => new Map(sources.taskCalls.map(call => [call.state, call])));
  }

  inputOf(state: State): Shape {
    return this.#final(state.scope).inputs.get(state) ?? unknown;
  }

  taskInputOf(state: State): Shape {
    return this.#finalStages(state).taskInput();
  }

  resultOf(state: State): Shape {
    return this.#finalStages(state).result();
  }

  outputOf(state: State): Shape {
    return this.#output(state, this.#finalStages(state));
  }

  documentAt(site: ExpressionSite): Shape | undefined {
    const { state, part, field } = site;
    if (field === 'ResultPath') return undefined;
    if (part.kind === 'Catch') return errorOutput;
    const stages = this.#finalStages(state);
    switch (field) {
      case 'InputPath':
      case 'ErrorPath':
      case 'CausePath':
        return stages.input;
      case 'ResultSelector':
        return stages.result();
      case 'OutputPath':
        return stages.placed();
      case 'Assign':
        return worksOnInput(state) ? stages.effective : stages.result();
      default:
        return stages.effective;
    }
  }

  statesAt(site: ExpressionSite): Shape {
    return this.#meaningAt(site, this.#finalStages(site.state)).states;
  }

  contextAt(site: ExpressionSite): Shape {
    return this.#meaningAt(site, this.#finalStages(site.state)).context;
  }

  lookupPath(site: ExpressionSite, path: JsonPath): Lookup | undefined {
    switch (path.origin.kind) {
      case 'document': {
        const document = this.documentAt(site);
        return document && lookup(document, path.steps);
      }
      case 'variable': {
        const variable = this.#sources.variables.resolve(path.origin.name, site.state);
        return variable && lookup(this.variableShape(variable), path.steps);
      }
      default:
        return undefined;
    }
  }

  variableShape(variable: Variable): Shape {
    return this.#variableShape(variable, this.#depth > 0 ? this.#constants : this.#variables);
  }

  #variableShape(variable: Variable, known: Map<Variable, Shape | 'computing'>): Shape {
    const shape = known.get(variable);
    if (shape === 'computing') return unknown;
    if (shape) return shape;
    known.set(variable, 'computing');
    let joined: Shape | undefined;
    for (const { state, part, property } of variable.assignments) {
      if (!property.value) continue;
      const meaning =
        known === this.#constants
          ? { state, document: unknown, states: unknown, context: unknown }
          : this.#meaning(state, this.#finalStages(state), momentOf(state, part, 'Assign'));
      const isExpression = state.queryLanguage === 'JSONata' || property.key.value.endsWith(payloadSuffix);
      const value =
        property.value.kind === 'string' && !isExpression
          ? literal(property.value)
          : this.#evaluator.value(property.value, meaning, { state, field: 'Assign' }, 0);
      joined = joined ? join(joined, value) : value;
    }
    known.set(variable, joined ?? unknown);
    return joined ?? unknown;
  }

  // Scopes

  #final(scope: Scope): Run {
    const known = this.#finalRuns.get(scope);
    if (known) return known;
    const { owner } = scope;
    const input = owner
      ? this.#innerInput(owner, this.#finalStages(owner))
      : shapeOfExample(this.#sources.samples?.executionInput);
    const run = this.#run(scope, input);
    this.#finalRuns.set(scope, run);
    return run;
  }

  #finalStages(state: State): Stages {
    return this.#stagesFor(state, this.inputOf(state));
  }

  #run(scope: Scope, input: Shape): Run {
    const known = this.#runs.get(scope);
    if (known && join(known.input, input) === known.input && join(input, known.input) === input) {
      return known.run;
    }
    this.#depth++;
    const run = this.#compute(scope, input);
    this.#depth--;
    this.#runs.set(scope, { input, run });
    return run;
  }

  /** Carries shapes along the edges until nothing changes; what keeps changing in a loop is unknown. */
  #compute(scope: Scope, input: Shape): Run {
    const { flow } = this.#sources;
    const order = reversePostorder(scope, flow);
    const inputs = new Map<State, Shape>();
    const outputs = new Map<State, Shape>();
    const done = new Map<State, Shape>();
    const [start] = order;
    if (start) inputs.set(start, input);
    for (let round = 0, isChanged = true; isChanged; round++) {
      isChanged = false;
      for (const state of order) {
        const at = inputs.get(state);
        if (!at || done.get(state) === at) continue;
        done.set(state, at);
        const stages = this.#stagesFor(state, at);
        if (state.isTerminal) outputs.set(state, this.#output(state, stages));
        for (const { to, transition } of flow.successors(state)) {
          if (!to || !transition) continue;
          const along = this.#along(transition, state, stages);
          const before = inputs.get(to);
          const after = before ? join(before, along) : along;
          if (after === before) continue;
          inputs.set(to, round < 2 ? after : unknown);
          isChanged = true;
        }
      }
    }
    return { inputs, output: joinAll([...outputs.values()]) };
  }

  /** What each branch or iteration starts with. */
  #innerInput(state: State, stages: Stages): Shape {
    if (state.type === 'Parallel') return stages.taskInput();
    if (state.type !== 'Map') return unknown;
    const { node } = state;
    const item = this.#itemOf(state, stages);
    const selector = valueOf(node, 'ItemSelector') ?? valueOf(node, 'Parameters');
    const meaning = this.#meaning(state, stages, 'before');
    const selected = selector
      ? this.#evaluator.template(
          selector,
          { ...meaning, context: contextWith(item) },
          { state, field: 'ItemSelector' },
        )
      : item;
    if (!propertyOf(node, 'ItemBatcher')) return selected;
    return openObject({ Items: arrayOf(selected) });
  }

  #itemOf(state: State, stages: Stages): Shape {
    const { node } = state;
    if (propertyOf(node, 'ItemReader')) return unknown;
    const itemsNode = valueOf(node, 'Items') ?? valueOf(node, 'ItemsPath');
    const meaning = this.#meaning(state, stages, 'before');
    const items = itemsNode
      ? this.#evaluator.value(itemsNode, meaning, { state, field: 'Items' }, 0)
      : stages.effective;
    return items.kind === 'array' ? items.element : unknown;
  }

  // Stages

  #stagesFor(state: State, input: Shape): Stages {
    const known = this.#stages.get(state);
    if (known?.input === input) return known;
    const effective = state.queryLanguage === 'JSONata' ? input : this.#select(state, 'InputPath', input);
    const stages: Stages = {
      input,
      effective,
      taskInput: lazy(() => this.#taskInput(state, stages)),
      result: lazy(() => this.#result(state, stages)),
      placed: lazy(() => this.#placed(state, stages)),
    };
    this.#stages.set(state, stages);
    return stages;
  }

  #taskInput(state: State, stages: Stages): Shape {
    const field = state.queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters';
    const template = state.type === 'Map' ? undefined : valueOf(state.node, field);
    if (!template) return stages.effective;
    return this.#evaluator.template(template, this.#meaning(state, stages, 'before'), { state, field });
  }

  #result(state: State, stages: Stages): Shape {
    switch (state.type) {
      case 'Pass': {
        const result = state.queryLanguage === 'JSONPath' ? valueOf(state.node, 'Result') : undefined;
        return result ? literal(result, { state, field: 'Result' }) : stages.taskInput();
      }
      case 'Task':
        return this.#taskResult(state);
      case 'Parallel':
        if (this.#depth > deepestScope) return unknown;
        return tupleOf(
          state.branches.map(branch => this.#run(branch, this.#innerInput(state, stages)).output),
        );
      case 'Map':
        if (!state.processor || propertyOf(state.node, 'ResultWriter') || this.#depth > deepestScope)
          return unknown;
        return arrayOf(this.#run(state.processor, this.#innerInput(state, stages)).output);
      default:
        return stages.effective;
    }
  }

  #taskResult(state: State): Shape {
    const { services, samples } = this.#sources;
    const sample = samples && shapeOfExample(samples.resultOf(state));
    if (sample && sample.kind !== 'unknown') return sample;
    const call = this.#calls().get(state);
    if (!call || !services || call.resolution.kind !== 'known') return unknown;
    const { resource } = call;
    if (resource.kind !== 'optimized' && resource.kind !== 'sdk') return unknown;
    const pattern = integrationPattern(resource);
    if (pattern === undefined || pattern === 'unknown') return unknown;
    const fields = integrationResult(call.resolution.integration, pattern, services);
    return fields ? shapeOfFields(fields) : unknown;
  }

  /** JSONPath: the effective result in the raw input. */
  #placed(state: State, stages: Stages): Shape {
    if (worksOnInput(state)) return stages.effective;
    const selector = valueOf(state.node, 'ResultSelector');
    const selected = selector
      ? this.#evaluator.template(selector, this.#meaning(state, stages, 'done'), {
          state,
          field: 'ResultSelector',
        })
      : stages.result();
    return this.#place(state.node, stages.input, selected);
  }

  #place(node: ObjectNode, input: Shape, value: Shape): Shape {
    const resultPath = valueOf(node, 'ResultPath');
    if (!resultPath) return value;
    if (resultPath.kind === 'null') return input;
    const expression = this.#evaluator.expressionOf(resultPath);
    if (expression?.kind !== 'path' || !expression.path || expression.errors.length > 0) return unknown;
    const names = namesOf(expression.path.steps);
    return names ? withMember(input, names, value) : unknown;
  }

  #output(state: State, stages: Stages): Shape {
    if (state.queryLanguage === 'JSONPath') return this.#select(state, 'OutputPath', stages.placed());
    const output = valueOf(state.node, 'Output');
    if (!output) return worksOnInput(state) || state.type === 'Pass' ? stages.input : stages.result();
    return this.#evaluator.value(output, this.#meaning(state, stages, 'done'), { state, field: 'Output' }, 0);
  }

  #along(transition: Transition, state: State, stages: Stages): Shape {
    const { kind, node } = transition;
    if (kind === 'Catch') {
      if (state.queryLanguage === 'JSONPath') return this.#place(node, stages.input, errorOutput);
      const output = valueOf(node, 'Output');
      if (!output) return errorOutput;
      return this.#evaluator.value(
        output,
        this.#meaning(state, stages, 'caught'),
        { state, field: 'Output' },
        0,
      );
    }
    if (kind !== 'Choice' || state.queryLanguage === 'JSONPath') return this.#output(state, stages);
    const output = valueOf(node, 'Output');
    if (!output) return stages.input;
    return this.#evaluator.value(output, this.#meaning(state, stages, 'done'), { state, field: 'Output' }, 0);
  }

  /** InputPath and OutputPath. */
  #select(state: State, field: 'InputPath' | 'OutputPath', from: Shape): Shape {
    const node = valueOf(state.node, field);
    if (!node) return from;
    if (node.kind === 'null') return objectOf([], false, { state, field });
    const meaning = { state, document: from, states: unknown, context };
    return this.#evaluator.value(node, meaning, { state, field }, 0);
  }

  // Expressions

  #meaningAt(site: ExpressionSite, stages: Stages): Meaning {
    const meaning = this.#meaning(site.state, stages, momentOf(site.state, site.part, site.field));
    if (site.state.type !== 'Map' || (site.field !== 'ItemSelector' && site.field !== 'Parameters'))
      return meaning;
    const context = contextWith(this.#itemOf(site.state, stages));
    return { ...meaning, context, states: withMember(meaning.states, ['context'], context) };
  }

  #meaning(state: State, stages: Stages, moment: Moment): Meaning {
    if (state.queryLanguage === 'JSONPath') {
      return { state, document: this.#document(stages, moment), states: unknown, context };
    }
    const members: [string, Shape][] = [
      ['input', stages.input],
      ['context', context],
    ];
    if (moment === 'caught') members.push(['errorOutput', errorOutput]);
    else if (moment === 'done') members.push(['result', stages.result()]);
    return { state, document: unknown, states: objectOf(members, true, undefined), context };
  }

  #document(stages: Stages, moment: Moment): Shape {
    if (moment === 'caught') return errorOutput;
    return moment === 'done' ? stages.result() : stages.effective;
  }
}

/** When an expression is evaluated: before the work, when it is done, or when it has failed and was caught. */
type Moment = 'before' | 'done' | 'caught';

function momentOf(state: State, part: Part, field: string): Moment {
  if (part.kind === 'Catch') return 'caught';
  return (field === 'Output' || field === 'Assign') && !worksOnInput(state) ? 'done' : 'before';
}

/** The Error Output: AWS gives these two members, whatever has failed. */
const errorOutput: Shape = objectOf(Object.entries({ Error: anyString, Cause: anyString }), false, undefined);

/** States whose output comes from their input, because they do no work. */
function worksOnInput({ type }: State): boolean {
  return type === 'Choice' || type === 'Wait' || type === 'Succeed' || type === 'Fail' || type === 'Unknown';
}

/** The Context Object while no item is prepared. */
const context: Shape = shapeOfContext(contextMembers.filter(({ when }) => when !== 'map'));

const mapContext: Shape = shapeOfContext(contextMembers.filter(({ when }) => when === 'map'));

/** The Context Object while a Map prepares an item. */
function contextWith(item: Shape): Shape {
  const map = lookupMember(mapContext, 'Map');
  return withMember(context, ['Map'], withMember(map, ['Item', 'Value'], item));
}

function lookupMember(shape: Shape, name: string): Shape {
  return shape.kind === 'object' ? (shape.members.get(name)?.shape ?? unknown) : unknown;
}

function shapeOfContext(members: readonly ContextMember[]): Shape {
  return objectOf(
    members.map(({ name, type, members: inner }) => {
      if (inner) return [name, shapeOfContext(inner)] as const;
      return [name, type === 'string' ? anyString : type === 'number' ? anyNumber : unknown] as const;
    }),
    true,
    undefined,
  );
}

/** The names of a Reference Path; nothing when it has other steps. */
function namesOf(steps: readonly PathStep[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'child') return undefined;
    names.push(step.name);
  }
  return names;
}

/** The reachable states so that each stands behind all that lead to it, but for loops. */
function reversePostorder(scope: Scope, flow: Flow): readonly State[] {
  const start = scope.startAt && scope.stateByName.get(scope.startAt.value);
  if (!start) return [];
  const order: State[] = [];
  const met = new Set<State>([start]);
  const frames: { readonly state: State; next: number }[] = [{ state: start, next: 0 }];
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const edges = flow.successors(frame.state);
    const edge = edges[edges.length - 1 - frame.next++];
    if (!edge) {
      order.push(frame.state);
      frames.pop();
    } else if (edge.to && !met.has(edge.to)) {
      met.add(edge.to);
      frames.push({ state: edge.to, next: 0 });
    }
  }
  return order.reverse();
}
