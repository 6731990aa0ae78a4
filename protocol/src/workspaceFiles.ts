/**
 * What the server asks its client about files that nobody has opened. A client that can answer says so when it
 * starts (`InitializationOptions.files`); other editors' files the server reads itself, where it can.
 */

/** The kinds of files that belong to state machines, and what names they have. */
export type FileKind = 'definitions' | 'mocks' | 'tests' | 'inputs' | 'templates';

export interface FileNames {
  /** As VS Code and the Language Server Protocol write patterns. */
  readonly glob: string;
  /** The same for a path with slashes. */
  readonly pattern: RegExp;
}

export const fileNames: Readonly<Record<FileKind, FileNames>> = {
  definitions: { glob: '**/*.{asl,asl.json,asl.yaml,asl.yml}', pattern: /\.asl(?:\.(?:json|ya?ml))?$/ },
  mocks: { glob: '**/MockConfigFile.json', pattern: /(?:^|\/)MockConfigFile\.json$/ },
  tests: { glob: '**/*.asltest.json', pattern: /\.asltest\.json$/ },
  inputs: { glob: '**/{input.json,*.input.json}', pattern: /(?:^|[/.])input\.json$/ },
  /** SAM, CloudFormation, Serverless Framework, and what the CDK makes. Their names are free, so texts decide. */
  templates: {
    glob: '**/{*.yaml,*.yml,*.template,*.template.json,template.json,serverless.json}',
    pattern: /(?<!\.asl)\.ya?ml$|\.template(?:\.json)?$|(?:^|\/)(?:template|serverless)\.json$/,
  },
};

/** Folders whose files are somebody else's, or copies of the project's. */
export const foreignFolders: readonly string[] = ['node_modules', '.git', '.aws-sam', '.serverless'];

/** Files beyond these numbers are not looked at, nor texts beyond this length. */
export const fileLimits = { files: 2000, characters: 2_000_000 };

/** Request of the server: the URIs of the workspace's files of a kind. */
export const findFiles = 'stepwise/findFiles';
export interface FindFilesParams {
  readonly kind: FileKind;
}

export function isFindFilesParams(value: unknown): value is FindFilesParams {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    Object.hasOwn(fileNames, value.kind)
  );
}

/** Request of the server: the texts of files; those that cannot be read are absent from the answer. */
export const readFiles = 'stepwise/readFiles';
export interface ReadFilesParams {
  readonly uris: readonly string[];
}

export function isReadFilesParams(value: unknown): value is ReadFilesParams {
  return typeof value === 'object' && value !== null && 'uris' in value && isStrings(value.uris);
}

export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** Request of the server: the input that a definition was last run with here, as JSON; null where it was not. */
export const lastInput = 'stepwise/lastInput';
export interface LastInputParams {
  readonly uri: string;
}

export function isLastInputParams(value: unknown): value is LastInputParams {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string';
}
