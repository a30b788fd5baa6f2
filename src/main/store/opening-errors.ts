import { BackupFailedError } from './backup-file.ts';
import { DataFolderUnwritableError } from './data-folder.ts';
import { DataFolderBusyError } from './folder-lock.ts';
import { MigrationError, SchemaFromFutureError } from './migrate.ts';
import { DatabaseDamagedError } from './open-store.ts';

const openingErrors = [
  DataFolderUnwritableError,
  DataFolderBusyError,
  DatabaseDamagedError,
  SchemaFromFutureError,
  MigrationError,
  BackupFailedError,
] as const;

/** One of the failures that `openStore` declares: its message is a sentence for the person, with the cure. */
export function isOpeningError(error: unknown): error is InstanceType<(typeof openingErrors)[number]> {
  return openingErrors.some(kind => error instanceof kind);
}
