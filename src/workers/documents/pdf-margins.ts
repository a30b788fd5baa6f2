import type { PdfLine } from './pdf-lines.ts';

/** Lines at the top and at the bottom of a page that may be running heads. */
const marginLines = 2;
/** Distance between baselines, in letter sizes, from which a line stands apart from the text; double-spaced lines have 2.4. */
const marginGap = 1.7;
/** Pages a line must stand on to be one: two may be chance, and a document of two pages has no running heads. */
const pagesNeeded = 3;
/** Share of the pages, which lets left and right pages differ. */
const pagesShare = 0.35;

/**
 * Takes out running heads, feet and page numbers: at most two lines at the top or bottom that stand apart from the text and
 * repeat, numbers aside, over a third of the pages. They would stand in the middle of sentences and be ranked as the
 * document's most repeated thought. Nothing is taken from a page where nothing else would be left.
 */
export function withoutRunningHeads(pages: readonly (readonly PdfLine[])[]): readonly (readonly PdfLine[])[] {
  const seen = new Map<string, number>();
  const margins = pages.map(marginsOf);
  for (const keys of margins) {
    for (const key of new Set(keys.values())) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const needed = Math.max(pagesNeeded, pages.length * pagesShare);
  return pages.map((lines, index) => {
    const keys = margins[index];
    const kept = lines.filter(line => (seen.get(keys?.get(line) ?? '') ?? 0) < needed);
    return kept.length === 0 ? lines : kept;
  });
}

function marginsOf(lines: readonly PdfLine[]): Map<PdfLine, string> {
  const falling = lines.toSorted((a, b) => b.baseline - a.baseline);
  const keys = new Map<PdfLine, string>();
  for (const line of outermost(falling)) keys.set(line, `top ${shapeOf(line.text)}`);
  for (const line of outermost(falling.toReversed())) if (!keys.has(line)) keys.set(line, `bottom ${shapeOf(line.text)}`);
  return keys;
}

/** The first lines up to a gap wider than that between lines of text; none when the text begins right away. */
function outermost(lines: readonly PdfLine[]): readonly PdfLine[] {
  for (let count = 1; count <= marginLines; count += 1) {
    const last = lines[count - 1];
    const next = lines[count];
    if (last === undefined || next === undefined) return lines.slice(0, count);
    if (Math.abs(last.baseline - next.baseline) > Math.max(last.size, next.size) * marginGap) return lines.slice(0, count);
  }
  return [];
}

/** The line with every number alike, arabic or a roman one that is the whole line. */
function shapeOf(text: string): string {
  return text.toLowerCase().replaceAll(/\d+/gu, '#').replace(/^[ivxlc]+$/u, '#');
}
