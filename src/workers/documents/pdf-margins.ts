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
 * Takes out running heads, feet and page numbers: at most two lines at the top or bottom that stand apart from the text
 * and repeat, numbers aside, over a third of the pages, or on a few pages with a number that counts the pages. They would
 * stand in the middle of sentences and be ranked as the document's most repeated thought. Nothing is taken from a page where nothing else would be left.
 */
export function withoutRunningHeads(pages: readonly (readonly PdfLine[])[]): readonly (readonly PdfLine[])[] {
  const seen = new Map<string, number>();
  const margins = pages.map((lines, index) => marginsOf(lines, index));
  for (const keys of margins) {
    for (const key of new Set([...keys.values()].flat())) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const shared = Math.max(pagesNeeded, pages.length * pagesShare);
  return pages.map((lines, index) => {
    const keys = margins[index];
    const kept = lines.filter(
      line => !keys?.get(line)?.some(key => (seen.get(key) ?? 0) >= (key.includes(runsWithPage) ? pagesNeeded : shared)),
    );
    return kept.length === 0 ? lines : kept;
  });
}

function marginsOf(lines: readonly PdfLine[], pageIndex: number): Map<PdfLine, string[]> {
  const falling = lines.toSorted((a, b) => b.baseline - a.baseline);
  const keys = new Map<PdfLine, string[]>();
  for (const line of outermost(falling)) keys.set(line, keysOf(line.text, 'top', pageIndex));
  for (const line of outermost(falling.toReversed())) if (!keys.has(line)) keys.set(line, keysOf(line.text, 'bottom', pageIndex));
  return keys;
}

/** Between a shape and the distance of its number from the page's: lines that share it are counted by the page. */
const runsWithPage = '\n';

/** The line's shape, and with each number of it its distance from the number of the page. */
function keysOf(text: string, place: 'top' | 'bottom', pageIndex: number): string[] {
  const shape = `${place} ${shapeOf(text)}`;
  return [shape, ...Array.from(text.matchAll(/\d{1,5}/gu), ([number]) => `${shape}${runsWithPage}${Number(number) - pageIndex}`)];
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
  return text
    .toLowerCase()
    .replaceAll(/\d+/gu, '#')
    .replace(/^[ivxlc]+$/u, '#');
}
