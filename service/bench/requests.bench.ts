/**
 * CPU time of each request on a state machine of 1,000 states, after its first analysis; and of completion
 * straight after a keystroke in one of 300 states.
 *
 *   npx node service/bench/requests.bench.ts
 *
 * Prints one JSON object: milliseconds of CPU, the median of 21 calls at different places, and the bars: 10 ms for a
 * request, and one frame (16 ms) for completion. Beside ours stand the requests that vscode-json-languageservice has,
 * on the same text at the same places; it knows no schema here, and so it has little to tell.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getLanguageService } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyze, type Analysis } from '#core/analysis/analysis.ts';
import { parseServiceCatalogue } from '#core/language/services/catalogue.ts';
import { parseServiceDocumentation } from '#core/language/services/documentation.ts';
import type { YamlMemory } from '#core/syntax/yaml.ts';
import { largeDefinition } from '../../core/bench/largeDefinitions.ts';
import * as service from '#service/languageService.ts';

type Position = Parameters<typeof service.hover>[1];

const assets = path.join(import.meta.dirname, '../../assets/services');
const services = parseServiceCatalogue(readFileSync(path.join(assets, 'catalogue.txt'), 'utf8'));
const documentation = parseServiceDocumentation(
  readFileSync(path.join(assets, 'documentation.txt'), 'utf8'),
  services,
);

const rounds = 21;
const everything = { enable: true, rules: {} };

function analyzed(format: 'json' | 'yaml', text: string, version = 1, memory?: YamlMemory): Analysis {
  const source = { uri: `file:///large.${format}`, version, format, text };
  return analyze(source, { services, documentation }, memory);
}

/** Milliseconds of CPU of one call: the median over the rounds, each at another place. */
function cpuMilliseconds(work: (round: number) => unknown): number {
  for (let round = 0; round < 3; round++) work(round);
  return median(
    Array.from({ length: rounds }, (_, round) => {
      const before = process.cpuUsage();
      work(round);
      return millisecondsSince(before);
    }),
  );
}

/** The same of work that answers later. */
async function cpuMillisecondsOf(work: (round: number) => PromiseLike<unknown>): Promise<number> {
  for (let round = 0; round < 3; round++) await work(round);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work(round);
    times.push(millisecondsSince(before));
  }
  return median(times);
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(times: readonly number[]): number {
  return Math.round((times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0) * 100) / 100;
}

function requests(analysis: Analysis): Record<string, number> {
  void analysis.findings;
  const { names, types } = placesOfStates(analysis);
  const whole = {
    start: { line: 0, character: 0 },
    end: analysis.lines.positionAt(analysis.source.text.length),
  };
  const screen = (round: number): typeof whole => {
    const { line } = at(names, round);
    return { start: { line, character: 0 }, end: { line: line + 60, character: 0 } };
  };
  return {
    completion: cpuMilliseconds(round => service.completion(analysis, at(types, round))),
    hover: cpuMilliseconds(round => service.hover(analysis, at(names, round))),
    signatureHelp: cpuMilliseconds(round => service.signatureHelp(analysis, at(names, round))),
    definition: cpuMilliseconds(round => service.definition(analysis, at(names, round))),
    references: cpuMilliseconds(round =>
      service.references(analysis, at(names, round), { includeDeclaration: true }),
    ),
    documentHighlight: cpuMilliseconds(round => service.documentHighlight(analysis, at(names, round))),
    rename: cpuMilliseconds(round => service.rename(analysis, at(names, round), 'New name')),
    documentSymbols: cpuMilliseconds(() => service.documentSymbols(analysis)),
    workspaceSymbols: cpuMilliseconds(() => service.symbolsLike(service.symbolsOf(analysis), 'number 9')),
    codeActions: cpuMilliseconds(round => {
      const position = at(names, round);
      return service.codeActions(analysis, { start: position, end: position }, everything, undefined);
    }),
    codeActionsOfAll: cpuMilliseconds(() =>
      service.codeActions(analysis, whole, everything, undefined, { resolvesEdits: true }),
    ),
    diagnostics: cpuMilliseconds(() => service.diagnostics(analysis, everything)),
    semanticTokens: cpuMilliseconds(() => service.semanticTokens(analysis)),
    semanticTokensOfScreen: cpuMilliseconds(round => service.semanticTokens(analysis, screen(round))),
    inlayHintsOfScreen: cpuMilliseconds(round =>
      service.inlayHints(analysis, screen(round), {
        variables: true,
        transitions: true,
        substitutions: true,
      }),
    ),
    codeLenses: cpuMilliseconds(() => service.codeLenses(analysis, { references: true, run: true })),
    foldingRanges: cpuMilliseconds(() => service.foldingRanges(analysis)),
    selectionRanges: cpuMilliseconds(round => service.selectionRanges(analysis, [at(names, round)])),
    documentLinks: cpuMilliseconds(() => service.documentLinks(analysis)),
    callHierarchy: cpuMilliseconds(round => {
      const [item] = service.prepareCallHierarchy(analysis, at(names, round)) ?? [];
      return item && [service.incomingCalls(analysis, item), service.outgoingCalls(analysis, item)];
    }),
    linkedEditing: cpuMilliseconds(round => service.linkedEditingRanges(analysis, at(names, round))),
    formatting: cpuMilliseconds(() => service.formatting(analysis, { tabSize: 2, insertSpaces: true })),
    formattingOfScreen: cpuMilliseconds(round =>
      service.formatting(analysis, { tabSize: 2, insertSpaces: true }, screen(round)),
    ),
    formattingOfOtherIndentation: cpuMilliseconds(() =>
      service.formatting(analysis, { tabSize: 4, insertSpaces: true }),
    ),
    convert: cpuMilliseconds(() => convertedText(analysis)),
    ...amongFiles(analysis, names),
  };
}

