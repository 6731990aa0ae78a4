import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Variable } from '#core/analysis/variables.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { preview } from '#core/preview.ts';
import { isSecret, isSecretName, mask } from '#core/secrets.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { Translate } from '#core/text/translate.ts';
import type { Expression } from '#interpreter/expression.ts';
import { compileIntrinsic, compilePath } from '#interpreter/expressions.ts';
import { jsonataExpression } from '#interpreter/jsonataValue.ts';
import type { StageName } from '#interpreter/program.ts';
import { caughtAt, valueAt, type Moment, type Rehearsal, type Seen } from '#interpreter/rehearsal.ts';
import { Failure } from '#interpreter/statesError.ts';
import { itemsGiven } from '#interpreter/states/map.ts';
import { codeBlock, escapeMarkdown } from '#service/markdown.ts';
import { rehearsalsOf, rememberedJsonata, type Rehearsals } from './rehearsals.ts';
import type { SampleSource } from './sources.ts';

/**
 * What an expression, or a part of it that stands for itself (`$states.input.order`), is on the first sample that
 * gets there, as Markdown. Nothing where no sample does, or where it has no value.
 */
export function sampleOfExpression(
  machine: MachineAnalysis,
  site: ExpressionSite,
  text: string,
  sources: readonly SampleSource[],
): string | undefined {
  if (sources.length === 0 || site.isDeferred) return undefined;
  const expression = expressionOf(site, text);
  if (!expression) return undefined;
  const rehearsals = rehearsalsOf(machine, sources);
  const found = firstValue(rehearsals, rehearsal => evaluated(rehearsal, site, expression, rehearsals));
  return found && describe(found, text, machine.analysis.translate);
}

/** What a variable holds on the first sample that gets there: where a state is entered, or that an Assign sets. */
export function sampleOfVariable(
  machine: MachineAnalysis,
  variable: Variable,
  where: { readonly state: State; readonly isAssigned: boolean },
  sources: readonly SampleSource[],
): string | undefined {
  if (sources.length === 0) return undefined;
  const found = firstValue(rehearsalsOf(machine, sources), ({ visitOf }) => {
    const visit = visitOf(where.state.pointer);
    const values = where.isAssigned
      ? visit.find(({ strand }) => strand.assigned !== undefined)?.strand.assigned
      : visit[0]?.strand.variables;
    return values && Object.hasOwn(values, variable.name) ? values[variable.name] : undefined;
  });
  return found && describe(found, variable.name, machine.analysis.translate);
}

interface Found {
  readonly label: string;
  readonly value: Json;
}

function firstValue(
  { tried }: Rehearsals,
  valueIn: (rehearsal: Rehearsal) => Json | undefined,
): Found | undefined {
  for (const { label, rehearsal } of tried) {
    const value = valueIn(rehearsal);
    if (value !== undefined) return { label, value };
  }
  return undefined;
}

const longestLine = 400;

/** A value that is named like a secret, or made of one, is hidden as in the debugger. */
function describe({ label, value }: Found, text: string, translate: Translate): string {
  const names = text.match(/[\p{L}_][\p{L}\p{N}_-]*/gu) ?? [];
  const isHidden = names.some(isSecretName) || isSecret('', value);
  const shown = isHidden ? mask : preview(value, 'masked', longestLine);
  return `${translate('On {0}:', escapeMarkdown(label))}\n${codeBlock('javascript', shown)}`;
}

function expressionOf({ grammar, location }: ExpressionSite, text: string): Expression | undefined {
  if (grammar === 'jsonata') {
    const compiled = rememberedJsonata(text);
    return compiled.kind === 'compiled' ? jsonataExpression(compiled, text, location) : undefined;
  }
  let isRefused = false;
  const refuse = (): void => {
    isRefused = true;
  };
  const expression = text.startsWith('$') ? compilePath(text, refuse) : compileIntrinsic(text, refuse);
  return isRefused ? undefined : expression;
}

function evaluated(
  rehearsal: Rehearsal,
  site: ExpressionSite,
  expression: Expression,
  { patience }: Rehearsals,
): Json | undefined {
  const place = placeOf(rehearsal.visitOf(site.state.pointer), site);
  if (!place) return undefined;
  const value = valueAt(rehearsal, place.moment, expression, place.seen, patience);
  return value instanceof Failure ? undefined : value;
}

interface EvaluationPlace {
  readonly moment: Moment;
  readonly seen: Seen;
}

/** When an expression is evaluated during a visit, and what it sees then. */
function placeOf(visit: readonly Moment[], site: ExpressionSite): EvaluationPlace | undefined {
  const { state, part, field } = site;
  if (part.kind === 'Catch') {
    const moment = at(visit, 'catch');
    const caught = moment && caughtAt(moment);
    if (!moment || caught?.catcher !== part.index) return undefined;
    return { moment, seen: { dollar: caught.output, errorOutput: caught.output } };
  }
  if (site.grammar === 'resultPath') {
    const index = visit.findIndex(({ stage }) => stage === 'afterResultPath');
    const moment = index < 0 ? undefined : visit[index + 1];
    return moment && { moment, seen: { dollar: moment.strand.data } };
  }
  if (state.type === 'Map' && (field === 'ItemSelector' || field === 'Parameters')) return itemPlace(visit);
  const moment = at(visit, ...stagesFor(state, part.kind === 'Choices', field));
  if (!moment) return undefined;
  const { strand } = moment;
  const works = state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
  const isAfterWork = works && (field === 'Assign' || field === 'Output' || field === 'ResultSelector');
  const result = isAfterWork ? strand.result : undefined;
  if (field === 'InputPath') return { moment, seen: { dollar: strand.input } };
  if (isAfterWork && field !== 'Output') return { moment, seen: { dollar: result ?? null, result } };
  return { moment, seen: { dollar: strand.data, result } };
}

/** The first item, as the first iteration gets it. */
function itemPlace(visit: readonly Moment[]): EvaluationPlace | undefined {
  const moment = at(visit, 'map');
  if (!moment) return undefined;
  const items = itemsGiven(moment.strand);
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const [value] = items as readonly Json[];
  const item: JsonObject = { Index: 0, Value: value ?? null, Source: 'STATE_DATA' };
  return { moment, seen: { dollar: moment.strand.data, item } };
}

function at(visit: readonly Moment[], ...stages: readonly StageName[]): Moment | undefined {
  for (const stage of stages) {
    const moment = visit.find(candidate => candidate.stage === stage);
    if (moment) return moment;
  }
  return undefined;
}

/** The stages that evaluate a field, in the order in which they are looked for. */
function stagesFor({ type }: State, isRule: boolean, field: string): readonly StageName[] {
  switch (field) {
    case 'InputPath':
      return ['afterInputPath'];
    case 'Parameters':
      return ['afterParameters'];
    case 'Arguments':
      return ['afterArguments'];
    case 'Items':
    case 'ItemsPath':
      return ['afterItemsPath'];
    case 'ResultSelector':
      return ['afterResultSelector'];
    case 'Assign':
      return isRule ? ['assign', 'choice'] : ['assign'];
    case 'Output':
      return ['output'];
    case 'OutputPath':
      return ['afterOutputPath'];
    default:
      break;
  }
  switch (type) {
    case 'Choice':
      return ['choice'];
    case 'Wait':
      return ['wait'];
    case 'Fail':
      return ['fail'];
    case 'Map':
      return ['afterItemReader', 'afterItemsPath', 'map'];
    case 'Task':
      return ['afterParameters', 'afterArguments', 'task'];
    default:
      return ['output'];
  }
}
