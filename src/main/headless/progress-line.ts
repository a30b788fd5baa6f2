import { printable } from './printable.ts';

/** Cells of the bar: fine enough for ten sections, short enough for a narrow terminal. */
const barCells = 24;
/** Columns of a terminal that does not tell its width, as of old. */
const usualColumns = 80;
/** To the line's beginning, and everything on it gone (ECMA-48, EL). */
const clearLine = '\r\u001b[2K';

/** The part of a stream that a line of progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressLine {
  /** What lasts a moment, mostly: a terminal shows it until the next line takes its place, elsewhere it would only be noise. */
  passing(text: string): void;
  show(text: string, done: number | null, total: number | null): void;
  /** Clears the bar, so that what is printed next starts on a clean line. */
  end(): void;
}

/** One line rewritten in place on a terminal; elsewhere a plain line whenever the text changes. */
export function createProgressLine(out: ProgressStream): ProgressLine {
  const isTerminal = out.isTTY === true;
  let last = '';
  function show(text: string, done: number | null, total: number | null): void {
    const counted = done !== null && total !== null && total > 0;
    const safe = printable(text);
    if (!isTerminal) {
      const line = counted ? `${safe} ${done}/${total}` : safe;
      if (line !== last) out.write(`${line}\n`);
      last = line;
      return;
    }
    const filled = counted ? Math.min(barCells, Math.round((barCells * done) / total)) : 0;
    const bar = counted ? `${'█'.repeat(filled)}${'░'.repeat(barCells - filled)} ${done}/${total} ` : '';
    // By code points, so that none is cut in two; a line that wraps could not be rewritten.
    const line = Array.from(`${bar}${safe}`)
      .slice(0, Math.max(1, (out.columns || usualColumns) - 1))
      .join('');
    if (line !== last) out.write(`${clearLine}${line}`);
    last = line;
  }
  return {
    passing(text) {
      if (isTerminal) show(text, null, null);
    },
    show,
    end() {
      if (isTerminal && last !== '') out.write(clearLine);
      last = '';
    },
  };
}
