import { controlRecord } from '../ipc/control-file.ts';
import { DataFolderUnwritableError } from '../store/data-folder.ts';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { SchemaFromFutureError } from '../store/migrate.ts';
import { DatabaseDamagedError } from '../store/open-store.ts';
import type { ShellWords } from './words.ts';

/** Why the data cannot be opened and what helps, in the person's language where there are words for it. */
export function openingTrouble(error: Error, words: ShellWords): string {
  if (error instanceof DataFolderBusyError) {
    const holder = controlRecord.safeParse(error.holder);
    return holder.success && holder.data.host === 'headless' ? words.busyHeadless(holder.data.pid) : words.busyDesktop;
  }
  if (error instanceof DataFolderUnwritableError) return words.unwritable(error.folder);
  if (error instanceof SchemaFromFutureError) return words.fromFuture;
  if (error instanceof DatabaseDamagedError) return error.backup === null ? words.damaged : words.damagedWithBackup(error.backup.takenAtMs);
  return error.message;
}
