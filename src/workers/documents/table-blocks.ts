import type { Block } from './snapshot-builder.ts';

/** Rows and characters of one block: what a reader takes in at a look, and a passage holds. */
const blockRows = 50;
const blockChars = 4_000;
/** A row as one line of the canonical text: cells joined by ` | `, white space in them made one space, empty ones at the end dropped. */
export function tableLine(cells: readonly string[]): string {
  const clean = cells.map(cell => cell.replaceAll(/\s+/gu, ' ').trim());
  while (clean.length > 0 && clean.at(-1) === '') clean.pop();
  return clean.join(' | ').toWellFormed();
}

/** Rows to blocks of some fifty rows; a row without a word ends a block. */
export function createTableBlocks(add: (block: Block) => void) {
  let lines: string[] = [];
  let chars = 0;
  function flush(): void {
    if (lines.length > 0) add({ kind: 'table', text: lines.join('\n') });
    lines = [];
    chars = 0;
  }
  return {
    row(cells: readonly string[]): void {
      const line = tableLine(cells);
      if (line === '') return flush();
      lines.push(line);
      chars += line.length;
      if (lines.length >= blockRows || chars >= blockChars) flush();
    },
    flush,
  };
}
