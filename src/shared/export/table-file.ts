import { z } from 'zod';
import type { ExtractedTable } from '../domain/browser.ts';
import { visibleLine } from '../domain/visible-text.ts';
import { fileStemOf } from './file-name.ts';
import { tableCsv, tableJson } from './table-text.ts';

export const tableFormat = z.enum(['csv', 'json']);
export type TableFormat = z.output<typeof tableFormat>;

const kinds = {
  csv: { text: tableCsv, mediaType: 'text/csv;charset=utf-8' },
  json: { text: tableJson, mediaType: 'application/json' },
} as const satisfies Record<TableFormat, unknown>;

/** A table as a file, named after the page it was read from. */
export function tableFile(
  table: ExtractedTable,
  format: TableFormat,
): { readonly fileName: string; readonly text: string; readonly mediaType: string } {
  const { text, mediaType } = kinds[format];
  return { fileName: `${fileStemOf(visibleLine(table.title || table.url), 'table')}.${format}`, text: text(table), mediaType };
}
