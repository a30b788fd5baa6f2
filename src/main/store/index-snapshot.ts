import type { Sha256 } from '../../shared/domain/ids.ts';
import type { Passages } from './passages.ts';
import type { Reader } from './reader.ts';
import type { Snapshots } from './snapshots.ts';

/**
 * Passages written in one turn of the main thread. Measured by `test/bench/store-index.ts` on two busy cores: 16 take 1.2 ms
 * of processor time at the median and 18 ms at worst (a merge inside FTS5 or a checkpoint); 32 doubled the p99 and made the
 * whole no faster.
 */
export const indexSlicePassages = 16;

export interface IndexingParts {
  readonly snapshots: Pick<Snapshots, 'isIndexed'>;
  readonly passages: Pick<Passages, 'insertSlice' | 'finish'>;
  readonly reader: Pick<Reader, 'preparePassages'>;
}

/**
 * Puts a snapshot's passages into the search index. The reader thread reads, cuts and stems; main only inserts, one short
 * transaction a slice, and everything else of the program runs between two slices. A kill leaves whole slices and a
 * snapshot that is still listed by `unindexed`; running it again adds what is missing. `signal` stops it between two slices.
 */
export async function indexSnapshot(parts: IndexingParts, hash: Sha256, signal?: AbortSignal): Promise<void> {
  if (parts.snapshots.isIndexed(hash)) return;
  for (let from = 0; ;) {
    if (signal?.aborted === true) return;
    const { total, passages } = await parts.reader.preparePassages({ snapshotHash: hash, from, limit: indexSlicePassages });
    if (passages.length > 0) parts.passages.insertSlice(hash, from, passages);
    from += passages.length;
    if (passages.length === 0 || from >= total) {
      parts.passages.finish(hash, total);
      return;
    }
  }
}
