import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import type { RunPhase } from './run-state.ts';

/** What is wrong with a database file, as far as it can be told. */
export type DamageKind = 'missing' | 'empty' | 'header' | 'truncated' | 'damaged';

export interface Damage {
  readonly kind: DamageKind;
  readonly detail: string;
}

/** Layout of the first 100 bytes: https://www.sqlite.org/fileformat.html, section 1.3. */
const headerBytes = 100;
const magic = 'SQLite format 3\0';
const pageSizeAt = 16;
const changeCounterAt = 24;
const pageCountAt = 28;
const versionValidForAt = 92;
/** The page size 65536 does not fit into its two bytes and is written as 1. */
const largestPageSize = 65_536;

/** What the file says before SQLite opens it. Null when nothing is wrong so far. */
export function inspectDatabaseFile(file: string): Damage | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return { kind: 'missing', detail: 'the file is gone' };
  if (found.size === 0) return { kind: 'empty', detail: 'the file has no content' };
  const header = readHeader(file);
  if (header.byteLength < headerBytes || header.toString('latin1', 0, magic.length) !== magic)
    return { kind: 'header', detail: 'the file does not begin as a database does' };
  const written = header.readUInt16BE(pageSizeAt);
  const pageSize = written === 1 ? largestPageSize : written;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return { kind: 'header', detail: `the page size is ${pageSize}` };
  const countIsValid = header.readUInt32BE(changeCounterAt) === header.readUInt32BE(versionValidForAt);
  const expected = header.readUInt32BE(pageCountAt) * pageSize;
  // With a log beside it the end of the file may still be in the log; SQLite and quick_check decide then.
  if (countIsValid && found.size < expected && !hasLog(file))
    return { kind: 'truncated', detail: `it has ${found.size} of ${expected} bytes` };
  return null;
}

/** Committed changes were in the log, and the log is gone: what is left is an older state. */
export function isLogMissing(file: string, phase: RunPhase | 'none'): boolean {
  return phase === 'open' && !existsSync(`${file}-wal`);
}

/** An error of SQLite that means the file and not the program is at fault. */
export function damageOf(error: unknown): Damage | null {
  if (!(error instanceof SqliteDatabase.SqliteError)) return null;
  const isDamage = error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT');
  return isDamage ? { kind: error.code === 'SQLITE_NOTADB' ? 'header' : 'damaged', detail: error.message } : null;
}

/**
 * A finding of SQLite's checks that loses nothing: the rows are whole and an index of them is not, so `REINDEX` builds it
 * again from the rows.
 */
export function isIndexFinding(finding: string): boolean {
  return /^(row \d+ missing from index|wrong # of entries in index|row \d+ values differ from index|non-unique entry in index)/u.test(
    finding,
  );
}

function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  const handle = openSync(file, 'r');
  try {
    return header.subarray(0, readSync(handle, header, 0, headerBytes, 0));
  } finally {
    closeSync(handle);
  }
}
