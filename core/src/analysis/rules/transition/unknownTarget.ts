import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { awsLocation } from '#core/analysis/location.ts';
import type { StateReference } from '#core/analysis/references.ts';
import type { Fix } from '#core/analysis/finding.ts';
import type { Rule, RuleFinding } from '#core/analysis/rule.ts';
import type { Scope, State } from '#core/model/stateMachine.ts';
import { isDeferred } from '#core/syntax/node.ts';
import { askIfMeant, closest } from '#core/text/closest.ts';
import { say, type Message } from '#core/text/message.ts';
import { contains } from '#core/text/span.ts';

/** `Next`, `Default` or `StartAt` names a state that its scope does not have. */
export const unknownTarget: Rule = {
  code: 'transition/next-unknown',
  variants: [
    'root/startat-unknown',
    'transition/default-unknown',
    'transition/choice-next-unknown',
    'transition/catch-next-unknown',
    'transition/branch-to-sibling-branch',
    'transition/map-itemprocessor-to-outer',
    'transition/map-iterator-to-outer',
    'transition/outer-to-inner',
    'transition/parallel-to-outer',
  ],
  severity: 'error',
  summary: 'There is no state of that name in this scope.',
  explanation:
    'A transition leads to a state of the same `States` object. States inside a Parallel branch or a Map are a scope of their own: no transition leads in or out. Names are case-sensitive.',
  link: 'https://states-language.net/spec.html#transition',
  example: '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}',
  *check(analysis) {
    const knowsNot = lookup();
    const unknown = analysis.references.all.filter(
      ({ to, node, scope }) => to === undefined && !isDeferred(node) && knowsNot(scope, node.value),
    );
    if (unknown.length === 0) return;
    const stateByName = new Map(analysis.machine.states.map(state => [state.name, state]));
    for (const [index, reference] of unknown.entries()) {
      const { node, scope } = reference;
      const elsewhere = stateByName.get(node.value);
      const isSought = !elsewhere && index < mostSought;
      const meant = isSought ? closest(node.value, scope.stateByName.keys()) : undefined;
      yield finding(analysis, reference, elsewhere, meant);
    }
  },
};

/** For so many references the name that was meant is sought among all: more are no slips, and would take too long. */
const mostSought = 500;

/** Whether a scope has states and none of a name; one that is no object is a fault of its own. */
function lookup(): (scope: Scope, name: string) => boolean {
  const known = new Map<Scope, ReadonlySet<string>>();
  return (scope, name) => {
    let names = known.get(scope);
    if (!names) known.set(scope, (names = new Set(scope.statesNode?.properties.map(({ key }) => key.value))));
    return names.size > 0 && !names.has(name);
  };
}

function finding(
  analysis: MachineAnalysis,
  reference: StateReference,
  elsewhere: State | undefined,
  meant: string | undefined,
): RuleFinding {
  const { node, scope, from } = reference;
  const name = node.value;
  return {
    start: node.start,
    end: node.end,
    code: elsewhere ? crossingCode(reference, elsewhere) : codes[reference.kind],
    message: elsewhere
      ? say`No state named '${name}' in this scope. ${crossingText(scope, elsewhere)}`
      : askIfMeant(say`No state named '${name}' in this scope.`, meant),
    ...(from && { state: from.pointer }),
    ...(elsewhere && {
      related: [
        {
          start: elsewhere.key.start,
          end: elsewhere.key.end,
          message: say`'${name}' stands in another scope.`,
        },
      ],
    }),
    aws: {
      code: 'MISSING_TRANSITION_TARGET',
      message: `Missing 'Next' target: ${name}`,
      location: awsLocation(analysis.site.node, node),
    },
    ...fixOf(reference, meant, elsewhere !== undefined),
  };
}

const codes = {
  StartAt: 'root/startat-unknown',
  Next: 'transition/next-unknown',
  Default: 'transition/default-unknown',
  Choice: 'transition/choice-next-unknown',
  Catch: 'transition/catch-next-unknown',
} as const;

function crossingCode({ scope, kind }: StateReference, to: State): string {
  if (kind === 'StartAt') return codes.StartAt;
  if (contains(to.scope.node, scope.node)) {
    if (scope.kind === 'branch') return 'transition/parallel-to-outer';
    return scope.pointer.endsWith('/Iterator')
      ? 'transition/map-iterator-to-outer'
      : 'transition/map-itemprocessor-to-outer';
  }
  return contains(scope.node, to.scope.node)
    ? 'transition/outer-to-inner'
    : 'transition/branch-to-sibling-branch';
}

function crossingText(scope: Scope, to: State): Message {
  const inside = to.scope.owner;
  if (contains(to.scope.node, scope.node)) {
    return say`A transition cannot leave the ${scope.owner?.type ?? ''} state '${scope.owner?.name ?? ''}'; end here with "End": true.`;
  }
  return say`It stands inside the ${inside?.type ?? ''} state '${inside?.name ?? ''}', and transitions cannot cross that border.`;
}

function fixOf(
  { node, kind }: StateReference,
  meant: string | undefined,
  isCrossing: boolean,
): Pick<RuleFinding, 'fix' | 'otherFix'> {
  const name = node.value;
  const create: Fix<Message> | undefined =
    isCrossing || kind === 'StartAt' || name === ''
      ? undefined
      : { kind: 'action', name: 'createState', arguments: { name }, title: say`Create state '${name}'` };
  if (meant === undefined) return create ? { fix: create } : {};
  const span = { start: node.offsetOf(0), end: node.offsetOf(name.length) };
  const change: Fix<Message> = { kind: 'replaceText', span, text: meant, title: say`Change to '${meant}'` };
  return create ? { fix: change, otherFix: create } : { fix: change };
}
