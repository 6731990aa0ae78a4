import { parseArgs } from 'node:util';
import { UsageError, exitCode, oneFile, type Command, type Io } from '#cli/command.ts';
import { jsonIn, readDefinition } from '#cli/files.ts';
import { chromium, drawPicture, save } from '#cli/graph/picture.ts';
import { viewOfHistory } from '#cli/graph/viewOfHistory.ts';
import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { graphOf } from '#core/graph/fromMachine.ts';
import { readableMermaid } from '#core/graph/readableMermaid.ts';
import { analyze } from '#core/analysis/analysis.ts';
import { inWords } from '#core/text/message.ts';
import { formatOf } from '#core/text/source.ts';
import type { TextFile } from '#interpreter/prepare.ts';
import type { ExecutionView } from '#protocol/execution.ts';
import { drawing } from '#server/graph/drawing.ts';

const formats = ['svg', 'png', 'mermaid'] as const;

/** `stepwise graph`: draws a state machine as a picture or as Mermaid text. */
export const graph: Command = {
  name: 'graph',
  summary: 'draw a state machine',
  help: `Usage: stepwise graph FILE [options]

Draws the state machine in FILE (JSON or YAML, or a template that holds one; - for standard input).
Mermaid text and SVG go to standard output, or with --output into a file.

  --format FORMAT    mermaid (default), svg or png; pictures need an installed Chromium or Chrome,
                     found on the PATH or named by the environment variable CHROMIUM
  --output FILE      where to write; png needs it
  --name NAME        which state machine of a template
  --direction WAY    TB (default, top to bottom) or LR (left to right)
  --theme THEME      light (default) or dark
  --scale N          of png: pixels for each unit (default 2)
  --execution FILE   lay an execution over it: its event history, as GetExecutionHistory gives it
                     (svg and png)

Exit code: 0 when it was drawn, 2 when not.
`,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        output: { type: 'string' },
        name: { type: 'string' },
        direction: { type: 'string' },
        theme: { type: 'string' },
        scale: { type: 'string' },
        execution: { type: 'string' },
      },
    });
    const path = oneFile(positionals, 'graph');
    const format = oneOf('--format', values.format, formats, 'mermaid');
    const direction = oneOf('--direction', values.direction, ['TB', 'LR'] as const, 'TB');
    const theme = oneOf('--theme', values.theme, ['light', 'dark'] as const, 'light');
    if (format === 'png' && values.output === undefined)
      throw new UsageError('A PNG is no text: say with --output FILE where to write it.');
    if (format === 'mermaid' && values.execution !== undefined)
      throw new UsageError('Mermaid text shows no execution: choose --format svg or png.');
    const scale = scaleOf(values.scale);
    const machine = machineIn(await readDefinition(path, io), values.name);
    if (format === 'mermaid') {
      const text = readableMermaid(graphOf(machine, { collapsed: new Set() }), direction);
      if (values.output === undefined) io.out(text);
      else await save(values.output, Buffer.from(text));
      return exitCode.ok;
    }
    const content = await drawPicture(chromium(), {
      drawing: drawing(machine, { direction, collapsed: new Set() }),
      execution: values.execution === undefined ? undefined : await readView(values.execution, machine, io),
      format,
      theme,
      scale,
    });
    if (values.output === undefined) io.out(`${content}\n`);
    else await save(values.output, format === 'png' ? Buffer.from(content, 'base64') : Buffer.from(content));
    return exitCode.ok;
  },
};

function machineIn({ path, text }: TextFile, name: string | undefined): MachineAnalysis {
  const role = /\.asl(\.(json|ya?ml))?$/i.test(path) ? 'definition' : 'other';
  const { machines, syntax, lines } = analyze({ uri: path, version: 0, format: formatOf(path), text, role });
  const problem = syntax.problems.find(({ code }) => code === 'syntax');
  if (problem) {
    const { line, character } = lines.positionAt(problem.start);
    throw new UsageError(`${path}:${line + 1}:${character + 1}: ${inWords(problem.message)}`);
  }
  const machine = name === undefined ? machines[0] : machines.find(({ site }) => site.name === name);
  if (machine && machine.machine.states.length > 0) return machine;
  throw new UsageError(
    name === undefined
      ? `${path} holds no state machine.`
      : `${path} holds no state machine named '${name}'.`,
  );
}

async function readView(path: string, machine: MachineAnalysis, io: Io): Promise<ExecutionView> {
  const view = viewOfHistory(jsonIn(path, await io.read(path)), machine.machine);
  if (!view) throw new UsageError(`${path} is no event history: it has no "events".`);
  return view;
}

function oneOf<Value extends string>(
  option: string,
  given: string | undefined,
  values: readonly Value[],
  otherwise: Value,
): Value {
  if (given === undefined) return otherwise;
  const value = values.find(known => known === given);
  if (value === undefined) throw new UsageError(`${option} is one of ${values.join(', ')}, not '${given}'.`);
  return value;
}

function scaleOf(text: string | undefined): number {
  const scale = Number(text ?? '2');
  if (!(scale > 0 && scale <= 8)) throw new UsageError(`--scale is a number up to 8, not '${text}'.`);
  return scale;
}
