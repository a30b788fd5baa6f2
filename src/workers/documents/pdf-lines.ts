import { toOneLine } from './canonical-text.ts';

/** A run of glyphs as pdf.js gives it; `transform` is the text matrix, its last two numbers the baseline's start in points. */
export interface TextRun {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** One line of a page: its text, with the soft hyphen it may end in, its extent from left to right, its baseline (upwards) and its letter size, in points. */
export interface PdfLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
}

/** Baselines closer than this share of the letter size are one line: indices and accents move by less. */
const sameLineShare = 0.5;
/** A gap of this share of the letter size is a space: narrow type has spaces of a fifth, kerning stays below a tenth. */
const spaceShare = 0.18;
/** A step back by more than this share starts a new line: a column to the left, not kerning. */
const backShare = 1;

const softHyphenAtEnd = /\u00ad\s*$/u;

/**
 * Puts runs together to lines in the order of the content stream, which follows reading order in what office programs,
 * browsers and TeX write, columns included. Rotated text has its own baselines and comes out as short lines.
 */
export function linesOf(runs: Iterable<TextRun>): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: { text: string; left: number; right: number; baseline: number; size: number; chars: number } | null = null;

  function close(): void {
    if (open === null) return;
    const words = toOneLine(open.text);
    // Canonical text has no soft hyphens, and without this one nobody could tell that the word goes on in the next line.
    const text = softHyphenAtEnd.test(open.text) ? `${words}\u00ad` : words;
    if (words !== '') lines.push({ text, left: open.left, right: open.right, baseline: open.baseline, size: open.size });
    open = null;
  }

  for (const run of runs) {
    const [, , c = 0, d = 0, x = 0, y = 0] = run.transform;
    const size = Math.hypot(c, d) || 1;
    if (run.str.trim() === '') {
      if (open !== null && run.str !== '' && !open.text.endsWith(' ')) open.text += ' ';
      continue;
    }
    const fits =
      open !== null &&
      Math.abs(y - open.baseline) < sameLineShare * Math.max(size, open.size) &&
      x > open.right - backShare * Math.max(size, open.size);
    if (open === null || !fits) {
      close();
      open = { text: run.str, left: x, right: x + run.width, baseline: y, size, chars: run.str.length };
      continue;
    }
    if (x - open.right > spaceShare * size && !/\s$/u.test(open.text) && !/^\s/u.test(run.str)) open.text += ' ';
    open.text += run.str;
    open.right = Math.max(open.right, x + run.width);
    // The longest run speaks for the line: an index or a footnote mark does not make it small.
    if (run.str.length > open.chars) {
      open.size = size;
      open.baseline = y;
      open.chars = run.str.length;
    }
  }
  close();
  return lines;
}
