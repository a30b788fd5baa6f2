import type { SessionId, VersionId } from '../../shared/domain/ids.ts';
import type { Reader } from '../store/reader.ts';
import type { Store } from '../store/store.ts';
import { synopsisFreshness } from './synopsis-freshness.ts';

/** A person adds several files or says several things in a row: looked at once they have settled. */
const settleMs = 400;

export interface StaleMark {
  /** Looks, in a moment, whether the chat's synopsis knows of all that the chat holds. */
  look(session: SessionId): void;
  /** Looks at nothing more, and resolves when nothing is being looked at. */
  close(): Promise<void>;
}

export interface StaleMarkParams {
  readonly store: Store;
  readonly reader: Pick<Reader, 'readSegments'>;
  /** The mark of this version's synopsis is another than before. */
  readonly changed: (version: VersionId) => void;
  readonly report: (error: unknown) => void;
}

/** Keeps the mark by which the library finds synopses that are behind their chats. */
export function createStaleMark({ store, reader, changed, report }: StaleMarkParams): StaleMark {
  const waiting = new Map<SessionId, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let isClosed = false;

  async function lookNow(session: SessionId): Promise<void> {
    const { versionId, stale } = await synopsisFreshness({ store, reader }, session);
    if (isClosed || versionId === null) return;
    if (store.synopses.setStale(session, stale.length > 0)) changed(versionId);
  }

  return {
    look(session) {
      if (isClosed || waiting.has(session) || store.synopses.current(session) === null) return;
      const timer = setTimeout(() => {
        waiting.delete(session);
        const work: Promise<void> = lookNow(session)
          .catch(report)
          .finally(() => running.delete(work));
        running.add(work);
      }, settleMs);
      timer.unref();
      waiting.set(session, timer);
    },
    async close() {
      isClosed = true;
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.all(running);
    },
  };
}
