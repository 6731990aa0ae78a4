import { errorNamed } from '#core/language/errorNames.ts';
import { parseResource } from '#core/language/services/resource.ts';
import { typeDescriptions } from '#service/typeDescriptions.ts';
import { integrationNamed, integrationOf } from '#service/integrations.ts';
import { code, paragraphs } from '#service/markdown.ts';
import type { ValuePlace } from '#service/place.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { describeField } from './field.ts';
import type { HoverText } from './hoverText.ts';

/** What a fixed value means: a type, an ARN, an Error Name, one of few words. */
export function valueHover(place: ValuePlace): HoverText | undefined {
  const { field, value } = place;
  if (!field || value?.kind !== 'string') return undefined;
  const span = contentSpan(value);
  switch (field.value.is) {
    case 'oneOf': {
      const type = typeDescriptions.find(({ type: name }) => name === value.value);
      if (field.name === 'Type' && type) {
        return { span, markdown: paragraphs(`**${type.type}**`, type.doc, `[Documentation](${type.link})`) };
      }
      return { span, markdown: describeField(field) };
    }
    case 'errorNames': {
      const error = errorNamed(value.value);
      if (error) return { span, markdown: paragraphs(`**${error.name}**`, error.doc) };
      const integration = place.state && integrationOf(place.machine.analysis, place.state.node);
      if (!integration?.errors.includes(value.value)) return undefined;
      const source = `${integration.service} ${integration.action}`;
      return { span, markdown: paragraphs(`**${value.value}**`, `An error of ${source}.`) };
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
  const resource = parseResource(arn);
  if (resource.kind === 'lambda') return paragraphs('**Lambda function**', code(resource.name.text));
  if (resource.kind === 'activity') return paragraphs('**Activity**', code(resource.name.text));
  const { knowledge } = machine.analysis;
  const integration = integrationNamed(machine.analysis, arn);
  if (!integration) return undefined;
  const { sdk, optimized } = integration;
  const action = sdk && knowledge.services?.service(sdk.service)?.action(sdk.action);
  const sentence = sdk && action ? knowledge.documentation?.ofAction(sdk.service, action) : undefined;
  const required = (integration.parameters ?? []).filter(({ isRequired }) => isRequired);
  return paragraphs(
    `**${integration.service} ${integration.action}** · ${integration.kind === 'sdk' ? 'AWS SDK' : 'optimized'} integration`,
    optimized?.documentation ?? sentence,
    optimized && sentence !== undefined && sentence !== optimized.documentation ? sentence : undefined,
    required.length === 0 ? undefined : `Needs ${required.map(({ name }) => code(name)).join(', ')}.`,
    `Patterns: ${integration.patterns.map(pattern => (pattern === 'request-response' ? 'request and response' : code(`.${pattern}`))).join(', ')}`,
    optimized && `[Documentation](${optimized.link})`,
  );
}
