import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import type { StateReference } from '#core/analysis/references.ts';
import { innerScopes, type State } from '#core/model/stateMachine.ts';
import { valueOf, type ObjectNode } from '#core/syntax/node.ts';
import { integrationNamed } from './integrations.ts';
import { code, escapeMarkdown, paragraphs, shorten } from './markdown.ts';

/** What a state does, who leads to it, where it goes on, what it retries and catches; Markdown. */
export function describeState(machine: MachineAnalysis, state: State): string {
  const comment = textAt(state.node, 'Comment');
  const lines = [
    incoming(machine, state),
    outgoing(state),
    ...state.retriers.map(retrier => `retries ${retryOf(retrier)}`),
    ...inside(state),
  ].filter(line => line !== undefined);
  return paragraphs(
    `**${escapeMarkdown(state.name)}** · ${headline(machine, state)}`,
    comment === undefined ? undefined : escapeMarkdown(comment),
    lines.map(line => `- ${line}`).join('\n'),
  );
}

/** The type, and for a Task what it calls: `Task · sqs sendMessage`. */
export function headline(machine: MachineAnalysis, state: State): string {
  if (state.type === 'Unknown') return 'state without a type';
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
      return state.isDistributed ? ' · distributed' : '';
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
  const references = machine.references.referencesTo(state);
  if (references.length === 0) return 'nothing leads here';
  const shown = references.slice(0, shownAtMost).map(fromOf);
  const more = references.length - shown.length;
  return `from ${[...new Set(shown)].join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function fromOf({ kind, from }: StateReference): string {
  if (!from) return '`StartAt`';
  return kind === 'Catch' ? `${code(from.name)} (Catch)` : code(from.name);
}

function outgoing(state: State): string | undefined {
  const targets = state.transitions.map(({ kind, target, node }) => {
    switch (kind) {
      case 'Catch':
        return `${code(target.value)} on ${errorsOf(node)}`;
      case 'Default':
        return `${code(target.value)} otherwise`;
      default:
        return code(target.value);
    }
  });
  if (state.isTerminal) targets.push('the end');
  if (targets.length === 0) return 'goes nowhere';
  const shown = targets.slice(0, shownAtMost);
  const more = targets.length - shown.length;
  return `to ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function retryOf(retrier: ObjectNode): string {
  const number = (name: string, otherwise: number): number => {
    const value = valueOf(retrier, name);
    return value?.kind === 'number' ? value.value : otherwise;
  };
  const attempts = number('MaxAttempts', 3);
  const seconds = number('IntervalSeconds', 1);
  const rate = number('BackoffRate', 2);
  const times = attempts === 0 ? 'never' : `${attempts} ${attempts === 1 ? 'time' : 'times'}`;
  return `${errorsOf(retrier)} ${times}${attempts > 0 ? ` after ${seconds} s, × ${rate} each` : ''}`;
}

function errorsOf(node: ObjectNode): string {
  const names = valueOf(node, 'ErrorEquals');
  if (names?.kind !== 'array') return 'errors';
  return names.items.flatMap(item => (item.kind === 'string' ? [code(item.value)] : [])).join(', ');
}

function inside(state: State): string[] {
  const scopes = innerScopes(state);
  if (scopes.length === 0) return [];
  const count = scopes.reduce((sum, scope) => sum + scope.states.length, 0);
  const states = `${count} ${count === 1 ? 'state' : 'states'}`;
  return [state.type === 'Parallel' ? `${scopes.length} branches with ${states}` : `${states} for each item`];
}

function textAt(node: ObjectNode, name: string): string | undefined {
  const value = valueOf(node, name);
  return value?.kind === 'string' ? value.value : undefined;
}
