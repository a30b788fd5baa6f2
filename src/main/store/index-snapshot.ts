import type { Sha256 } from '../../shared/domain/ids.ts';
import type { Passages } from './passages.ts';
import type { Reader } from './reader.ts';
import type { Snapshots } from './snapshots.ts';

/**
 * Passages written in one turn of the main thread. Measured on two busy cores: 4 take 0.25 ms at the median and 2.5 ms at the
 * p99 (a merge inside FTS5), 16 take 0.8 and 7 ms, and the whole is no faster with 16 than with 4.
 */
export const indexSlicePassages = 4;

/**
 * Slices after which the log is moved into the database, off the main thread: they write some hundreds of pages, so that it is done
 * well before `logPagesLimit` makes a commit do it.
 */
const slicesPerLogMove = 32;

export interface IndexingParts {
  readonly snapshots: Pick<Snapshots, 'isIndexed'>;
  readonly passages: Pick<Passages, 'insertSlice' | 'finish'>;
  readonly reader: Pick<Reader, 'preparePassages' | 'moveLog'>;
}

/**
 * Puts a snapshot's passages into the search index. The reader thread reads, cuts and stems; main only inserts, one short
 * transaction a slice, and everything else of the program runs between two slices. A kill leaves whole slices and a
 * snapshot that is still listed by `unindexed`; running it again adds what is missing. `signal` stops it between two slices.
 */
export async function indexSnapshot(parts: IndexingParts, hash: Sha256, signal?: AbortSignal): Promise<void> {
  if (parts.snapshots.isIndexed(hash)) return;
  for (let from = 0, slices = 1; ; slices += 1) {
    if (signal?.aborted === true) return;
    const { total, passages } = await parts.reader.preparePassages({ snapshotHash: hash, from, limit: indexSlicePassages });
    if (passages.length > 0) parts.passages.insertSlice(hash, from, passages);
    from += passages.length;
    // A disk that takes no more is met by the next commit, which says so; the log waits.
    if (slices % slicesPerLogMove === 0) await parts.reader.moveLog().catch(() => {});
    if (passages.length === 0 || from >= total) {
      parts.passages.finish(hash, total);
      return;
    }
  }
}