/** What the library for plain JSON takes for the same, once it has parsed the text. */
async function requestsOfLibrary(analysis: Analysis): Promise<Record<string, number>> {
  const { names, types } = placesOfStates(analysis);
  const library = getLanguageService({});
  const text = TextDocument.create('file:///large.json', 'json', 1, analysis.source.text);
  const tree = library.parseJSONDocument(text);
  const formatted = (tabSize: number): number =>
    cpuMilliseconds(() => library.format(text, undefined, { tabSize, insertSpaces: true }));
  return {
    completion: await cpuMillisecondsOf(round => library.doComplete(text, at(types, round), tree)),
    hover: await cpuMillisecondsOf(round => library.doHover(text, at(names, round), tree)),
    documentSymbols: cpuMilliseconds(() =>
      library.findDocumentSymbols2(text, tree, { resultLimit: Infinity }),
    ),
    foldingRanges: cpuMilliseconds(() => library.getFoldingRanges(text)),
    selectionRanges: cpuMilliseconds(round => library.getSelectionRanges(text, [at(names, round)], tree)),
    formatting: formatted(2),
    formattingOfOtherIndentation: formatted(4),
  };
}

/** With a mock file that answers every state in three test cases, a template, and an input to try. */
function amongFiles(analysis: Analysis, names: readonly Position[]): Record<string, number> {
  const machine = analysis.machines[0];
  const states = machine?.machine.states ?? [];
  const answers = Object.fromEntries(states.map(({ name }) => [name, 'R']));
  const mocks = analyze({
    uri: 'file:///MockConfigFile.json',
    version: 1,
    format: 'json',
    role: 'mocks',
    text: JSON.stringify({
      StateMachines: { large: { TestCases: { A: answers, B: answers, C: answers } } },
      MockedResponses: { R: { '0': { Return: {} } } },
    }),
  });
  const template = analyze({
    uri: 'file:///template.yaml',
    version: 1,
    format: 'yaml',
    role: 'other',
    text: 'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b }\n',
  });
  const { uri } = analysis.source;
  const around = { definitionUris: [uri], definitions: [analysis], mocks: [mocks], tests: [] };
  const sources = service.sampleSources(analysis, around, {
    files: new Map([['file:///input.json', { id: 7 }]]),
    last: undefined,
  });
  const sites = machine?.expressions.all ?? [];
  const expressions = places(analysis, sites.length, index => (sites[index]?.node.start ?? 0) + 4);
  const deployed = { templates: [template], definitionUris: [uri] };
  return {
    hoverOnSample: cpuMilliseconds(round => service.hover(analysis, at(expressions, round), sources)),
    referencesWithMocks: cpuMilliseconds(round =>
      service.references(analysis, at(names, round), { includeDeclaration: true }, around),
    ),
    renameWithMocks: cpuMilliseconds(round => service.rename(analysis, at(names, round), 'New name', around)),
    codeLensesWithMocks: cpuMilliseconds(() =>
      service.codeLenses(analysis, { references: true, run: true }, around),
    ),
    implementation: cpuMilliseconds(round => service.implementations(analysis, at(names, round), deployed)),
  };
}

function placesOfStates(analysis: Analysis): Record<'names' | 'types', readonly Position[]> {
  const states = analysis.machines[0]?.machine.states ?? [];
  return {
    names: places(analysis, states.length, index => states[index]?.key.start ?? 0),
    types: places(analysis, states.length, index => (states[index]?.node.start ?? 0) + 1),
  };
}

function at(list: readonly Position[], round: number): Position {
  return list[round] ?? { line: 0, character: 0 };
}

function places(analysis: Analysis, count: number, offsetOf: (index: number) => number): readonly Position[] {
  return Array.from({ length: rounds }, (_, round) =>
    analysis.lines.positionAt(offsetOf(Math.floor((round * count) / rounds))),
  );
}

/** A letter is typed and completion asked for at once; the server keeps a memory of the former version. */
function keystroke(format: 'json' | 'yaml', text: string): number {
  const target = format === 'json' ? '"Next": "' : 'Next: ';
  const memory: YamlMemory = { blocks: undefined };
  void analyzed(format, text, 0, memory).syntax;
  return cpuMilliseconds(round => {
    const from = text.indexOf(target, Math.floor((round * text.length) / (rounds + 1))) + target.length;
    const edited = `${text.slice(0, from)}S${text.slice(from)}`;
    const analysis = analyzed(format, edited, round, memory);
    const { items } = service.completion(analysis, analysis.lines.positionAt(from + 1));
    if (items.length === 0) throw new Error('bug: nothing to complete');
    return items;
  });
}

/** The whole text; a string that is only put together from others is not yet written. */
function convertedText(analysis: Analysis): string {
  const converted = service.convert(analysis);
  if (converted.kind === 'refused') throw new Error(converted.reason);
  if (converted.text.charCodeAt(0) < 0) throw new Error('bug: no letter');
  return converted.text;
}

const large = analyzed('json', largeDefinition(1000));
const largeYaml = convertedText(large);
const middle = largeDefinition(300);
console.log(
  JSON.stringify(
    {
      states: 1000,
      bars: { requestMs: 10, completionAfterKeystrokeMs: 16 },
      json: requests(large),
      jsonByVscodeJsonLanguageservice: await requestsOfLibrary(large),
      yaml: requests(analyzed('yaml', largeYaml)),
      completionAfterKeystrokeIn300States: {
        json: keystroke('json', middle),
        yaml: keystroke('yaml', convertedText(analyzed('json', middle))),
      },
    },
    undefined,
    2,
  ),
);
