import type { Offset } from './span.ts';

/** Zero-based line and character (UTF-16 code units), as LSP counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets into lines and back; lines end with LF, CRLF or CR. */
export interface LineMap {
  readonly lineCount: number;
  /** Whether any line ends with CRLF. */
  readonly hasCrLf: boolean;
  /** Offsets outside the text give its nearest end. */
  positionAt(offset: Offset): Position;
  /** Characters behind the end of a line give the end of that line. */
  offsetAt(position: Position): Offset;
  lineStart(line: number): Offset;
}

export function lineMap(text: string): LineMap {
  const starts: Offset[] = [0];
  let hasCrLf = false;
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  } else {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
      else if (unit === 13) hasCrLf = true;
    }
  }
  let last = 0;
  const lineStart = (line: number): Offset => (line < 0 ? 0 : (starts[line] ?? text.length));
  const lineEnd = (line: number): Offset => {
    let end = lineStart(line + 1);
    while (end > lineStart(line) && /[\r\n]/.test(text[end - 1] ?? '')) end--;
    return end;
  };
  return {
    lineCount: starts.length,
    hasCrLf,
    lineStart,
    positionAt(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      // Positions are mostly asked for in the order of the text.
      let low = (starts[last] ?? 0) <= at ? last : 0;
      let high = starts.length - 1;
      if ((starts[low + 2] ?? 0) > at) high = low + 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= at) low = middle;
        else high = middle - 1;
      }
      last = low;
      return { line: low, character: at - (starts[low] ?? 0) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      return Math.min(lineStart(line) + Math.max(0, character), lineEnd(line));
    },
  };
}
