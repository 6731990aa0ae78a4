import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze, type MachineAnalysis } from '#core/analysis/analysis.ts';
import type { GraphDrawing } from '#protocol/graph.ts';
import { drawing } from '#server/graph/drawing.ts';
import { dataFolder, readData } from '#test/conformance/data.ts';
import { projectRoot } from '#test/host/paths.ts';

/** A definition to draw. */
export interface Definition {
  readonly name: string;
  readonly text: string;
  readonly format: 'json' | 'yaml';
}

/** The six examples that ship, in JSON. */
export function examples(): readonly Definition[] {
  return globSync('examples/*/*.asl.json', { cwd: projectRoot })
    .toSorted()
    .map(file => definitionIn(path.join(projectRoot, file)));
}

/** Every valid definition of the data set that holds a state machine. */
export function validDefinitions(): readonly Definition[] {
  const index = readData('definitions', 'index.json') as readonly { file: string; label: string }[];
  return index
    .filter(({ label }) => label === 'valid')
    .map(({ file }) => definitionIn(path.join(dataFolder, 'definitions', file)))
    .filter(definition => (machinesOf(definition)[0]?.machine.states.length ?? 0) > 0);
}

export function definitionIn(file: string): Definition {
  return {
    name: nameOf(file),
    text: readFileSync(file, 'utf8'),
    format: /\.ya?ml$/.test(file) ? 'yaml' : 'json',
  };
}

export function machinesOf({ name, text, format }: Definition): readonly MachineAnalysis[] {
  return analyze({ uri: `file:///${name}`, version: 1, format, text }).machines;
}

/** The drawing of a definition's first state machine. */
export function drawingOf(
  definition: Definition,
  options: { readonly direction?: 'TB' | 'LR'; readonly collapsed?: readonly string[] } = {},
): GraphDrawing {
  const [machine] = machinesOf(definition);
  if (!machine) throw new Error(`${definition.name} holds no state machine`);
  return drawing(machine, {
    direction: options.direction ?? 'TB',
    collapsed: options.collapsed && new Set(options.collapsed),
  });
}

/** `order-processing`; with its folder where the file has the name that every definition has. */
function nameOf(file: string): string {
  const name = path.basename(file).replace(/(\.asl)?\.(json|ya?ml)$/, '');
  return name === 'statemachine'
    ? `${path.basename(path.dirname(path.dirname(file)))}-${path.basename(path.dirname(file))}`
    : name;
}
