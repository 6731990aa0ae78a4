import { CompletionItemKind } from 'vscode-languageserver-types';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Shape } from '#core/analysis/shape.ts';
import type { Certainty } from '#core/analysis/variables.ts';
import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';
import { jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import type { Field, FieldType } from '#core/language/services/catalogue.ts';
import type { State } from '#core/model/stateMachine.ts';
import type { Translate } from '#core/text/translate.ts';
import { describeShape, shapeAt, stepsOf } from '#service/expressions/shapes.ts';
import { statesMembers } from '#service/expressions/statesVariable.ts';
import { describeIntrinsic } from '#service/features/hover/expression.ts';
import { describeType, integrationOf } from '#service/integrations.ts';
import { inEachLanguage } from '#service/inEachLanguage.ts';
import { code, documentationLink } from '#service/markdown.ts';
import type { ValuePlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

/** What can be written at the cursor inside an expression; it replaces the last `length` characters. */
export interface ExpressionCompletion {
  readonly length: number;
  readonly candidates: readonly Candidate[];
}

const nothing: ExpressionCompletion = { length: 0, candidates: [] };

/**
 * Inside `{% … %}`; `before` is the text from the delimiter to the cursor, `site` the expression as far as
 * it is one already.
 */
export function jsonataCompletion(
  place: ValuePlace,
  before: string,
  site: ExpressionSite | undefined,
): ExpressionCompletion {
  if (isInText(before)) return nothing;
  const path =
    /\$([\p{ID_Start}_]\p{ID_Continue}*)((?:\.[\p{ID_Start}_]\p{ID_Continue}*|\.`[^`]*`|\[[^\]]*\])*)\.(\p{ID_Continue}*)$/u.exec(
      before,
    );
  if (path) {
    const [, variable = '', members = '', typed = ''] = path;
    return { length: typed.length, candidates: pathCandidates(place, variable, members, site) };
  }
  if (/\.\s*\w*$/.test(before)) return nothing;
  const typed = /\$?[\p{ID_Continue}]*$/u.exec(before)?.[0] ?? '';
  const { translate } = place.machine.analysis;
  const candidates = [
    statesCandidate(translate),
    ...variableCandidates(place),
    ...functionCandidates(translate),
  ];
  return { length: typed.length, candidates };
}

/** The members behind `$states.a.` or `$variable.a.`: those that always exist, and those that are inferred. */
function pathCandidates(
  place: ValuePlace,
  variable: string,
  members: string,
  site: ExpressionSite | undefined,
): Candidate[] {
  const steps = stepsOf(members);
  const { state, machine } = place;
  const { translate } = machine.analysis;
  if (!steps || !state) return [];
  if (variable !== 'states') {
    const assigned = machine.variables.resolve(variable, state);
    const shape = assigned && shapeAt(machine.likelyShapes.variableShape(assigned), steps, throughArrays);
    return shapeCandidates(shape, translate);
  }
  const inferred = site ? shapeAt(machine.likelyShapes.statesAt(site), steps, throughArrays) : undefined;
  const known = statesPathCandidates(
    place,
    steps.filter(step => step !== undefined),
  );
  const names = new Set(known.map(({ label }) => label));
  return [...known, ...shapeCandidates(inferred, translate).filter(({ label }) => !names.has(label))];
}

const throughArrays = { throughArrays: true };

function shapeCandidates(shape: Shape | undefined, translate: Translate): Candidate[] {
  if (shape?.kind !== 'object') return [];
  return [...shape.members]
    .filter(([name]) => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name))
    .map(([name, { shape: member, isOptional }]) => ({
      label: name,
      kind: CompletionItemKind.Field,
      rank: isOptional ? 2 : 1,
      detail: describeShape(member, 2),
      ...(isOptional && { description: translate('may be absent') }),
    }));
}

/** Whether the cursor stands in a text or comment of the expression, where nothing is to be suggested. */
function isInText(before: string): boolean {
  const rest = before.replaceAll(/\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');
  return /["']|\/\*/.test(rest);
}

const statesCandidate = inEachLanguage((translate): Candidate => ({
  label: '$states',
  kind: CompletionItemKind.Variable,
  rank: 1,
  detail: translate('input, result and context of the state'),
}));

const functionCandidates = inEachLanguage(translate =>
  jsonataFunctions.map(({ name, parameters, summary, link, origin }): Candidate => ({
    label: `$${name}`,
    kind: CompletionItemKind.Function,
    rank: 5,
    detail: `$${name}(${parameters})`,
    ...(origin === 'Step Functions' && { description: origin }),
    documentation: `${translate(summary)}\n\n${documentationLink(link, translate)}`,
    call: parameters === '' ? 'empty' : 'arguments',
  })),
);

function statesPathCandidates(place: ValuePlace, names: readonly string[]): Candidate[] {
  const { state } = place;
  if (!state) return [];
  if (names[0] === 'result' && state.type === 'Task') {
    return resultCandidates(place.machine, state, names.slice(1));
  }
  let level: readonly ContextMember[] = statesMembers(state);
  for (const name of names) level = level.find(member => member.name === name)?.members ?? [];
  return memberCandidates(level, place.machine.analysis.translate);
}

/** Members of the result that the API describes. */
function resultCandidates(machine: MachineAnalysis, state: State, names: readonly string[]): Candidate[] {
  let fields: readonly Field[] | undefined = integrationOf(machine.analysis, state.node)?.result;
  for (const name of names) {
    const type: FieldType | undefined = fields?.find(field => field.name === name)?.type;
    const inner: FieldType | undefined = type?.kind === 'list' ? type.element : type;
    fields = inner?.kind === 'structure' ? inner.fields : undefined;
  }
  return (fields ?? []).map(({ name, type }) => ({
    label: name,
    kind: CompletionItemKind.Field,
    rank: 1,
    detail: describeType(type, machine.analysis.translate),
  }));
}

function memberCandidates(members: readonly ContextMember[], translate: Translate): Candidate[] {
  return members.map(({ name, doc, type }) => ({
    label: name,
    kind: CompletionItemKind.Field,
    rank: 1,
    detail: type === 'any' ? translate('any JSON') : type,
    documentation: translate(doc),
  }));
}

const certaintyRanks: Readonly<Record<Certainty, number>> = { always: 2, sometimes: 3, never: 4 };

function variableCandidates({ machine, state }: ValuePlace): Candidate[] {
  const { translate } = machine.analysis;
  if (!state) return [];
  return machine.variables.visibleAt(state).map(({ variable, certainty }) => ({
    label: `$${variable.name}`,
    kind: CompletionItemKind.Variable,
    // What nobody reads yet is not followed along the transitions, so that nothing is known of it.
    rank: variable.uses.length === 0 ? 2 : certaintyRanks[certainty],
    ...(variable.uses.length > 0 &&
      certainty !== 'always' && {
        description: certainty === 'sometimes' ? translate('may be unset here') : translate('not set here'),
      }),
    detail: translate(
      'assigned in {0}',
      variable.assignments
        .map(({ state: by }) => by.name)
        .slice(0, 3)
        .join(', '),
    ),
    documentation: variable.assignments
      .slice(0, 8)
      .map(({ state: by }) => `- ${code(by.name)}`)
      .join('\n'),
  }));
}

/** In a path or intrinsic function; `before` is the text of the string up to the cursor. */
export function jsonPathCompletion(
  place: ValuePlace,
  before: string,
  options: {
    readonly functions: boolean;
    readonly onlyInput: boolean;
    readonly site: ExpressionSite | undefined;
  },
): ExpressionCompletion {
  const { translate } = place.machine.analysis;
  const context = /\$\$((?:\.\w+)*)\.(\w*)$/.exec(before);
  if (context) {
    const names = (context[1] ?? '').split('.').filter(name => name !== '');
    let level: readonly ContextMember[] = contextMembers;
    for (const name of names) level = level.find(member => member.name === name)?.members ?? [];
    return { length: (context[2] ?? '').length, candidates: memberCandidates(level, translate) };
  }
  const path = /(?<![$\w])\$(\w*)((?:\.[\w-]+|\['[^']*'\]|\[[^\]]*\])*)\.([\w-]*)$/.exec(before);
  if (path) {
    const [, variable = '', members = '', typed = ''] = path;
    return { length: typed.length, candidates: jsonPathCandidates(place, variable, members, options.site) };
  }
  const isInsideCall = /States\.\w+\s*\(/.test(before);
  if (isInsideCall && (before.replaceAll(/\\./g, '').split("'").length & 1) === 0) return nothing;
  const start = /(?:^|[(,]\s*)(\$?\$?\w*|States\.\w*|S[\w.]*)$/.exec(before);
  if (!start) return nothing;
  const origins: Candidate[] = options.onlyInput
    ? [inputCandidate(translate)]
    : [inputCandidate(translate), contextCandidate(translate), ...variableCandidates(place)];
  return {
    length: (start[1] ?? '').length,
    candidates: options.functions ? [...origins, ...intrinsicCandidates(translate)] : origins,
  };
}

/** The members behind `$.a.` or `$variable.a.`. */
function jsonPathCandidates(
  place: ValuePlace,
  variable: string,
  members: string,
  site: ExpressionSite | undefined,
): Candidate[] {
  const steps = stepsOf(members);
  const { state, machine } = place;
  if (!steps || !state) return [];
  const assigned = variable === '' ? undefined : machine.variables.resolve(variable, state);
  const document = assigned
    ? machine.likelyShapes.variableShape(assigned)
    : variable === '' && site
      ? machine.likelyShapes.documentAt(site)
      : undefined;
  return shapeCandidates(
    document && shapeAt(document, steps, { throughArrays: false }),
    machine.analysis.translate,
  );
}

const inputCandidate = inEachLanguage((translate): Candidate => ({
  label: '$',
  kind: CompletionItemKind.Variable,
  rank: 1,
  detail: translate('the input of the state, or the result behind it'),
}));

const contextCandidate = inEachLanguage((translate): Candidate => ({
  label: '$$',
  kind: CompletionItemKind.Variable,
  rank: 2,
  detail: translate('the Context Object'),
}));

const intrinsicCandidates = inEachLanguage(translate =>
  intrinsicFunctions.map((intrinsic): Candidate => ({
    label: intrinsic.name,
    kind: CompletionItemKind.Function,
    rank: 5,
    detail: translate(intrinsic.summary),
    documentation: describeIntrinsic(intrinsic, translate),
    call: intrinsic.parameters.length === 0 ? 'empty' : 'arguments',
  })),
);
