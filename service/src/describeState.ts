import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { StateReference } from '#core/analysis/references.ts';
import { innerScopes, type State } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import type { Translate } from '#core/text/translate.ts';
import { integrationNamed } from './integrations.ts';
import { code, escapeMarkdown, paragraphs, shorten } from './markdown.ts';

/** What a state does, who leads to it, where it goes on, what it retries and catches; Markdown. */
export function describeState(machine: MachineAnalysis, state: State): string {
  const { translate } = machine.analysis;
  const comment = textAt(state.node, 'Comment');
  const lines = [
    incoming(machine, state),
    outgoing(state, translate),
    ...state.retriers.map(retrier => retryOf(retrier, translate)),
    ...inside(state, translate),
  ].filter(line => line !== undefined);
  return paragraphs(
    `**${escapeMarkdown(state.name)}** · ${headline(machine, state)}`,
    comment === undefined ? undefined : escapeMarkdown(comment),
    lines.map(line => `- ${line}`).join('\n'),
  );
}

/** The type, and for a Task what it calls: `Task · sqs sendMessage`. */
export function headline(machine: MachineAnalysis, state: State): string {
  if (state.type === 'Unknown') return machine.analysis.translate('state without a type');
  const language = state.queryLanguage === machine.machine.queryLanguage ? '' : ` · ${state.queryLanguage}`;
  return `${state.type}${detailOf(machine, state)}${language}`;
}

function detailOf(machine: MachineAnalysis, state: State): string {
  switch (state.type) {
    case 'Task': {
      const arn = state.resource?.value;
      const integration = arn === undefined ? undefined : integrationNamed(machine.analysis, arn);
      if (integration) return ` · ${integration.service} ${integration.action}`;
      return arn === undefined ? '' : ` · ${code(shorten(arn, 80))}`;
    }
    case 'Map':
      return state.isDistributed ? ` · ${machine.analysis.translate('distributed')}` : '';
    case 'Wait': {
      const seconds = valueOf(state.node, 'Seconds');
      return seconds?.kind === 'number' ? ` · ${seconds.text} s` : '';
    }
    case 'Fail': {
      const error = textAt(state.node, 'Error');
      return error === undefined ? '' : ` · ${code(error)}`;
    }
    default:
      return '';
  }
}

const shownAtMost = 5;

function incoming(machine: MachineAnalysis, state: State): string {
  const { translate } = machine.analysis;
  const references = machine.references.referencesTo(state);
  if (references.length === 0) return translate('nothing leads here');
  const shown = references.slice(0, shownAtMost).map(fromOf);
  const more = references.length - shown.length;
  const names = [...new Set(shown)].join(', ');
  return more > 0 ? translate('from {0} and {1} more', names, more) : translate('from {0}', names);
}

function fromOf({ kind, from }: StateReference): string {
  if (!from) return '`StartAt`';
  return kind === 'Catch' ? `${code(from.name)} (Catch)` : code(from.name);
}

function outgoing(state: State, translate: Translate): string | undefined {
  const targets = state.transitions.map(({ kind, target, node }) => {
    switch (kind) {
      case 'Catch':
        return translate('{0} on {1}', code(target.value), errorsOf(node, translate));
      case 'Default':
        return translate('{0} otherwise', code(target.value));
      default:
        return code(target.value);
    }
  });
  if (state.isTerminal) targets.push(translate('the end'));
  if (targets.length === 0) return translate('goes nowhere');
  const shown = targets.slice(0, shownAtMost);
  const more = targets.length - shown.length;
  const names = shown.join(', ');
  return more > 0 ? translate('to {0} and {1} more', names, more) : translate('to {0}', names);
}

function retryOf(retrier: ObjectNode, translate: Translate): string {
  const number = (name: string, otherwise: number): number => {
    const value = valueOf(retrier, name);
    return value?.kind === 'number' ? value.value : otherwise;
  };
  const attempts = number('MaxAttempts', 3);
  const seconds = number('IntervalSeconds', 1);
  const rate = number('BackoffRate', 2);
  const errors = errorsOf(retrier, translate);
  if (attempts <= 0) return translate('retries {0} never', errors);
  return attempts === 1
    ? translate('retries {0} 1 time after {1} s, × {2} each', errors, seconds, rate)
    : translate('retries {0} {1} times after {2} s, × {3} each', errors, attempts, seconds, rate);
}

function errorsOf(node: ObjectNode, translate: Translate): string {
  const names = valueOf(node, 'ErrorEquals');
  if (names?.kind !== 'array') return translate('errors');
  return names.items.flatMap(item => (item.kind === 'string' ? [code(item.value)] : [])).join(', ');
}

function inside(state: State, translate: Translate): string[] {
  const scopes = innerScopes(state);
  if (scopes.length === 0) return [];
  const count = scopes.reduce((sum, scope) => sum + scope.states.length, 0);
  if (state.type !== 'Parallel')
    return [count === 1 ? translate('1 state for each item') : translate('{0} states for each item', count)];
  const states = count === 1 ? translate('1 state') : translate('{0} states', count);
  return [
    scopes.length === 1
      ? translate('1 branch with {0}', states)
      : translate('{0} branches with {1}', scopes.length, states),
  ];
}

function textAt(node: ObjectNode, name: string): string | undefined {
  const value = valueOf(node, name);
  return value?.kind === 'string' ? value.value : undefined;
}
