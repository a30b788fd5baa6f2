import { joinLines } from './join-lines.ts';
import type { PdfLine } from './pdf-lines.ts';

export interface PdfParagraph {
  readonly text: string;
  readonly size: number;
  readonly lineCount: number;
  readonly isListItem: boolean;
}

/** Letter sizes further apart than this are different text: a heading, a note. */
const sizeShare = 0.08;
/** Distance between baselines, in usual distances of the page, from which a paragraph ends. */
const leadingShare = 1.35;
/** First-line indent, in letter sizes, from which a line starts a paragraph; beyond the second it is centred or a column. */
const indentMin = 0.8;
const indentMax = 8;
/** Free space at the right end, as a share of the column, from which a line that ends a sentence ends its paragraph. */
const shortLineShare = 0.12;
/** Lines before and after that tell the column's right edge. */
const columnLines = 12;
/** Leading, in letter sizes, taken where a page has too few lines to tell; the default of word processors. */
const usualLeading = 1.2;

const bullet = /^[•·‣▪◦●○■□\uf0b7–—-]\s+(?=\S)/u;
const listMark = /^(?:[•·‣▪◦●○■□\uf0b7]|[-–]\s|\(?\d{1,3}[.)]\s|\(?[a-zа-я]\)\s)/u;
/** A mark that is also what a sentence may end with: «…вдвое быстрее, чем при / 25. Тепло…». */
const numberMark = /^\(?(\d{1,3})[.)]\s/u;
const endsSentence = /[.!?:;…]["»”’)\]]*$/u;

/** Lines of one page to paragraphs, by distance, indent, size, list marks and short last lines. */
export function paragraphsOf(lines: readonly PdfLine[]): PdfParagraph[] {
  const leading = leadingOf(lines);
  const paragraphs: PdfLine[][] = [];
  for (const [index, line] of lines.entries()) {
    const current = paragraphs.at(-1);
    if (current === undefined || startsParagraph(lines, index, current, leading)) paragraphs.push([line]);
    else current.push(line);
  }
  return paragraphs.map(toParagraph);
}

function toParagraph(lines: readonly PdfLine[]): PdfParagraph {
  const [first] = lines;
  const isListItem = first !== undefined && listMark.test(first.text) && !first.text.startsWith('—');
  const text = lines.map(line => line.text).reduce(joinLines, '');
  return { text: isListItem ? text.replace(bullet, '') : text, size: first?.size ?? 0, lineCount: lines.length, isListItem };
}

function startsParagraph(lines: readonly PdfLine[], index: number, current: readonly PdfLine[], leading: number): boolean {
  const line = lines[index];
  const before = lines[index - 1];
  if (line === undefined || before === undefined) return true;
  if (Math.abs(line.size - before.size) > sizeShare * before.size) return true;
  const column = columnAround(lines, index - 1);
  const free = column.right - before.right;
  const isShort = free > (column.right - column.left) * shortLineShare;
  if (listMark.test(line.text) && (isShort || !endsTheSentence(line.text, before.text, current))) return true;
  const fall = before.baseline - line.baseline;
  // Larger type stands further apart: the second line of a heading is no paragraph of its own.
  const usual = leading * line.size;
  const isElsewhere = fall <= 0 || fall > usual * leadingShare * 3;
  // The next column or a place past a picture: the sentence may go on there.
  if (isElsewhere) return endsSentence.test(before.text) || !/^\p{Ll}/u.test(line.text);
  if (fall > usual * leadingShare) return true;
  const isHangingItem = current.length === 1 && listMark.test(before.text);
  const indent = (line.left - before.left) / line.size;
  if (!isHangingItem && indent >= indentMin && indent <= indentMax && !isCentred(before, line)) return true;
  return isShort && endsSentence.test(before.text);
}

/** Whether the number at the head of a line ends the sentence of the full line before it, rather than being the next of a list. */
function endsTheSentence(text: string, before: string, current: readonly PdfLine[]): boolean {
  const number = numberMark.exec(text)?.[1];
  if (number === undefined || number === '1' || endsSentence.test(before)) return false;
  return Number(numberMark.exec(current[0]?.text ?? '')?.[1] ?? Number.NaN) !== Number(number) - 1;
}

/** Lines around the same middle are a centred heading or verse, not an indent. */
function isCentred(before: PdfLine, line: PdfLine): boolean {
  return Math.abs(before.left + before.right - line.left - line.right) < line.size;
}

/** The extent of the lines nearby that start about where this one does. */
function columnAround(lines: readonly PdfLine[], index: number): { left: number; right: number } {
  const line = lines[index];
  if (line === undefined) return { left: 0, right: 0 };
  const near = lines
    .slice(Math.max(0, index - columnLines), index + columnLines + 1)
    .filter(other => Math.abs(other.left - line.left) < (indentMax * line.size) / 2);
  return { left: Math.min(...near.map(other => other.left)), right: Math.max(...near.map(other => other.right)) };
}

/** The usual distance between two lines of the page in letter sizes: the median of those that can be of one paragraph. */
function leadingOf(lines: readonly PdfLine[]): number {
  const falls = lines
    .slice(1)
    .flatMap((line, index) => {
      const before = lines[index];
      const fall = before === undefined ? 0 : (before.baseline - line.baseline) / line.size;
      return fall > 0.8 && fall < 2.5 ? [fall] : [];
    })
    .toSorted((a, b) => a - b);
  return falls[falls.length >> 1] ?? usualLeading;
}
