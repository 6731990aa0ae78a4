import type { Analysis } from '#core/analysis/analysis.ts';
import {
  propertyOf,
  valueOf,
  type ObjectNode,
  type PropertyNode,
  type SyntaxNode,
} from '#core/syntax/node.ts';
import { isSameFile, resolveUri } from '#service/uris.ts';

/** A Lambda function that a template makes. */
export interface FunctionResource {
  readonly kind: 'function';
  readonly template: Analysis;
  /** The name inside of the template: the logical id, or the key of a Serverless function. */
  readonly id: string;
  /** The name that it gets, where the template says it. */
  readonly name: string | undefined;
  readonly property: PropertyNode;
  /** `src/app.handler`, relative to the code. */
  readonly handler: string | undefined;
  readonly runtime: string | undefined;
  /** Folders of the code, relative to the template; the first that has the handler counts. */
  readonly folders: readonly string[];
  /** Files that are bundled to the code, relative to the folders. */
  readonly entryPoints: readonly string[];
  /** Code that stands in the template itself. */
  readonly inline: SyntaxNode | undefined;
}

/** A state machine that a template makes. */
export interface MachineResource {
  readonly kind: 'machine';
  readonly template: Analysis;
  readonly id: string;
  readonly name: string | undefined;
  readonly property: PropertyNode;
  /** The path of its file, relative to the template; none where the definition stands in the template. */
  readonly file: string | undefined;
  /** The file is a copy whose name tells nothing (CDK). */
  readonly isAsset: boolean;
  readonly substitutions: ObjectNode | undefined;
}

/** An alias or version: it stands for a function. */
export interface AliasResource {
  readonly kind: 'alias';
  readonly id: string;
  readonly target: SyntaxNode;
}

export type TemplateResource = FunctionResource | MachineResource | AliasResource;

const known = new WeakMap<Analysis, readonly TemplateResource[]>();

/** The functions and state machines of a SAM, CloudFormation or Serverless Framework template, or of one the CDK made. */
export function resourcesOf(template: Analysis): readonly TemplateResource[] {
  let resources = known.get(template);
  if (!resources) {
    // Most YAML of a workspace is something else, and need not be parsed.
    const isTemplate = /AWS::(?:Serverless|Lambda|StepFunctions)::|\bhandler["']?\s*:|\bstepFunctions\b/.test(
      template.source.text,
    );
    resources = isTemplate ? [...inResources(template), ...inServerless(template)] : [];
    known.set(template, resources);
  }
  return resources;
}

function* inResources(template: Analysis): Generator<TemplateResource> {
  const { root } = template.syntax;
  const globals = valueOf(valueOf(root, 'Globals'), 'Function');
  for (const property of propertiesOf(valueOf(root, 'Resources'))) {
    const resource = property.value;
    const properties = valueOf(resource, 'Properties');
    const base = { template, id: property.key.value, property };
    switch (textOf(valueOf(resource, 'Type'))) {
      case 'AWS::Serverless::Function':
      case 'AWS::Lambda::Function':
        yield functionOf(base, resource, properties, globals);
        break;
      case 'AWS::Serverless::StateMachine':
      case 'AWS::StepFunctions::StateMachine':
        yield machineOf(base, properties);
        break;
      case 'AWS::Lambda::Alias':
      case 'AWS::Lambda::Version': {
        const target = valueOf(properties, 'FunctionName');
        if (target) yield { kind: 'alias', id: base.id, target };
        break;
      }
      default:
        break;
    }
  }
}

type Base = Pick<FunctionResource, 'template' | 'id' | 'property'>;

function functionOf(
  base: Base,
  resource: SyntaxNode | undefined,
  properties: SyntaxNode | undefined,
  globals: SyntaxNode | undefined,
): FunctionResource {
  const field = (name: string): SyntaxNode | undefined => valueOf(properties, name) ?? valueOf(globals, name);
  const metadata = valueOf(resource, 'Metadata');
  const code = field('CodeUri') ?? field('Code');
  const folder = textOf(valueOf(metadata, 'aws:asset:path')) ?? textOf(code) ?? '.';
  const entryPoints = valueOf(valueOf(metadata, 'BuildProperties'), 'EntryPoints');
  return {
    ...base,
    kind: 'function',
    name: textOf(valueOf(properties, 'FunctionName')),
    handler: textOf(field('Handler')),
    runtime: textOf(field('Runtime')),
    folders: [folder],
    entryPoints: entryPoints?.kind === 'array' ? entryPoints.items.flatMap(item => textOf(item) ?? []) : [],
    inline: valueOf(properties, 'InlineCode') ?? valueOf(code, 'ZipFile'),
  };
}

