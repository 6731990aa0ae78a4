import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseJaywayPath } from '#core/expressions/jsonPath/parse.ts';
import { isDefinite } from '#core/expressions/jsonPath/properties.ts';
import type { Json } from '#core/json.ts';
import { compilePath } from '#interpreter/jsonPath/compile.ts';
import { PathFailure } from '#interpreter/jsonPath/pathFailure.ts';
import { dataFolder } from './data.ts';

/*
 * Paths with the answers of Jayway JsonPath, the library AWS runs, laid out as `jsonpath/cases.json` (the
 * document) and `jsonpath/jayway.json` (path, and value or error).
 */

export interface JsonPathReport {
  readonly passed: number;
  readonly total: number;
  /** Paths that were answered differently, and how. */
  readonly failures: readonly { readonly id: string; readonly difference: string }[];
}

interface Answer {
  readonly p: string;
  readonly v?: Json;
  readonly err?: string;
  readonly definite?: boolean;
}

/** Compares with Jayway all paths below `data`; none when the folder is absent. */
export function jsonPaths(data: string): JsonPathReport {
  const folder = join(data, 'jsonpath');
  if (!existsSync(folder)) return { passed: 0, total: 0, failures: [] };
  const { doc } = read(join(folder, 'cases.json')) as { doc: Json };
  const answers = read(join(folder, 'jayway.json')) as readonly Answer[];
  const failures = answers.flatMap(answer => {
    const difference = differenceTo(answer, doc);
    return difference === undefined ? [] : [{ id: answer.p, difference }];
  });
  return { passed: answers.length - failures.length, total: answers.length, failures };
}

/** The counts for `npm run conformance`; with `--verbose`, the differences on standard error. */
export function score(): Pick<JsonPathReport, 'passed' | 'total'> {
  const { passed, total, failures } = jsonPaths(dataFolder);
  if (process.argv.includes('--verbose')) {
    for (const { id, difference } of failures) console.error(`jsonpath ${id}: ${difference}`);
  }
  return { passed, total };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function differenceTo(answer: Answer, document: Json): string | undefined {
  const { path, errors } = parseJaywayPath(answer.p);
  const [error] = errors;
  const refusal = error?.message ?? (path === undefined ? 'not a path' : undefined);
  const result = refusal ?? (path && compilePath(path)(document));
  const isError = refusal !== undefined || result instanceof PathFailure;
  const found = result instanceof PathFailure ? result.message : result;
  // Jayway's answer starts with the class of the exception.
  const expected = answer.err === undefined ? answer.v : answer.err.replace(/^\w+: /, '');
  if (isError !== (answer.err !== undefined) || !isDeepStrictEqual(found, expected)) {
    return `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  }
  if (path !== undefined && answer.definite !== undefined && isDefinite(path) !== answer.definite) {
    return `expected to be ${answer.definite ? 'definite' : 'indefinite'}`;
  }
  return undefined;
}
