import {
  getLanguageService,
  type CompletionList,
  type Hover,
  type JSONDocument,
  type JSONSchema,
  type LanguageService,
} from 'vscode-json-languageservice';
import type { Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis } from '#core/analysis/analysis.ts';
import type { Platform } from './platform.ts';

/**
 * What a schema says of the files that are plain JSON beside definitions: mock files and test files. VS Code
 * reads the same schemas by itself; this is for editors that know no schemas.
 */
export interface PlainJson {
  readonly hover: (analysis: Analysis, position: Position) => Promise<Hover | null>;
  readonly completion: (analysis: Analysis, position: Position) => Promise<CompletionList | null>;
}

const schemas = { mocks: 'schemas/mockFile.schema.json', tests: 'schemas/testFile.schema.json' } as const;

/** The schemas are read when they are first asked for. */
export function readPlainJson(platform: Platform): PlainJson {
  const services = new Map<keyof typeof schemas, Promise<LanguageService>>();
  const serviceFor = (kind: keyof typeof schemas): Promise<LanguageService> => {
    const service = services.get(kind) ?? createService(platform, schemas[kind]);
    services.set(kind, service);
    return service;
  };
  const ask = async <T>(
    { source }: Analysis,
    question: (service: LanguageService, document: TextDocument, json: JSONDocument) => PromiseLike<T | null>,
  ): Promise<T | null> => {
    if (!isPlainJson(source)) return null;
    const service = await serviceFor(source.role);
    const document = TextDocument.create(source.uri, 'json', source.version, source.text);
    return question(service, document, service.parseJSONDocument(document));
  };
  return {
    hover: (analysis, position) =>
      ask(analysis, (service, document, json) => service.doHover(document, position, json)),
    completion: (analysis, position) =>
      ask(analysis, (service, document, json) => service.doComplete(document, position, json)),
  };
}

/** Whether a file is JSON that only a schema tells about, besides what is known of the definitions. */
export function isPlainJson<S extends Analysis['source']>(
  source: S,
): source is S & { readonly role: keyof typeof schemas } {
  return source.role === 'mocks' || source.role === 'tests';
}

async function createService(platform: Platform, path: string): Promise<LanguageService> {
  const schema = JSON.parse(await platform.readAsset(path)) as JSONSchema;
  const documentationFormat = ['markdown' as const, 'plaintext' as const];
  const service = getLanguageService({
    clientCapabilities: {
      textDocument: { completion: { completionItem: { documentationFormat } }, hover: {} },
    },
  });
  service.configure({ validate: false, schemas: [{ uri: `stepwise:${path}`, fileMatch: ['*'], schema }] });
  return service;
}
