/**
 * Writes docs/settings.md from the manifest, so that it cannot say anything else than the editor does.
 *
 *   node scripts/docs/settings.mts [--check]
 */
import { readManifest, writePage } from './page.mts';

interface Setting {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enumDescriptions?: readonly string[];
}

const manifest = readManifest() as {
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
    lines.push(`## \`${name}\``, '', setting.markdownDescription ?? setting.description ?? '', '');
    lines.push(
      `Type: ${[setting.type ?? 'any'].flat().join(' or ')}. Default: \`${JSON.stringify(setting.default)}\`. Scope: ${setting.scope ?? 'window'}.`,
      '',
    );
    for (const [index, value] of (setting.enum ?? []).entries()) {
      const meaning = setting.enumDescriptions?.[index];
      lines.push(`- \`${value}\`${meaning === undefined ? '' : `: ${meaning}`}`);
    }
    lines.push('');
  }
}
await writePage('docs/settings.md', lines);
