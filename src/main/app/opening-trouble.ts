import { controlRecord } from '../ipc/control-file.ts';
import { BackupFailedError } from '../store/backup-file.ts';
import { DataFolderUnwritableError } from '../store/data-folder.ts';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { MigrationError, SchemaFromFutureError } from '../store/migrate.ts';
import { DatabaseDamagedError } from '../store/open-store.ts';

/** Why the data cannot be opened, as far as a person can do something about it. */
export type OpeningTrouble =
  /** `pid` where the holder has said who it is; `isDesktop` where it is a program with a window of its own. */
  | { readonly kind: 'busy'; readonly pid: number | null; readonly isDesktop: boolean }
  | { readonly kind: 'not_a_folder' }
  /** The system has no folders of the person's there: `/proc`, a drive that is not connected. */
  | { readonly kind: 'no_such_place' }
  | { readonly kind: 'path_too_long' }
  | { readonly kind: 'unwritable' }
  | { readonly kind: 'full' }
  | { readonly kind: 'disk_fault' }
  | { readonly kind: 'newer' }
  /** `backupAtMs` of the backup that can be restored; null when there is none. */
  | { readonly kind: 'damaged'; readonly backupAtMs: number | null }
  | { readonly kind: 'not_migrated' }
  | { readonly kind: 'not_backed_up' };

/** What the operating system (errno) and SQLite (result codes, with or without their extension) say about a disk. */
const diskTroubles: readonly (readonly [kind: 'not_a_folder' | 'full' | 'unwritable' | 'disk_fault', codes: RegExp])[] = [
  ['not_a_folder', /^(?:ENOTDIR|EEXIST)$/u],
  ['full', /^(?:ENOSPC|EDQUOT|SQLITE_FULL)$/u],
  ['unwritable', /^(?:EACCES|EPERM|EROFS|SQLITE_READONLY(?:_.*)?|SQLITE_CANTOPEN(?:_.*)?|SQLITE_PERM)$/u],
  ['disk_fault', /^(?:EIO|SQLITE_IOERR(?:_.*)?)$/u],
];

/** What the system says where a folder is made; elsewhere these codes may be about any other file. */
const placeTroubles: readonly (readonly [kind: 'no_such_place' | 'path_too_long' | 'not_a_folder', codes: RegExp])[] = [
  ['no_such_place', /^(?:ENOENT|ENXIO|ENODEV|EINVAL|ENOTSUP)$/u],
  ['path_too_long', /^ENAMETOOLONG$/u],
  // A link that leads to itself.
  ['not_a_folder', /^ELOOP$/u],
];

/** Null for what is no trouble of the data folder: a fault of the program, to be told with its details. */
export function openingTrouble(error: unknown): OpeningTrouble | null {
  if (error instanceof DataFolderBusyError) {
    const holder = controlRecord.safeParse(error.holder);
    return { kind: 'busy', pid: holder.success ? holder.data.pid : null, isDesktop: holder.success && holder.data.host === 'desktop' };
  }
  if (error instanceof DatabaseDamagedError) return { kind: 'damaged', backupAtMs: error.backup?.takenAtMs ?? null };
  if (error instanceof SchemaFromFutureError) return { kind: 'newer' };
  if (error instanceof DataFolderUnwritableError)
    return troubleIn(placeTroubles, error.cause) ?? troubleIn(diskTroubles, error.cause) ?? { kind: 'unwritable' };
  if (error instanceof MigrationError) return troubleIn(diskTroubles, error.cause) ?? { kind: 'not_migrated' };
  if (error instanceof BackupFailedError) return { kind: 'not_backed_up' };
  return troubleIn(diskTroubles, error);
}

function troubleIn<K extends string>(table: readonly (readonly [kind: K, codes: RegExp])[], error: unknown): { readonly kind: K } | null {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [kind] = table.find(([, codes]) => codes.test(code)) ?? [];
  return kind === undefined ? null : { kind };
}
