import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backupReasons, type BackupReason } from '../../shared/domain/backup.ts';
import type { DatabaseVerdict } from './backup-file.ts';
import { checkDatabaseFile } from './backup-file.ts';

export interface Backup {
  readonly file: string;
  readonly reason: BackupReason;
  readonly schema: number;
  readonly takenAtMs: number;
}

const dayMs = 86_400_000;
/** Backups of today beside the special ones: a mistake of this morning can be gone back before. */
const keptOfToday = 3;
/** Days before today of which one backup each is kept. */
const keptDays = 7;
/** Kept however old they are, by why they were made. */
const keptOf: Readonly<Partial<Record<BackupReason, number>>> = {
  close: 1,
  /** This one and the one before it, in case the newest build is the mistake. */
  migration: 2,
  /** A person who makes one before each risky step can go back some steps. */
  manual: 5,
  /** What was there before the last restore, and before the one that was to mend it. */
  restore: 2,
};

const namePattern = new RegExp(`^(${backupReasons.join('|')})-(\\d{13,16})-s(\\d{1,9})\\.db$`, 'u');

export function backupName({ reason, takenAtMs, schema }: Omit<Backup, 'file'>): string {
  return `${reason}-${takenAtMs}-s${schema}.db`;
}

/** Newest first. Other files of the folder are not ours and are ignored. */
export function listBackups(folder: string): Backup[] {
  return readdirSync(folder)
    .flatMap(name => {
      const [, reason, takenAtMs, schema] = namePattern.exec(name) ?? [];
      const known = backupReasons.find(each => each === reason);
      return known === undefined ? [] : [{ file: join(folder, name), reason: known, takenAtMs: Number(takenAtMs), schema: Number(schema) }];
    })
    .sort((a, b) => b.takenAtMs - a.takenAtMs);
}

/**
 * Which backups the rotation lets go: all but the newest of all, what `keptOf` says of each reason, three of today and the
 * newest of each of the seven days before. Days are days of UTC, so the rule gives the same everywhere.
 */
export function backupsToDrop(backups: readonly Backup[], nowMs: number): Backup[] {
  const newestFirst = [...backups].sort((a, b) => b.takenAtMs - a.takenAtMs);
  const today = Math.floor(nowMs / dayMs);
  const dayOf = (backup: Backup): number => Math.floor(backup.takenAtMs / dayMs);
  // A clock that was set back makes backups of the future; they count as today's.
  const ofToday = newestFirst.filter(backup => dayOf(backup) >= today);
  const ofDays = Array.from({ length: keptDays }, (_, back) => newestFirst.find(backup => dayOf(backup) === today - 1 - back));
  const kept = new Set([
    newestFirst[0],
    ...backupReasons.flatMap(reason => newestFirst.filter(backup => backup.reason === reason).slice(0, keptOf[reason] ?? 0)),
    ...ofToday.filter(backup => backup.reason === 'timed').slice(0, keptOfToday),
    ...ofDays,
  ]);
  return newestFirst.filter(backup => !kept.has(backup));
}

export function rotateBackups(folder: string, nowMs: number): void {
  for (const backup of backupsToDrop(listBackups(folder), nowMs)) rmSync(backup.file, { force: true });
}

export interface GoodBackup extends Backup {
  readonly byteCount: number;
}

/** The newest backup that can be read in full now and that this build understands; null when there is none. */
export function newestGoodBackup(folder: string, newestKnownSchema: number): GoodBackup | null {
  for (const backup of listBackups(folder)) {
    if (backup.schema > newestKnownSchema) continue;
    const verdict: DatabaseVerdict = checkDatabaseFile(backup.file);
    if (verdict.ok && verdict.schema === backup.schema) return { ...backup, byteCount: statSync(backup.file).size };
  }
  return null;
}
