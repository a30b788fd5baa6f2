import type { HostCallInput, HostCallOutput } from '../../shared/contract/worker/host-calls.ts';
import type { DocumentView } from '../../shared/domain/document.ts';
import type { Sha256 } from '../../shared/domain/ids.ts';
import type { Reader } from '../store/reader.ts';
import type { FoundPassage } from '../store/reader-methods.ts';
import type { Meaning } from '../store/search/passage-search.ts';
import type { Store } from '../store/store.ts';
import type { ChangeFeed } from './change-feed.ts';

/** What a search found, and the titles of documents it had to leave out because their stored text is damaged. */
export interface FoundPassages {
  readonly passages: HostCallOutput<'passages.search'>;
  readonly leftOut: readonly string[];
}

/**
 * What becomes of a stored text that is gone or not what it was: its documents say so, are searched no longer, and can be
 * read again. Everything else of their chats goes on without them.
 */
export interface DamagedSnapshots {
  search(query: HostCallInput<'passages.search'>, meaning: Meaning | null): Promise<FoundPassages>;
  /** The same over every chat. */
  searchMaterial(query: Parameters<Reader['searchMaterial']>[0]): Promise<{ readonly found: FoundPassage[]; readonly byMeaning: boolean }>;
  /** Looks at the stored text itself: who says that it is damaged may be a worker. */
  lookAt(hash: Sha256): Promise<void>;
  /** Whether the error says that a stored text is damaged; its documents are marked. */
  take(hash: Sha256, error: unknown): boolean;
}

export function createDamagedSnapshots({
  store,
  reader,
  changes,
}: {
  readonly store: Pick<Store, 'documents'>;
  readonly reader: Pick<Reader, 'searchPassages' | 'searchMaterial' | 'locateSegment'>;
  readonly changes: () => Pick<ChangeFeed, 'documents'>;
}): DamagedSnapshots {
  function mark(hash: Sha256): DocumentView[] {
    const marked = store.documents.markDamaged(hash);
    for (const document of marked) changes().documents(document.sessionId, [document.id]);
    return marked;
  }

  function take(hash: Sha256, error: unknown): boolean {
    const isDamage = error instanceof Error && 'code' in error && error.code === 'snapshot_damaged';
    if (isDamage) mark(hash);
    return isDamage;
  }

  return {
    take,
    async search(query, meaning) {
      const leftOut = new Set<string>();
      // A marked document is not searched again, so each turn has fewer documents; their places go to what can be read.
      for (;;) {
        const { passages, damaged } = await reader.searchPassages({ ...query, meaning });
        const marked = damaged.flatMap(mark);
        for (const { sessionId, title } of marked) if (sessionId === query.sessionId) leftOut.add(title);
        if (marked.length === 0) return { passages, leftOut: [...leftOut] };
      }
    },
    async searchMaterial(query) {
      for (;;) {
        const { found, damaged, byMeaning } = await reader.searchMaterial(query);
        if (damaged.flatMap(mark).length === 0) return { found, byMeaning };
      }
    },
    async lookAt(hash) {
      await reader.locateSegment({ snapshotHash: hash, offset: 0 }).catch((error: unknown) => {
        if (!take(hash, error)) throw error;
      });
    },
  };
}
