import { isDeepStrictEqual } from 'node:util';
import { compileJsonata, evaluateJsonata, type JsonataSituation } from '#interpreter/jsonata/evaluate.ts';
import { DEFAULT_BUDGET } from '#interpreter/jsonata/run.ts';
import type { Json } from '#core/json.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, type Tally } from './data.ts';

/** How the evaluator does on the test groups of the `jsonata` package. */
export interface JsonataScore {
  readonly groups: { readonly [group: string]: Tally };
  readonly total: Tally;
  /** `id: what was wanted, what came` for each case that failed. */
  readonly failures: readonly string[];
  /** What is left out, with the reason, and how many cases of it there are. */
  readonly excluded: { readonly [reason: string]: readonly string[] };
}

interface JsonataCase {
  readonly id: string;
  readonly expr: string;
  readonly dataset?: string | null;
  readonly data?: Json;
  readonly bindings?: { readonly [name: string]: Json };
  readonly result?: unknown;
  readonly undefinedResult?: boolean;
  readonly code?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly depth?: number;
  readonly unordered?: boolean;
}

/** Runs the groups in `jsonata/` of a data folder; there are none when it is absent. */
export function jsonataGroups(data: string): JsonataScore {
  const folder = join(data, 'jsonata');
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const groups: { [group: string]: Tally } = {};
  const total: Tally = { passed: 0, of: 0 };
  const failures: string[] = [];
  const excluded: { [reason: string]: string[] } = {};
  const datasets = new Map<string, Json>();
  const dataset = (name: string): Json => {
    const known = datasets.get(name) ?? (read(join('datasets', `${name}.json`)) as Json);
    datasets.set(name, known);
    return known;
  };
  for (const file of existsSync(folder) ? readdirSync(folder).toSorted() : []) {
    if (!file.endsWith('.json')) continue;
    const group = file.slice(0, -'.json'.length);
    for (const each of read(file) as readonly JsonataCase[]) {
      const reason = reasonToExclude(group, each);
      if (reason !== undefined) {
        (excluded[reason] ??= []).push(each.id);
        continue;
      }
      const input = each.dataset ? dataset(each.dataset) : each.data;
      const difference = differenceOf(each, input);
      const tally = (groups[group] ??= { passed: 0, of: 0 });
      tally.of++;
      total.of++;
      if (difference === undefined) {
        tally.passed++;
        total.passed++;
      } else {
        failures.push(`${each.id} ${JSON.stringify(each.expr)}: ${difference}`);
      }
    }
  }
  return { groups, total, failures, excluded };
}

/** For `npm run conformance`; the failing cases are in the result itself. */
export function score(): JsonataScore {
  return jsonataGroups(dataFolder);
}

/** Only what Step Functions' language, JSONata 2.0 without `$eval`, does not have. */
function reasonToExclude(group: string, { expr }: JsonataCase): string | undefined {
  if (group === 'coalescing-operator') return 'the operator ?? came with JSONata 2.1';
  if (group === 'default-operator') return 'the operator ?: came with JSONata 2.1';
  if (/\$eval\b/.test(expr)) return 'Step Functions has no $eval';
  return undefined;
}

const NOW = Date.UTC(2024, 10, 22, 9);

function differenceOf(each: JsonataCase, input: Json | undefined): string | undefined {
  const wanted = each.code ?? each.error?.code;
  const compiled = compileJsonata(each.expr);
  if (compiled.kind === 'invalid') {
    const got = compiled.errors[0]?.code;
    return got === wanted ? undefined : `wanted ${shown(wanted ?? each.result)}, got the syntax error ${got}`;
  }
  const result = evaluateJsonata(compiled, situationOf(each, input));
  switch (result.kind) {
    case 'failed':
      if (result.code !== wanted)
        return `wanted ${shown(wanted ?? each.result)}, got ${result.code} ${result.message}`;
      return each.error?.message === undefined || each.error.message === result.message
        ? undefined
        : `wanted the message ${each.error.message}, got ${result.message}`;
    case 'exhausted':
      // The package's own test harness stops what runs away with this code.
      return wanted === 'U1001'
        ? undefined
        : `wanted ${shown(wanted ?? each.result)}, got no end (${result.resource})`;
    case 'nothing':
    case 'function':
      return wanted === undefined && each.result === undefined
        ? undefined
        : `wanted ${shown(wanted ?? each.result)}, got ${result.kind}`;
    case 'value': {
      const got = each.unordered ? sorted(result.value) : result.value;
      const expected = each.unordered ? sorted(each.result) : each.result;
      return wanted === undefined && isDeepStrictEqual(got, expected)
        ? undefined
        : `wanted ${shown(wanted ?? each.result)}, got ${shown(result.value)}`;
    }
  }
}

function situationOf(each: JsonataCase, input: Json | undefined): JsonataSituation {
  let state = 1;
  const variables = new Map(Object.entries(each.bindings ?? {}));
  return {
    variable: name => variables.get(name),
    environment: {
      now: () => NOW,
      random: () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647,
      uuid: () => '00000000-0000-4000-8000-000000000000',
    },
    // The package itself has no bounds; its cases of endless recursion bring theirs.
    budget: { ...DEFAULT_BUDGET, depth: each.depth ?? 1_000, bytes: DEFAULT_BUDGET.size },
    ...(input === undefined ? {} : { input }),
  };
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(item => JSON.stringify(item)).toSorted() : value;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
