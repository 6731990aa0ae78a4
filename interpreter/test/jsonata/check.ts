import { expect } from 'vitest';
import type { Json } from '#core/json.ts';
import { inWords } from '#core/text/message.ts';
import { compileJsonata, evaluateJsonata, type JsonataSituation } from '#interpreter/jsonata/evaluate.ts';
import type { JsonataResult } from '#interpreter/jsonata/result.ts';
import type { Budget } from '#interpreter/jsonata/run.ts';

/** 2024-11-22, nine o'clock in UTC. */
export const NOW = Date.UTC(2024, 10, 22, 9);

/** Evaluates with the given variables of the state machine, at a fixed time and with fixed chance. */
export function evaluated(
  text: string,
  variables: { readonly [name: string]: Json } = {},
  budget?: Budget,
): JsonataResult {
  const compiled = compileJsonata(text);
  if (compiled.kind === 'invalid') throw new Error(`${text}: ${inWords(compiled.errors[0]?.message ?? '')}`);
  return evaluateJsonata(compiled, situationWith(variables, budget));
}

export function situationWith(
  variables: { readonly [name: string]: Json },
  budget?: Budget,
): JsonataSituation {
  const byName = new Map(Object.entries(variables));
  return {
    variable: name => byName.get(name),
    environment: { now: () => NOW, random: () => 0.5, uuid: () => '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d' },
    ...(budget && { budget }),
  };
}

export function checkValue(
  text: string,
  expected: Json,
  variables?: { readonly [name: string]: Json },
): void {
  expect(evaluated(text, variables)).toEqual({ kind: 'value', value: expected });
}

export function checkFailure(text: string, code: string, message: string): void {
  expect(evaluated(text)).toEqual({ kind: 'failed', code, message });
}
