import { isFinal } from '../../shared/domain/job-state.ts';
import type { DocumentView } from '../../shared/domain/document.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import type { JobViews } from '../store/jobs/job-views.ts';
import type { Store } from '../store/store.ts';

/**
 * Longest time until the next try of a document that a synopsis waits for. An import's own longest pause is under three
 * minutes; what waits longer does so because a server asked for it, up to a day, and a waiting synopsis keeps others waiting.
 */
const longestPauseMs = 3 * 60_000;

export interface DocumentWaits {
  /** Resolves when no document of the session is being read any more, or will be soon. */
  settled(session: SessionId): Promise<void>;
  /** A job has ended or was put off: whoever waits for nothing more goes on. */
  check(): void;
}

export function createDocumentWaits({
  store,
  jobViews,
  now,
}: {
  readonly store: Pick<Store, 'documents'>;
  readonly jobViews: Pick<JobViews, 'view'>;
  readonly now: () => number;
}): DocumentWaits {
  const waiting = new Map<SessionId, { readonly promise: Promise<void>; readonly resolve: () => void }>();
  const isSettled = (session: SessionId) => !store.documents.list(session).some(isBeingRead);

  function isBeingRead(document: DocumentView): boolean {
    if (document.state !== 'importing') return false;
    const job = document.jobId === null ? null : jobViews.view(document.jobId);
    // Its job's end should have said so in the document; nobody else will.
    if (job === null || isFinal(job.state)) return false;
    return job.dueAtMs === null || job.dueAtMs - now() <= longestPauseMs;
  }

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
