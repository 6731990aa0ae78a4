import { EventEmitter, type Uri } from 'vscode';
import type { ExecutionView } from '#protocol/execution.ts';

/** What is known of the running and finished executions, by definition; the debugger tells, the graph listens. */
export class Executions {
  readonly #changed = new EventEmitter<{ readonly uri: Uri; readonly view: ExecutionView | undefined }>();
  readonly #views = new Map<string, ExecutionView>();
  readonly onDidChange = this.#changed.event;

  viewOf(uri: Uri): ExecutionView | undefined {
    return this.#views.get(uri.toString());
  }

  show(uri: Uri, view: ExecutionView): void {
    this.#views.set(uri.toString(), view);
    this.#changed.fire({ uri, view });
  }

  /** Takes the overlay off a definition. */
  clear(uri: Uri): void {
    this.#views.delete(uri.toString());
    this.#changed.fire({ uri, view: undefined });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
