import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { GoodBackup } from './backups.ts';
import { newestGoodBackup } from './backups.ts';
import type { DataFolder } from './data-folder.ts';
import type { Damage } from './database-file.ts';
import { privateFileMode, privateFolderMode, syncFileNow, syncFolder } from './durable-file.ts';
import type { Migration } from './migrate.ts';
import { makeDatabase, removeDatabase, unfinishedDatabase } from './new-database.ts';

/**
 * The database is damaged. Nothing was changed; the person decides, and the next `openStore` says what with `onCorruption`.
 */
export class DatabaseDamagedError extends Error {
  override readonly name = 'DatabaseDamagedError';
  readonly code = 'damaged';
  readonly damage: Damage;
  /** The newest backup that was read in full just now; null when there is none to offer. */
  readonly backup: GoodBackup | null;
  constructor(file: string, damage: Damage, backup: GoodBackup | null) {
    super(
      `The database ${file} is damaged (${damage.kind}: ${damage.detail}). ${
        backup === null
          ? 'There is no backup of it; it will be kept aside and a new one begun when you confirm.'
          : `The backup of ${new Date(backup.takenAtMs).toISOString()} can be restored; the damaged file is kept aside.`
      }`,
    );
    this.damage = damage;
    this.backup = backup;
  }
}

/** What the person confirmed. `offer` confirms nothing: damage is thrown as `DatabaseDamagedError` with the offer. */
export type CorruptionChoice = 'offer' | 'restoreBackup' | 'beginAnew';

export interface Restored {
  readonly damage: Damage;
  /** Null when it was begun anew. Everything after `takenAtMs` is lost. */
  readonly backup: GoodBackup | null;
  /** Where the damaged files are kept; null when there was no file at all. */
  readonly keptAside: string | null;
}

/** Does what the person chose, or throws `DatabaseDamagedError` with the offer and changes nothing. */
export function replaceDamaged(
  folder: DataFolder,
  damage: Damage,
  migrations: readonly Migration[],
  { choice, nowMs }: { readonly choice: CorruptionChoice; readonly nowMs: number },
): Restored {
  const backup = newestGoodBackup(folder.backups, migrations.at(-1)?.version ?? 0);
  if (choice === 'offer' || (choice === 'restoreBackup' && backup === null))
    throw new DatabaseDamagedError(folder.database, damage, backup);
  // Copied first and put in place last: a kill in between leaves the damaged file where it was, or aside with the backup still there.
  const ready = unfinishedDatabase(folder);
  removeDatabase(ready);
  if (choice === 'restoreBackup' && backup !== null) {
    copyFileSync(backup.file, ready);
    chmodSync(ready, privateFileMode);
    syncFileNow(ready);
  }
  const keptAside = keepAside(folder, nowMs);
  if (choice === 'beginAnew' || backup === null) {
    makeDatabase(folder, migrations);
    return { damage, backup: null, keptAside };
  }
  renameSync(ready, folder.database);
  syncFolder(folder.root);
  return { damage, backup, keptAside };
}

/** Moves the damaged database with its log into a dated folder. The log first: the file must not meet a newer log. */
function keepAside(folder: DataFolder, nowMs: number): string | null {
  const parts = ['-wal', '-shm', ''].map(suffix => `${folder.database}${suffix}`).filter(part => existsSync(part));
  if (parts.length === 0) return null;
  mkdirSync(folder.setAside, { recursive: true, mode: privateFolderMode });
  const date = new Date(nowMs).toISOString().replaceAll(':', '-');
  const taken = new Set(readdirSync(folder.setAside));
  let name = date;
  for (let again = 2; taken.has(name); again += 1) name = `${date}-${again}`;
  const kept = join(folder.setAside, name);
  mkdirSync(kept, { mode: privateFolderMode });
  for (const part of parts) renameSync(part, join(kept, basename(part)));
  syncFolder(kept);
  syncFolder(folder.root);
  return kept;
}
