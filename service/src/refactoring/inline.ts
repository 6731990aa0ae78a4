import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { StateReference } from '#core/analysis/references.ts';
import type { ParallelState, PassState, Scope, State } from '#core/model/stateMachine.ts';
import { isDeferred, propertyOf, valueOf, type ObjectNode, type PropertyNode } from '#core/syntax/node.ts';
import { quote } from '#core/syntax/quote.ts';
import { say, type Message } from '#core/text/message.ts';
import { contains } from '#core/text/span.ts';
import { addProperty, endOfText, isInFlow, replaceValue, type Edit } from '#service/edits.ts';
import { Impossible } from './extraction.ts';
import { layoutAt, spanWithComments, stateText, writeStates, type StateText } from './stateText.ts';

/** Puts the states of the only branch in the place of the Parallel state around them. */
export function inlineParallel(
  machine: MachineAnalysis,
  parallel: ParallelState,
): readonly Edit[] | Impossible {
  const [branch] = parallel.branches;
  const start = branch?.startAt && branch.stateByName.get(branch.startAt.value);
  if (parallel.branches.length !== 1 || !branch || !start) {
    return new Impossible(say`'${parallel.name}' has more than one branch, or one that does not start.`);
  }
  const reason = parallelChange(machine, parallel, branch);
  if (reason !== undefined) return new Impossible(reason);
  const next = valueOf(parallel.node, 'Next');
  const target = next?.kind === 'string' ? next.value : undefined;
  // A loop to the Parallel state goes on to what stands in its place.
  const edits =
    target === undefined ? [] : waysTo(machine, branch, target === parallel.name ? start.name : target);
  const comment = valueOf(parallel.node, 'Comment');
  if (comment?.kind === 'string' && !propertyOf(start.node, 'Comment')) {
    edits.push(addProperty(machine, start.node, 'Comment', comment.value, propertyOf(start.node, 'Type')));
  }
  const texts = branch.states.map(state => stateText(machine, state.property, edits));
  return replacement(machine, parallel, start, texts);
}

/** Takes a Pass state out that hands on what it gets; whoever led to it goes where it led. */
export function inlinePass(machine: MachineAnalysis, pass: PassState): readonly Edit[] | Impossible {
  const ways = machine.references.referencesTo(pass);
  const next = valueOf(pass.node, 'Next');
  if (next?.kind === 'string') {
    const to = pass.scope.stateByName.get(next.value);
    if (!to || to === pass) return new Impossible(say`'${pass.name}' leads to no other state.`);
    return [
      ...removal(machine, pass.property),
      ...ways.map(({ node }) => replaceValue(machine, node, to.name)),
    ];
  }
  if (ways.length === 0) return new Impossible(say`Nothing leads to '${pass.name}'.`);
  const edits: Edit[] = removal(machine, pass.property);
  for (const { kind, from } of ways) {
    const property = kind === 'Next' && from ? propertyOf(from.node, 'Next') : undefined;
    if (!property) {
      return new Impossible(lastOf(pass.name, kind));
    }
    edits.push({ start: property.start, end: property.end, text: endText(property.key.style) });
  }
  return edits;
}

/** Why what leads to the last state cannot end in its place. */
function lastOf(name: string, kind: StateReference['kind']): Message {
  switch (kind) {
    case 'StartAt':
      return say`StartAt has to name a state, and '${name}' is the last one.`;
    case 'Catch':
      return say`A Catcher has to name a state, and '${name}' is the last one.`;
    default:
      return say`A Choice has to name a state, and '${name}' is the last one.`;
  }
}

/** Whether a state gives its input and does nothing else. */
export function doesNothing(state: State): state is PassState {
  if (state.type !== 'Pass') return false;
  return state.node.properties.every(({ key, value, inherited }) => {
    switch (key.value) {
      case 'Type':
      case 'Comment':
      case 'Next':
      case 'End':
      case 'QueryLanguage':
        return !inherited;
      case 'InputPath':
      case 'OutputPath':
      case 'ResultPath':
        return value?.kind === 'string' && value.value === '$';
      case 'Output':
        return value?.kind === 'string' && /^\{%\s*\$states\.input\s*%\}$/.test(value.value);
      default:
        return false;
    }
  });
}

function parallelChange(
  machine: MachineAnalysis,
  parallel: ParallelState,
  branch: Scope,
): Message | undefined {
  const { name, node } = parallel;
  const outer = parallel.scope;
  for (const field of ['Retry', 'Catch']) {
    const list = valueOf(node, field);
    if (list && !(list.kind === 'array' && list.items.length === 0)) {
      return say`The ${field} of '${name}' is for all of its states together.`;
    }
  }
  for (const field of ['Assign', 'Arguments', 'Parameters', 'ResultSelector']) {
    if (propertyOf(node, field)) return say`'${name}' has ${field}, for which no state would be left.`;
  }
  if (!isWhole(node, 'InputPath') || !isWhole(node, 'ResultPath')) {
    return say`'${name}' selects with InputPath or ResultPath, for which no state would be left.`;
  }
  if (!givesBranchOutput(parallel) && !isIgnored(machine, parallel)) {
    const first =
      parallel.queryLanguage === 'JSONata' ? '"Output": "{% $states.result[0] %}"' : '"OutputPath": "$[0]"';
    return say`The output of '${name}' is a list of one, which what follows reads. With ${first} it would be the same.`;
  }
  if (branch.stateByName.size !== branch.states.length || outer.stateByName.size !== outer.states.length) {
    return say`Two states have the same name.`;
  }
  const broken = branch.states.find(
    state =>
      state.property.inherited ||
      state.type === 'Unknown' ||
      (!state.isTerminal && state.transitions.length === 0),
  );
  if (broken) return say`'${broken.name}' is not complete.`;
  for (const variable of machine.variables.all) {
    if (variable.scope !== branch) continue;
    const isTaken = machine.variables.all.some(
      other => other.scope === outer && other.name === variable.name,
    );
    if (isTaken) return say`$${variable.name} is a variable outside of '${name}', too.`;
    const unsure = variable.uses.find(
      ({ site }) => machine.variables.certainty(variable, site.state) !== 'always',
    );
    if (unsure)
      return say`In '${unsure.site.state.name}' $${variable.name} could be the one of an earlier round.`;
  }
  return undefined;
}

