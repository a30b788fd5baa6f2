import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

/** Append-only: a released migration is never edited. Versions go in tens so a fix can be placed between two. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Runs inside the transaction that also moves `user_version`. */
  up(db: Database): void;
}

/** The file was written by a newer build. The cure is "update the app"; never offer to delete data. */
export class SchemaFromFutureError extends Error {
  override readonly name = 'SchemaFromFutureError';
  readonly found: number;
  readonly newestKnown: number;
  constructor(found: number, newestKnown: number) {
    super(`The database has schema ${found}, and this build knows schemas up to ${newestKnown}. Update the app.`);
    this.found = found;
    this.newestKnown = newestKnown;
  }
}

/** A migration failed and left nothing behind: the file still has schema `from`. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly from: number;
  constructor(migration: Migration, from: number, cause: unknown) {
    super(
      `Migration ${migration.version} (${migration.name}) failed; the database is unchanged at schema ${from}. ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.from = from;
  }
}

export function schemaVersion(db: Database): number {
  const found: unknown = db.pragma('user_version', { simple: true });
  if (typeof found !== 'number')
    throw new Error(`PRAGMA user_version gave ${String(found)} and not a number; the file is not a database of this program.`);
  return found;
}

/**
 * Brings the database to the newest known schema and returns that version. Each migration is one transaction together
 * with its `user_version`, so a kill leaves the schema of a whole number of migrations. `beforeFirst` is called once,
 * outside any transaction and before any change, when a database with content is about to change; a throw stops
 * everything: without a verified backup nothing is migrated.
 */
export function migrate(db: Database, migrations: readonly Migration[], beforeFirst: (from: number) => void): number {
  assertStrictlyIncreasing(migrations);
  const newestKnown = migrations.at(-1)?.version ?? 0;
  const start = schemaVersion(db);
  if (start > newestKnown) throw new SchemaFromFutureError(start, newestKnown);
  const pending = migrations.filter(migration => migration.version > start);
  if (pending.length === 0) return start;
  if (start > 0) beforeFirst(start);
  for (const migration of pending) apply(db, migration);
  return newestKnown;
}

function apply(db: Database, migration: Migration): void {
  const from = schemaVersion(db);
  try {
    inWriteTransaction(db, () => {
      migration.up(db);
      const broken = db.pragma('foreign_key_check');
      if (!Array.isArray(broken) || broken.length > 0)
        throw new Error(`It leaves rows that point nowhere: ${JSON.stringify(broken).slice(0, 500)}.`);
      db.pragma(`user_version = ${migration.version}`);
    });
  } catch (error) {
    throw new MigrationError(migration, from, error);
  }
}

export function assertStrictlyIncreasing(migrations: readonly Migration[]): void {
  let previous = 0;
  for (const { version, name } of migrations) {
    if (!Number.isSafeInteger(version) || version <= previous)
      throw new Error(
        `Migration ${name} has version ${version}, which does not follow ${previous}. Give it the next ten after the newest.`,
      );
    previous = version;
  }
}
