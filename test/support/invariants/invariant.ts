import type { Database } from '../../../src/main/store/connection.ts';

/** What a test knows besides the database. */
export interface Known {
  /** Ids that a caller was told of. */
  readonly enqueued: Iterable<string>;
  /** Leases that a live worker of this process holds; empty after a recovery before the first claim. */
  readonly liveLeases: ReadonlySet<string>;
  /** The folder of stored files; absent where a database has no files beside it. */
  readonly artifacts?: string;
}

/** One thing that holds of every database the program leaves behind, whatever killed it. */
export interface Invariant {
  readonly name: string;
  /** As one would say it. */
  readonly holds: string;
  /** Tables and views it speaks of; a database without them is not asked. */
  readonly tables: readonly string[];
  /** Every row, or fact, that breaks it; as text for a person. */
  broken(db: Database, known: Known): readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

export function rowsOf(db: Database, sql: string): readonly Row[] {
  return db.prepare<[], Row>(sql).all();
}

/** An invariant that a query refutes: each row it gives is one breach. */
export function refutedBy(name: string, holds: string, tables: readonly string[], sql: string): Invariant {
  return { name, holds, tables, broken: db => rowsOf(db, sql).map(row => JSON.stringify(row)) };
}