function machineOf(base: Base, properties: SyntaxNode | undefined): MachineResource {
  const location = valueOf(properties, 'DefinitionUri') ?? valueOf(properties, 'DefinitionS3Location');
  const substitutions = valueOf(properties, 'DefinitionSubstitutions');
  return {
    ...base,
    kind: 'machine',
    name: textOf(valueOf(properties, 'Name') ?? valueOf(properties, 'StateMachineName')),
    file: textOf(location),
    isAsset: location !== undefined && location.kind !== 'string',
    substitutions: substitutions?.kind === 'object' ? substitutions : undefined,
  };
}

function* inServerless(template: Analysis): Generator<TemplateResource> {
  const { root } = template.syntax;
  const runtime = textOf(valueOf(valueOf(root, 'provider'), 'runtime'));
  for (const property of propertiesOf(valueOf(root, 'functions'))) {
    const handler = textOf(valueOf(property.value, 'handler'));
    if (handler === undefined) continue;
    yield {
      kind: 'function',
      template,
      id: property.key.value,
      name: textOf(valueOf(property.value, 'name')),
      property,
      handler,
      runtime: textOf(valueOf(property.value, 'runtime')) ?? runtime,
      folders: ['.'],
      entryPoints: [],
      inline: undefined,
    };
  }
  for (const property of propertiesOf(valueOf(valueOf(root, 'stepFunctions'), 'stateMachines'))) {
    const definition = textOf(valueOf(property.value, 'definition'));
    yield {
      kind: 'machine',
      template,
      id: textOf(valueOf(property.value, 'id')) ?? property.key.value,
      name: textOf(valueOf(property.value, 'name')) ?? property.key.value,
      property,
      file: /^\$\{file\(([^)]+)\)\}$/.exec(definition ?? '')?.[1]?.trim(),
      isAsset: false,
      substitutions: undefined,
    };
  }
}

function propertiesOf(node: SyntaxNode | undefined): readonly PropertyNode[] {
  return node?.kind === 'object' ? node.properties : [];
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

/** The resources that deploy a definition file; of the CDK, whose copies have no names, all. */
export function machineResourcesFor(
  { source }: Analysis,
  templates: readonly Analysis[],
): readonly MachineResource[] {
  const machines = templates.flatMap(template =>
    resourcesOf(template).filter(resource => resource.kind === 'machine'),
  );
  const named = machines.filter(
    ({ template, file }) =>
      isSameFile(template.source.uri, source.uri) ||
      (file !== undefined && isSameFile(resolveUri(template.source.uri, file), source.uri)),
  );
  return [...named, ...machines.filter(({ isAsset }) => isAsset)];
}

/** What a value of a template names: a resource of the same template, or something by its name or ARN. */
export type Reference =
  { readonly kind: 'id'; readonly id: string } | { readonly kind: 'text'; readonly text: string };

/** Reads `!Ref A`, `!GetAtt A.Arn`, `!Sub ${A.Arn}` in both spellings, and plain text. */
export function referenceIn(node: SyntaxNode): Reference | undefined {
  switch (node.kind) {
    case 'string':
      return { kind: 'text', text: node.value };
    case 'tag':
      return node.content && calledFor(node.tag.slice(1), node.content);
    case 'object': {
      const [property] = node.properties;
      if (node.properties.length !== 1 || !property?.value) return undefined;
      return calledFor(property.key.value.replace('Fn::', ''), property.value);
    }
    default:
      return undefined;
  }
}

function calledFor(name: string, argument: SyntaxNode): Reference | undefined {
  const first = argument.kind === 'array' ? argument.items[0] : argument;
  const text = textOf(first);
  if (text === undefined) return undefined;
  if (name === 'Ref') return { kind: 'id', id: text.split('.')[0] ?? text };
  if (name === 'GetAtt') return { kind: 'id', id: text.split('.')[0] ?? text };
  if (name !== 'Sub') return undefined;
  const variable = soleVariable(text);
  if (variable === undefined) return { kind: 'text', text };
  const given = argument.kind === 'array' ? propertyOf(argument.items[1], variable)?.value : undefined;
  return given ? referenceIn(given) : { kind: 'id', id: variable.split('.')[0] ?? variable };
}

/** The one variable of `${A}`, `${A.Arn}` or `arn:…:function:${A}`; pseudo parameters such as `${AWS::Region}` do not count. */
export function soleVariable(text: string): string | undefined {
  const names = [...text.matchAll(/\$\{([^}!]+)\}/g)]
    .map(([, name]) => name ?? '')
    .filter(name => !name.startsWith('AWS::'));
  const [name] = names;
  return names.length === 1 && (/^\$\{[^}]*\}/.test(text) || text.includes('arn:')) ? name : undefined;
}
