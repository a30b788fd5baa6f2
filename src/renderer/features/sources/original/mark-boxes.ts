import type { RunSpan } from './locate-passage.ts';

/** A run of text as pdf.js gives it: `transform` and `width` in points of the page, the origin at the beginning of the baseline. */
export interface PlacedRun {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly fontFamily: string;
  /** Shares of the letter size above and below (negative) the baseline; 0 or not a number where the font does not say. */
  readonly ascent: number;
  readonly descent: number;
  /** Written from top to bottom: its parts are not told apart, the whole run is marked. */
  readonly vertical: boolean;
}

/** A rectangle on the page, in shares of the page's width and height from its upper left corner. */
export interface MarkBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PageFrame {
  readonly width: number;
  readonly height: number;
  /** From points of the page to pixels of the frame. */
  toFrame(x: number, y: number): readonly [number, number];
}

/** What most text fonts have. */
const usualAscent = 0.8;
const usualDescent = -0.2;
/** Boxes overlapping in height by this share are on one line. */
const sameLine = 0.6;
/** A gap on one line, in heights of it, that is a space between words and not between columns. */
const wordGap = 1.2;

/**
 * The rectangles to mark, one for each line as far as it is in one piece. How far into a run a letter stands is measured with a font of
 * the same kind and scaled to the run's true width, as the layer of selectable text has it.
 */
export function markBoxes(
  runs: readonly PlacedRun[],
  spans: readonly RunSpan[],
  frame: PageFrame,
  measure: (text: string, fontFamily: string) => number,
): readonly MarkBox[] {
  const lines: MarkBox[] = [];
  for (const span of spans) {
    const run = runs[span.run];
    if (run === undefined) continue;
    const box = boxOf(run, span, frame, measure);
    const line = lines.findIndex(other => areOneLine(other, box, frame));
    const other = lines[line];
    if (other === undefined) lines.push(box);
    else lines[line] = around(other, box);
  }
  return lines;
}

function boxOf(run: PlacedRun, span: RunSpan, frame: PageFrame, measure: (text: string, fontFamily: string) => number): MarkBox {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = run.transform;
  const along = Math.hypot(a, b) || 1;
  const whole = measure(run.str, run.fontFamily);
  const share = (chars: number): number =>
    whole > 0 ? measure(run.str.slice(0, chars), run.fontFamily) / whole : chars / Math.max(1, run.str.length);
  const [from, to] = run.vertical ? [0, run.width] : [share(span.from) * run.width, share(span.to) * run.width];
  const up = run.ascent > 0 ? run.ascent : usualAscent;
  const down = run.descent < 0 ? run.descent : usualDescent;
  const corners = [
    [from, up],
    [to, up],
    [from, down],
    [to, down],
  ] as const;
  const points = corners.map(([right, above]) => frame.toFrame(x + (a / along) * right + c * above, y + (b / along) * right + d * above));
  const xs = points.map(([px]) => px);
  const ys = points.map(([, py]) => py);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return {
    left: left / frame.width,
    top: top / frame.height,
    width: (Math.max(...xs) - left) / frame.width,
    height: (Math.max(...ys) - top) / frame.height,
  };
}

function areOneLine(one: MarkBox, other: MarkBox, frame: PageFrame): boolean {
  const shared = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  if (shared < sameLine * Math.min(one.height, other.height)) return false;
  const gap = Math.max(one.left, other.left) - Math.min(one.left + one.width, other.left + other.width);
  return gap * frame.width < wordGap * Math.max(one.height, other.height) * frame.height;
}

function around(one: MarkBox, other: MarkBox): MarkBox {
  const left = Math.min(one.left, other.left);
  const top = Math.min(one.top, other.top);
  return {
    left,
    top,
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
  };
}
