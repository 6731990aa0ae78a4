import type { Pointer } from '#core/model/pointer.ts';
import type { Scope, State, StateMachine } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf, type PropertyNode, type SyntaxNode } from '#core/syntax/node.ts';
import type { LineMap } from '#core/text/lineMap.ts';
import { say, type Message, type Words } from '#core/text/message.ts';
import type { Span } from '#core/text/span.ts';
import type { CompiledState, Program, StageName } from '#interpreter/program.ts';
import type { Strand } from '#interpreter/snapshot.ts';

/** A moment of the visits to a state at which the debugger can stop, and where it stands in the file. */
export interface Place {
  readonly state: Pointer;
  /** The stage that comes next at that moment, by its number. Of a Retrier it says nothing. */
  readonly stage: number;
  readonly when: When;
  /** Where the breakpoint is shown. */
  readonly span: Span;
  /** A breakpoint set anywhere in here belongs to this place, unless it is in the extent of a smaller one. */
  readonly extent: Span;
  /** What is told of a stop there, where that is more than state and stage. */
  readonly description?: Message;
}

/** What else must hold. */
export type When =
  | { readonly kind: 'always' }
  /** The scope around the state has just been entered. */
  | { readonly kind: 'start' }
  /** That Choice Rule is going to be evaluated. */
  | { readonly kind: 'rule'; readonly index: number }
  /** That Choice Rule applied (-1 is the Default), or that Catcher. */
  | { readonly kind: 'chosen'; readonly index: number }
  /** That Retrier has just decided to try again. */
  | { readonly kind: 'retry'; readonly index: number };

const always: When = { kind: 'always' };

/** Whether a strand is at the place; at Choice Rules and Retriers it is while they are looked at. */
export function isAt(strand: Strand, { state, stage, when }: Place): boolean {
  if (strand.state !== state || strand.stage !== stage) return false;
  switch (when.kind) {
    case 'always':
      return true;
    case 'start':
      return strand.enteredEvent === 0;
    case 'chosen':
      return strand.chosen === when.index;
    case 'rule':
    case 'retry':
      return false;
  }
}

/** Which fields a stage works with; the first that is there tells its place in the file. */
const fieldsOfStage: Readonly<Partial<Record<StageName, readonly string[]>>> = {
  afterInputPath: ['InputPath'],
  afterParameters: ['Parameters'],
  afterArguments: ['Arguments'],
  afterItemsPath: ['ItemsPath', 'Items'],
  afterItemReader: ['ItemReader'],
  afterItemBatcher: ['ItemBatcher'],
  choice: ['Choices'],
  wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  task: [
    'Resource',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
    'Credentials',
  ],
  parallel: ['Branches'],
  map: ['ItemProcessor', 'Iterator', 'ItemSelector', 'MaxConcurrency', 'MaxConcurrencyPath'],
  iterations: ['ItemProcessor', 'Iterator', 'ItemSelector', 'MaxConcurrency', 'MaxConcurrencyPath'],
  afterResultWriter: ['ResultWriter'],
  result: ['Result'],
  afterResultSelector: ['ResultSelector'],
  assign: ['Assign'],
  afterResultPath: ['ResultPath'],
  afterOutputPath: ['OutputPath'],
  output: ['Output'],
  catch: ['Catch'],
};

/** The stage in which a state is left: the last but for that of the Catchers. */
export function leavingStage(compiled: CompiledState): number {
  return compiled.catchers.length > 0 ? compiled.catchStage - 1 : compiled.stages.length - 1;
}

/** The fields of the state that a stage works with, as far as they are written. */
function fieldsAt(state: State, compiled: CompiledState, stage: number): readonly PropertyNode[] {
  const name = compiled.stages[stage]?.name;
  if (name === undefined || isLeaving(compiled, stage)) return [];
  return (fieldsOfStage[name] ?? []).flatMap(field => propertyOf(state.node, field) ?? []);
}

function isLeaving(compiled: CompiledState, stage: number): boolean {
  return stage === leavingStage(compiled) && compiled.stages[stage]?.name === 'output';
}

/** Where in the file a stage of a state stands: its field, the closing brace, or else the state's name. */
export function spanOfStage(state: State, compiled: CompiledState | undefined, stage: number): Span {
  if (!compiled) return state.key;
  if (isLeaving(compiled, stage)) return closing(state);
  return fieldsAt(state, compiled, stage)[0]?.key ?? state.key;
}

/** The closing brace of a state, or in YAML its last character. */
function closing(state: State): Span {
  const end = endOf(state.node);
  return { start: Math.max(state.key.end, end - 1), end };
}

/** Where a node ends for the eye: a block of YAML reaches to the next line, its last value does not. */
function endOf(node: SyntaxNode): number {
  const last =
    node.kind === 'object'
      ? node.properties.findLast(({ inherited }) => !inherited)?.value
      : node.kind === 'array'
        ? node.items.at(-1)
        : undefined;
  const isBlock =
    last !== undefined && node.end > last.end && last.end > node.start && last.start > node.start;
  return isBlock && !isFlow(node, last) ? endOf(last) : node.end;
}

/** Whether a node is written between braces or brackets: more than blanks follows its last value then. */
function isFlow(node: SyntaxNode, last: SyntaxNode): boolean {
  return node.kind === 'object' ? node.properties[0]?.key.start !== node.start : last.end < node.end;
}

