import { EngineError } from './engine-api.ts';
import type { StorageState } from './job-store.ts';

/** What a caller is told while storage takes no writes. */
export function storageError(state: Exclude<StorageState, 'ok'>): EngineError {
  return new EngineError(
    'storage_full',
    state === 'full'
      ? 'The disk is full. Free some space; work goes on by itself.'
      : 'The data folder cannot be written. Work goes on by itself once it can.',
  );
}
