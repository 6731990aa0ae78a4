import type {
  CompletionList,
  Hover,
  JSONDocument,
  JSONSchema,
  LanguageService,
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
  const services = new Map<string, Promise<LanguageService>>();
  const serviceFor = (schema: string, load: NonNullable<Platform['loadJsonService']>) => {
    const service = services.get(schema) ?? createService(platform, schema, load);
    services.set(schema, service);
    return service;
  };
  const ask = async <T>(
    { source }: Analysis,
    question: (service: LanguageService, document: TextDocument, json: JSONDocument) => PromiseLike<T | null>,
  ): Promise<T | null> => {
    const isPlain = source.role === 'mocks' || source.role === 'tests';
    if (!isPlain || !platform.loadJsonService) return null;
    const service = await serviceFor(schemas[source.role], platform.loadJsonService);
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

async function createService(
  platform: Platform,
  path: string,
  load: NonNullable<Platform['loadJsonService']>,
): Promise<LanguageService> {
  const [{ createJsonService }, text] = await Promise.all([load(), platform.readAsset(path)]);
  return createJsonService(`stepwise:${path}`, JSON.parse(text) as JSONSchema);
}
