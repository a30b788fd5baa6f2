import { toCanonical } from './canonical-text.ts';
import { joinLines } from './join-lines.ts';
import type { Block } from './snapshot-builder.ts';

/** Narrowest column a text is taken as wrapped at: below it short lines are verse, addresses or a list. */
const wrapColumnMin = 40;
/** Widest such column; longer lines are paragraphs of their own. */
const wrapColumnMax = 130;
/** Lines without an empty one taken together: more is a log, whose lines stand alone wherever it is parted. */
const paragraphLines = 2_000;
/** Longest line that may be a heading. */
const headingLimit = 90;

const bullet = /^\s*[-*•·‣▪]\s+(?=\S)/u;
const numbered = /^\s*\d{1,3}(?:\.\d{1,3})*[.)]\s+\S/u;
const chapterWord = /^(?:глава|раздел|часть|приложение|chapter|section|part|appendix)\s+[\p{L}\d]/iu;
const numberedTitle = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s+\p{Lu}/u;
const endsLikeSentence = /[.,;:!?…]["»”’)]*$/u;

/**
 * Plain text to blocks. Empty lines part paragraphs; lines broken at a column are joined to one, any other line is a
 * block of its own. A short line alone that is in capitals, numbered or names a chapter is a heading. Bullets are
 * dropped, numbers are kept as the author wrote them.
 */
export function* readPlainText(text: string): Generator<Block> {
  for (const lines of paragraphsOf(toCanonical(text))) {
    const [only] = lines;
    if (lines.length === 1 && only !== undefined) {
      const level = headingLevel(only.trim());
      yield level === null ? lineBlock(only, false) : { kind: 'heading', text: only, level };
    } else if (isWrapped(lines)) {
      yield { kind: 'paragraph', text: joinWrapped(lines) };
    } else {
      yield* linesOf(lines);
    }
  }
}

function* paragraphsOf(text: string): Generator<string[]> {
  let lines: string[] = [];
  for (const line of linesIn(text)) {
    const isBlank = line.trim() === '';
    if (!isBlank) lines.push(line);
    if (lines.length > 0 && (isBlank || lines.length >= paragraphLines)) {
      yield lines;
      lines = [];
    }
  }
  if (lines.length > 0) yield lines;
}

/** One line after another: a list of all lines of a large log would take several times its text. */
function* linesIn(text: string): Generator<string> {
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** Lines that are not wrapped prose: each stands alone, but a list item wrapped by hanging indent is put together. */
function* linesOf(lines: readonly string[]): Generator<Block> {
  let item: string[] = [];
  let isFirst = true;
  function* flush(): Generator<Block> {
    const [head] = item;
    if (head === undefined) return;
    yield { ...lineBlock(item.map(line => line.trim()).join(' '), !isFirst), ...(bullet.test(head) ? { kind: 'list-item' as const } : {}) };
    isFirst = false;
    item = [];
  }
  for (const line of lines) {
    const [head] = item;
    const continuesItem =
      head !== undefined &&
      (bullet.test(head) || numbered.test(head)) &&
      /^\s{2,}\S/u.test(line) &&
      !bullet.test(line) &&
      !numbered.test(line);
    if (!continuesItem) yield* flush();
    item.push(line);
  }
  yield* flush();
}

function lineBlock(line: string, tight: boolean): Block {
  if (bullet.test(line)) return { kind: 'list-item', text: line.replace(bullet, ''), tight };
  if (numbered.test(line)) return { kind: 'list-item', text: line, tight };
  return { kind: 'paragraph', text: line, tight };
}

/** Each line ends because the next word would not have fitted in the column: that is how wrapped text looks and little else does. */
function isWrapped(lines: readonly string[]): boolean {
  const column = lines.reduce((widest, line) => Math.max(widest, line.trimEnd().length), 0);
  if (column < wrapColumnMin || column > wrapColumnMax) return false;
  return lines.every((line, index) => {
    const next = lines[index + 1];
    if (next === undefined) return true;
    if (bullet.test(next) || numbered.test(next)) return false;
    const word = /\S+/u.exec(next)?.[0] ?? '';
    return line.trimEnd().length + 1 + word.length > column;
  });
}

function joinWrapped(lines: readonly string[]): string {
  return lines.map(line => line.trim()).reduce((text, line) => joinLines(text, line), '');
}

function headingLevel(line: string): number | null {
  if (line.length > headingLimit || endsLikeSentence.test(line) || !/\p{L}{2}/u.test(line)) return null;
  const number = numberedTitle.exec(line)?.[1];
  if (number !== undefined) return Math.min(6, number.split('.').length + 1);
  if (chapterWord.test(line)) return 1;
  return line === line.toUpperCase() && line !== line.toLowerCase() ? 2 : null;
}
