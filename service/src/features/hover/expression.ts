import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { positionIn, spanIn, type ExpressionSite } from '#core/analysis/expressionSites.ts';
import type { Range } from '#core/expressions/jsonPath/ast.ts';
import { contextMembers, type ContextMember } from '#core/language/contextObject.ts';
import { intrinsicNamed, type IntrinsicFunction } from '#core/language/intrinsics.ts';
import { jsonataFunctionNamed, type JsonataFunction } from '#core/language/jsonataFunctions.ts';
import type { Offset } from '#core/text/span.ts';
import type { Translate } from '#core/text/translate.ts';
import { intrinsicSignature } from '#service/expressions/signatures.ts';
import { describeShape, shapeAt } from '#service/expressions/shapes.ts';
import { statesMembers } from '#service/expressions/statesVariable.ts';
import { code, codeBlock, documentationLink, paragraphs } from '#service/markdown.ts';
import { sampleOfExpression } from '#service/samples/sampleValue.ts';
import type { SampleSource } from '#service/samples/sources.ts';
import type { HoverText } from './hoverText.ts';

/** What a part of an expression that stands for itself is on a sample: `$states.input.order`, or the whole. */
type Sample = (text: string) => string | undefined;

/**
 * What a function, `$states` or the Context Object is, inside an expression, and which value it has on a sample
 * input where one is known; elsewhere in it, the value of the whole.
 */
export function expressionHover(
  machine: MachineAnalysis,
  offset: Offset,
  sources: readonly SampleSource[],
): HoverText | undefined {
  const site = machine.expressions.at(offset);
  if (!site) return undefined;
  const at = positionIn(site, offset);
  const { expression } = site;
  const sample: Sample = text => sampleOfExpression(machine, site, text, sources);
  switch (expression.kind) {
    case 'jsonata':
      return jsonataHover(machine, site, at, sample) ?? wholeHover(site, sample);
    case 'intrinsic':
      return (
        intrinsicHover(machine, site, at, sample) ??
        pathHover(machine, site, at, sample) ??
        wholeHover(site, sample)
      );
    case 'path':
      return pathHover(machine, site, at, sample) ?? wholeHover(site, sample);
  }
}

function wholeHover(site: ExpressionSite, sample: Sample): HoverText | undefined {
  const markdown = sample(site.text);
  return markdown === undefined ? undefined : { span: spanIn(site, 0, site.text.length), markdown };
}

function jsonataHover(
  machine: MachineAnalysis,
  site: ExpressionSite,
  at: number,
  sample: Sample,
): HoverText | undefined {
  if (site.expression.kind !== 'jsonata') return undefined;
  const { references } = site.expression;
  const { translate } = machine.analysis;
  const call = references.calls.find(range => holds(range, at));
  const known = call && call.variable.scope === undefined ? jsonataFunctionNamed(call.name) : undefined;
  if (call && known) {
    return {
      span: spanIn(site, call.start, call.end),
      markdown: paragraphs(
        codeBlock('jsonata', `$${known.name}(${known.parameters})`),
        translate(known.summary),
        codeBlock('jsonata', exampleOf(known)),
        sample(site.text),
        `${known.origin} · ${documentationLink(known.link, translate)}`,
      ),
    };
  }
  for (const { variable, members } of references.paths) {
    if (variable.scope !== undefined) continue;
    const index = members.findIndex(range => holds(range, at));
    const member = members[index];
    if (!member) continue;
    const names = members.slice(0, index + 1).map(({ name }) => name);
    const text = site.text.slice(variable.start - 1, member.end);
    if (variable.name !== 'states')
      return memberHover(machine, site, member, { text, names, variable }, sample);
    const found = memberAt(statesMembers(site.state), names);
    const shape = shapeAt(machine.likelyShapes.statesAt(site), names, { throughArrays: true });
    const isInferred = shape !== undefined && shape.kind !== 'unknown';
    const value = sample(text);
    if (!found && !isInferred && value === undefined) return undefined;
    return {
      span: spanIn(site, member.start, member.end),
      markdown: paragraphs(
        found ? describeMember('$states.', names, found, translate) : `**$states.${names.join('.')}**`,
        isInferred ? codeBlock('typescript', describeShape(shape)) : undefined,
        value,
      ),
    };
  }
  const states = references.variables.find(
    range => range.name === 'states' && range.scope === undefined && holds(range, at),
  );
  if (!states) return undefined;
  return {
    span: spanIn(site, states.start, states.end),
    markdown: paragraphs(
      codeBlock('jsonata', '$states'),
      translate('The data of the state.'),
      membersText(statesMembers(site.state), translate),
    ),
  };
}

/** `$order.total`: a member of what a variable holds. */
function memberHover(
  machine: MachineAnalysis,
  site: ExpressionSite,
  member: Range,
  path: {
    readonly text: string;
    readonly names: readonly string[];
    readonly variable: { readonly name: string };
  },
  sample: Sample,
): HoverText | undefined {
  const variable = machine.variables.resolve(path.variable.name, site.state);
  const shape =
    variable && shapeAt(machine.likelyShapes.variableShape(variable), path.names, { throughArrays: true });
  const value = sample(path.text);
  if (value === undefined && (shape === undefined || shape.kind === 'unknown')) return undefined;
  return {
    span: spanIn(site, member.start, member.end),
    markdown: paragraphs(
      codeBlock('typescript', `${path.text}: ${shape ? describeShape(shape) : 'any'}`),
      value,
    ),
  };
}

function exampleOf({ example }: JsonataFunction): string {
  return example.result === undefined ? example.expression : `${example.expression}\n/* ${example.result} */`;
}

