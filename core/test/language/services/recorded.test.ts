import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { integrationPattern, resolveIntegration, resultOf } from '#core/language/services/integration.ts';
import type { Integration } from '#core/language/services/integration.ts';
import { parseResource } from '#core/language/services/resource.ts';
import type { IntegrationArn } from '#core/language/services/resource.ts';
import { catalogue } from './assets.ts';

const folder = join(process.env['STEPWISE_DATA'] ?? '../shared/data', 'executions/cases');

test.runIf(existsSync(folder))('knows every field of every recorded result', () => {
  const unknown: string[] = [];
  let results = 0;
  for (const { name, call, integration, details } of recordedEvents()) {
    const isSubmission = name === 'taskSubmittedEventDetails';
    const pattern = (isSubmission ? undefined : integrationPattern(call)) ?? 'request-response';
    const output = parsed(details['output']);
    if (pattern === 'unknown' || output === undefined) continue;
    const fields = resultOf(integration, pattern, catalogue);
    if (fields === undefined) continue;
    results++;
    const known = new Set(fields.map(field => field.name));
    const strange = Object.keys(output).filter(key => !known.has(key));
    unknown.push(...strange.map(key => `${integration.service}:${integration.action} ${key}`));
  }
  expect([...new Set(unknown)]).toEqual([]);
  expect(results).toBeGreaterThan(20);
});

test.runIf(existsSync(folder))('knows every error that a service was recorded to fail with', () => {
  const unknown: string[] = [];
  let errors = 0;
  for (const { name, integration, details } of recordedEvents()) {
    const { error } = details;
    if (!name.endsWith('FailedEventDetails') || typeof error !== 'string') continue;
    const prefixes = new Set(integration.errors.map(prefixOf));
    // Functions and callbacks fail with names of their own.
    if (!prefixes.has(prefixOf(error))) continue;
    errors++;
    if (!integration.errors.includes(error))
      unknown.push(`${integration.service}:${integration.action} ${error}`);
  }
  expect([...new Set(unknown)]).toEqual([]);
  expect(errors).toBeGreaterThan(3);
});

const prefixOf = (error: string): string => error.slice(0, error.indexOf('.'));

interface RecordedEvent {
  readonly name: string;
  readonly call: IntegrationArn;
  readonly integration: Integration;
  readonly details: Record<string, unknown>;
}

/** Submissions, successes and failures of service integrations that the catalogue knows. */
function* recordedEvents(): Iterable<RecordedEvent> {
  for (const file of readdirSync(folder).filter(entry => entry.endsWith('.json'))) {
    yield* eventsIn(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  }
}

function* eventsIn(value: unknown): Iterable<RecordedEvent> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value as Record<string, unknown>)) {
    if (/^task(?:Submitted|Succeeded|Failed)EventDetails$/.test(name)) {
      const details = inner as Record<string, unknown>;
      const call = parseResource(
        `arn:aws:states:::${String(details['resourceType'])}:${String(details['resource'])}`,
      );
      if (call.kind !== 'sdk' && call.kind !== 'optimized') continue;
      const resolution = resolveIntegration(call, catalogue);
      if (resolution.kind === 'known') yield { name, call, integration: resolution.integration, details };
    }
    yield* eventsIn(inner);
  }
}

/** The output as an object, whether it was recorded as JSON text or as JSON. */
function parsed(output: unknown): object | undefined {
  const value: unknown = typeof output === 'string' && output.startsWith('{') ? JSON.parse(output) : output;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
