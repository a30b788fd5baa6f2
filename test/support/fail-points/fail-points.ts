import SqliteDatabase from 'better-sqlite3';

/**
 * Where a test can stop, break or kill the program: before and after every call over one of its ports. The names are made
 * from the ports themselves, so a new method or frame has its points at once; nothing of this is in the program
 * (docs/adr/0010-fail-points-are-ports.md).
 */
export interface FailPoints {
  /** Said by the wrapper of a port. Whatever it throws comes out of the port. */
  reach(point: string): void;
}

/** Counts every point, and calls `act` at each. */
export function createFailPoints(
  act: (point: string, nth: number, nthOfAll: number) => void,
): FailPoints & { readonly reached: ReadonlyMap<string, number> } {
  const reached = new Map<string, number>();
  let all = 0;
  return {
    reached,
    reach(point) {
      const nth = (reached.get(point) ?? 0) + 1;
      reached.set(point, nth);
      all += 1;
      act(point, nth, all);
    },
  };
}

/** The process is dead: nothing it does from here on may have an effect. */
export class ProgramKilled extends Error {
  override readonly name = 'ProgramKilled';
  constructor(point: string) {
    super(`The program was killed at ${point}.`);
  }
}

/** Errors that a disk, or a mistake, can raise at a point. */
export const faults = {
  full: () => new SqliteDatabase.SqliteError('database or disk is full', 'SQLITE_FULL'),
  write: () => new SqliteDatabase.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE'),
  sync: () => new SqliteDatabase.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC'),
  busy: () => new SqliteDatabase.SqliteError('database is locked', 'SQLITE_BUSY'),
  memory: () => new SqliteDatabase.SqliteError('out of memory', 'SQLITE_NOMEM'),
  io: () => Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' }),
} as const satisfies Record<string, () => Error>;
export type FaultName = keyof typeof faults;
