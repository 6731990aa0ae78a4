import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '#protocol/settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

interface Manifest {
  readonly version: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly {
      readonly language?: string;
      readonly path: string;
      readonly scopeName: string;
    }[];
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly breakpoints: readonly { readonly language: string }[];
    readonly debuggers: readonly { readonly type: string }[];
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default?: unknown; readonly scope?: string }>>;
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string } }[];
    }[];
  };
}

const manifest = readJson('package.json') as Manifest;
const strings = readJson('package.nls.json') as Readonly<Record<string, string>>;
const { contributes } = manifest;

const clientSources = fs
  .globSync('client/src/**/*.ts', { cwd: root })
  .map(file => fs.readFileSync(path.join(root, file), 'utf8'))
  .join('\n');

/** Commands behind code lenses, links and code actions: they need arguments that only those have. */
const behindTheScenes: readonly string[] = ['stepwise.showReferences'];

describe('the manifest', () => {
  test('uses every string of package.nls.json, and no other', () => {
    const used = [...JSON.stringify(manifest).matchAll(/%([\w.-]+)%/g)].map(match => match[1] ?? '');
    expect(Object.keys(strings).toSorted()).toEqual([...new Set(used)].toSorted());
  });

  test('contributes each command that the client registers, and the reverse', () => {
    const registered = [...clientSources.matchAll(/registerCommand\(\s*'(stepwise\.[\w.]+)'/g)].map(
      match => match[1] ?? '',
    );
    const contributed = contributes.commands.map(({ command }) => command);
    const internal = registered.filter(command => !contributed.includes(command));
    expect(contributed.filter(command => !registered.includes(command))).toEqual([]);
    expect(internal.filter(command => !behindTheScenes.includes(command))).toEqual([]);
  });

  test('names only commands that exist in menus and keys', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const named = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      ({ command }) => command,
    );
    expect(named.filter(command => command.startsWith('stepwise.') && !known.has(command))).toEqual([]);
  });

  test('gives each language a grammar, a configuration and breakpoints, and every file it names exists', () => {
    for (const { id, configuration } of contributes.languages) {
      expect(fs.existsSync(path.join(root, configuration)), configuration).toBe(true);
      expect(
        contributes.grammars.some(({ language }) => language === id),
        id,
      ).toBe(true);
      expect(
        contributes.breakpoints.some(({ language }) => language === id),
        id,
      ).toBe(true);
    }
    const files = [
      ...contributes.grammars.map(grammar => grammar.path),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    for (const file of files) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
  });

  test('shows a picture in each step of the walkthrough, small and for every theme', () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const text = fs.readFileSync(path.join(root, media.markdown), 'utf8');
      const picture = /!\[[^\]]{20,}\]\(([\w-]+\.svg)\)/.exec(text)?.[1];
      expect(picture, media.markdown).toBeDefined();
      const file = path.join(root, path.dirname(media.markdown), picture ?? '');
      expect(fs.statSync(file).size, file).toBeLessThan(8 * 1024);
      // A background of its own would stand out in the other themes.
      expect(fs.readFileSync(file, 'utf8')).not.toMatch(/#fff|#000|white|black/i);
    }
  });

  test('has the defaults of protocol/settings.ts, and a scope for each setting', () => {
    const properties = Object.assign(
      {},
      ...contributes.configuration.map(section => section.properties),
    ) as Manifest['contributes']['configuration'][number]['properties'];
    const flatten = (value: unknown, prefix: string): [string, unknown][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
        ? Object.entries(value).flatMap(([name, member]) => flatten(member, `${prefix}.${name}`))
        : [[prefix, value]];
    for (const [name, value] of flatten(defaultSettings, 'stepwise')) {
      expect(properties[name]?.default, name).toEqual(value);
      expect(properties[name]?.scope, name).toBeDefined();
    }
  });

  test('a debug session wakes it, whatever is open', () => {
    for (const { type } of contributes.debuggers)
      expect(manifest.activationEvents).toContain(`onDebugResolve:${type}`);
    expect(contributes.debuggers).not.toEqual([]);
  });

  test('is activated by our languages and commands, and by SAM projects, only', () => {
    const ids = contributes.languages.map(({ id }) => `onLanguage:${id}`);
    expect(
      manifest.activationEvents.filter(
        event =>
          !ids.includes(event) &&
          !event.startsWith('onCommand:stepwise.') &&
          !event.startsWith('onDebug') &&
          !event.startsWith('onWebviewPanel:stepwise.') &&
          // A template is YAML or JSON by its language: only its name tells that it may hold definitions.
          !/^workspaceContains:(?:template\.(?:ya?ml|json)|samconfig\.toml)$/.test(event),
      ),
    ).toEqual([]);
  });
});