function isWhole(node: ObjectNode, field: string): boolean {
  const path = valueOf(node, field);
  return !path || (path.kind === 'string' && path.value === '$');
}

function givesBranchOutput({ node, queryLanguage }: ParallelState): boolean {
  const isJsonata = queryLanguage === 'JSONata';
  const output = valueOf(node, isJsonata ? 'Output' : 'OutputPath');
  if (output?.kind !== 'string') return false;
  return isJsonata
    ? /^\{%\s*\$states\.result\[0\]\s*%\}$/.test(output.value)
    : /^\$\[0\]$|^\$\['?0'?\]$/.test(output.value);
}

/** Whether the state that follows reads nothing of its input. */
export function isIgnored(machine: MachineAnalysis, state: State): boolean {
  const next = valueOf(state.node, 'Next');
  const to = next?.kind === 'string' ? state.scope.stateByName.get(next.value) : undefined;
  if (propertyOf(state.node, 'Output') ?? propertyOf(state.node, 'OutputPath')) return false;
  if (!to || machine.expressions.of(to).length > 0 || isDeferred(to.node)) return false;
  if (to.type === 'Fail') return true;
  if (to.type !== 'Pass') return false;
  return ['Result', 'Parameters', 'Output'].some(field => propertyOf(to.node, field) !== undefined);
}

/** The branch's ends lead to the state that follows; a Succeed state becomes one that can lead on. */
function waysTo(machine: MachineAnalysis, branch: Scope, next: string): Edit[] {
  return branch.states.flatMap((state): Edit[] => {
    if (!state.isTerminal || state.type === 'Fail') return [];
    if (state.type === 'Succeed') {
      const type = valueOf(state.node, 'Type');
      const pass = type && replaceValue(machine, type, 'Pass');
      return [...(pass ? [pass] : []), addProperty(machine, state.node, 'Next', next)];
    }
    const end = propertyOf(state.node, 'End');
    if (!end) return [];
    const isPlain = end.key.style === 'plain';
    const name = isPlain
      ? quote(next, 'plain', { inFlow: isInFlow(machine, end.key) })
      : JSON.stringify(next);
    return [{ start: end.start, end: end.end, text: `${isPlain ? 'Next' : '"Next"'}: ${name}` }];
  });
}

function replacement(
  machine: MachineAnalysis,
  parallel: ParallelState,
  start: State,
  texts: readonly StateText[],
): readonly Edit[] {
  const { source } = machine.analysis;
  const { property } = parallel;
  const whole = spanWithComments(machine, property);
  const [first, ...rest] = texts;
  if (!first) return [];
  const behind = source.text.slice(endOfText(source.text, property.end), whole.end);
  const kept = commentsAround(machine, parallel, texts);
  const states = [{ ...first, above: [...kept, ...first.above], isApart: false }, ...rest];
  const comma = behind.trimStart().startsWith(',') ? ',' : '';
  const waysIn = machine.references.referencesTo(parallel).map(({ node }): Edit => {
    const text = quote(start.name, node.style, { inFlow: isInFlow(machine, node) });
    return { start: node.start, end: node.end, text };
  });
  return [
    { ...whole, text: writeStates(states, layoutAt(machine, property), comma) },
    ...waysIn.filter(edit => !contains(whole, edit)),
  ];
}

/** Comments that stand at the Parallel state, not at the states in it. */
function commentsAround(
  machine: MachineAnalysis,
  parallel: ParallelState,
  texts: readonly StateText[],
): readonly string[] {
  const { text } = machine.analysis.source;
  const whole = spanWithComments(machine, parallel.property);
  const inner = parallel.branches.flatMap(({ states }) =>
    states.map(({ property }) => spanWithComments(machine, property)),
  );
  const own = machine.site.tree.comments.filter(
    comment => contains(whole, comment) && !inner.some(span => contains(span, comment)),
  );
  return texts.length === 0 ? [] : own.map(({ start, end }) => text.slice(start, end).trimEnd());
}

/** Takes a state out with its own comments; those of its neighbours stay. */
function removal(machine: MachineAnalysis, property: PropertyNode): Edit[] {
  const { text } = machine.analysis.source;
  const all = property.parent.properties;
  const index = all.indexOf(property);
  const next = all[index + 1];
  const own = spanWithComments(machine, property);
  if (next) return [{ start: own.start, end: spanWithComments(machine, next).start, text: '' }];
  const previous = all[index - 1];
  if (!previous) return [{ ...own, text: '' }];
  const end = endOfText(text, previous.end);
  const kept = spanWithComments(machine, previous).end;
  const comma = /^\s*,/.exec(text.slice(end, kept))?.[0].length ?? 0;
  return [
    ...(comma > 0 ? [{ start: end, end: end + comma, text: '' }] : []),
    { start: kept, end: own.end, text: '' },
  ];
}

function endText(style: string): string {
  return style === 'plain' ? 'End: true' : '"End": true';
}
