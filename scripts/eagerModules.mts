import { readFile, writeFile } from 'node:fs/promises';
import { Script } from 'node:vm';
import type { Plugin } from 'esbuild';

/**
 * Makes V8 compile the CommonJS modules of a minified bundle when it reads them.
 *
 * esbuild wraps such a module into a function that runs when the module is first required. V8 passes over
 * functions that it meets and compiles them when they are called, so that it reads every module twice. A
 * function in parentheses it takes for one that is called at once, and compiles it at first sight:
 * loading the client takes a quarter less time.
 */
export function eagerModules(): Plugin {
  return {
    name: 'eager-modules',
    setup: build => {
      const { outfile, minify } = build.initialOptions;
      // Other bundles have source maps, which would be off by the parentheses.
      if (minify !== true || outfile === undefined) return;
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return;
        await writeFile(outfile, withParentheses(await readFile(outfile, 'utf8')));
      });
    },
  };
}

/** `a=P((exports,module)=>{…})` becomes `a=P(((exports,module)=>{…}))`, where `P` is esbuild's wrapper. */
function withParentheses(bundle: string): string {
  // What it looks like is esbuild's own business: where it is not found, nothing is changed.
  const wrapper = /([\w$]+)=\(([\w$]+),([\w$]+)\)=>\(\)=>\{try\{return \3\|\|\2\(/.exec(bundle)?.[1];
  if (wrapper === undefined) return bundle;
  const begins = new RegExp(
    String.raw`=${wrapper.replaceAll('$', String.raw`\$`)}\((?=(?:\([\w$,]*\)|[\w$]+)=>\{)`,
    'g',
  );
  const parts: string[] = [];
  let done = 0;
  for (let match = begins.exec(bundle); match !== null; match = begins.exec(bundle)) {
    const start = match.index + match[0].length;
    const end = endOfFunction(bundle, start);
    if (end === undefined) continue;
    parts.push(bundle.slice(done, start), '(', bundle.slice(start, end), ')');
    done = end;
    begins.lastIndex = end;
  }
  return [...parts, bundle.slice(done)].join('');
}

/** The end of the arrow function that starts here: the first closing brace that makes it whole. */
function endOfFunction(text: string, start: number): number | undefined {
  for (let brace = text.indexOf('})', start); brace >= 0; brace = text.indexOf('})', brace + 1)) {
    const end = brace + 1;
    if (isExpression(text.slice(start, end))) return end;
  }
  return undefined;
}

function isExpression(text: string): boolean {
  try {
    // Only parsed: it is never run.
    return new Script(`(${text})`) instanceof Script;
  } catch {
    return false;
  }
}
