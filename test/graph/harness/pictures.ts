/**
 * Draws definitions in four themes into out/graph-pictures/, to be looked at.
 *
 *   node test/graph/harness/pictures.ts [NAME …]
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { hasData } from '#test/conformance/data.ts';
import { runMain } from '#test/host/cleanup.ts';
import { outputRoot } from '#test/host/paths.ts';
import { drawingOf, examples, validDefinitions, type Definition } from './definitions.ts';
import { GraphPage } from './graphPage.ts';
import { themes } from './themes.ts';

const folder = path.join(outputRoot, 'graph-pictures');

await runMain(async () => {
  mkdirSync(folder, { recursive: true });
  const wanted = process.argv.slice(2);
  const large = hasData('definitions', 'valid') ? largest(validDefinitions(), 10) : [];
  const definitions = [...examples(), ...large].filter(
    ({ name }) => wanted.length === 0 || wanted.some(part => name.includes(part)),
  );
  const graph = await GraphPage.open();
  for (const definition of definitions) {
    await graph.forget();
    await graph.load('dark');
    await graph.show(drawingOf(definition), { title: definition.name });
    for (const theme of themes) {
      await graph.setTheme(theme);
      await graph.frame();
      await graph.screenshot(path.join(folder, `${definition.name}-${theme}.png`));
    }
    console.log(definition.name);
  }
  for (const problem of graph.problems) console.log(`PROBLEM ${problem}`);
  await graph.close();
  return graph.problems.length === 0 ? 0 : 1;
});

function largest(definitions: readonly Definition[], count: number): readonly Definition[] {
  const size = new Map(definitions.map(definition => [definition, drawingOf(definition).nodes.length]));
  return definitions.toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0)).slice(0, count);
}
