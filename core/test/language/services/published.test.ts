import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  integrationPattern,
  matchParameter,
  missingParameters,
  resolveIntegration,
} from '#core/language/services/integration.ts';
import { parseResource } from '#core/language/services/resource.ts';
import { catalogue } from './assets.ts';

const folder = join(process.env['STEPWISE_DATA'] ?? '../shared/data', 'definitions/valid');

// The catalogue must never speak against what AWS accepts.
test.runIf(existsSync(folder))('finds no fault with any integration in the published state machines', () => {
  const complaints: string[] = [];
  let integrations = 0;
  let parameters = 0;
  for (const call of callsOf(jsonFiles(folder))) {
    const resource = parseResource(call.resource);
    if (resource.kind !== 'sdk' && resource.kind !== 'optimized') continue;
    integrations++;
    const complain = (text: string): number => complaints.push(`${call.file}: ${call.resource}: ${text}`);
    const pattern = integrationPattern(resource);
    const resolution = resolveIntegration(resource, catalogue);
    if (pattern === undefined) complain('no such pattern');
    if (resolution.kind === 'undetermined') continue;
    if (resolution.kind !== 'known') {
      complain(resolution.kind);
      continue;
    }
    const { integration } = resolution;
    if (pattern !== 'unknown' && !integration.patterns.some(offered => offered === pattern))
      complain('pattern');
    const keys = Object.keys(call.parameters ?? {}).map(key => key.replace(/\.\$$/, ''));
    parameters += keys.length;
    for (const key of keys) {
      if (matchParameter(integration.parameters ?? [], key).kind !== 'exact') complain(`parameter ${key}`);
    }
    if (call.parameters !== undefined) {
      for (const missing of missingParameters(integration, keys)) complain(`missing ${missing.join(' or ')}`);
    }
  }
  expect(complaints).toEqual([]);
  expect(integrations).toBeGreaterThan(100);
  expect(parameters).toBeGreaterThan(300);
});

interface Call {
  readonly file: string;
  readonly resource: string;
  /** The template; `undefined` where the state has none or an expression in its place. */
  readonly parameters: Record<string, unknown> | undefined;
}

function* callsOf(files: Iterable<string>): Iterable<Call> {
  for (const file of files) {
    const definition = parsed(readFileSync(file, 'utf8'));
    if (definition !== undefined) yield* callsIn(definition, file);
  }
}

/** Tasks, ItemReaders and ResultWriters, wherever they stand. */
function* callsIn(value: unknown, file: string): Iterable<Call> {
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  const { Resource: resource } = fields;
  if (typeof resource === 'string') {
    const parameters = fields['Parameters'] ?? fields['Arguments'];
    yield { file, resource, parameters: isTemplate(parameters) ? parameters : undefined };
  }
  for (const inner of Object.values(fields)) yield* callsIn(inner, file);
}

const isTemplate = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Comments and bare placeholders: this test reads plain JSON only.
    return undefined;
  }
}

function* jsonFiles(path: string): Iterable<string> {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* jsonFiles(inner);
    else if (/\.(?:json|asl)$/.test(entry.name)) yield inner;
  }
}
