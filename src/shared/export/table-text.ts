import type { ExtractedTable } from '../domain/browser.ts';

type Table = Pick<ExtractedTable, 'columns' | 'rows'>;

/** Of RFC 4180. */
const lineEnd = '\r\n';
/** Tells a spreadsheet that the file is UTF-8; without it Excel reads Cyrillic as another encoding. */
const byteOrderMark = '\uFEFF';
/** What spreadsheets take for the beginning of a formula (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r]/u;

/**
 * SECURITY: the words come from a web page. A text that a spreadsheet would run as a formula has an apostrophe before it; numbers
 * stay what they are.
 */
function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as comma-separated values (RFC 4180) with the names of the columns first. */
export function tableCsv(table: Table): string {
  return byteOrderMark + csvLines(table);
}

function csvLines({ columns, rows }: Table): string {
  const lines = [columns.map(cell), ...rows.map(row => columns.map(column => cell(row[column])))];
  return lines.map(line => line.join(',') + lineEnd).join('');
}

/** Rows as a JSON list of objects, each with every column. */
export function tableJson(table: Table): string {
  return `${JSON.stringify(objectsOf(table), null, 2)}\n`;
}

function objectsOf({ columns, rows }: Table): readonly Readonly<Record<string, string | number | null>>[] {
  return rows.map(row => Object.fromEntries(columns.map(column => [column, row[column] ?? null])));
}

/**
 * All that a task has read, as one text. One table is as in a file of its own. Several have different columns: as CSV an empty line
 * stands between them, as JSON each is an object with its page and its rows.
 */
export function tablesText(tables: readonly ExtractedTable[], format: 'csv' | 'json'): string {
  const [first] = tables;
  if (tables.length === 1 && first !== undefined) return format === 'csv' ? tableCsv(first) : tableJson(first);
  if (format === 'csv') return tables.length === 0 ? '' : byteOrderMark + tables.map(csvLines).join(lineEnd);
  return `${JSON.stringify(
    tables.map(table => ({ title: table.title, url: table.url, rows: objectsOf(table) })),
    null,
    2,
  )}\n`;
}
