import { CompletionItemKind } from 'vscode-languageserver-types';
import { optimizedActions, type IntegrationPattern } from '#core/language/services/optimized.ts';
import { stops } from '#service/draft.ts';
import { inEachLanguage } from '#service/inEachLanguage.ts';
import { documentationLink } from '#service/markdown.ts';
import type { ValuePlace } from '#service/place.ts';
import type { Candidate } from './candidate.ts';

const sdkPrefix = 'arn:aws:states:::aws-sdk:';

/**
 * What a `Resource` may name: optimized integrations with their patterns, and the AWS SDK's services, then
 * the actions of the one that is written; all of them at once would be fifteen thousand.
 */
export function resourceCandidates(place: ValuePlace, written: string): Candidate[] {
  const prefix = /^arn:[\w-]*:states:::aws-sdk:([a-z0-9]+):/.exec(written);
  return prefix ? actionCandidates(place, prefix[0], prefix[1] ?? '') : startCandidates(place);
}

function startCandidates({ machine, container }: ValuePlace): Candidate[] {
  const wanted =
    container.kind === 'fields' && container.name !== 'Task' ? container.name : ('Task' as const);
  const { translate } = machine.analysis;
  const optimized = optimizedCandidates(translate).flatMap(({ place, candidates }) =>
    place === wanted ? candidates : [],
  );
  if (wanted !== 'Task') return optimized;
  const services = (machine.analysis.knowledge.services?.services ?? [])
    .filter(({ actionCount }) => actionCount > 0)
    .map(({ name, actionCount, isDocumented }): Candidate => ({
      label: `${sdkPrefix}${name}:`,
      kind: CompletionItemKind.Module,
      rank: isDocumented ? 5 : 6,
      detail: actionCount === 1 ? translate('1 API action') : translate('{0} API actions', actionCount),
      suggestNext: true,
    }));
  return [
    {
      label: 'arn:aws:lambda:…:function:…',
      kind: CompletionItemKind.Snippet,
      rank: 4,
      detail: translate('A Lambda function by its ARN'),
      draft: stops('arn:aws:lambda:${1:us-east-1}:${2:123456789012}:function:${3:name}'),
    },
    ...optimized,
    ...services,
  ];
}

/** What each optimized action may be written as. */
const optimizedCandidates = inEachLanguage(translate =>
  optimizedActions.map(({ service, action, place, patterns, documentation, link }) => {
    const sentence = translate(documentation);
    const candidates = patterns.map((pattern): Candidate => ({
      label: `arn:aws:states:::${service}:${action}${suffixOf(pattern)}`,
      kind: CompletionItemKind.Function,
      rank: pattern === 'request-response' ? 2 : 3,
      detail: sentence,
      documentation: `${sentence}\n\n${documentationLink(link, translate)}`,
    }));
    return { place, candidates };
  }),
);

function actionCandidates({ machine }: ValuePlace, prefix: string, serviceName: string): Candidate[] {
  const { services, documentation } = machine.analysis.knowledge;
  const service = services?.service(serviceName);
  return (service?.actions ?? [])
    .filter(({ isSupported }) => isSupported)
    .map((action): Candidate => {
      const sentence = documentation?.ofAction(serviceName, action);
      return {
        label: prefix + action.name,
        kind: CompletionItemKind.Function,
        rank: 2,
        ...(sentence !== undefined && { detail: sentence, documentation: sentence }),
      };
    });
}

function suffixOf(pattern: IntegrationPattern): string {
  return pattern === 'request-response' ? '' : `.${pattern}`;
}
