/**
 * CPU time of each request on a state machine of 1,000 states, after its first analysis; and of completion
 * straight after a keystroke in one of 300 states.
 *
 *   npx node service/bench/requests.bench.ts
 *
 * Prints one JSON object: milliseconds of CPU, the median of 21 calls at different places, and the bars: 10 ms for a
 * request, and one frame (16 ms) for completion.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
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
  const times = Array.from({ length: rounds }, (_, round) => {
    const before = process.cpuUsage();
    work(round);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.round((times.toSorted((a, b) => a - b)[rounds >> 1] ?? 0) * 100) / 100;
}

function requests(analysis: Analysis): Record<string, number> {
  void analysis.findings;
  const states = analysis.machines[0]?.machine.states ?? [];
  const names = places(analysis, states.length, index => states[index]?.key.start ?? 0);
  const types = places(analysis, states.length, index => (states[index]?.node.start ?? 0) + 1);
  const at = (list: readonly Position[], round: number): Position => list[round] ?? { line: 0, character: 0 };
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
    convert: cpuMilliseconds(() => service.convert(analysis)),
    ...amongFiles(analysis, names),
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
  const at = (list: readonly Position[], round: number): Position => list[round] ?? { line: 0, character: 0 };
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

function yamlOf(json: string): string {
  const converted = service.convert(analyzed('json', json));
  if (converted.kind === 'refused') throw new Error(converted.reason);
  return converted.text;
}

const large = largeDefinition(1000);
const middle = largeDefinition(300);
console.log(
  JSON.stringify(
    {
      states: 1000,
      bars: { requestMs: 10, completionAfterKeystrokeMs: 16 },
      json: requests(analyzed('json', large)),
      yaml: requests(analyzed('yaml', yamlOf(large))),
      completionAfterKeystrokeIn300States: {
        json: keystroke('json', middle),
        yaml: keystroke('yaml', yamlOf(middle)),
      },
    },
    undefined,
    2,
  ),
);
