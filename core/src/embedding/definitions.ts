import { parseJson } from '#core/syntax/json.ts';
import {
  isCloudFormationFunction,
  propertyOf,
  valueOf,
  type ObjectNode,
  type StringNode,
  type SyntaxNode,
  type SyntaxTree,
} from '#core/syntax/node.ts';
import type { Source } from '#core/text/source.ts';
import type { Offset } from '#core/text/span.ts';

/** A state machine definition in a file. */
export interface DefinitionSite {
  /**
   * `file`: the whole file is the definition. `object`: it is an object inside a template.
   * `text`: it is JSON text inside a template's string (`DefinitionString`).
   */
  readonly kind: 'file' | 'object' | 'text';
  /** The name of the state machine in its template; the file's own definition has none. */
  readonly name: string | undefined;
  readonly node: ObjectNode;
  /** The tree `node` is part of; for `text` that of the inner text, with positions in the file. */
  readonly tree: SyntaxTree;
  /** What the template puts in place of `${Name}`: `DefinitionSubstitutions`, or the variables of `Fn::Sub`. */
  readonly substitutions: ObjectNode | undefined;
  /** `StateMachineType` or `Type` of the template's resource, where it is given. */
  readonly type: 'STANDARD' | 'EXPRESS' | undefined;
}

/**
 * The definitions in a file: the file itself, or those inside a SAM, CloudFormation or Serverless
 * Framework template. A file that is not marked as a definition is one only if it looks like one.
 */
export function findDefinitions(source: Source, tree: SyntaxTree): readonly DefinitionSite[] {
  const { root } = tree;
  if (root?.kind !== 'object' || source.role === 'mocks' || source.role === 'tests') return [];
  const whole: DefinitionSite = {
    kind: 'file',
    name: undefined,
    node: root,
    tree,
    substitutions: undefined,
    type: undefined,
  };
  if (source.role !== 'other') return [whole];
  const embedded = [...inResources(root, tree), ...inServerless(root, tree)];
  if (embedded.length > 0) return embedded;
  return looksLikeDefinition(root) ? [whole] : [];
}

/** Whether an object of an unmarked file is a state machine: a `StartAt` and `States` with typed members. */
export function looksLikeDefinition(node: ObjectNode): boolean {
  const states = valueOf(node, 'States');
  return (
    valueOf(node, 'StartAt')?.kind === 'string' &&
    states?.kind === 'object' &&
    states.properties.length > 0 &&
    states.properties.every(({ value }) => value === undefined || value.kind === 'object') &&
    states.properties.some(({ value }) => valueOf(value, 'Type')?.kind === 'string')
  );
}

function* inResources(root: ObjectNode, tree: SyntaxTree): Generator<DefinitionSite> {
  const resources = valueOf(root, 'Resources');
  if (resources?.kind !== 'object') return;
  for (const { key, value: resource } of resources.properties) {
    const kind = textOf(valueOf(resource, 'Type'));
    if (kind !== 'AWS::StepFunctions::StateMachine' && kind !== 'AWS::Serverless::StateMachine') continue;
    const properties = valueOf(resource, 'Properties');
    if (properties?.kind !== 'object') continue;
    const type = executionType(valueOf(properties, 'StateMachineType') ?? valueOf(properties, 'Type'));
    const given = valueOf(properties, 'DefinitionSubstitutions');
    const shared = { name: key.value, type, substitutions: given?.kind === 'object' ? given : undefined };
    const definition = valueOf(properties, 'Definition');
    if (definition?.kind === 'object' && !isCloudFormationFunction(definition)) {
      yield { ...shared, kind: 'object', node: definition, tree };
    }
    const text = valueOf(properties, 'DefinitionString');
    const site = text && inText(text);
    if (site)
      yield { ...shared, ...site, kind: 'text', substitutions: site.substitutions ?? shared.substitutions };
  }
}

/** The serverless-step-functions plug-in: `stepFunctions.stateMachines.<name>.definition`. */
function* inServerless(root: ObjectNode, tree: SyntaxTree): Generator<DefinitionSite> {
  const machines = valueOf(valueOf(root, 'stepFunctions'), 'stateMachines');
  if (machines?.kind !== 'object') return;
  for (const { key, value } of machines.properties) {
    const definition = valueOf(value, 'definition');
    if (definition?.kind !== 'object') continue;
    yield {
      kind: 'object',
      name: key.value,
      node: definition,
      tree,
      substitutions: undefined,
      type: executionType(valueOf(value, 'type')),
    };
  }
}

interface TextSite {
  readonly node: ObjectNode;
  readonly tree: SyntaxTree;
  readonly substitutions: ObjectNode | undefined;
}

/** A `DefinitionString`: a string, `Fn::Sub` of one, or `Fn::Join` of pieces (as the CDK writes it). */
function inText(value: SyntaxNode): TextSite | undefined {
  const call = functionCall(value);
  if (!call) return value.kind === 'string' ? parsed([value]) : undefined;
  const [name, argument] = call;
  const items = argument.kind === 'array' ? argument.items : [argument];
  if (name === 'Sub') {
    const [text, variables] = items;
    if (text?.kind !== 'string') return undefined;
    const site = parsed([text]);
    return site && { ...site, substitutions: variables?.kind === 'object' ? variables : undefined };
  }
  if (name === 'Join' && items[1]?.kind === 'array') return parsed(items[1].items);
  return undefined;
}

/** `!Sub x` and `{"Fn::Sub": x}` alike: the function's name and argument. */
function functionCall(node: SyntaxNode): readonly [string, SyntaxNode] | undefined {
  if (node.kind === 'tag') return node.content && [node.tag.slice(1), node.content];
  if (node.kind !== 'object' || !isCloudFormationFunction(node)) return undefined;
  const property = node.properties[0];
  return property?.value && [property.key.value.replace('Fn::', ''), property.value];
}

/** Reads the text that the pieces form; what is not a string in it is a placeholder. */
function parsed(pieces: readonly SyntaxNode[]): TextSite | undefined {
  const starts: { readonly at: number; readonly piece: SyntaxNode }[] = [];
  let text = '';
  for (const piece of pieces) {
    starts.push({ at: text.length, piece });
    text += piece.kind === 'string' ? piece.value : '${Value}';
  }
  const toFile = (offset: Offset): Offset => {
    const start = starts.findLast(({ at }) => at <= offset);
    if (!start) return 0;
    const { piece, at } = start;
    return piece.kind === 'string' ? piece.offsetOf(offset - at) : offset === at ? piece.start : piece.end;
  };
  const tree = parseJson({ text, toFile });
  return tree.root?.kind === 'object' ? { node: tree.root, tree, substitutions: undefined } : undefined;
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

function executionType(node: SyntaxNode | undefined): 'STANDARD' | 'EXPRESS' | undefined {
  const text = textOf(node);
  return text === 'STANDARD' || text === 'EXPRESS' ? text : undefined;
}

/** The text of a definition's string that a substitution would replace: `Table` of `${Table}`. */
export function substitutionNames(node: StringNode): readonly string[] {
  return [...node.value.matchAll(/(?<!\$)\$\{([^}!]+)\}/g)].map(match => match[1] ?? '');
}

/** The value that stands for `${name}` in a site, if its template tells. */
export function substitutionFor(site: DefinitionSite, name: string): SyntaxNode | undefined {
  return site.substitutions && propertyOf(site.substitutions, name)?.value;
}
