/** The files of whoever hosts the debugger: a disk, a virtual workspace, a test's table. */
export interface Files {
  /** The text of a file, by the path or URI that the launch configuration names it with. Rejects where it cannot be read. */
  read(path: string): Promise<string>;
}
