/** The files of whoever hosts the debugger: a disk, a virtual workspace, a test's table. */
export interface Files {
  /** The text of a file, by the path or URI that the launch configuration names it with. Rejects where it cannot be read. */
  read(path: string): Promise<string>;
  /** All files in a folder and below it, by their paths from there. Rejects where there is no such folder. */
  list(folder: string): Promise<readonly ListedFile[]>;
}

/** A file of a folder that stands for an S3 bucket. */
export interface ListedFile {
  /** With slashes, from the folder on: the key of the object. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
}
