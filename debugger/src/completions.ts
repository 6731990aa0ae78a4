import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Json, JsonObject } from '#core/json.ts';
import { intrinsicFunctions } from '#core/language/intrinsics.ts';
import { jsonataFunctions } from '#core/language/jsonataFunctions.ts';
import { commandNames } from './consoleCommands.ts';
import { contextOf, dataOf, statesOf, type Scene } from './evaluate.ts';
import { isStructured, typeOf } from '#core/preview.ts';
import { valueAt } from './variables.ts';

/** What can be put in the place of the last word of a text; it begins at `start`, counted from 0 as VS Code reads it. */
type Completion = DebugProtocol.CompletionItem & { readonly start: number };

/** What can stand at the end of a text in the console: members of live data, variables, functions, commands. */
export function completionsFor(text: string, scene: Scene): readonly Completion[] {
  const { program, strand } = scene;
  const isJsonata =
    program.states.get(strand.state)?.state.queryLanguage === 'JSONata' || text.trimStart().startsWith('{%');
  if (/^\s*:\w*$/.test(text)) {
    const word = /:\w*$/.exec(text)?.[0] ?? '';
    return commandNames.map(name => item(`:${name}`, 'keyword', text, word));
  }
  const chain = /(\$\$?[\w$]*)((?:\.[\w`]+|\[\d+\]|\['[^']*'\])*)([.[])(\w*)$/.exec(text);
  if (chain) {
    const [, head = '', middle = '', , word = ''] = chain;
    const value = valueAt(rootOf(head, scene, isJsonata), steps(middle));
    return membersOf(value).map(([name, member]) => item(name, 'property', text, word, typeOf(member)));
  }
  const word = /\$\$?\w*$|[\w.]*$/.exec(text)?.[0] ?? '';
  const variables = Object.entries(strand.variables).map(([name, value]) =>
    item(`$${name}`, 'variable', text, word, typeOf(value)),
  );
  const roots = (isJsonata ? ['$states'] : ['$', '$$']).map(name => item(name, 'variable', text, word));
  const functions = isJsonata
    ? jsonataFunctions.map(({ name, parameters }) => item(`$${name}`, 'function', text, word, parameters))
    : intrinsicFunctions.map(({ name }) => item(name, 'function', text, word));
  return [...variables, ...roots, ...functions].filter(({ label }) =>
    label.toLowerCase().startsWith(word.toLowerCase()),
  );
}

/** The value the first part of a chain stands for. */
function rootOf(head: string, scene: Scene, isJsonata: boolean): Json | undefined {
  if (head === '$$') return contextOf(scene);
  if (head === '$') return dataOf(scene);
  if (head === '$states' && isJsonata) return statesOf(scene);
  return scene.strand.variables[head.slice(1)];
}

function steps(text: string): readonly (string | number)[] {
  return [...text.matchAll(/\.([\w`]+)|\[(\d+)\]|\['([^']*)'\]/g)].map(([, name, index, quoted]) =>
    index === undefined ? (name ?? quoted ?? '').replaceAll('`', '') : Number(index),
  );
}

function membersOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  if (value === undefined || !isStructured(value) || Array.isArray(value)) return [];
  return Object.entries(value as JsonObject).slice(0, 200);
}

function item(
  label: string,
  type: DebugProtocol.CompletionItemType,
  text: string,
  word: string,
  detail?: string,
): Completion {
  return {
    label,
    type,
    start: text.length - word.length,
    length: word.length,
    ...(detail !== undefined && detail !== '' && { detail }),
  };
}
