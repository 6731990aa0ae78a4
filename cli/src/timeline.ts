import { clip } from '#core/text/clip.ts';
import type { Step } from '#interpreter/advance.ts';
import type { EventRecord } from '#interpreter/history/eventRecord.ts';
import type { Execution } from '#interpreter/snapshot.ts';
import { printable, printableInLine } from './printable.ts';

/** Longest value in a line of the timeline. */
const longestValue = 100;

/** Colours of a terminal; empty texts elsewhere. */
interface Palette {
  readonly dim: string;
  readonly good: string;
  readonly bad: string;
  readonly busy: string;
  readonly plain: string;
}

const coloured: Palette = {
  dim: '\u001b[2m',
  good: '\u001b[32m',
  bad: '\u001b[31m',
  busy: '\u001b[36m',
  plain: '\u001b[0m',
};
const uncoloured: Palette = { dim: '', good: '', bad: '', busy: '', plain: '' };

/**
 * Turns events into the lines that show the course of an execution; an event that says nothing new gives no
 * line. Those of a state machine that a task has started bear its name.
 */
export function timeline(
  started: number,
  isTerminal: boolean,
): (event: EventRecord, execution: Execution | undefined) => string {
  const palette = isTerminal ? coloured : uncoloured;
  return (event, execution) => {
    const workflow = execution?.machine === undefined ? undefined : execution.stateMachineName;
    const isBegun = event.type === 'ExecutionStarted' && execution?.mapRunArn === undefined;
    const told = isBegun && workflow !== undefined ? begun(workflow) : lineOf(event);
    if (!told) return '';
    const { sign, mood, value } = told;
    const text = printableInLine(
      workflow === undefined || isBegun ? told.text : `${workflow} › ${told.text}`,
    );
    const seconds = ((event.time - started) / 1000).toFixed(3).padStart(9);
    const shown =
      value === undefined
        ? ''
        : `  ${palette.dim}${printableInLine(clip(value, longestValue))}${palette.plain}`;
    return `${palette.dim}${seconds} s${palette.plain}  ${palette[mood]}${sign} ${text}${palette.plain}${shown}\n`;
  };
}

/** Turns the stages of states into lines: time, state, stage, and the value after it or the error in it. */
export function traceLine(started: number, isTerminal: boolean): (now: number, step: Step) => string {
  const palette = isTerminal ? coloured : uncoloured;
  return (now, { stateName, strand, stage, value, error }) => {
    const seconds = ((now - started) / 1000).toFixed(3).padStart(9);
    const place = strand === '' ? stateName : `${strand} ${stateName}`;
    const mood = error ? palette.bad : palette.busy;
    const text = error ? [error.error, error.cause].filter(Boolean).join(': ') : JSON.stringify(value);
    return `${palette.dim}${seconds} s${palette.plain}  ${mood}${printableInLine(place)}  ${stage}${palette.plain}  ${printable(text)}\n`;
  };
}

interface Line {
  readonly sign: string;
  readonly mood: Exclude<keyof Palette, 'dim'>;
  readonly text: string;
  readonly value?: string;
}

function begun(workflow: string): Line {
  return { sign: '·', mood: 'plain', text: workflow };
}

function lineOf({ type, name, data, details }: EventRecord): Line | undefined {
  const detail = (member: string): string | undefined => {
    const value =
      details && !Array.isArray(details) ? (details as Readonly<Record<string, unknown>>)[member] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  if (type.endsWith('StateEntered'))
    return { sign: '▶', mood: 'busy', text: name ?? '', value: JSON.stringify(data) };
  if (type.endsWith('StateExited'))
    return { sign: '✓', mood: 'good', text: name ?? '', value: JSON.stringify(data) };
  if (type === 'ExecutionSucceeded') return { sign: '■', mood: 'good', text: 'succeeded' };
  if (type.startsWith('Execution') && type !== 'ExecutionStarted')
    return { sign: '■', mood: 'bad', text: type.slice('Execution'.length).toLowerCase() };
  if (/^(MapIteration)(Started|Failed|Aborted)$/.test(type)) {
    const index = details && 'index' in details ? JSON.stringify(details['index']) : '';
    const failed = !type.endsWith('Started');
    return {
      sign: failed ? '✗' : '·',
      mood: failed ? 'bad' : 'plain',
      text: `${detail('name') ?? ''}[${index}]`,
    };
  }
  if (/(Failed|TimedOut)$/.test(type) && detail('error') !== undefined) {
    return { sign: '✗', mood: 'bad', text: detail('error') ?? '', value: detail('cause') ?? '' };
  }
  return undefined;
}
