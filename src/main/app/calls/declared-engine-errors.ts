import { EngineError } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { UploadError } from '../../store/staging.ts';

/** The engine's and the store's refusals as the contract declares them; a route that does not declare the code answers `internal`. */
export function declared<T>(work: () => T): T {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(rethrow) as T) : result;
  } catch (error) {
    return rethrow(error);
  }
}

function rethrow(error: unknown): never {
  if (error instanceof EngineError || error instanceof UploadError) throw new ExpectedError(error.code, error.message, { cause: error, retryable: error.code === 'queue_full' });
  throw storageFailure(error) ?? error;
}

/** SQLite's and the file system's words for a disk that takes no more. */
function storageFailure(error: unknown): ExpectedError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== 'ENOSPC' && code !== 'EROFS' && !code.startsWith('SQLITE_FULL') && !code.startsWith('SQLITE_READONLY') && !code.startsWith('SQLITE_IOERR')) return null;
  return new ExpectedError('storage_full', 'The data folder cannot be written: the disk is full or read-only. Free some space and try again.', { cause: error, retryable: true });
}
