/**
 * The drawing of a state machine on its way from the language server to the page: Mermaid's text,
 * and what each part of it is. Plain data; see `core/graph/graph.ts` for what the parts mean.
 */
export interface GraphDrawing {
  /** Equal texts draw equal pictures, so an equal text is not drawn again. */
  readonly text: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** Pointers of the Parallel and Map states whose inside is not drawn. */
  readonly collapsed: readonly string[];
  /** How many states the machine has, drawn or not. */
  readonly states: number;
}

/** A box, circle or container of the drawing. */
export interface DrawnNode {
  /** `core/graph/nodeId.ts`; for a state its pointer. */
  readonly id: string;
  /** Its name in Mermaid's text: `n3`. */
  readonly name: string;
  readonly kind: 'state' | 'container' | 'start' | 'end' | 'fork' | 'missing';
  /** As a screen reader says it, beginning with what is seen: `Verify Payment, Lambda: verify-payment, Task`. */
  readonly title: string;
  /** The lines in its box: its name, and what it does; none for marks. */
  readonly label?: readonly [name: string, line: string];
  /** Name of its picture: the state's type, or for a Task the service it calls (`lambda`). */
  readonly icon?: string;
  readonly container?: string;
  /** Lines for the tooltip. */
  readonly details: readonly string[];
  /** Short text of the retry badge: `↻ 3`, the most retries of a Retrier. */
  readonly retry?: string;
  readonly hidden?: number;
  /** The worst finding on the state and its message. */
  readonly finding?: { readonly severity: 'error' | 'warning' | 'information'; readonly message: string };
}

export interface DrawnEdge {
  readonly id: string;
  /** Its name in Mermaid's text: `e7`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** As it stands on the edge; may be empty. */
  readonly label: string;
  /** The whole condition or all error names. */
  readonly description: string;
}
