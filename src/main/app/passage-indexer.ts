import type { Sha256 } from '../../shared/domain/ids.ts';
import { indexSnapshot } from '../store/index-snapshot.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';

/** Snapshots taken up together; more wait for the next round. */
const batch = 20;

export interface PassageIndexer {
  /** There may be something new to index. */
  wake(): void;
  /** This text has been stored anew: if it could not be indexed before, it may be now. */
  again(hash: Sha256): void;
  /** What could not be indexed is tried again: storage takes writes, so what stood in the way may be gone. */
  tryAgain(): void;
  /** Resolves once everything stored so far can be found by search, or `patience` is aborted. */
  settled(patience: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Puts new snapshots into the search index, one after the other, in slices between which everything else runs. What a
 * kill interrupted is found again at the next start.
 */
export function createPassageIndexer({
  store,
  reader,
  indexed = () => undefined,
  report,
}: {
  readonly store: Store;
  readonly reader: Reader;
  /** Told when texts were put into the index. */
  readonly indexed?: () => void;
  readonly report: (hash: Sha256 | null, error: unknown) => void;
}): PassageIndexer {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  const closed = new AbortController();
  /** Snapshots that could not be indexed in this run of the program; their documents are still read and cited. */
  const failed = new Set<Sha256>();

  async function run(): Promise<void> {
    for (;;) {
      isAskedAgain = false;
      const waiting = store.snapshots.unindexed(batch + failed.size).filter(head => !failed.has(head.hash));
      for (const { hash } of waiting) {
        if (closed.signal.aborted) return;
        try {
          await indexSnapshot({ snapshots: store.snapshots, passages: store.passages, reader }, hash, closed.signal);
        } catch (error) {
          failed.add(hash);
          report(hash, error);
        }
      }
      if (waiting.length > 0) indexed();
      if (closed.signal.aborted || (waiting.length === 0 && !isAskedAgain)) return;
    }
  }

  /** Never rejects: it runs without anybody waiting for it. */
  function wake(): void {
    if (closed.signal.aborted) return;
    isAskedAgain = true;
    running ??= run()
      .catch((error: unknown) => {
        report(null, error);
      })
      .finally(() => {
        running = null;
        // Asked after the last look at the store and before this: nobody would come back to it.
        if (isAskedAgain) wake();
      });
  }

  return {
    wake,
    again(hash) {
      failed.delete(hash);
    },
    tryAgain() {
      failed.clear();
      wake();
    },
    async settled(patience) {
      wake();
      const out = Promise.withResolvers<void>();
      const leave = () => {
        out.resolve();
      };
      patience.addEventListener('abort', leave);
      while (running !== null && !patience.aborted) await Promise.race([running, out.promise]);
      patience.removeEventListener('abort', leave);
    },
    async close() {
      closed.abort();
      if (running !== null) await running;
    },
  };
}
