import type { LocationLink, Position } from 'vscode-languageserver-types';
import type { Analysis, MachineAnalysis } from '#core/analysis/analysis.ts';
import { substitutionFor } from '#core/embedding/definitions.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { valueOf, type SyntaxNode } from '#core/syntax/node.ts';
import { lineMap } from '#core/text/lineMap.ts';
import { contentSpan, symbolAt } from '#service/symbolAt.ts';
import { callOf, calleeOf } from '#service/templates/callee.ts';
import { handlerIn, handlerSource, type HandlerSource } from '#service/templates/handlerFiles.ts';
import {
  machineResourcesFor,
  referenceIn,
  resourcesOf,
  soleVariable,
  type FunctionResource,
  type MachineResource,
  type Reference,
  type TemplateResource,
} from '#service/templates/resources.ts';
import { toOffset, toRange } from '#service/toLsp.ts';
import { isSameFile, pathOf, resolveUri } from '#service/uris.ts';

/** What does the work of a Task: the source of a Lambda function, or the definition of another state machine. */
export interface Implementation {
  /** The files in which it may be, best first. */
  readonly source: HandlerSource;
  /** What is shown where none of them is there: its place in the template. */
  readonly otherwise: LocationLink | undefined;
}

/** Templates and definitions of the workspace. */
export interface Deployed {
  readonly templates: readonly Analysis[];
  readonly definitionUris: readonly string[];
}

/**
 * What a Task calls, as far as the workspace's templates tell: by ARN, by name, by a substitution such as
 * `${PayFunctionArn}`, or by `!GetAtt` and `!Ref` inside of a template.
 */
export function implementations(
  analysis: Analysis,
  position: Position,
  deployed: Deployed,
): Implementation[] {
  const offset = toOffset(analysis, position);
  const symbol = symbolAt(analysis, offset);
  if (symbol && symbol.kind !== 'state') return [];
  const machine = symbol?.machine ?? analysis.machineAt(offset);
  const state = symbol?.state ?? machine?.stateAt(offset);
  const call = state && callOf(state);
  const callee = call && calleeOf(state, call);
  if (!machine || !callee) return [];
  const search = new Search(machine, deployed);
  return call.kind === 'function'
    ? search.functions(callee).map(functionImplementation)
    : search.machines(callee);
}

/** Turns what was found and read into the answer; the first file that is there counts. */
export function implementationLink(
  { source, otherwise }: Implementation,
  files: readonly { readonly uri: string; readonly text: string }[],
): LocationLink | undefined {
  for (const wanted of source.files) {
    const file = files.find(({ uri }) => isSameFile(uri, wanted));
    if (!file) continue;
    const lines = lineMap(file.text);
    const { start, end } = handlerIn(file.text, source.symbol);
    const range = { start: lines.positionAt(start), end: lines.positionAt(end) };
    return { targetUri: file.uri, targetRange: range, targetSelectionRange: range };
  }
  return otherwise;
}

/** The state machine that a link leads to: the only one of a file, or that of a resource in a template. */
export function machineBehind(file: Analysis, link: LocationLink): MachineAnalysis | undefined {
  const [only, ...others] = file.machines;
  if (others.length === 0 && file.source.role === 'definition') return only;
  const start = toOffset(file, link.targetRange.start);
  const end = toOffset(file, link.targetRange.end);
  return file.machines.find(({ site }) => start <= site.node.start && site.node.end <= end);
}

function functionImplementation(resource: FunctionResource): Implementation {
  const { template, property, inline } = resource;
  const otherwise = linkTo(template, property, inline);
  return { source: inline ? { files: [], symbol: undefined } : handlerSource(resource), otherwise };
}

function linkTo(
  template: Analysis,
  property: FunctionResource['property'],
  inner: SyntaxNode | undefined,
): LocationLink {
  return {
    targetUri: template.source.uri,
    targetRange: toRange(template, property),
    targetSelectionRange: toRange(template, inner ?? contentSpan(property.key)),
  };
}

class Search {
  readonly #machine: MachineAnalysis;
  readonly #own: Analysis;
  readonly #templates: readonly Analysis[];
  readonly #definitionUris: readonly string[];

