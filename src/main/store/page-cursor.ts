import { z } from 'zod';

/** A page's place in a list sorted by time and id, newest first: the last row of the page above. */
export interface TimeCursor {
  readonly atMs: number;
  readonly id: string;
}

/** The `before` of a request was not made by this program; the window asks for the first page instead. */
export class PageCursorError extends Error {
  override readonly name = 'PageCursorError';
  /** As the lists of the contract declare it. */
  readonly code = 'bad_cursor';
  constructor(cursor: string) {
    super(`"${cursor.slice(0, 40)}" is no place in this list. Pass the "next" of the page above, or nothing for the first page.`);
  }
}

const timeCursor = z.string().regex(/^\d{1,16}_[0-9a-f-]{36}$/u);
const rowCursor = z.string().regex(/^\d{1,16}$/u);

export function encodeTimeCursor(cursor: TimeCursor): string {
  return `${cursor.atMs}_${cursor.id}`;
}

/** Null asks for the newest rows. Throws `PageCursorError`. */
export function decodeTimeCursor(before: string | null): TimeCursor | null {
  if (before === null) return null;
  if (!timeCursor.safeParse(before).success) throw new PageCursorError(before);
  const [atMs = '', id = ''] = before.split('_');
  return { atMs: Number(atMs), id };
}

export function decodeRowCursor(before: string | null): number | null {
  if (before === null) return null;
  if (!rowCursor.safeParse(before).success) throw new PageCursorError(before);
  return Number(before);
}

/** Splits the one row read beyond the page, which tells whether there is a next page without counting. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

export interface PageRequest {
  readonly before: string | null;
  readonly limit: number;
}
