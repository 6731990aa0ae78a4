import type { Span } from '#core/text/span.ts';
import { resolveUri } from '#service/uris.ts';
import type { FunctionResource } from './resources.ts';

/** Where a handler's source may be: the first of these files that exists, and the name to look for in it. */
export interface HandlerSource {
  readonly files: readonly string[];
  readonly symbol: string | undefined;
}

const endings = {
  nodejs: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'],
  python: ['.py'],
  ruby: ['.rb'],
} as const;

/**
 * The files that a function's `Handler` may mean, best first: sources before what is compiled from them.
 * `src/app.handler` in `CodeUri: functions/pay` is `handler` in `functions/pay/src/app.ts` and so on.
 */
export function handlerSource({
  template,
  handler,
  runtime,
  folders,
  entryPoints,
}: FunctionResource): HandlerSource {
  const parts = handlerParts(handler ?? '', runtime ?? '');
  const paths = folders.flatMap(folder => {
    const inFolder = [
      ...entryPoints.filter(each => each.startsWith(parts.stem)),
      ...parts.paths,
      ...entryPoints,
    ];
    return withSources(folder).flatMap(each => inFolder.map(path => `${each}/${path}`));
  });
  return {
    files: [...new Set(paths.map(path => resolveUri(template.source.uri, path)))],
    symbol: parts.symbol,
  };
}

/** Code of a folder such as `dist` is compiled from another, mostly `src`. */
function withSources(folder: string): readonly string[] {
  const source = folder.replace(/(^|\/)(?:dist|build|out|lib|target)(?=\/|$)/, '$1src');
  return source === folder ? [folder] : [source, folder];
}

interface Parts {
  /** What the names of the files begin with. */
  readonly stem: string;
  readonly paths: readonly string[];
  readonly symbol: string | undefined;
}

function handlerParts(handler: string, runtime: string): Parts {
  if (/^(?:java|dotnet)/.test(runtime) || handler.includes('::')) return compiledParts(handler);
  if (/^(?:go|provided)/.test(runtime) || handler === 'bootstrap') {
    const paths = ['main.go', 'src/main.rs', `${handler}.go`, `cmd/${handler}/main.go`, `${handler}/main.go`];
    return { stem: handler, paths, symbol: undefined };
  }
  const dot = handler.indexOf('.', handler.lastIndexOf('/'));
  const names = dot < 0 ? [] : handler.slice(dot + 1).split('.');
  const stem = dot < 0 ? handler : handler.slice(0, dot);
  const symbol = names.at(-1);
  // `package.module.function` is a path in Python, `file.Class.method` is not in Ruby.
  const inPackage = [stem, ...names.slice(0, -1)].join('/');
  const python = [`${inPackage}.py`, `${inPackage}/__init__.py`];
  const others = [...endings.nodejs, ...endings.ruby].map(ending => stem + ending);
  const compiled = withSources(stem)
    .slice(0, -1)
    .flatMap(each => endings.nodejs.map(ending => each + ending));
  if (runtime.startsWith('python')) return { stem, paths: python, symbol };
  if (runtime.startsWith('ruby')) return { stem, paths: [`${stem}.rb`], symbol };
  // A handler that is a file, as PHP's layers have it.
  return { stem, paths: [...compiled, ...others, ...python, ...(handler === '' ? [] : [handler])], symbol };
}

/** `com.shop.Pay::handleRequest` and `Assembly::Shop.Pay::Handle`. */
function compiledParts(handler: string): Parts {
  const pieces = handler.split('::');
  const type = pieces.length > 2 ? (pieces[1] ?? '') : (pieces[0] ?? '');
  const path = type.replaceAll('.', '/');
  const name = type.split('.').at(-1) ?? type;
  const paths = [
    `src/main/java/${path}.java`,
    `src/main/kotlin/${path}.kt`,
    `src/main/scala/${path}.scala`,
    `${path}.java`,
    `${name}.cs`,
    `src/${name}.cs`,
    `${path}.cs`,
  ];
  return { stem: path, paths, symbol: pieces.length > 1 ? pieces.at(-1) : name };
}

/** Where the handler is defined in its file; the start of the file where that is not plain to see. */
export function handlerIn(text: string, symbol: string | undefined): Span {
  if (symbol === undefined || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(symbol)) return nowhere;
  const name = symbol.replaceAll('$', String.raw`\$`);
  const forms = [
    // TypeScript, JavaScript
    String.raw`^\s*export\s+(?:default\s+)?(?:async\s+)?(?:function\s*\*?|const|let|var|class)\s+(${name})\b`,
    String.raw`^\s*(?:module\.)?exports\.(${name})\s*=`,
    // Python, Ruby, Go, Rust, Kotlin
    String.raw`^\s*(?:async\s+)?def\s+(?:self\.)?(${name})\b`,
    String.raw`^\s*(?:pub\s+)?(?:async\s+)?(?:func|fun|fn)\s+(?:\([^)]*\)\s*)?(${name})\b`,
    String.raw`^(?:async\s+)?(?:function|const|let|var)\s+(${name})\b`,
    String.raw`^(${name})\s*=`,
    // Java, C#
    String.raw`^\s*(?:(?:public|protected|private|internal|static|async|override|final)\s+)+[\w<>\[\],.? ]+\s(${name})\s*\(`,
    String.raw`\bclass\s+(${name})\b`,
    String.raw`^\s*export\s*\{[^}]*?\b(${name})\b`,
    String.raw`\bexports\s*=\s*\{[^}]*?\b(${name})\b`,
  ];
  for (const form of forms) {
    const found = new RegExp(form, 'dmu').exec(text)?.indices?.[1];
    if (found) return { start: found[0], end: found[1] };
  }
  return nowhere;
}

const nowhere: Span = { start: 0, end: 0 };
