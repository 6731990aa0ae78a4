import { parseJsonPath } from '#core/expressions/jsonPath/parse.ts';
import type { Json } from '#core/json.ts';
import { compilePath } from '#interpreter/jsonPath/compile.ts';
import { PathFailure } from '#interpreter/jsonPath/pathFailure.ts';

/*
 * Evaluations per second of CPU time, beside plain JavaScript doing the same and beside `jsonpath-plus`
 * where it is installed. Run with `npx node interpreter/bench/jsonPath.bench.ts`.
 */

const document: Json = {
  store: {
    book: Array.from({ length: 20 }, (_, index) => ({
      category: index % 2 === 0 ? 'fiction' : 'reference',
      title: `Title ${index}`,
      price: index + 0.95,
    })),
    bicycle: { color: 'red', price: 19.95 },
  },
  detail: { order: { id: 7, lines: [{ sku: 'a', quantity: 1 }] } },
};

interface Shop {
  readonly store: { readonly book: readonly { readonly title: string; readonly price: number }[] };
  readonly detail: {
    readonly order: { readonly id: number; readonly lines: readonly { readonly sku: string }[] };
  };
}

const shop = document as unknown as Shop;

const workloads: readonly { readonly path: string; readonly plain: (input: Shop) => unknown }[] = [
  { path: '$', plain: input => input },
  { path: '$.detail', plain: input => input.detail },
  { path: '$.detail.order.id', plain: input => input.detail.order.id },
  { path: '$.detail.order.lines[0].sku', plain: input => input.detail.order.lines[0]?.sku },
  { path: '$.store.book[*].title', plain: input => input.store.book.map(book => book.title) },
  {
    path: '$.store.book[?(@.price < 10)].title',
    plain: input => input.store.book.filter(book => book.price < 10).map(book => book.title),
  },
  { path: '$..price', plain: () => undefined },
];

/** Where results go, so that no call can be left out. */
export let sink: unknown;

const peer = await loadPeer();

for (const { path, plain } of workloads) {
  const parsed = parseJsonPath(path).path;
  if (parsed === undefined) throw new Error(`not a path: ${path}`);
  const evaluate = compilePath(parsed);
  if (evaluate(document) instanceof PathFailure) throw new Error(`fails: ${path}`);
  const result = {
    path,
    compiled: rate(() => evaluate(document)),
    plainJavaScript: path.includes('..') ? undefined : rate(() => plain(shop)),
    jsonpathPlus: peer === undefined ? undefined : rate(() => peer(path, document)),
  };
  console.log(JSON.stringify(result));
}

console.log(
  JSON.stringify({
    parse: '$.store.book[?(@.price < 10)].title',
    perSecond: rate(() => parseJsonPath('$.store.book[?(@.price < 10)].title')),
  }),
);

/** Calls per second of CPU time, the best of five rounds of a fifth of a second. */
function rate(action: () => unknown): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage();
    let calls = 0;
    let used = 0;
    while (used < 200_000) {
      for (let i = 0; i < 1000; i++) sink = action();
      calls += 1000;
      const { user, system } = process.cpuUsage(start);
      used = user + system;
    }
    best = Math.max(best, (calls / used) * 1e6);
  }
  return Math.round(best);
}

async function loadPeer(): Promise<((path: string, json: Json) => unknown) | undefined> {
  try {
    const name = 'jsonpath-plus';
    const { JSONPath } = (await import(name)) as { JSONPath: (options: object) => unknown };
    return (path, json) => JSONPath({ path, json, wrap: false });
  } catch {
    return undefined; // It is no dependency of this project.
  }
}
