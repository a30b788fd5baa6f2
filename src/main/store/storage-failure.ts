import SqliteDatabase from 'better-sqlite3';

/**
 * What a SQLite error says about the disk rather than about the statement. Everything listed passes by itself once there
 * is space, the folder may be written or the other program lets go of the file.
 */
const failures: readonly { readonly code: RegExp; readonly state: 'full' | 'read_only' }[] = [
  /** The last two are how a full disk shows when it is the log or its index that cannot grow. */
  { code: /^SQLITE_(FULL|IOERR_WRITE|IOERR_SHMSIZE)$/u, state: 'full' },
  { code: /^SQLITE_(READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL|PERM)/u, state: 'read_only' },
];

/** Null for an error that is not about storage, such as a constraint. */
export function storageFailure(error: unknown): 'full' | 'read_only' | null {
  if (!(error instanceof SqliteDatabase.SqliteError)) return null;
  return failures.find(({ code }) => code.test(error.code))?.state ?? null;
}
