/** How a file is written; decided by the host from the language id or the file name. */
export type Format = 'json' | 'yaml';

/** One version of one file. Sources are values: another version is another source. */
export interface Source {
  /** Identifies the file; only compared and handed back, never opened. */
  readonly uri: string;
  /** The host's version number; results carry it so that late ones can be dropped. */
  readonly version: number;
  readonly format: Format;
  readonly text: string;
  /**
   * `definition` (default): the host says the file is a state machine, by its language or name.
   * `other`: any JSON or YAML; it may hold definitions, e.g. a SAM template, and mostly holds none.
   * `mocks`: a mock file (`MockConfigFile.json`), which answers the tasks of definitions.
   * `tests`: a test file (`*.asltest.json`): inputs and expectations for test cases.
   */
  readonly role?: 'definition' | 'other' | 'mocks' | 'tests';
}

/** Tells the format from a file name: `.yaml` and `.yml` are YAML, everything else is JSON. */
export function formatOf(fileName: string): Format {
  return /\.ya?ml$/i.test(fileName) ? 'yaml' : 'json';
}
