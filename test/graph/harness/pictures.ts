/**
 * Draws examples, the largest definitions of the data set and situations in four themes into out/graph-pictures/,
 * to be looked at: index.html there shows them beside each other. The tests draw the examples and situations, too.
 *
 *   node test/graph/harness/pictures.ts [NAME …]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasData } from '#test/conformance/data.ts';
import { runMain } from '#test/host/cleanup.ts';
import { outputRoot } from '#test/host/paths.ts';
import { drawingOf, examples, validDefinitions, type Definition } from './definitions.ts';
import { GraphPage } from './graphPage.ts';
import { drawn, meet, situations } from './situations.ts';
import { themes } from './themes.ts';

const folder = path.join(outputRoot, 'graph-pictures');

await runMain(async () => {
  mkdirSync(folder, { recursive: true });
  const wanted = process.argv.slice(2);
  const large = hasData('definitions', 'valid') ? largest(validDefinitions(), 10) : [];
  const subjects = [...situations, ...[...examples(), ...large].map(drawn)].filter(
    ({ name }) => wanted.length === 0 || wanted.some(part => name.includes(part)),
  );
  const graph = await GraphPage.open();
  for (const subject of subjects) {
    await meet(graph, subject);
    for (const theme of themes) {
      await graph.setTheme(theme);
      await graph.frame();
      await graph.screenshot(path.join(folder, `${subject.name}-${theme}.png`));
    }
    console.log(subject.name);
  }
  writeFileSync(path.join(folder, 'index.html'), gallery(subjects.map(({ name }) => name)));
  for (const problem of graph.problems) console.log(`PROBLEM ${problem}`);
  await graph.close();
  return graph.problems.length === 0 ? 0 : 1;
});

function largest(definitions: readonly Definition[], count: number): readonly Definition[] {
  const size = new Map(definitions.map(definition => [definition, drawingOf(definition).nodes.length]));
  return definitions.toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0)).slice(0, count);
}

function gallery(names: readonly string[]): string {
  const rows = names.map(
    name =>
      `<h2>${name}</h2><p>${themes.map(theme => `<img src="${name}-${theme}.png" width="450" alt="${name}, ${theme}">`).join(' ')}</p>`,
  );
  return `<!DOCTYPE html><meta charset="utf-8"><title>Pictures of the graph</title><style>p { white-space: nowrap } img { vertical-align: top }</style>${rows.join('\n')}\n`;
}
