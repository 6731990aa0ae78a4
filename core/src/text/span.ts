/** UTF-16 code units from the start of the file. */
export type Offset = number;

/** A half-open range of the file: `start` is the first code unit inside, `end` the first one behind. */
export interface Span {
  readonly start: Offset;
  readonly end: Offset;
}

/** Whether the offset lies in the span or directly behind it, where a cursor still belongs to the text. */
export function touches(span: Span, offset: Offset): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Whether `inner` lies wholly in `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
