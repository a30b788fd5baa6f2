import SqliteDatabase from 'better-sqlite3';
import type { Database } from '../../../src/main/store/connection.ts';
import { contentInvariants } from './content-invariants.ts';
import type { Known } from './invariant.ts';
import { rowsOf } from './invariant.ts';
import { jobInvariants } from './job-invariants.ts';
import { workInvariants } from './work-invariants.ts';

/** Every invariant there is. A new table or rule of the program gets its row here, and its mutation in `violations.test.ts`. */
export const invariants = [...jobInvariants, ...workInvariants, ...contentInvariants];

export interface Violation {
  /** Name of the invariant. */
  readonly invariant: string;
  readonly what: string;
}

/** Everything that is wrong with a database of this program; empty when all invariants hold. Reads only. */
export function violationsOf(db: Database, known: Known): readonly Violation[] {
  const tables = new Set(rowsOf(db, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").map(row => String(row['name'])));
  return invariants
    .filter(invariant => invariant.tables.every(table => tables.has(table)))
    .flatMap(invariant =>
      invariant.broken(db, known).map(what => ({ invariant: invariant.name, what: `${invariant.holds} But: ${what}` })),
    );
}

/** The same of a file that no program has open. */
export function violationsInFile(file: string, known: Known): readonly Violation[] {
  const db = new SqliteDatabase(file, { fileMustExist: true });
  try {
    return violationsOf(db, known);
  } finally {
    db.close();
  }
}

/** Throws with every violation there is. */
export function assertInvariants(db: Database, known: Known): void {
  const found = violationsOf(db, known);
  if (found.length > 0) throw new Error(found.map(({ invariant, what }) => `${invariant}: ${what}`).join('\n'));
}
