import { getLanguageService, type JSONSchema, type LanguageService } from 'vscode-json-languageservice';

/**
 * A JSON language service for the files of one schema. A bundle of its own, which editors with schemas of
 * their own never load.
 */
export function createJsonService(uri: string, schema: JSONSchema): LanguageService {
  const documentationFormat = ['markdown' as const, 'plaintext' as const];
  const service = getLanguageService({
    clientCapabilities: {
      textDocument: { completion: { completionItem: { documentationFormat } }, hover: {} },
    },
  });
  service.configure({ validate: false, schemas: [{ uri, fileMatch: ['*'], schema }] });
  return service;
}