  constructor(machine: MachineAnalysis, { templates, definitionUris }: Deployed) {
    this.#machine = machine;
    this.#own = machine.analysis;
    const others = templates.filter(({ source }) => !isSameFile(source.uri, this.#own.source.uri));
    this.#templates = [this.#own, ...others];
    this.#definitionUris = definitionUris;
  }

  functions(node: SyntaxNode): readonly FunctionResource[] {
    return unique(this.#found(node, functionName).filter(resource => resource.kind === 'function'));
  }

  machines(node: SyntaxNode): Implementation[] {
    const resources = this.#found(node, machineName).filter(resource => resource.kind === 'machine');
    if (resources.length > 0) return unique(resources).map(machineImplementation);
    const name = node.kind === 'string' ? machineName(node.value) : undefined;
    const files = this.#definitionUris.filter(uri => mockedName(pathOf(uri), undefined) === name);
    return files.map(file => ({ source: { files: [file], symbol: undefined }, otherwise: undefined }));
  }

  #found(node: SyntaxNode, nameIn: (text: string) => string | undefined): readonly TemplateResource[] {
    if (node.kind === 'placeholder') return this.#substituted(node.name, nameIn);
    const reference = referenceIn(node);
    if (reference?.kind !== 'text') return reference ? this.#resolved(this.#own, reference, nameIn) : [];
    const variable = soleVariable(reference.text);
    return variable === undefined ? this.#named(nameIn(reference.text)) : this.#substituted(variable, nameIn);
  }

  /** What stands for `${name}` in this definition. */
  #substituted(name: string, nameIn: (text: string) => string | undefined): readonly TemplateResource[] {
    const given = substitutionFor(this.#machine.site, name);
    if (given) {
      const reference = referenceIn(given);
      return reference ? this.#resolved(this.#own, reference, nameIn) : [];
    }
    if (this.#machine.site.kind !== 'file') {
      const inTemplate = this.#withId(this.#own, name.split('.')[0] ?? name, nameIn);
      if (inTemplate.length > 0) return inTemplate;
    }
    for (const resource of machineResourcesFor(this.#own, this.#templates)) {
      const value = resource.substitutions && valueOf(resource.substitutions, name);
      const reference = value && referenceIn(value);
      if (reference) return this.#resolved(resource.template, reference, nameIn);
    }
    // Nothing says it; names mostly do.
    const id = name.replace(/[_-]?(?:Arn|ARN|arn|Name|name)$/, '');
    return this.#templates.flatMap(template =>
      resourcesOf(template).filter(resource => resource.id === name || resource.id === id),
    );
  }

  #resolved(
    template: Analysis,
    reference: Reference,
    nameIn: (text: string) => string | undefined,
  ): readonly TemplateResource[] {
    return reference.kind === 'id'
      ? this.#withId(template, reference.id, nameIn)
      : this.#named(nameIn(reference.text));
  }

  #withId(
    template: Analysis,
    id: string,
    nameIn: (text: string) => string | undefined,
    depth = 0,
  ): readonly TemplateResource[] {
    return resourcesOf(template)
      .filter(resource => resource.id === id || resource.id === serverlessKey(id))
      .flatMap(resource => {
        if (resource.kind !== 'alias') return [resource];
        const reference = depth < 5 ? referenceIn(resource.target) : undefined;
        if (!reference) return [];
        return reference.kind === 'id'
          ? this.#withId(template, reference.id, nameIn, depth + 1)
          : this.#named(nameIn(reference.text));
      });
  }

  #named(name: string | undefined): readonly TemplateResource[] {
    if (name === undefined || name === '') return [];
    const all = this.#templates.flatMap(resourcesOf);
    const exact = all.filter(resource => resource.kind !== 'alias' && resource.name === name);
    if (exact.length > 0) return exact;
    return all.filter(
      ({ id }) =>
        id === name ||
        // The name CloudFormation makes, `stack-Pay-1A2B3C4D5E6F`, and the Serverless Framework: `service-stage-pay`.
        new RegExp(`-${id.replaceAll(/\W/g, String.raw`\$&`)}(?:-[A-Za-z\\d]{6,})?$`).test(name),
    );
  }
}

/** The Serverless Framework makes `PayLambdaFunction` of `pay`. */
function serverlessKey(id: string): string | undefined {
  const key = /^(.+)LambdaFunction$/.exec(id)?.[1];
  return key && key.charAt(0).toLowerCase() + key.slice(1);
}

/** The name in a function's ARN, whole or in part, or the name itself. */
function functionName(text: string): string | undefined {
  if (text.startsWith('{%')) return undefined;
  const name = /(?:^|:)function:([\w-]+)/.exec(text)?.[1];
  return name ?? (/^[\w-]+(?::[\w$-]+)?$/.test(text) ? text.split(':')[0] : undefined);
}

function machineName(text: string): string | undefined {
  return /:stateMachine:([^:]+)/.exec(text)?.[1] ?? (/^[\w.-]+$/.test(text) ? text : undefined);
}

function machineImplementation(resource: MachineResource): Implementation {
  const { template, property, file } = resource;
  return {
    source: {
      files: file === undefined ? [] : [resolveUri(template.source.uri, file)],
      symbol: undefined,
    },
    otherwise: linkTo(template, property, undefined),
  };
}

function unique<R extends object>(resources: readonly R[]): readonly R[] {
  return [...new Set(resources)];
}
