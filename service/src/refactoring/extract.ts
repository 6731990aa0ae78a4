import { propertyOf } from '#core/syntax/node.ts';
import { quote } from '#core/syntax/quote.ts';
import { contains } from '#core/text/span.ts';
import { indentationAt, isInFlow, replaceValue, type Edit } from '#service/edits.ts';
import { freeName } from '#service/freeName.ts';
import { formatOf } from '#service/writing.ts';
import type { Extraction } from './extraction.ts';
import {
  fileText,
  frameText,
  layoutAt,
  spanWithComments,
  StatesFrame,
  stateText,
  writeStates,
  type Frame,
  type FrameObject,
  type StateText,
} from './stateText.ts';

/** Moves the states into the only branch of a Parallel state, whose output is that of the branch. */
export function extractToParallel(extraction: Extraction): readonly Edit[] {
  const output: FrameObject =
    extraction.machine.machine.queryLanguage === 'JSONata'
      ? { Output: '{% $states.result[0] %}' }
      : { OutputPath: '$[0]' };
  return replacedBy(extraction, {
    Type: 'Parallel',
    Branches: [scopeOf(extraction)],
    ...output,
    ...wayOn(extraction),
  });
}

/**
 * Moves the states into a Map state with one item, the input, and the output of that one. JSONPath has no
 * list of one item, so that the Map speaks JSONata; the states in it keep their language.
 */
export function extractToMap(extraction: Extraction): readonly Edit[] {
  const language = extraction.machine.machine.queryLanguage === 'JSONata' ? {} : { QueryLanguage: 'JSONata' };
  return replacedBy(extraction, {
    Type: 'Map',
    ...language,
    Items: "{% [{'input': $states.input}] %}",
    ItemSelector: '{% $states.context.Map.Item.Value.input %}',
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...scopeOf(extraction) },
    Output: '{% $states.result[0] %}',
    ...wayOn(extraction),
  });
}

/** The states in a file of their own, and what is left of them. */
export interface ExtractedMachine {
  readonly edits: readonly Edit[];
  readonly text: string;
}

/**
 * Moves the states into a state machine of its own, which a Task starts and waits for. Its ARN is known at
 * deployment only, so that a substitution stands for it.
 */
export function extractToStateMachine(extraction: Extraction, name: string): ExtractedMachine {
  const { machine, entry } = extraction;
  const isJsonata = machine.machine.queryLanguage === 'JSONata';
  const arn = `\${${name.replaceAll(/[^A-Za-z0-9]+/g, '')}Arn}`;
  const call: FrameObject = isJsonata
    ? { Arguments: { StateMachineArn: arn, Input: '{% $states.input %}' } }
    : { Parameters: { StateMachineArn: arn, 'Input.$': '$' } };
  const output: FrameObject = isJsonata
    ? { Output: '{% $states.result.Output %}' }
    : { OutputPath: '$.Output' };
  return {
    edits: replacedBy(extraction, {
      Type: 'Task',
      Resource: `arn:${partitionOf(extraction)}:states:::states:startExecution.sync:2`,
      ...call,
      ...output,
      ...wayOn(extraction),
    }),
    text: fileText(
      { ...(isJsonata && { QueryLanguage: 'JSONata' }), ...scopeOf(extraction) },
      formatOf(machine),
      indentationAt(machine, entry.property).unit,
    ),
  };
}

/** What the state that takes the place of the others is called. */
export function nameOfExtracted({ machine, entry, last }: Extraction): string {
  return freeName(machine, entry === last ? `Run ${entry.name}` : `${entry.name} to ${last.name}`);
}

function partitionOf({ machine }: Extraction): string {
  for (const state of machine.machine.states) {
    const partition = state.type === 'Task' && /^arn:([a-z-]+):/.exec(state.resource?.value ?? '')?.[1];
    if (typeof partition === 'string') return partition;
  }
  return 'aws';
}

function wayOn({ exit }: Extraction): FrameObject {
  return exit ? { Next: exit.name } : { End: true };
}

/** `StartAt` and `States` of the moved states, which end where they went out. */
function scopeOf(extraction: Extraction): FrameObject {
  const { machine, entry, states, waysOut, copies } = extraction;
  const edits: Edit[] = copyEdits(extraction);
  const doneName = freeName(machine, `${nameOfExtracted(extraction)}: done`);
  let needsDone = false;
  for (const { from, transition } of waysOut) {
    const next = transition.kind === 'Next' ? propertyOf(from.node, 'Next') : undefined;
    if (next) {
      const text = next.key.style === 'plain' ? 'End: true' : '"End": true';
      edits.push({ start: next.start, end: next.end, text });
    } else {
      // Only a state of its own can end what a Choice Rule or Catcher leads to.
      needsDone = true;
      edits.push(replaceValue(machine, transition.target, doneName));
    }
  }
  const texts = [...states, ...copies.map(({ state }) => state)].map(state =>
    stateText(machine, state.property, edits),
  );
  const [first] = states;
  const layout = first && layoutAt(machine, first.property);
  if (needsDone && layout) texts.push(frameText(doneName, { Type: 'Succeed' }, layout));
  return { StartAt: entry.name, States: new StatesFrame(texts) };
}

/** The names of copies, where they stand and where they are led to. */
function copyEdits({ machine, states, copies }: Extraction): Edit[] {
  const nameByState = new Map(copies.map(({ state, name }) => [state.name, name]));
  const moved = [...states, ...copies.map(({ state }) => state)];
  return [
    ...copies.map(({ state, name }) => replaceValue(machine, state.key, name)),
    ...moved.flatMap(({ transitions }) =>
      transitions.flatMap(({ target }) => {
        const name = nameByState.get(target.value);
        return name === undefined ? [] : [replaceValue(machine, target, name)];
      }),
    ),
  ];
}

/** Puts a state in the place of the first one, takes the others out, and turns the ways in to it. */
function replacedBy(extraction: Extraction, frame: Frame): readonly Edit[] {
  const { machine, scope, states, entry } = extraction;
  const name = nameOfExtracted(extraction);
  const chosen = new Set(states);
  const waysIn = machine.references
    .referencesTo(entry)
    .filter(({ from }) => !from || !chosen.has(from))
    .map(({ node }): Edit => {
      const text = quote(name, node.style, { inFlow: isInFlow(machine, node) });
      return { start: node.start, end: node.end, text };
    });
  const [first] = states;
  const end = states.at(-1);
  if (!first || !end) return [];
  const run = scope.states.slice(scope.states.indexOf(first), scope.states.indexOf(end) + 1);
  const layout = layoutAt(machine, first.property);
  const left = run.flatMap((state): StateText[] => {
    if (state === first) return [{ ...frameText(name, frame, layout), isApart: false }];
    return chosen.has(state) ? [] : [stateText(machine, state.property, waysIn)];
  });
  const region = {
    start: spanWithComments(machine, first.property).start,
    end: spanWithComments(machine, end.property).end,
  };
  const { text } = machine.analysis.source;
  const hadComma = text.slice(end.property.end, region.end).trimStart().startsWith(',');
  return [
    { ...region, text: writeStates(left, layout, hadComma ? ',' : '') },
    ...waysIn.filter(edit => !contains(region, edit)),
  ];
}
