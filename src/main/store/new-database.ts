import { renameSync, rmSync } from 'node:fs';
import { openConnection } from './connection.ts';
import type { DataFolder } from './data-folder.ts';
import { syncFolder } from './durable-file.ts';
import type { Migration } from './migrate.ts';
import { migrate } from './migrate.ts';

/** Where a database is put together before it gets its name. */
export function unfinishedDatabase(folder: DataFolder): string {
  return `${folder.database}.new`;
}

/**
 * A new database gets its name only when it is whole, so a kill during the very first start leaves none, and an empty file
 * of that name is always damage.
 */
export function makeDatabase(folder: DataFolder, migrations: readonly Migration[]): void {
  const unfinished = unfinishedDatabase(folder);
  removeDatabase(unfinished);
  const db = openConnection(unfinished);
  try {
    migrate(db, migrations, () => undefined);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  renameSync(unfinished, folder.database);
  syncFolder(folder.root);
}

export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}
