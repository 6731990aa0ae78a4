import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiModel, Member, Operation, Shape } from './apiModel.mts';
import { firstSentence } from './firstSentence.mts';
import { membersOfBody, shapeOfType } from './typeScriptTypes.mts';

/**
 * The models in `@distilled.cloud/aws`: one generated TypeScript file a service, made from the Smithy models
 * that AWS publishes (github.com/aws/api-models-aws).
 *
 * Read from each file: `T.AwsApiService({ sdkId })`, `export interface` and `export type` (shapes), and
 * `export const putItem: API.OperationMethod<…>` with its JSDoc, `errors` and `operationName`.
 */
export function readDistilledModels(packageFolder: string): readonly ApiModel[] {
  const folder = join(packageFolder, 'src/services');
  const models = readdirSync(folder)
    .filter(file => file.endsWith('.ts') && file !== 'index.ts')
    .map(file => modelOf(readFileSync(join(folder, file), 'utf8')));
  return models.filter(model => model !== undefined);
}

function modelOf(text: string): ApiModel | undefined {
  const serviceId = /sdkId: "([^"]*)"/.exec(text)?.[1];
  if (serviceId === undefined) return undefined;
  return { serviceId, referenceId: undefined, operations: operationsOf(text), shapes: shapesOf(text) };
}

function shapesOf(text: string): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  const tokens = idempotencyTokens(text);
  for (const [, name, body] of text.matchAll(/^export interface (\w+) \{(\}|\n[\s\S]*?^\})$/gm)) {
    if (name === undefined || body === undefined) continue;
    const filledIn = tokens.get(name);
    const members = membersOfBody(body.slice(0, -1)).map(member => withoutFilledIn(member, filledIn));
    shapes.set(name, { kind: 'structure', members });
  }
  for (const [, name, type] of text.matchAll(
    /^export type (\w+) =([\s\S]*?);$(?=\n(?:export|const|\/|$))/gm,
  )) {
    if (name === undefined || type === undefined || shapes.has(name)) continue;
    shapes.set(name, shapeOfType(type));
  }
  return shapes;
}

const withoutFilledIn = (member: Member, filledIn: ReadonlySet<string> | undefined): Member =>
  filledIn?.has(member.name) === true ? { ...member, required: false } : member;

/** Per structure the idempotency tokens: required by the model, yet the SDK fills them in where they are absent. */
function idempotencyTokens(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const tokensByShape = new Map<string, Set<string>>();
  for (const block of text.split(/^export const /m)) {
    if (!block.includes('IdempotencyToken')) continue;
    const name = /^\w+/.exec(block)?.[0] ?? '';
    const texts = block.split('IdempotencyToken').slice(0, -1);
    const members = texts.map(before => [...before.matchAll(/"?([\w-]+)"?:\s/g)].at(-1)?.[1] ?? '');
    tokensByShape.set(name, new Set(members));
  }
  return tokensByShape;
}

function operationsOf(text: string): readonly Operation[] {
  const shapes = new Set([...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name));
  const operations: Operation[] = [];
  const pattern =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export const \w+: API\.\w+<\n?\s*(\w+),\s*([\w.]+),([\s\S]*?)operationName: "(\w+)"/gm;
  for (const [, documentation, input, output, rest, name] of text.matchAll(pattern)) {
    if (name === undefined) continue;
    const errors = /errors: \[([^\]]*)\]/.exec(rest ?? '')?.[1] ?? '';
    operations.push({
      name,
      input: input !== undefined && shapes.has(input) ? input : undefined,
      output: output !== undefined && shapes.has(output) ? output : undefined,
      errors: [...errors.matchAll(/\w+/g)].map(([error]) => error),
      documentation: firstSentence(documentation ?? ''),
    });
  }
  return operations;
}
