import { figure } from '../report/table.ts';
import type { Figures } from './rows.ts';

/** The whole comparison as one table: a line per figure, a column per engine; empty where there is none. */
export function sideBySide(
  names: readonly string[],
  lines: readonly { readonly what: string; readonly unit: string; readonly figures: Figures }[],
): string {
  const cells = [
    ['', ...names],
    ...lines.map(({ what, unit, figures }) => [
      `${what}, ${unit}`,
      ...names.map(name => {
        const value = figures.get(name);
        return value === undefined ? '–' : figure(value);
      }),
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map(line => (line[column] ?? '').length))) ?? [];
  return cells
    .map(line =>
      line
        .map((cell, column) => {
          const gap = ' '.repeat((widths[column] ?? 0) - cell.length);
          return column === 0 ? cell + gap : gap + cell;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
