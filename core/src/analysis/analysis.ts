import { lazy } from '#core/lazy.ts';
import type { ServiceCatalogue } from '#core/language/services/catalogue.ts';
import type { ServiceDocumentation } from '#core/language/services/documentation.ts';
import { buildStateMachine } from '#core/model/build.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import { findDefinitions, type DefinitionSite } from '#core/embedding/definitions.ts';
import type { SyntaxTree } from '#core/syntax/node.ts';
import { parse } from '#core/syntax/parse.ts';
import type { YamlMemory } from '#core/syntax/yaml.ts';
import { lineMap, type LineMap } from '#core/text/lineMap.ts';
import type { Source } from '#core/text/source.ts';
import { contains, type Offset, type Span } from '#core/text/span.ts';
import { check, checkInSteps } from './check.ts';
import { collectChoiceRules, type ChoiceRules } from './choiceRules.ts';
import { workflowTypeIn } from './directives.ts';
import { collectErrorHandlers, type StateHandlers } from './errorHandlers.ts';
import { findFieldFaults, type FieldFault } from './fieldFaults.ts';
import { collectExpressionSites, type ExpressionSites } from './expressionSites.ts';
import { analyzeFlow, type Flow } from './flow.ts';
import type { Finding } from './finding.ts';
import { findMissingReads, type MissingRead } from './missingReads.ts';
import { analyzeNesting, type Nesting } from './nesting.ts';
import { collectReferences, type References } from './references.ts';
import { collectTaskCalls, type TaskCall } from './taskCalls.ts';
import { analyzeShapes, type Samples, type Shapes } from './shapes.ts';
import { findVariableFaults, type VariableFault } from './variableFaults.ts';
import { analyzeVariables, type Variables } from './variables.ts';

/** What is known beyond the text; comes from the host and may grow while it runs. */
export interface Knowledge {
  /** Rules about AWS services are silent without it. */
  readonly services?: ServiceCatalogue | undefined;
  /** Sentences on actions and parameters, for hover and completion. */
  readonly documentation?: ServiceDocumentation | undefined;
  /** Of the state machine, where the file does not say it. */
  readonly workflowType?: WorkflowType | undefined;
  /** The time, in milliseconds since 1970; without it no timestamp is in the past. */
  readonly now?: number | undefined;
  /** The definition that a mock or test file means by a name, where the host knows it. */
  readonly machineNamed?: ((name: string) => StateMachine | undefined) | undefined;
  /** The test cases for a state machine in the mock file that a test file names, where the host knows it. */
  readonly testCasesIn?:
    ((mockFile: string, machineName: string) => readonly string[] | undefined) | undefined;
  /** Examples of data, for what completion and hover say of inputs and results; no rule looks at them. */
  readonly samples?: Samples | undefined;
}

/** How a state machine runs; the definition itself does not say it. */
export type WorkflowType = 'STANDARD' | 'EXPRESS';

/**
 * Everything that is known about one version of one file. Immutable; each part is computed when it is
 * first asked for and kept with it, so that a keystroke costs only what its features need.
 */
export interface Analysis {
  readonly source: Source;
  readonly knowledge: Knowledge;
  readonly syntax: SyntaxTree;
  readonly lines: LineMap;
  /** The definitions in the file: one in an `.asl.json`, any number in a template, none in other files. */
  readonly machines: readonly MachineAnalysis[];
  /** In the order of the file. */
  readonly findings: readonly Finding[];
  /** The same, computed part by part with a pause after each; left unfinished, it costs no more than its parts. */
  readonly findingsInSteps: () => Generator<undefined, readonly Finding[]>;
  /** The machine whose definition the offset lies in. */
  machineAt(offset: Offset): MachineAnalysis | undefined;
}

/** What is known about one state machine of a file. */
export interface MachineAnalysis {
  readonly analysis: Analysis;
  readonly site: DefinitionSite;
  readonly machine: StateMachine;
  readonly references: References;
  readonly flow: Flow;
  /** Every string that is evaluated, and what looks as if it were. */
  readonly expressions: ExpressionSites;
  readonly variables: Variables;
  /** Where a variable may have no value. */
  readonly variableFaults: readonly VariableFault[];
  readonly shapes: Shapes;
  /**
   * The same with what the samples of `Knowledge` show. That an example lacks a field proves nothing, so rules
   * ask `shapes`; completion and hover ask these.
   */
  readonly likelyShapes: Shapes;
  /** Paths that certainly find nothing. */
  readonly missingReads: readonly MissingRead[];
  /** Where the definition departs from the specification's tables of fields. */
  readonly fieldFaults: readonly FieldFault[];
  /** Names that stand twice in an object, and what lies too deep. */
  readonly nesting: Nesting;
  readonly choiceRules: readonly ChoiceRules[];
  /** The states that retry or catch, with the Error Names they name. */
  readonly errorHandlers: readonly StateHandlers[];
  /** The Tasks with what they call. */
  readonly taskCalls: readonly TaskCall[];
  /** Unknown unless a template, a directive (`stepwise-type EXPRESS` in a `Comment`) or the host tells it. */
  readonly workflowType: WorkflowType | undefined;
  /** Whether the text inside the span could not be read, so that nothing should be called missing there. */
  isBroken(span: Span): boolean;
  /** The innermost state whose definition (name included) the offset lies in. */
  stateAt(offset: Offset): State | undefined;
}

