/**
 * Writes docs/settings.md from the manifest, so that it cannot say anything else than the editor does.
 *
 *   node scripts/docs/settings.mts
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

interface Setting {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enumDescriptions?: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');
const target = path.join(root, 'docs/settings.md');
const strings = (await readJson('package.nls.json')) as Readonly<Record<string, string>>;
const manifest = (await readJson('package.json')) as {
  readonly contributes: {
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
  };
};

const lines = ['# Settings', '', 'Generated from the manifest by `node scripts/docs/settings.mts`.', ''];
for (const { properties } of manifest.contributes.configuration) {
  for (const [name, setting] of Object.entries(properties)) {
    lines.push(`## \`${name}\``, '', localized(setting.markdownDescription ?? setting.description ?? ''), '');
    lines.push(
      `Type: ${[setting.type ?? 'any'].flat().join(' or ')}. Default: \`${JSON.stringify(setting.default)}\`. Scope: ${setting.scope ?? 'window'}.`,
      '',
    );
    for (const [index, value] of (setting.enum ?? []).entries()) {
      const meaning = setting.enumDescriptions?.[index];
      lines.push(`- \`${value}\`${meaning === undefined ? '' : `: ${localized(meaning)}`}`);
    }
    lines.push('');
  }
}
await writeFile(
  target,
  await format(lines.join('\n'), { ...(await resolveConfig(target)), parser: 'markdown' }),
);

function localized(text: string): string {
  return text.replaceAll(/%([\w.-]+)%/g, (whole, key: string) => strings[key] ?? whole);
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(root, file), 'utf8'));
}
