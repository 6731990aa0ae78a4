import type { ServiceCatalogue } from '#core/language/services/catalogue.ts';
import type { ServiceDocumentation } from '#core/language/services/documentation.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import type { DefinitionSite } from '#core/embedding/definitions.ts';
import type { SyntaxTree } from '#core/syntax/node.ts';
import type { YamlMemory } from '#core/syntax/yaml.ts';
import type { LineMap } from '#core/text/lineMap.ts';
import type { Source } from '#core/text/source.ts';
import type { Translate } from '#core/text/translate.ts';
import type { Offset, Span } from '#core/text/span.ts';
import { check, checkInSteps } from './check.ts';
import type { ChoiceRules } from './choiceRules.ts';
import type { StateHandlers } from './errorHandlers.ts';
import type { FieldFault } from './fieldFaults.ts';
import type { ExpressionSites } from './expressionSites.ts';
import type { Flow } from './flow.ts';
import type { Finding } from './finding.ts';
import { inspect } from './inspect.ts';
import type { MissingRead } from './missingReads.ts';
import type { Nesting } from './nesting.ts';
import type { References } from './references.ts';
import type { TaskCall } from './taskCalls.ts';
import type { Samples, Shapes } from './shapes.ts';
import type { VariableFault } from './variableFaults.ts';
import type { Variables } from './variables.ts';

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
  readonly testCasesIn?: ((mockFile: string, machineName: string) => KnownTestCases | undefined) | undefined;
  /** Examples of data, for what completion and hover say of inputs and results; no rule looks at them. */
  readonly samples?: Samples | undefined;
  /** Into the user's language; without it, what is said of the file is English. */
  readonly translate?: Translate | undefined;
}

/** What a mock file has for a state machine. */
export interface KnownTestCases {
  /** What the mock file calls it: the only one of a template goes by its name there, though no test need say it. */
  readonly machineName: string;
  readonly names: readonly string[];
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
  /** Puts what is said of the file into the user's language. */
  readonly translate: Translate;
  readonly syntax: SyntaxTree;
  readonly lines: LineMap;
  /** The definitions in the file: one in an `.asl.json`, any number in a template, none in other files. */
  readonly machines: readonly MachineAnalysis[];
  /** In the order of the file; none where it was read without rules. */
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

/** Reads and checks a file. With a memory of its other versions the result is the same, and sooner there. */
export function analyze(source: Source, knowledge: Knowledge = {}, memory?: YamlMemory): Analysis {
  return inspect(source, { knowledge, memory, rules: { check, checkInSteps } });
}
