import type * as jsonLanguageService from './jsonLanguageService.ts';
import type { FileSource } from './workspace.ts';

/** What the server needs of the place it runs in: a Node process or a web worker. */
export interface Platform {
  /** Lets waiting messages in, so that a request that was cancelled meanwhile is seen to be. */
  readonly yieldOnce: () => Promise<void>;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Reads a file of the product's own, by its path below `assets/`. */
  readonly readAsset: (path: string) => Promise<string>;
  /**
   * What the nearest `stepwise.config.json` around a file says, as `JSON.parse` gives it; `undefined` where there is
   * none. Absent where the server cannot read the project's files.
   */
  readonly readProjectConfiguration?: (uri: string) => Promise<unknown>;
  /** Loads what explains plain JSON by its schema. Absent in a browser, whose editor does so itself. */
  readonly loadJsonService?: () => Promise<typeof jsonLanguageService>;
  /** The files below folders, given by their URIs, for clients that do not tell of files. Absent in a browser. */
  readonly diskFiles?: (folders: readonly string[]) => FileSource;
}
