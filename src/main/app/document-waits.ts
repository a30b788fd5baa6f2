import type { SessionId } from '../../shared/domain/ids.ts';
import type { Store } from '../store/store.ts';

export interface DocumentWaits {
  /** Resolves when no document of the session is being read any more. */
  settled(session: SessionId): Promise<void>;
  /** A job has ended: whoever waits for nothing more goes on. */
  check(): void;
}

export function createDocumentWaits(store: Pick<Store, 'documents'>): DocumentWaits {
  const waiting = new Map<SessionId, { readonly promise: Promise<void>; readonly resolve: () => void }>();
  const isSettled = (session: SessionId) => !store.documents.list(session).some(document => document.state === 'importing');
  return {
    async settled(session) {
      if (isSettled(session)) return;
      const there = waiting.get(session);
      if (there !== undefined) return there.promise;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(session, { promise, resolve });
      await promise;
    },
    check() {
      for (const [session, { resolve }] of waiting) {
        if (!isSettled(session)) continue;
        waiting.delete(session);
        resolve();
      }
    },
  };
}
