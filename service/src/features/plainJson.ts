import { isJsonObject, type Json, type JsonObject } from '#core/json.ts';
import { parseJson } from '#core/syntax/json.ts';
import type { ObjectNode, SyntaxNode } from '#core/syntax/node.ts';
import { placeAndReason, readJson, type JsonProblem } from '#core/syntax/readJson.ts';
import { inWords, say } from '#core/text/message.ts';
import type { Translate } from '#core/text/translate.ts';
import type { Edit } from '#service/edits.ts';
import { inlineJsonText, jsonText } from '#service/write.ts';
import type { Refusal } from './rename.ts';

/** What is wrong with a text that a user writes as JSON, and where; `undefined` for JSON. */
export function problemOfJson(text: string, translate: Translate): string | undefined {
  const reading = readJson(text);
  return reading.kind === 'read' ? undefined : sayProblem(reading.problem, translate);
}

function sayProblem(problem: JsonProblem, translate: Translate): string {
  return inWords(say`This is not JSON. ${placeAndReason(problem)}`, translate);
}

/**
 * A JSON file, such as a mock file, with what it lacks of an object: objects that both have are merged, of other
 * members the new one wins. All else keeps its place and its layout.
 */
export function addToJson(
  text: string,
  addition: JsonObject,
  translate: Translate,
): { readonly kind: 'added'; readonly text: string } | Refusal {
  if (text.trim() === '') return { kind: 'added', text: `${JSON.stringify(addition, undefined, 2)}\n` };
  const reading = readJson(text);
  if (reading.kind === 'broken') return { kind: 'refused', reason: sayProblem(reading.problem, translate) };
  const { root } = parseJson({ text });
  if (root?.kind !== 'object') {
    const reason = say`The file holds no JSON object to which something could be added.`;
    return { kind: 'refused', reason: inWords(reason, translate) };
  }
  return { kind: 'added', text: new Merger(text).merged(root, addition) };
}

class Merger {
  readonly #text: string;
  readonly #unit: string;
  readonly #edits: Edit[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#unit = /^[{[]\s*\n([ \t]+)/.exec(text.trimStart())?.[1] ?? '  ';
  }

  merged(root: ObjectNode, addition: JsonObject): string {
    this.#merge(root, addition);
    const endOfLine = this.#text.includes('\r\n') ? '\r\n' : '\n';
    let text = this.#text;
    for (const edit of this.#edits.toSorted((left, right) => right.start - left.start))
      text = text.slice(0, edit.start) + edit.text.replaceAll('\n', endOfLine) + text.slice(edit.end);
    return text;
  }

  #merge(object: ObjectNode, addition: JsonObject): void {
    const added: [name: string, value: Json][] = [];
    for (const [name, value] of Object.entries<Json>(addition)) {
      // Of repeated names the last one counts.
      const known = object.properties.findLast(({ key }) => key.value === name)?.value;
      if (!known) added.push([name, value]);
      else if (known.kind === 'object' && isJsonObject(value) && !isAnswer(value)) this.#merge(known, value);
      else this.#replace(known, value);
    }
    if (added.length > 0) this.#add(object, added);
  }

  #replace(node: SyntaxNode, value: Json): void {
    const { start, end } = node;
    this.#edits.push({
      start,
      end,
      text: jsonText(value, { current: this.#indentation(start), unit: this.#unit }),
    });
  }

  /** Behind the last member, on lines of their own where that one has one. */
  #add(object: ObjectNode, added: readonly (readonly [name: string, value: Json])[]): void {
    const last = object.properties.at(-1);
    if (!last) {
      this.#replace(object, Object.fromEntries(added));
      return;
    }
    const isOnOwnLine = /\n\s*$/.test(this.#text.slice(object.start, last.start));
    const current = this.#indentation(last.start);
    const text = added.map(([name, value]) =>
      isOnOwnLine
        ? `,\n${current}${JSON.stringify(name)}: ${jsonText(value, { current, unit: this.#unit })}`
        : `, ${JSON.stringify(name)}: ${inlineJsonText(value)}`,
    );
    this.#edits.push({ start: last.end, end: last.end, text: text.join('') });
  }

  /** Of the line that a place is in. */
  #indentation(at: number): string {
    const line = this.#text.slice(this.#text.lastIndexOf('\n', at - 1) + 1, at);
    return /^[ \t]*/.exec(line)?.[0] ?? '';
  }
}

/** Answers to the calls of a task (`{"0": …, "1-2": …}`) are replaced, not mixed with older ones. */
function isAnswer(value: JsonObject): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every(key => /^\d+(-\d+)?$/.test(key));
}