/** Every place of a machine, in the order of the file. */
export function placesOf(machine: StateMachine, program: Program): readonly Place[] {
  const places: Place[] = [];
  for (const scope of machine.scopes) {
    const start = startOf(scope, program);
    if (start) places.push(start);
  }
  for (const state of machine.states) {
    const compiled = program.states.get(state.pointer);
    if (compiled) places.push(...placesIn(state, compiled));
  }
  return places.toSorted((a, b) => a.span.start - b.span.start || b.extent.end - a.extent.end);
}

function startOf(scope: Scope, program: Program): Place | undefined {
  const property = propertyOf(scope.node, 'StartAt');
  const first = program.scopes.get(scope.pointer)?.startAt;
  if (!property || !first) return undefined;
  return {
    state: first.pointer,
    stage: 0,
    when: { kind: 'start' },
    span: property.key,
    extent: property,
  };
}

function placesIn(state: State, compiled: CompiledState): readonly Place[] {
  const { pointer, name } = state;
  const leaving = leavingStage(compiled);
  const places: Place[] = [];
  const add = (stage: number, span: Span, extent: Span, when: When = always, description?: Message): void => {
    places.push({ state: pointer, stage, when, span, extent, ...(description && { description }) });
  };
  add(0, state.key, state.property);
  for (const stage of compiled.stages.keys()) {
    for (const field of fieldsAt(state, compiled, stage)) add(stage, field.key, field);
  }
  if (isLeaving(compiled, leaving)) {
    const end = closing(state);
    add(leaving, end, end);
    for (const leadsOn of ['Next', 'End']) {
      const field = propertyOf(state.node, leadsOn);
      if (field) add(leaving, field.key, field);
    }
  }
  if (state.type === 'Choice') {
    const deciding = compiled.stages.findIndex(stage => stage.name === 'choice');
    const after = deciding + 1;
    for (const { node, index } of state.rules) {
      const before = say`Paused before rule ${index + 1} of '${name}' is evaluated`;
      add(deciding, firstOf(node), node, { kind: 'rule', index }, before);
      const next = propertyOf(node, 'Next');
      const chosen = say`Paused at Next of rule ${index + 1} of '${name}'`;
      if (next) add(after, next.key, next, { kind: 'chosen', index }, chosen);
    }
    const standard = propertyOf(state.node, 'Default');
    const chosen = say`Paused at Default of '${name}'`;
    if (standard) add(after, standard.key, standard, { kind: 'chosen', index: -1 }, chosen);
  }
  for (const [index, node] of state.retriers.entries()) {
    const retries = say`Paused at Retrier ${index + 1} of '${name}', which tries again`;
    add(-1, firstOf(node), node, { kind: 'retry', index }, retries);
  }
  for (const [index, node] of state.catchers.entries()) {
    const catches = say`Paused at Catcher ${index + 1} of '${name}'`;
    add(compiled.catchStage, firstOf(node), node, { kind: 'chosen', index }, catches);
  }
  return places;
}

/** The opening brace; in YAML an object begins with its first key. */
function firstOf(node: Span): Span {
  return { start: node.start, end: Math.min(node.end, node.start + 1) };
}

/**
 * The place a breakpoint on a line of a file with these machines belongs to: one that stands on it (of several the first, or the one
 * at the column), else the smallest that the line lies in, else the next below.
 */
export function placeFor(
  machines: readonly { readonly places: readonly Place[]; readonly lines: LineMap; readonly text: string }[],
  line: number,
  column?: number,
): Place | undefined {
  const [first] = machines;
  if (!first) return undefined;
  const { lines, text } = first;
  const places = machines.length === 1 ? first.places : machines.flatMap(machine => machine.places);
  const lineAt = (offset: number): number => lines.positionAt(offset).line;
  const onLine = places.filter(({ span }) => lineAt(span.start) === line);
  if (onLine.length > 0 && column === undefined) return onLine[0];
  if (onLine.length > 0) {
    const offset = lines.offsetAt({ line, character: column ?? 0 });
    return onLine.findLast(({ span }) => span.start <= offset) ?? onLine[0];
  }
  const start = lines.lineStart(line);
  const blank = /^\s*/.exec(text.slice(start, lines.lineStart(line + 1)))?.[0].length ?? 0;
  const offset = start + blank;
  const around = places.filter(({ extent }) => extent.start <= offset && offset < extent.end);
  const [innermost] = around.toSorted(
    (a, b) => a.extent.end - a.extent.start - (b.extent.end - b.extent.start),
  );
  return innermost ?? places.find(({ span }) => lineAt(span.start) >= line);
}

/** The stage that a strand is at: the next one, but of a wait that goes on its own. */
export function presentStage({ stage, waiting }: Strand): number {
  return waiting?.kind === 'timer' && waiting.reason === 'wait' ? stage - 1 : stage;
}

/**
 * What a strand performs next, as the user reads it: the field, or the stage itself; nothing where the state is
 * about to be entered.
 */
export function stageTitle(state: State, compiled: CompiledState, stage: number): Words | undefined {
  if (stage === 0) return undefined;
  if (isLeaving(compiled, stage)) return leaving;
  const name = compiled.stages[stage]?.name;
  return fieldsAt(state, compiled, stage)[0]?.key.value ?? (name && (stageWords[name] ?? name));
}

/** Leaving a state has no field of its own. */
export const leaving = say`exit`;

/** The stages that TestState does not name, where no field of the state stands for them. */
const stageWords: Readonly<Partial<Record<StageName, Message>>> = {
  fail: say`fail`,
  result: say`result`,
};

/** The Retriers' or Catchers' node of that number. */
export function handlerSpan(state: State, field: 'Retry' | 'Catch', index: number): Span | undefined {
  const list = valueOf(state.node, field);
  return list?.kind === 'array' ? list.items[index] : undefined;
}
