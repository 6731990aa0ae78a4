import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiModel, Operation, Shape } from './apiModel.mts';
import { firstSentence } from './firstSentence.mts';
import { membersOfBody, shapeOfType } from './typeScriptTypes.mts';

/**
 * The models in `aws-sdk` (version 2 of the JavaScript SDK): its declarations hold what the other source lacks,
 * a description of every parameter, and the services that AWS has retired since.
 *
 * Errors are not declared there, so `errors` is empty.
 */
export function readSdkV2Models(packageFolder: string): readonly ApiModel[] {
  const folder = join(packageFolder, 'clients');
  const models = readdirSync(folder)
    .filter(file => file.endsWith('.d.ts') && existsSync(join(folder, file.replace(/\.d\.ts$/, '.js'))))
    .map(file => {
      const loader = readFileSync(join(folder, file.replace(/\.d\.ts$/, '.js')), 'utf8');
      const newestModel = [...loader.matchAll(/require\('\.\.\/(apis\/[^']*\.min\.json)'\)/g)].at(-1)?.[1];
      if (newestModel === undefined) return undefined;
      const declarations = readFileSync(join(folder, file), 'utf8');
      return modelOf(declarations, readFileSync(join(packageFolder, newestModel), 'utf8'));
    });
  return models.filter(model => model !== undefined);
}

function modelOf(declarations: string, modelText: string): ApiModel | undefined {
  const serviceId = /"serviceId": ?"([^"]*)"/.exec(modelText)?.[1];
  if (serviceId === undefined) return undefined;
  const model: unknown = JSON.parse(modelText);
  return {
    serviceId,
    referenceId: /"uid": ?"([^"]*)"/.exec(modelText)?.[1],
    operations: operationsOf(declarations),
    shapes: shapesOf(declarations, idempotencyTokens(model, new Set())),
  };
}

function operationsOf(text: string): readonly Operation[] {
  const operations = new Map<string, Operation>();
  const pattern =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(\w+)\(params: \w+\.(?:Types\.)?(\w+), callback\?: \(err: AWSError, data: (?:\w+\.Types\.(\w+)|\{\})\)/g;
  for (const [, documentation, method, input, output] of text.matchAll(pattern)) {
    if (method === undefined) continue;
    const name = method.charAt(0).toUpperCase() + method.slice(1);
    if (operations.has(name)) continue;
    operations.set(name, {
      name,
      input,
      output,
      errors: [],
      documentation: firstSentence(documentation ?? ''),
    });
  }
  return [...operations.values()];
}

function shapesOf(text: string, filledIn: ReadonlySet<string>): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const [, name, body] of text.matchAll(/^ {2}export interface (\w+) \{(\}|\n[\s\S]*?^ {2}\})$/gm)) {
    if (name === undefined || body === undefined) continue;
    const members = membersOfBody(body.slice(0, -1)).map(member => ({
      ...member,
      required: member.required && !filledIn.has(member.name),
      documentation: firstSentence(member.documentation),
    }));
    shapes.set(name, { kind: 'structure', members });
  }
  for (const [, name, type] of text.matchAll(/^ {2}export type (\w+) = (.*);$/gm)) {
    if (name !== undefined && type !== undefined && !shapes.has(name)) shapes.set(name, shapeOfType(type));
  }
  return shapes;
}

/** Names of the members that the SDK fills in where they are absent (`"idempotencyToken": true`). */
function idempotencyTokens(model: unknown, found: Set<string>): ReadonlySet<string> {
  if (typeof model !== 'object' || model === null) return found;
  for (const [name, value] of Object.entries(model)) {
    if (typeof value === 'object' && value !== null && 'idempotencyToken' in value) found.add(name);
    idempotencyTokens(value, found);
  }
  return found;
}
