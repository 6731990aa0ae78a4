import { errorNamed } from '#core/language/errorNames.ts';
import { parseResource } from '#core/language/services/resource.ts';
import { typeDescriptions } from '#service/typeDescriptions.ts';
import { integrationNamed, integrationOf } from '#service/integrations.ts';
import { code, documentationLink, paragraphs } from '#service/markdown.ts';
import type { ValuePlace } from '#service/place.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { describeField } from './field.ts';
import type { HoverText } from './hoverText.ts';

/** What a fixed value means: a type, an ARN, an Error Name, one of few words. */
export function valueHover(place: ValuePlace): HoverText | undefined {
  const { field, value } = place;
  if (!field || value?.kind !== 'string') return undefined;
  const span = contentSpan(value);
  const { translate } = place.machine.analysis;
  switch (field.value.is) {
    case 'oneOf': {
      const type = typeDescriptions.find(({ type: name }) => name === value.value);
      if (field.name === 'Type' && type) {
        const link = documentationLink(type.link, translate);
        return { span, markdown: paragraphs(`**${type.type}**`, translate(type.doc), link) };
      }
      return { span, markdown: describeField(field, translate) };
    }
    case 'errorNames': {
      const error = errorNamed(value.value);
      if (error) return { span, markdown: paragraphs(`**${error.name}**`, translate(error.doc)) };
      const integration = place.state && integrationOf(place.machine.analysis, place.state.node);
      if (!integration?.errors.includes(value.value)) return undefined;
      const source = `${integration.service} ${integration.action}`;
      return { span, markdown: paragraphs(`**${value.value}**`, translate('An error of {0}.', source)) };
    }
    case 'resource': {
      const markdown = describeResource(place, value.value);
      return markdown === undefined ? undefined : { span, markdown };
    }
    default:
      return undefined;
  }
}

function describeResource({ machine }: ValuePlace, arn: string): string | undefined {
  const { knowledge, translate } = machine.analysis;
  const resource = parseResource(arn);
  if (resource.kind === 'lambda')
    return paragraphs(`**${translate('Lambda function')}**`, code(resource.name.text));
  if (resource.kind === 'activity')
    return paragraphs(`**${translate('Activity')}**`, code(resource.name.text));
  const integration = integrationNamed(machine.analysis, arn);
  if (!integration) return undefined;
  const { sdk, optimized } = integration;
  const action = sdk && knowledge.services?.service(sdk.service)?.action(sdk.action);
  const sentence = sdk && action ? knowledge.documentation?.ofAction(sdk.service, action) : undefined;
  const required = (integration.parameters ?? []).filter(({ isRequired }) => isRequired);
  const kind =
    integration.kind === 'sdk' ? translate('AWS SDK integration') : translate('optimized integration');
  const patterns = integration.patterns.map(pattern =>
    pattern === 'request-response' ? translate('request and response') : code(`.${pattern}`),
  );
  return paragraphs(
    `**${integration.service} ${integration.action}** · ${kind}`,
    optimized ? translate(optimized.documentation) : sentence,
    optimized && sentence !== undefined && sentence !== optimized.documentation ? sentence : undefined,
    required.length === 0
      ? undefined
      : translate('Needs {0}.', required.map(({ name }) => code(name)).join(', ')),
    translate('Patterns: {0}', patterns.join(', ')),
    optimized && documentationLink(optimized.link, translate),
  );
}
