import { EngineError } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { storageFailure } from '../../store/storage-failure.ts';
import { UploadError } from '../../store/staging.ts';

/** The file system's words for a disk that takes no more. */
const diskFaults: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/** Codes of the store's own refusals, in whichever thread it was asked. */
const refusals: ReadonlySet<string> = new Set(['bad_cursor', 'snapshot_damaged']);

/** Refusals that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['queue_full', 'storage_full']);

/**
 * The refusals of the engine, the store and the disk as the contract declares them; every other error comes back as it is.
 * A route that does not declare the code answers `internal`.
 */
export function asExpected(error: unknown): unknown {
  if (error instanceof EngineError || error instanceof UploadError) {
    return new ExpectedError(error.code, error.message, { cause: error, retryable: passing.has(error.code) });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // The reader thread's refusals arrive with their code and sentence alone.
  if (error instanceof Error && refusals.has(code)) return new ExpectedError(code, error.message, { cause: error });
  if (storageFailure(error) === null && !diskFaults.has(code)) return error;
  return new ExpectedError(
    'storage_full',
    'The data folder cannot be written: the disk is full or read-only. Free some space and try again.',
    { cause: error, retryable: true },
  );
}