function intrinsicHover(
  { analysis }: MachineAnalysis,
  site: ExpressionSite,
  at: number,
  sample: Sample,
): HoverText | undefined {
  for (const match of site.text.matchAll(/States\.[A-Za-z0-9]+/g)) {
    const range = { start: match.index, end: match.index + match[0].length };
    const intrinsic = holds(range, at) ? intrinsicNamed(match[0]) : undefined;
    if (!intrinsic) continue;
    const markdown = paragraphs(describeIntrinsic(intrinsic, analysis.translate), sample(site.text));
    return { span: spanIn(site, range.start, range.end), markdown };
  }
  return undefined;
}

/** The signature, what it gives, an example with its result. */
export function describeIntrinsic(intrinsic: IntrinsicFunction, translate: Translate): string {
  const { example, limits } = intrinsic;
  const result = example.result === undefined ? '' : `\n/* ${JSON.stringify(example.result)} */`;
  return paragraphs(
    codeBlock('jsonata', intrinsicSignature(intrinsic, translate).label),
    translate(intrinsic.summary),
    limits === undefined ? undefined : translate(limits),
    codeBlock('jsonata', `${example.expression}${result}`),
    documentationLink(intrinsic.link, translate),
  );
}

function pathHover(
  machine: MachineAnalysis,
  site: ExpressionSite,
  at: number,
  sample: Sample,
): HoverText | undefined {
  const { expression } = site;
  const paths =
    expression.kind === 'intrinsic'
      ? expression.paths
      : expression.kind === 'path' && expression.path
        ? [expression.path]
        : [];
  const path = paths.find(range => holds(range, at));
  if (!path) return undefined;
  const { origin } = path;
  const { translate } = machine.analysis;
  if (origin.kind === 'context') {
    const names: string[] = [];
    let end = origin.end;
    for (const step of path.steps) {
      if (step.kind !== 'child' || step.start > at) break;
      names.push(step.name);
      ({ end } = step);
    }
    const found = memberAt(contextMembers, names);
    const span = spanIn(site, path.start, end);
    const value = sample(site.text.slice(path.start, end));
    if (found) return { span, markdown: paragraphs(describeMember('$$.', names, found, translate), value) };
    if (names.length > 0 && value !== undefined) return { span, markdown: value };
    return {
      span,
      markdown: paragraphs(
        codeBlock('jsonata', '$$'),
        translate('The Context Object.'),
        membersText(contextMembers, translate),
      ),
    };
  }
  if (origin.kind !== 'document') return undefined;
  const document = machine.likelyShapes.documentAt(site);
  const steps: (string | undefined)[] = [];
  let end = origin.end;
  for (const step of path.steps) {
    if (step.start > at || (step.kind !== 'child' && step.kind !== 'index' && step.kind !== 'wildcard'))
      break;
    steps.push(step.kind === 'child' ? step.name : undefined);
    ({ end } = step);
  }
  if (at > end) return undefined;
  const shape = document && shapeAt(document, steps, { throughArrays: false });
  const isInferred = shape !== undefined && shape.kind !== 'unknown';
  const text = site.text.slice(path.start, end);
  const value = sample(text);
  if (steps.length > 0 && !isInferred && value === undefined) return undefined;
  return {
    span: spanIn(site, path.start, end),
    markdown: paragraphs(
      codeBlock('typescript', `${text}: ${isInferred ? describeShape(shape) : 'any'}`),
      steps.length === 0 ? documentOf(site, translate) : undefined,
      value,
    ),
  };
}

/** What `$` is depends on the field: before the work the input, behind it the result. */
function documentOf({ field, grammar }: ExpressionSite, translate: Translate): string {
  if (grammar === 'resultPath') return translate('The input of the state, into which the result is put.');
  switch (field) {
    case 'ResultSelector':
      return translate('The raw result of the work.');
    case 'OutputPath':
      return translate('The input of the state with the result in its place.');
    case 'InputPath':
      return translate('The raw input of the state.');
    case 'ItemSelector':
    case 'ItemsPath':
      return translate('The effective input of the Map state.');
    case 'Assign':
      return translate(
        'The result of the state, before `ResultPath`; in a Choice, Wait or Pass state without a result, its input.',
      );
    default:
      return translate('The input of the state, after `InputPath`.');
  }
}

function memberAt(members: readonly ContextMember[], names: readonly string[]): ContextMember | undefined {
  let level: readonly ContextMember[] | undefined = members;
  let found: ContextMember | undefined;
  for (const name of names) {
    found = level?.find(member => member.name === name);
    level = found?.members;
  }
  return found;
}

function membersText(members: readonly ContextMember[], translate: Translate): string {
  return members.map(({ name, doc }) => `- ${code(name)}: ${translate(doc)}`).join('\n');
}

function describeMember(
  prefix: string,
  names: readonly string[],
  member: ContextMember,
  translate: Translate,
): string {
  const type = member.type === 'any' ? translate('any JSON') : member.type;
  return paragraphs(
    `**${prefix}${names.join('.')}**: ${type}`,
    translate(member.doc),
    whenOf(member, translate),
  );
}

function whenOf({ when }: ContextMember, translate: Translate): string | undefined {
  switch (when) {
    case 'map':
      return translate('Only where a Map state prepares its items.');
    case 'callback':
      return translate('Only in a Task that waits for its token.');
    case 'redrive':
      return translate('Only after the execution was redriven.');
    case 'retry':
      return translate('Only when the state is retried.');
    default:
      return undefined;
  }
}

function holds(range: Range, at: number): boolean {
  return range.start <= at && at <= range.end;
}
