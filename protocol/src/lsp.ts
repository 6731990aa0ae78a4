import type { JsonObject } from '#core/json.ts';
import type { Pointer } from '#core/model/pointer.ts';
import type { GraphDrawing } from './graph.ts';
import { isJsonObject, members } from './members.ts';
import { readTexts, type Texts } from './texts.ts';

/**
 * What client and server say to each other beyond the Language Server Protocol.
 *
 * Positions are LSP's: zero-based lines and UTF-16 code units.
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A state of a document; `machine` counts the definitions of the file, 0 being the first. */
export interface StateId {
  readonly machine: number;
  readonly state: Pointer;
}

/** Request: where a state stands. */
export const spanOfState = 'stepwise/spanOfState';
export interface SpanOfStateParams extends StateId {
  readonly textDocument: { readonly uri: string };
}
export interface SpanOfStateResult {
  readonly version: number;
  /** Name and definition. */
  readonly range: Range;
  /** The name alone, as it is written in the key. */
  readonly nameRange: Range;
}

/** Request: the innermost state at a position. */
export const stateAt = 'stepwise/stateAt';
export interface StateAtParams {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}
export interface StateAtResult extends StateId {
  readonly version: number;
}

/** Request: the drawing of a state machine of a document. */
export const graph = 'stepwise/graph';
export interface GraphParams {
  readonly textDocument: { readonly uri: string };
  /** Which of the file's definitions; 0 is the first. */
  readonly machine: number;
  readonly direction: 'TB' | 'LR';
  /** Pointers of the Parallel and Map states whose inside is hidden; absent for as many as the size asks for. */
  readonly collapsed?: readonly Pointer[];
}
export interface GraphResult {
  readonly version: number;
  /** Names of the file's definitions, to choose between. */
  readonly machines: readonly string[];
  /** Absent where the file holds no states to draw. */
  readonly drawing: GraphDrawing | undefined;
  /** Why the text cannot be read now; then an older drawing is worth more than this one. */
  readonly broken: { readonly line: number; readonly message: string } | undefined;
}

/** Request: a state machine as a Mermaid flowchart for people, to paste into a README. */
export const mermaid = 'stepwise/mermaid';
export interface MermaidResult {
  readonly text: string;
}

/** Request of the server in a worker, which cannot read files: the text of one of the product's own, below `assets/`. */
export const readAsset = 'stepwise/readAsset';
export interface ReadAssetParams {
  readonly path: string;
}
export function isReadAssetParams(value: unknown): value is ReadAssetParams {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    /^[\w-]+(?:\/[\w-]+)*(?:\.\w+)+$/.test(value.path)
  );
}

/** Request: the whole file in the other format, JSON as YAML and YAML as JSON. */
export const convertFormat = 'stepwise/convertFormat';
export interface ConvertFormatParams {
  readonly textDocument: { readonly uri: string };
}
export interface ConvertFormatResult {
  readonly text: string;
  /** How many comments the file has; the text has none. */
  readonly comments: number;
}

/** What the client tells the server when it starts, beyond the protocol. */
export interface InitializationOptions {
  /** The client has the commands that code lenses name (`stepwise.run` …). */
  readonly commands: boolean;
  /** The client answers questions about files (`workspaceFiles.ts`). */
  readonly files: boolean;
  /** The texts of the user's language by those of the code; none for English. */
  readonly texts?: Texts | undefined;
}
export function readInitializationOptions(value: unknown): InitializationOptions {
  const { commands, files, texts } =
    typeof value === 'object' && value !== null
      ? (value as Partial<Record<keyof InitializationOptions, unknown>>)
      : {};
  return { commands: commands === true, files: files === true, texts: readTexts(texts) };
}

/** What the code lens of references hands to its command. */
export type ShowReferencesArguments = readonly [
  uri: string,
  position: Position,
  locations: readonly { readonly uri: string; readonly range: Range }[],
];
export function isShowReferencesArguments(value: readonly unknown[]): value is ShowReferencesArguments {
  const [uri, position, locations] = value;
  return (
    typeof uri === 'string' && isPosition(position) && Array.isArray(locations) && locations.every(isLocation)
  );
}

function isLocation(value: unknown): boolean {
  return hasMembers(value, 'uri', 'range') && typeof value.uri === 'string' && isRange(value.range);
}

function isRange(value: unknown): value is Range {
  return hasMembers(value, 'start', 'end') && isPosition(value.start) && isPosition(value.end);
}

function isPosition(value: unknown): value is Position {
  return (
    hasMembers(value, 'line', 'character') &&
    typeof value.line === 'number' &&
    typeof value.character === 'number'
  );
}

function hasMembers<Name extends string>(
  value: unknown,
  ...names: readonly Name[]
): value is Readonly<Record<Name, unknown>> {
  return typeof value === 'object' && value !== null && names.every(name => name in value);
}

/** Request: a few words about a document's first definition, for the status bar; null where there is none. */
export const summary = 'stepwise/summary';
export interface SummaryParams {
  readonly textDocument: { readonly uri: string };
}
export interface SummaryResult {
  readonly queryLanguage: 'JSONPath' | 'JSONata';
  /** States of all scopes. */
  readonly states: number;
}

/** Request: serve, or serve no longer, a file of another language that holds definitions, such as a SAM template. */
export const adopt = 'stepwise/adopt';
export interface AdoptParams {
  readonly uri: string;
  readonly language: string;
  readonly serve: boolean;
}

export function readAdoptParams(value: unknown): AdoptParams | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, language, serve } = value as Partial<Record<keyof AdoptParams, unknown>>;
  return typeof uri === 'string' && typeof language === 'string' && typeof serve === 'boolean'
    ? { uri, language, serve }
    : undefined;
}

/** A file that is not open, in an answer of the client. */
export interface DefinitionFile {
  readonly uri: string;
  readonly text: string;
}

export function readDefinitionFiles(value: unknown): readonly DefinitionFile[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (file: unknown): file is DefinitionFile =>
      typeof file === 'object' &&
      file !== null &&
      'uri' in file &&
      typeof file.uri === 'string' &&
      'text' in file &&
      typeof file.text === 'string',
  );
}

/** Request: what is wrong with a text that should be JSON, with its place; `null` for JSON. */
export const problemOfJson = 'stepwise/problemOfJson';
export interface ProblemOfJsonParams {
  readonly text: string;
}
export type ProblemOfJsonResult = string | null;
export function isProblemOfJsonParams(value: unknown): value is ProblemOfJsonParams {
  return typeof members(value)['text'] === 'string';
}

/**
 * Request: a JSON file with what it lacks of an object. Members that both have are merged, else the new one wins; all
 * else stays as it is written. Refused, with the place, for a text that is no JSON.
 */
export const addToJson = 'stepwise/addToJson';
export interface AddToJsonParams {
  readonly text: string;
  readonly addition: JsonObject;
}
export function isAddToJsonParams(value: unknown): value is AddToJsonParams {
  return isProblemOfJsonParams(value) && isJsonObject(members(value)['addition']);
}
export interface AddToJsonResult {
  readonly text: string;
}

/** Request: the findings of a file that is not open, as `Diagnostic`s of the Language Server Protocol. */
export const checkText = 'stepwise/checkText';
export interface CheckTextParams {
  readonly uri: string;
  readonly text: string;
}
