import type { DocumentLink } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { optimizedAction } from '#core/language/services/optimized.ts';
import { parseResource } from '#core/language/services/resource.ts';
import { valueOf, type ObjectNode, type StringNode } from '#core/syntax/node.ts';
import { contentSpan } from '#service/symbolAt.ts';
import { toRange } from '#service/toLsp.ts';

/** Links of resources: the documentation of an integration, a function in the AWS console. */
export function documentLinks(analysis: Analysis): DocumentLink[] {
  return analysis.machines.flatMap(machine =>
    machine.machine.states.flatMap(state => {
      if (state.type !== 'Task' && state.type !== 'Map') return [];
      return resourcesIn(state.node).flatMap(node => linkOf(machine, node));
    }),
  );
}

function resourcesIn(state: ObjectNode): StringNode[] {
  const holders = [state, valueOf(state, 'ItemReader'), valueOf(state, 'ResultWriter')];
  return holders.flatMap(holder => {
    const resource = valueOf(holder, 'Resource');
    return resource?.kind === 'string' ? [resource] : [];
  });
}

function linkOf({ analysis }: MachineAnalysis, node: StringNode): DocumentLink[] {
  const { translate } = analysis;
  const range = toRange(analysis, contentSpan(node));
  const resource = parseResource(node.value);
  if (resource.kind === 'lambda') {
    const { region, name } = resource;
    if (!region.isKnown || !name.isKnown || !/^[\w-]+$/.test(region.text) || !/^[\w-]+$/.test(name.text))
      return [];
    const target = `https://console.aws.amazon.com/lambda/home?region=${region.text}#/functions/${name.text}`;
    return [{ range, target, tooltip: translate("Open '{0}' in the AWS console", name.text) }];
  }
  if (resource.kind !== 'optimized') return [];
  const link = optimizedAction(resource.service.text, resource.action.text)?.link;
  return link === undefined
    ? []
    : [{ range, target: link, tooltip: translate('Open the documentation of the integration') }];
}