/** With a memory of the file's other versions the result is the same, and sooner there. */
export function analyze(source: Source, knowledge: Knowledge = {}, memory?: YamlMemory): Analysis {
  const syntax = lazy(() => parse(source, memory));
  const lines = lazy(() => lineMap(source.text));
  const machines = lazy(() => findDefinitions(source, syntax()).map(site => analyzeMachine(analysis, site)));
  let findings: readonly Finding[] | undefined;
  const analysis: Analysis = {
    source,
    knowledge,
    get syntax() {
      return syntax();
    },
    get lines() {
      return lines();
    },
    get machines() {
      return machines();
    },
    get findings() {
      return (findings ??= check(analysis));
    },
    *findingsInSteps() {
      if (findings) return findings;
      for (const machine of analysis.machines) yield* computeInSteps(machine);
      return (findings ??= yield* checkInSteps(analysis));
    },
    machineAt: offset =>
      machines().find(({ site }) => site.node.start <= offset && offset <= site.node.end) ??
      (machines().length === 1 && machines()[0]?.site.kind === 'file' ? machines()[0] : undefined),
  };
  return analysis;
}

/** The parts that rules rest on and that take long in large files. */
function* computeInSteps(machine: MachineAnalysis): Generator<undefined, void> {
  const parts = ['machine', 'references', 'flow', 'expressions', 'variables', 'taskCalls', 'shapes'] as const;
  const faults = ['variableFaults', 'missingReads', 'fieldFaults', 'nesting', 'choiceRules'] as const;
  yield;
  for (const part of [...parts, ...faults]) {
    void machine[part];
    yield;
  }
}

/** The same machine with other pointers, to stand among others that it runs together with. */
export function rootedAt({ analysis, site }: MachineAnalysis, pointer: Pointer): MachineAnalysis {
  return analyzeMachine(analysis, site, pointer);
}

function analyzeMachine(analysis: Analysis, site: DefinitionSite, pointer: Pointer = ''): MachineAnalysis {
  const machine = lazy(() => buildStateMachine(site.node, pointer));
  const references = lazy(() => collectReferences(machine()));
  const flow = lazy(() => analyzeFlow(machine(), references()));
  const expressions = lazy(() => collectExpressionSites(machine()));
  const variables = lazy(() => analyzeVariables(flow(), expressions()));
  const variableFaults = lazy(() => findVariableFaults(variables(), flow(), expressions()));
  const shapesWith = (samples: Samples | undefined): Shapes =>
    analyzeShapes({
      machine: machine(),
      flow: flow(),
      sites: expressions(),
      variables: variables(),
      taskCalls: taskCalls(),
      services: analysis.knowledge.services,
      samples,
    });
  const shapes = lazy(() => shapesWith(undefined));
  const likelyShapes = lazy(() => {
    const { samples } = analysis.knowledge;
    return samples ? shapesWith(samples) : shapes();
  });
  const broken = lazy(() =>
    site.tree.problems.filter(({ code }) => code === 'syntax' || code === 'too-deep'),
  );
  const isBroken = (span: Span): boolean =>
    broken().some(({ start }) => span.start <= start && start <= span.end);
  const fieldFaults = lazy(() => findFieldFaults(machine(), isBroken));
  const missingReads = lazy(() => findMissingReads(expressions(), variables(), flow(), shapes()));
  const nesting = lazy(() => analyzeNesting(site.node));
  const choiceRules = lazy(() => collectChoiceRules(machine()));
  const errorHandlers = lazy(() => collectErrorHandlers(machine()));
  const taskCalls = lazy(() => collectTaskCalls(machine(), analysis.knowledge.services));
  const workflowType = lazy(() => site.type ?? workflowTypeIn(site.node) ?? analysis.knowledge.workflowType);
  return {
    analysis,
    site,
    get machine() {
      return machine();
    },
    get references() {
      return references();
    },
    get flow() {
      return flow();
    },
    get expressions() {
      return expressions();
    },
    get variables() {
      return variables();
    },
    get variableFaults() {
      return variableFaults();
    },
    get shapes() {
      return shapes();
    },
    get likelyShapes() {
      return likelyShapes();
    },
    get missingReads() {
      return missingReads();
    },
    get fieldFaults() {
      return fieldFaults();
    },
    get nesting() {
      return nesting();
    },
    get choiceRules() {
      return choiceRules();
    },
    get errorHandlers() {
      return errorHandlers();
    },
    get taskCalls() {
      return taskCalls();
    },
    get workflowType() {
      return workflowType();
    },
    isBroken,
    stateAt: offset => innermostState(machine(), offset),
  };
}

function innermostState(machine: StateMachine, offset: Offset): State | undefined {
  let found: State | undefined;
  for (const state of machine.states) {
    if (state.property.start > offset || offset > state.property.end) continue;
    if (!found || contains(found.property, state.property)) found = state;
  }
  return found;
}
