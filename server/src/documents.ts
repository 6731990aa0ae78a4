import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments, type Connection, type TextDocumentChangeEvent } from 'vscode-languageserver';
import { analyze, type Analysis, type Knowledge } from '#core/analysis/analysis.ts';
import type { YamlMemory } from '#core/syntax/yaml.ts';
import { formatOf, type Format, type Source } from '#core/text/source.ts';

/** The open documents, each with what is known of its newest version. */
export interface Documents {
  readonly uris: () => readonly string[];
  readonly isOpen: (uri: string) => boolean;
  /** The analysis of the newest version; none where the document is not open. */
  readonly analysisOf: (uri: string) => Analysis | undefined;
  /** The analysis of a file that is not open; its name decides how it is read. */
  readonly analyzeFile: (uri: string, text: string) => Analysis;
  /** What is known beyond the files has grown: everything is analysed anew when next asked for. */
  readonly know: (knowledge: Knowledge) => void;
  /** The same of one file. */
  readonly knowOf: (uri: string, knowledge: Knowledge) => void;
  readonly onDidOpen: (listener: (uri: string) => void) => void;
  readonly onDidChange: (listener: (uri: string) => void) => void;
  readonly onDidSave: (listener: (uri: string) => void) => void;
  readonly onDidClose: (listener: (uri: string) => void) => void;
}

/**
 * Follows the editor's documents. Analyses are lazy: a keystroke costs nothing until something is asked.
 * What is known from the start may grow by `know`.
 */
export function followDocuments(connection: Connection, known: Knowledge): Documents {
  const documents = new TextDocuments(TextDocument);
  let knowledge = known;
  const knowledgeOf = new Map<string, Knowledge>();
  const analyses = new Map<string, Analysis>();
  const memories = new Map<string, YamlMemory>();
  const memoryOf = (uri: string): YamlMemory => {
    const memory = memories.get(uri) ?? { blocks: undefined };
    memories.set(uri, memory);
    return memory;
  };
  documents.onDidClose(({ document }) => {
    analyses.delete(document.uri);
    memories.delete(document.uri);
    knowledgeOf.delete(document.uri);
  });
  documents.listen(connection);
  const listenWith =
    (listener: (uri: string) => void) =>
    ({ document }: TextDocumentChangeEvent<TextDocument>): void =>
      listener(document.uri);
  return {
    uris: () => documents.keys(),
    isOpen: uri => documents.get(uri) !== undefined,
    analysisOf: uri => {
      const document = documents.get(uri);
      if (!document) return undefined;
      const known = analyses.get(uri);
      if (known?.source.version === document.version) return known;
      const analysis = analyze(
        {
          uri,
          version: document.version,
          format: formatOfDocument(document),
          text: document.getText(),
          role: roleOf(document),
        },
        { ...knowledge, ...knowledgeOf.get(uri), now: Date.now() },
        memoryOf(uri),
      );
      analyses.set(uri, analysis);
      return analysis;
    },
    analyzeFile: (uri, text) =>
      analyze(
        {
          uri,
          version: 0,
          format: formatOf(uri),
          text,
          role: roleOf({ languageId: '', uri }),
        },
        { ...knowledge, now: Date.now() },
      ),
    know: more => {
      knowledge = { ...knowledge, ...more };
      analyses.clear();
    },
    knowOf: (uri, more) => {
      knowledgeOf.set(uri, more);
      analyses.delete(uri);
    },
    onDidOpen: listener => documents.onDidOpen(listenWith(listener)),
    onDidChange: listener => documents.onDidChangeContent(listenWith(listener)),
    onDidSave: listener => documents.onDidSave(listenWith(listener)),
    onDidClose: listener => documents.onDidClose(listenWith(listener)),
  };
}

/** The language the editor shows decides; a name such as `order.asl.yaml` only where it says nothing. */
function formatOfDocument(document: TextDocument): Format {
  switch (document.languageId) {
    case 'asl-yaml':
    case 'stepwise-asl-yaml':
    case 'yaml':
    case 'cloudformation-yaml':
      return 'yaml';
    case 'asl':
    case 'stepwise-asl':
    case 'json':
    case 'jsonc':
    case 'cloudformation-json':
      return 'json';
    default:
      return formatOf(document.uri);
  }
}

/** Languages whose files are definitions from end to end; others are searched for them. */
function roleOf({ languageId, uri }: Pick<TextDocument, 'languageId' | 'uri'>): NonNullable<Source['role']> {
  if (isMockFile(uri)) return 'mocks';
  if (isTestFile(uri)) return 'tests';
  const isDefinition =
    /^(?:stepwise-)?asl(?:-yaml)?$/.test(languageId) || /\.asl(?:\.(?:json|ya?ml))?$/i.test(uri);
  return isDefinition ? 'definition' : 'other';
}

/** Mock files go by the name that Step Functions Local looks for. */
export function isMockFile(uri: string): boolean {
  return /(?:^|[\\/])MockConfigFile\.json$/.test(uri);
}

/** Test files go by the name that `stepwise test` documents. */
export function isTestFile(uri: string): boolean {
  return uri.endsWith('.asltest.json');
}
