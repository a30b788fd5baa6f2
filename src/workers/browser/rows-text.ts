import type { ExtractedTable } from '../../shared/domain/browser.ts';

type Rows = Pick<ExtractedTable, 'columns' | 'rows'>;

const missing = '—';
const oneLine = (value: string | number): string => String(value).replaceAll(/\s+/gu, ' ').trim();

/** A row a line, so that one can be cited by its own words. */
export function rowsText({ columns, rows }: Rows): string {
  return rows.map(row => columns.map(name => `${name}: ${oneLine(row[name] ?? missing)}`).join('; ')).join('\n\n');
}

/** The values of the rows within a passage that `rowsText` wrote, in the order of the columns. Anything else in it is left out. */
export function rowsWithin(passage: string, columns: readonly string[]): readonly (readonly string[])[] {
  return passage.split('\n').flatMap(line => {
    const values = valuesOf(line, columns);
    return values === null ? [] : [values];
  });
}

function valuesOf(line: string, columns: readonly string[]): readonly string[] | null {
  const starts: { readonly from: number; readonly to: number }[] = [];
  for (const [at, name] of columns.entries()) {
    const mark = at === 0 ? `${name}: ` : `; ${name}: `;
    const from = at === 0 ? (line.startsWith(mark) ? 0 : -1) : line.indexOf(mark, starts.at(-1)?.to ?? 0);
    if (from < 0) return null;
    starts.push({ from, to: from + mark.length });
  }
  return starts.map(({ to }, at) => line.slice(to, starts[at + 1]?.from));
}

/** A Markdown table (GitHub Flavored Markdown, 4.10). SECURITY: the words of a page stay within their cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => oneLine(cell).replaceAll('\\', '\\\\').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
