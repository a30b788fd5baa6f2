import type { BenchRow, Target } from './row.ts';

/** Rows of one bench and how much of the machine others were using in the second before it began. */
export interface BenchResult {
  readonly bench: string;
  /** Share of all processors, 0 to 1. */
  readonly othersBusy: number;
  readonly rows: readonly BenchRow[];
}

const head = ['bench', 'what', 'figure', 'unit', 'target', 'verdict'] as const;
type Cells = readonly [bench: string, what: string, figure: string, unit: string, target: string, verdict: string];
const rightAligned: readonly number[] = [2, 4];

/** Three significant digits: more would claim a precision that a shared machine does not have. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: Math.min(digits, 3) });
}

function targetText(target: Target | null): string {
  if (target === null) return '';
  return 'atLeast' in target ? `≥ ${figure(target.atLeast)}` : `≤ ${figure(target.atMost)}`;
}

/** `met` or `MISSED`, and how many times the target the figure is. */
export function verdict(value: number, target: Target | null): string {
  if (target === null) return '';
  const bound = 'atLeast' in target ? target.atLeast : target.atMost;
  const isMet = 'atLeast' in target ? value >= bound : value <= bound;
  return `${isMet ? 'met' : 'MISSED'} (×${figure(value / bound)})`;
}

export function isMissed(row: BenchRow): boolean {
  return row.kind === 'measured' && verdict(row.value, row.target).startsWith('MISSED');
}

/** One row as a line of its own. */
export function rowLine(row: BenchRow): string {
  if (row.kind === 'skipped') return `${row.what}: skipped. ${row.why}`;
  const judged = row.target === null ? '' : ` [${targetText(row.target)}: ${verdict(row.value, row.target)}]`;
  return `${row.what}: ${figure(row.value)} ${row.unit}${judged}${row.note === '' ? '' : ` (${row.note})`}`;
}

function cellsOf(bench: string, row: BenchRow): Cells {
  return row.kind === 'skipped'
    ? [bench, row.what, '–', '', '', 'skipped']
    : [bench, row.what, figure(row.value), row.unit, targetText(row.target), verdict(row.value, row.target)];
}

/** The table for a terminal; columns are padded, rows keep the order they were taken in. */
export function textTable(results: readonly BenchResult[]): string {
  const lines: readonly (readonly string[])[] = [head, ...results.flatMap(({ bench, rows }) => rows.map(row => cellsOf(bench, row)))];
  const widths = head.map((_, column) => Math.max(...lines.map(cells => (cells[column] ?? '').length)));
  return lines
    .map(cells =>
      cells
        .map((cell, column) => {
          const gap = ' '.repeat((widths[column] ?? 0) - cell.length);
          return rightAligned.includes(column) ? gap + cell : cell + gap;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same as Markdown, with what each figure was made from and how busy the machine was. */
export function markdownTable(results: readonly BenchResult[]): string {
  const titles = [...head, 'others busy', 'notes'];
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(titles),
    `|${titles.map((_, column) => (rightAligned.includes(column) ? '---:' : '---')).join('|')}|`,
    ...results.flatMap(({ bench, othersBusy, rows }) =>
      rows.map(row => line([...cellsOf(bench, row), percent(othersBusy), row.kind === 'skipped' ? row.why : row.note])),
    ),
  ].join('\n');
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
