import { lazy } from '#core/lazy.ts';
import { buildStateMachine } from '#core/model/build.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { State, StateMachine } from '#core/model/stateMachine.ts';
import { findDefinitions, type DefinitionSite } from '#core/embedding/definitions.ts';
import { parse } from '#core/syntax/parse.ts';
import type { YamlMemory } from '#core/syntax/yaml.ts';
import { lineMap } from '#core/text/lineMap.ts';
import type { Source } from '#core/text/source.ts';
import { contains, type Offset, type Span } from '#core/text/span.ts';
import { inEnglish } from '#core/text/translate.ts';
import type { Analysis, Knowledge, MachineAnalysis } from './analysis.ts';
import { collectChoiceRules } from './choiceRules.ts';
import { workflowTypeIn } from './directives.ts';
import { collectErrorHandlers } from './errorHandlers.ts';
import { findFieldFaults } from './fieldFaults.ts';
import { collectExpressionSites } from './expressionSites.ts';
import { analyzeFlow } from './flow.ts';
import type { Finding } from './finding.ts';
import { findMissingReads } from './missingReads.ts';
import { analyzeNesting } from './nesting.ts';
import { collectReferences } from './references.ts';
import { collectTaskCalls } from './taskCalls.ts';
import { analyzeShapes, type Samples, type Shapes } from './shapes.ts';
import { findVariableFaults } from './variableFaults.ts';
import { analyzeVariables } from './variables.ts';

/** Judge what was read. */
interface Rules {
  check(analysis: Analysis): readonly Finding[];
  checkInSteps(analysis: Analysis): Generator<undefined, readonly Finding[]>;
}

/**
 * Reads a file. What runs definitions does without rules, which are a large part of this library:
 * neither the debugger nor an embedding program has to carry them.
 */
export function inspect(
  source: Source,
  {
    knowledge = {},
    memory,
    rules,
  }: {
    readonly knowledge?: Knowledge;
    readonly memory?: YamlMemory | undefined;
    readonly rules?: Rules | undefined;
  } = {},
): Analysis {
  const syntax = lazy(() => parse(source, memory));
  const lines = lazy(() => lineMap(source.text));
  const machines = lazy(() => findDefinitions(source, syntax()).map(site => analyzeMachine(analysis, site)));
  let findings: readonly Finding[] | undefined;
  const analysis: Analysis = {
    source,
    knowledge,
    translate: knowledge.translate ?? inEnglish,
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
      return (findings ??= rules?.check(analysis) ?? []);
    },
    *findingsInSteps() {
      if (findings) return findings;
      for (const machine of analysis.machines) yield* computeInSteps(machine);
      return (findings ??= rules ? yield* rules.checkInSteps(analysis) : []);
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
