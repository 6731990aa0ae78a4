/**
 * Writes docs/rules.md from the rules themselves.
 *
 *   node scripts/docs/rules.mts           writes it
 *   node scripts/docs/rules.mts --check   fails if it is not as it would be written
 */
import { rules } from '#core/analysis/rules/all.ts';
import type { Rule } from '#core/analysis/rule.ts';
import { writePage } from './page.mts';

await writePage('docs/rules.md', page());

function page(): readonly string[] {
  const groups = Map.groupBy(rules, ({ code }) => groupOf(code));
  const names = [...groups.keys()].sort();
  const codes = new Set(rules.flatMap(({ code, variants }) => [code, ...(variants ?? [])]));
  return [
    '# Rules',
    '',
    '<!-- Written by scripts/docs/rules.mts from core/src/analysis/rules. Do not edit. -->',
    '',
    `Stepwise has ${rules.length} rules, which find under ${codes.size} codes. An **error** is what AWS refuses, a **warning** a probable mistake, **information** and **hint** are advice. Severities are set by code or group: in the editor with \`stepwise.validate.rules\`, for a project in \`stepwise.config.json\`:`,
    '',
    '```json',
    '{ "rules": { "task/no-timeout": "warning", "legacy": "off" }, "ignore": ["cdk.out/**"], "type": "STANDARD" }',
    '```',
    '',
    'A `Comment` silences rules in its state, or in all of the state machine; AWS keeps it and takes no notice:',
    '',
    '```json',
    '"Comment": "Catches errors of both steps. stepwise-ignore parallel/single-branch"',
    '```',
    '',
    'In YAML a comment does: `# stepwise-ignore task/no-timeout` on the same line or the one above, `# stepwise-ignore-file legacy/*` for the whole file.',
    '',
    ...names.map(name => `- [${name}](#${name}): ${(groups.get(name) ?? []).map(link).join(', ')}`),
    '',
    ...names.flatMap(name => [`## ${name}`, '', ...(groups.get(name) ?? []).flatMap(section)]),
  ];
}

function groupOf(code: string): string {
  return code.slice(0, code.indexOf('/'));
}

function link({ code }: Rule): string {
  return `[${code}](#${anchor(code)})`;
}

/** GitHub's anchor of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

function section({ code, variants, severity, summary, explanation, link: source, example }: Rule): string[] {
  const others = (variants ?? []).filter(variant => variant !== code).sort();
  return [
    `### ${code}`,
    '',
    `**${severity}** · ${summary}`,
    '',
    `${explanation} [More](${source}).`,
    '',
    ...(others.length === 0 ? [] : [`Codes: ${listed(others)}`, '']),
    ...(example === '' || example.length > 600 ? [] : ['```json', indented(example), '```', '']),
  ];
}

/** Long lists are patterns filled in: they are folded away. */
function listed(codes: readonly string[]): string {
  const all = codes.map(code => `\`${code}\``).join(', ');
  return codes.length <= 12
    ? all
    : `${codes.length}\n\n<details><summary>all of them</summary>\n\n${all}\n\n</details>`;
}

function indented(example: string): string {
  try {
    return JSON.stringify(JSON.parse(example), undefined, 2);
  } catch {
    return example;
  }
}
